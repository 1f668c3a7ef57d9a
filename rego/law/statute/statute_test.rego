package law.statute_test

import data.law.statute
import data.lib.fixture_test as given

_ends := given.withdrawal_ends

_countries := {"eu": "DE", "uk": "GB"}

_facts(regime, changes) := given.yunxin(given.both(given.from(_countries[regime]), changes))

_not_told := object.union(given.full_consent, {"information_given": false})

_content := {"parameters": {"statutory.class": "digital_content"}}

_used(consent) := {"lots": [given.used_lot(500, 0, {"consent": consent})]}

_unused(consent) := {"lots": [given.lot({"consent": consent})]}

_used_up := {"lots": [given.used_lot(1000, 100, {})]}

_period(changes) := given.on_plan({"plans": [given.plan(changes)]})

_renewal := _period({"first_period": false})

_renewal_not_told := _period({"first_period": false, "consent": given.no_consent})

_moves_in_the_uk := {"parameters": {"statutory.rollover": {"GB": true}}}

_answered_at(instant) := {"request": {"evaluate_at": instant}}

# the calendar of these tests moves every end, which EU countries do and the United Kingdom does not
test_findings[note] if {
	some note, tc in {
		"in time": {
			"changes": {},
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS"},
		},
		"nothing bought": {"changes": {"lots": []}, "eu": set(), "uk": set()},
		"twelve months too late": {
			"changes": given.at(_ends.extended_moved_ends),
			"eu": {"law/eu/9 BARS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 BARS"},
		},
		"too late": {
			"changes": given.at(_ends.moved_ends),
			"eu": {"law/eu/9 BARS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 BARS"},
		},
		"twelve months more": {
			"changes": given.both(given.at(_ends.moved_ends), _unused(_not_told)),
			"eu": {"law/eu/9 GRANTS", "law/eu/10 GRANTS", "law/eu/11 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/30 LIMITS", "law/uk/31 GRANTS", "law/uk/34 GRANTS"},
		},
		"the first instant of the twelve months more": {
			"changes": given.both(given.at(_ends.ends), _unused(_not_told)),
			"eu": {"law/eu/9 GRANTS", "law/eu/11 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/30 LIMITS", "law/uk/31 GRANTS", "law/uk/34 GRANTS"},
		},
		"the last instant of the 14 days, not told": {
			"changes": given.both(given.at(_ends.ends - 1), _unused(_not_told)),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS"},
		},
		"the last instant of the moved end, not told": {
			"changes": given.both(given.both(given.at(_ends.moved_ends - 1), _answered_at(_ends.ends - 1)), _unused(_not_told)),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/31 GRANTS", "law/uk/34 GRANTS"},
		},
		"answered before day 14 ends": {
			"changes": _answered_at(_ends.ends - 1),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS"},
		},
		"answered when day 14 ends": {
			"changes": _answered_at(_ends.ends),
			"eu": {"law/eu/9 GRANTS", "law/eu/11 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/30 LIMITS", "law/uk/34 GRANTS"},
		},
		"a share": {
			"changes": _used(given.full_consent),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-3 LIMITS", "law/cjeu/pe-digital LIMITS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 LIMITS", "law/cjeu/pe-digital LIMITS"},
		},
		"free": {
			"changes": _used(given.no_consent),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4a GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 GRANTS"},
		},
		"fully performed": {
			"changes": _used_up,
			"eu": {"law/eu/9 GRANTS", "law/eu/16a BARS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/36 BARS"},
		},
		"digital content, unused": {
			"changes": _content,
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS"},
		},
		"digital content begun": {
			"changes": given.both(_content, _used(given.full_consent)),
			"eu": {"law/eu/9 GRANTS", "law/eu/16m BARS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/37 BARS"},
		},
		"digital content without records": {
			"changes": given.both(_content, _used(given.no_consent)),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4b GRANTS", "law/eu/16m GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/37 GRANTS"},
		},
		"a first period": {
			"changes": _period({}),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-3 LIMITS", "law/cjeu/pe-digital LIMITS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 LIMITS", "law/cjeu/pe-digital LIMITS"},
		},
		"a renewal": {"changes": _renewal, "eu": {"law/cjeu/sofatutor BARS"}, "uk": {"law/cjeu/sofatutor BARS"}},
		"a renewal that the consumer was not told of": {
			"changes": _renewal_not_told,
			"eu": {"law/cjeu/sofatutor GRANTS", "law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4a GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/cjeu/sofatutor GRANTS", "law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/uk/36 GRANTS"},
		},
		"a renewal that the consumer was not told of, after 14 days": {
			"changes": given.both(given.at(_ends.moved_ends), _renewal_not_told),
			"eu": {
				"law/cjeu/sofatutor GRANTS", "law/eu/9 GRANTS", "law/eu/10 GRANTS", "law/eu/11 GRANTS", "law/eu/13-1 GRANTS", "law/eu/14-4a GRANTS",
				"law/eu/1182 GRANTS",
			},
			"uk": {
				"law/cjeu/sofatutor GRANTS", "law/uk/30 GRANTS", "law/uk/30 LIMITS", "law/uk/31 GRANTS", "law/uk/34 GRANTS", "law/uk/36 GRANTS",
			},
		},
		"an end that the policy moves in the United Kingdom": {
			"changes": _moves_in_the_uk,
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/eu/1182 GRANTS"},
		},
		"an end that moves by an instant": {
			"changes": given.both(_moves_in_the_uk, {"calendar": {"withdrawal": {"L1": {"moved_ends": _ends.ends + 1}}}}),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS", "law/eu/1182 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS", "law/eu/1182 GRANTS"},
		},
		"an end on a working day": {
			"changes": given.both(_moves_in_the_uk, {"calendar": {"withdrawal": {"L1": {"moved_ends": _ends.ends}}}}),
			"eu": {"law/eu/9 GRANTS", "law/eu/13-1 GRANTS"},
			"uk": {"law/uk/30 GRANTS", "law/uk/34 GRANTS"},
		},
		"a renewal whose period would be moved": {
			"changes": given.both(_renewal, _moves_in_the_uk),
			"eu": {"law/cjeu/sofatutor BARS"},
			"uk": {"law/cjeu/sofatutor BARS"},
		},
	}
	every regime in {"eu", "uk"} {
		found := statute.findings with input as _facts(regime, tc.changes)
		_cited(found) == tc[regime]
	}
}

