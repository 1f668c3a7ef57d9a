package decider.explanation_test

import data.lib.fixture_test as given

test_pays_by_the_methods_of_what_is_paid[note] if {
	some note, tc in {
		"both": [{}, {"ORIGINAL_PAYMENT_METHOD", "MANUAL_PAYOUT"}],
		"the card, as the rest is late": [{"age_ns": 20 * given.day}, {"ORIGINAL_PAYMENT_METHOD"}],
		"the card, as the rest is used up": [{"base_used": 1000, "unused": 0, "left": 0, "used": 1000}, {"ORIGINAL_PAYMENT_METHOD"}],
	}
	answer := given.decision("router-one", {
		"lots": [given.lot({}), given.lot(object.union(tc[0], {"id": "L2", "payment_id": "P2"}))],
		"payments": [given.payment({}), given.payment({"id": "P2", "method": "usdt", "paid_for": ["L2"]})],
	})
	types := {duty.type | some duty in answer.obligations; duty.type != "PAY_BY"; duty.type != "RESPOND_BY"}
	types == {type | some type in tc[1]}
}

test_pays_by_the_method_of_a_duplicate if {
	answer := given.decision("router-one", {
		"lots": [given.lot({"age_ns": 20 * given.day})],
		"payments": [given.payment({}), given.payment({"id": "P2", "method": "usdt", "duplicate": "VERIFIED", "paid_for": []})],
	})
	types := {duty.type | some duty in answer.obligations}
	"MANUAL_PAYOUT" in types
	not "ORIGINAL_PAYMENT_METHOD" in types
}

test_citations[note] if {
	some note, tc in {
		"merits": [{}, {"2.1-unused-base GRANTS", "2.1-prorata GRANTS"}],
		"missing": [{"request": {"has_reason": false, "channel": "OTHER"}}, {"4-channel REQUIRES", "4-reason LIMITS"}],
		"a bar": [{"risk": {"fraud": "CONFIRMED"}}, {"8-fraud BARS"}],
		"a bar beside a reversal": [
			{"risk": {"fraud": "CONFIRMED"}, "payments": [given.payment({"captured": 10500, "overcharged": 500})]},
			{"8-fraud BARS", "2.2-reversal GRANTS"},
		],
		"too late beside a reversal": [
			{
				"lots": [given.lot({"age_ns": 20 * given.day})],
				"payments": [given.payment({"captured": 10500, "overcharged": 500})],
			},
			{"2.1-unused-base BARS", "2.2-reversal GRANTS"},
		],
	}
	answer := given.decision("router-one", tc[0])
	cited := {sprintf("router-one/%s", [cite]) | some cite in tc[1]}
	every cite in cited {
		cite in {sprintf("%s %s", [found.clause, found.role]) | some found in answer.citations}
	}
}

test_what_is_reversed_is_judged_by_nothing_else if {
	late := {
		"lots": [given.lot({"age_ns": 20 * given.day}), given.lot({"id": "L2", "payment_id": "P2"})],
		"payments": [given.payment({"duplicate": "VERIFIED"}), given.payment({"id": "P2", "paid_for": ["L2"]})],
	}
	both := given.decision("router-one", late)
	both.amount == 20000
	alone := given.decision("router-one", given.both(late, {"lots": [late.lots[0]], "payments": [late.payments[0]]}))
	asked := given.decision("router-one", given.both(
		{"request": {"amount": 500}, "risk": {"fraud": "CONFIRMED"}},
		{"payments": [given.payment({"captured": 10500, "overcharged": 500})]},
	))
	every answer in [both, alone, asked] {
		not "BARS" in {cite.role | some cite in answer.citations}
	}
}

test_the_law_is_cited_of_what_waits[note] if {
	some note, changes in {
		"for a dispute": {"payments": [given.payment({"dispute_open": true})]},
		"for information": {"request": {"sender": {"address": "OTHER"}}},
	}
	facts := given.both(given.from("DE"), {"lots": [given.used_lot(500, 0, {})]})
	cited := {cite.clause | some cite in given.decision("router-one", given.both(facts, changes)).citations}
	"law/eu/25" in cited
}

test_the_law_is_cited_where_it_overrides if {
	answer := given.decision("yunxin", given.both(given.from("GB"), given.on_plan({"plans": [given.plan({})]})))
	{"yunxin/sub-nr-law", "law/uk/36", "law/uk/34", "law/uk/30"} - {cite.clause | some cite in answer.citations} == set()
}

test_what_an_outage_lifts_is_cited if {
	answer := given.decision("yunxin", {"lots": [given.lot({"age_ns": 20 * given.day})], "incidents": [given.incident({})]})
	answer.disposition == "MANUAL_REVIEW"
	{"yunxin/exc-outage", "yunxin/nr-14d"} - {cite.clause | some cite in answer.citations} == set()
}

test_missing_codes if {
	answer := given.decision("router-one", {"request": {"channel": "OTHER"}})
	answer.missing == [{"code": "channel", "clause": "router-one/4-channel"}]
}

test_paying_is_promised_no_later_than_the_law_asks if {
	answer := given.decision("yunxin", given.both(given.from("DE"), {"calendar": {}}))
	due := {duty.type: duty.due_at | some duty in answer.obligations}
	due.REFUND_BY == given.asked + (14 * given.day)
	due.PAY_BY <= due.REFUND_BY
}

test_every_use_of_the_withdrawal_function_is_acknowledged if {
	answer := given.decision("router-one", given.both(
		given.both(given.from("DE"), {"calendars": {"2026-05-16": {"requested_on": 20260701}}}),
		{"request": {"remedy": "CANCEL_SUBSCRIPTION", "channel": "WITHDRAWAL_FUNCTION"}, "plans": [given.plan({})]},
	))
	{duty.type | some duty in answer.obligations} == {"ACKNOWLEDGE_WITHDRAWAL"}
}

test_readings_have_the_value_applied if {
	lots := [given.lot({"known_use": "TOTAL", "tax": 1})]
	answer := given.decision("yunxin", {"lots": lots, "ledger": {"consumption_order": "UNSPECIFIED"}})
	values := {reading.parameter: reading.value | some reading in answer.interpretations}
	object.subset(values, {"consumption_order": "PROMOTIONAL_FIRST", "refund_tax": true, "window.mode": "elapsed"})
}
