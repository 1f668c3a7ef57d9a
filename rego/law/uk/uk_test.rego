package law.uk_test

import data.law.uk
import data.lib.fixture_test as given

_ends := given.withdrawal_ends

_facts(changes) := given.yunxin(given.both(given.from("GB"), changes))

_no_information := object.union(given.full_consent, {"information_given": false})

_content := {"parameters": {"statutory.class": "digital_content"}}

_used(consent) := {"lots": [given.used_lot(500, 0, {"consent": consent})]}

_used_up := {"lots": [given.used_lot(1000, 100, {})]}

_renewal := given.on_plan({"plans": [given.plan({"first_period": false})]})

test_findings[note] if {
	some note, tc in {
		"in time": [{}, {"law/uk/30 GRANTS", "law/uk/34 GRANTS"}],
		"over": [given.at(_ends.extended_ends), {"law/uk/30 BARS"}],
		"over, with information": [given.at(_ends.ends), {"law/uk/30 BARS"}],
		"twelve months more": [
			given.both(given.at(_ends.ends), {"lots": [given.lot({"consent": _no_information})]}),
			{"law/uk/30 GRANTS", "law/uk/30 LIMITS", "law/uk/31 GRANTS", "law/uk/34 GRANTS"},
		],
		"answered before day 14 ends": [{"request": {"evaluate_at": _ends.ends - 1}}, {"law/uk/30 GRANTS", "law/uk/34 GRANTS"}],
		"answered when day 14 ends": [
			{"request": {"evaluate_at": _ends.ends}},
			{"law/uk/30 GRANTS", "law/uk/30 LIMITS", "law/uk/34 GRANTS"},
		],
		"a share": [
			_used(given.full_consent),
			{"law/cjeu/pe-digital LIMITS", "law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 LIMITS"},
		],
		"free": [_used(given.no_consent), {"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 GRANTS"}],
		"fully performed": [_used_up, {"law/uk/30 GRANTS", "law/uk/36 BARS"}],
		"digital content begun": [given.both(_content, _used(given.full_consent)), {"law/uk/30 GRANTS", "law/uk/37 BARS"}],
		"digital content without records": [
			given.both(_content, _used(given.no_consent)),
			{"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/37 GRANTS"},
		],
		"a renewal": [_renewal, {"law/cjeu/sofatutor BARS"}],
		"the last instant, not told": [
			given.both(given.both(given.at(_ends.ends - 1), {"request": {"evaluate_at": _ends.ends - 1}}), {"lots": [given.lot({"consent": _no_information})]}),
			{"law/uk/30 GRANTS", "law/uk/34 GRANTS"},
		],
		"a renewal that the consumer was not told of, after 14 days": [
			given.both(given.at(_ends.ends), given.on_plan({"plans": [given.plan({"first_period": false, "consent": given.no_consent})]})),
			{"law/cjeu/sofatutor GRANTS", "law/uk/31 GRANTS", "law/uk/30 LIMITS", "law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 GRANTS"},
		],
		"a renewal that the consumer was not told of": [
			given.on_plan({"plans": [given.plan({"first_period": false, "consent": given.no_consent})]}),
			{"law/cjeu/sofatutor GRANTS", "law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 GRANTS"},
		],
		"a first period": [
			given.on_plan({"plans": [given.plan({})]}),
			{"law/cjeu/pe-digital LIMITS", "law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 LIMITS"},
		],
		"nothing bought": [{"lots": []}, set()],
		"digital content, unused": [_content, {"law/uk/30 GRANTS", "law/uk/34 GRANTS"}],
		"moved by an instant": [{"parameters": {"statutory.rollover": {"GB": true}}, "calendar": {"withdrawal": {"L1": {"moved_ends": _ends.ends + 1}}}}, {"law/eu/1182 GRANTS", "law/uk/30 GRANTS", "law/uk/34 GRANTS"}],
		"a renewal whose period would be moved": [given.both(_renewal, {"parameters": {"statutory.rollover": {"GB": true}}}), {"law/cjeu/sofatutor BARS"}],
	}
	found := uk.findings with input as _facts(tc[0])
	_cited(found) == tc[1]
}

test_a_period_is_moved_where_the_policy_says_so if {
	found := uk.findings with input as _facts({"parameters": {"statutory.rollover": {"GB": true}}})
	"law/eu/1182 GRANTS" in _cited(found)
}

_cited(elements) := {sprintf("%s %s", [element.cite.clause, element.cite.role]) | some element in elements}

test_terms_and_breaches_do_not_end_a_claim[note] if {
	some note, tc in {
		"a claim": {"changes": {}, "terms": {"law/uk/36 LIMITS"}, "bars": {"law/uk/36 LIMITS"}},
		"none": {"changes": _used_up, "terms": set(), "bars": set()},
	}
	over_terms := uk.over_terms with input as _facts(tc.changes)
	_cited(over_terms) == tc.terms
	over_bars := uk.over_bars with input as _facts(tc.changes)
	_cited(over_bars) == tc.bars
}

test_duties[note] if {
	some note, tc in {
		"repayment": [{}, {["law/uk/34", "REFUND_BY", given.asked + (14 * given.day)]}],
		"nothing to repay": [_used_up, set()],
		"acknowledgement": [
			given.both(_used_up, {"request": {"channel": "WITHDRAWAL_FUNCTION"}, "calendar": {"requested_on": 20260619}}),
			{["law/uk/30", "ACKNOWLEDGE_WITHDRAWAL", 0]},
		],
	}
	found := uk.duties with input as _facts(tc[0])
	{[duty.cite.clause, duty.type, duty.due] | some duty in found} == tc[1]
}

test_warnings[note] if {
	some note, tc in {
		"nothing used": [{"lots": [given.lot({"consent": given.no_consent})]}, set()],
		"every record": [_used(given.full_consent), set()],
		"no request": [_used(_but("express_request")), {["law/uk/36", "no_consent_record"]}],
		"no acknowledgement": [_used(_but("loss_acknowledged")), {["law/uk/36", "no_consent_record"]}],
		"no confirmation": [_used(_but("confirmation_sent")), {["law/uk/37", "no_confirmation_record"]}],
		"no information": [_used(_no_information), {["law/uk/31", "withdrawal_information_not_given"]}],
		"no claim": [_used_up, set()],
	}
	found := uk.warnings with input as _facts(tc[0])
	{[warning.cite.clause, warning.code] | some warning in found} == tc[1]
}

_but(record) := object.union(given.full_consent, {record: false})