_cited(elements) := {sprintf("%s %s", [element.cite.clause, element.cite.role]) | some element in elements}

test_a_customer_who_is_not_covered if {
	facts := given.yunxin(given.both({"request": {"channel": "WITHDRAWAL_FUNCTION"}}, _used(given.no_consent)))
	found := {name: elements | some name in ["findings", "duties", "warnings", "over_bars", "over_terms"]; elements := statute[name]} with input as facts
	found == {"findings": set(), "duties": set(), "warnings": set(), "over_bars": set(), "over_terms": set()}
}

test_terms_and_breaches_do_not_end_a_claim[note] if {
	some note, tc in {
		"a claim": {"changes": {}, "terms": {"eu": {"law/eu/25 LIMITS"}, "uk": {"law/uk/36 LIMITS"}}, "bars": {"eu": {"law/eu/16 LIMITS"}, "uk": {"law/uk/36 LIMITS"}}},
		"none": {"changes": _used_up, "terms": {"eu": set(), "uk": set()}, "bars": {"eu": set(), "uk": set()}},
	}
	every regime in {"eu", "uk"} {
		over_terms := statute.over_terms with input as _facts(regime, tc.changes)
		_cited(over_terms) == tc.terms[regime]
		over_bars := statute.over_bars with input as _facts(regime, tc.changes)
		_cited(over_bars) == tc.bars[regime]
	}
}

test_duties[note] if {
	some note, tc in {
		"repayment": {
			"changes": {},
			"eu": {["law/eu/13-1 REQUIRES", "REFUND_BY", given.asked + (14 * given.day)]},
			"uk": {["law/uk/34 REQUIRES", "REFUND_BY", given.asked + (14 * given.day)]},
		},
		"nothing to repay": {"changes": _used_up, "eu": set(), "uk": set()},
		"acknowledgement": {
			"changes": given.both(_used_up, {"request": {"channel": "WITHDRAWAL_FUNCTION"}, "calendar": {"requested_on": 20260619}}),
			"eu": {["law/eu/11a REQUIRES", "ACKNOWLEDGE_WITHDRAWAL", 0]},
			"uk": {["law/uk/30 REQUIRES", "ACKNOWLEDGE_WITHDRAWAL", 0]},
		},
	}
	every regime in {"eu", "uk"} {
		found := statute.duties with input as _facts(regime, tc.changes)
		{[cited, duty.type, duty.due] | some duty in found; some cited in _cited({duty})} == tc[regime]
	}
}

test_warnings[note] if {
	some note, tc in {
		"nothing used": {"changes": _unused(given.no_consent), "eu": set(), "uk": set()},
		"every record": {"changes": _used(given.full_consent), "eu": set(), "uk": set()},
		"no claim": {"changes": _used_up, "eu": set(), "uk": set()},
		"no request": {
			"changes": _used(_but("express_request")),
			"eu": {["law/eu/14-4a LIMITS", "no_consent_record"]},
			"uk": {["law/uk/36 LIMITS", "no_consent_record"]},
		},
		"no acknowledgement": {
			"changes": _used(_but("loss_acknowledged")),
			"eu": {["law/eu/14-4a LIMITS", "no_consent_record"]},
			"uk": {["law/uk/36 LIMITS", "no_consent_record"]},
		},
		"no confirmation": {
			"changes": _used(_but("confirmation_sent")),
			"eu": {["law/eu/16m LIMITS", "no_confirmation_record"]},
			"uk": {["law/uk/37 LIMITS", "no_confirmation_record"]},
		},
		"no information": {
			"changes": _used(_not_told),
			"eu": {["law/eu/10 LIMITS", "withdrawal_information_not_given"]},
			"uk": {["law/uk/31 LIMITS", "withdrawal_information_not_given"]},
		},
	}
	every regime in {"eu", "uk"} {
		found := statute.warnings with input as _facts(regime, tc.changes)
		{[cited, warning.code] | some warning in found; some cited in _cited({warning})} == tc[regime]
	}
}

_but(record) := object.union(given.full_consent, {record: false})
