package law.eu_test

import data.law.eu
import data.lib.fixture_test as given

_ends := given.withdrawal_ends

_facts(changes) := given.yunxin(given.both(given.from("DE"), changes))

_no_information := object.union(given.full_consent, {"information_given": false})

_content := {"parameters": {"statutory.class": "digital_content"}}

_used(consent) := {"lots": [given.used_lot(500, 0, {"consent": consent})]}

_used_up := {"lots": [given.used_lot(1000, 100, {})]}

_renewal := given.on_plan({"plans": [given.plan({"first_period": false})]})

test_findings[note] if {
	some note, tc in {
		"in time": [{}, {"law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/9 GRANTS"}],
		"over": [given.at(_ends.extended_moved_ends), {"law/eu/1182 GRANTS", "law/eu/9 BARS"}],
		"over, with information": [given.at(_ends.moved_ends), {"law/eu/1182 GRANTS", "law/eu/9 BARS"}],
		"twelve months more": [
			given.both(given.at(_ends.moved_ends), {"lots": [given.lot({"consent": _no_information})]}),
			{"law/eu/10 GRANTS", "law/eu/11 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/9 GRANTS"},
		],
		"answered before day 14 ends": [
			{"request": {"evaluate_at": _ends.ends - 1}},
			{"law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/9 GRANTS"},
		],
		"answered when day 14 ends": [
			{"request": {"evaluate_at": _ends.ends}},
			{"law/eu/11 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/9 GRANTS"},
		],
		"a share": [
			_used(given.full_consent),
			{"law/cjeu/pe-digital LIMITS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-3 LIMITS", "law/eu/9 GRANTS"},
		],
		"free": [_used(given.no_consent), {"law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4a GRANTS", "law/eu/9 GRANTS"}],
		"fully performed": [_used_up, {"law/eu/1182 GRANTS", "law/eu/16a BARS", "law/eu/9 GRANTS"}],
		"digital content begun": [
			given.both(_content, _used(given.full_consent)),
			{"law/eu/1182 GRANTS", "law/eu/16m BARS", "law/eu/9 GRANTS"},
		],
		"digital content without records": [
			given.both(_content, _used(given.no_consent)),
			{"law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4b GRANTS", "law/eu/16m GRANTS", "law/eu/9 GRANTS"},
		],
		"a renewal": [_renewal, {"law/cjeu/sofatutor BARS"}],
		"the last instant, not told": [
			given.both(given.both(given.at(_ends.moved_ends - 1), {"request": {"evaluate_at": _ends.ends - 1}}), {"lots": [given.lot({"consent": _no_information})]}),
			{"law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/9 GRANTS"},
		],
		"a renewal that the consumer was not told of, after 14 days": [
			given.both(given.at(_ends.moved_ends), given.on_plan({"plans": [given.plan({"first_period": false, "consent": given.no_consent})]})),
			{"law/cjeu/sofatutor GRANTS", "law/eu/10 GRANTS", "law/eu/11 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4a GRANTS", "law/eu/9 GRANTS"},
		],
		"a renewal that the consumer was not told of": [
			given.on_plan({"plans": [given.plan({"first_period": false, "consent": given.no_consent})]}),
			{"law/cjeu/sofatutor GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4a GRANTS", "law/eu/9 GRANTS"},
		],
		"a first period": [
			given.on_plan({"plans": [given.plan({})]}),
			{"law/cjeu/pe-digital LIMITS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-3 LIMITS", "law/eu/9 GRANTS"},
		],
		"nothing bought": [{"lots": []}, set()],
		"digital content, unused": [_content, {"law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/9 GRANTS"}],
		"moved by an instant": [{"calendar": {"withdrawal": {"L1": {"moved_ends": _ends.ends + 1}}}}, {"law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/9 GRANTS"}],
	}
	found := eu.findings with input as _facts(tc[0])
	_cited(found) == tc[1]
}

test_a_period_that_ends_on_a_working_day_is_not_moved if {
	found := eu.findings with input as _facts({"calendar": {"withdrawal": {"L1": {"moved_ends": _ends.ends}}}})
	not "law/eu/1182 GRANTS" in _cited(found)
}

_cited(elements) := {sprintf("%s %s", [element.cite.clause, element.cite.role]) | some element in elements}

test_terms_and_breaches_do_not_end_a_claim[note] if {
	some note, tc in {
		"a claim": {"changes": {}, "terms": {"law/eu/25 LIMITS"}, "bars": {"law/eu/16 LIMITS"}},
		"none": {"changes": _used_up, "terms": set(), "bars": set()},
	}
	over_terms := eu.over_terms with input as _facts(tc.changes)
	_cited(over_terms) == tc.terms
	over_bars := eu.over_bars with input as _facts(tc.changes)
	_cited(over_bars) == tc.bars
}

test_duties[note] if {
	some note, tc in {
		"repayment": [{}, {["law/eu/13-1", "REFUND_BY", given.asked + (14 * given.day)]}],
		"nothing to repay": [_used_up, set()],
		"acknowledgement": [
			given.both(_used_up, {"request": {"channel": "WITHDRAWAL_FUNCTION"}, "calendar": {"requested_on": 20260619}}),
			{["law/eu/11a", "ACKNOWLEDGE_WITHDRAWAL", 0]},
		],
	}
	found := eu.duties with input as _facts(tc[0])
	{[duty.cite.clause, duty.type, duty.due] | some duty in found} == tc[1]
}

test_warnings[note] if {
	some note, tc in {
		"nothing used": [{"lots": [given.lot({"consent": given.no_consent})]}, set()],
		"every record": [_used(given.full_consent), set()],
		"no request": [_used(_but("express_request")), {["law/eu/14-4a", "no_consent_record"]}],
		"no acknowledgement": [_used(_but("loss_acknowledged")), {["law/eu/14-4a", "no_consent_record"]}],
		"no confirmation": [_used(_but("confirmation_sent")), {["law/eu/16m", "no_confirmation_record"]}],
		"no information": [_used(_no_information), {["law/eu/10", "withdrawal_information_not_given"]}],
		"no claim": [_used_up, set()],
	}
	found := eu.warnings with input as _facts(tc[0])
	{[warning.cite.clause, warning.code] | some warning in found} == tc[1]
}

_but(record) := object.union(given.full_consent, {record: false})
