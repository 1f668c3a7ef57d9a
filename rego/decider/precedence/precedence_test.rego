package decider.precedence_test

import data.lib.fixture_test as given

test_precedence_of_contested[note] if {
	some note, tc in {
		"in doubt": [
			"router-one",
			{
				"request": {"contested": true, "remedy": "RESTORE_CREDITS"},
				"usage_events": [given.event({"error_origin": "UNSPECIFIED"})],
			},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 0, "max_credits": 50}},
		],
		"ours": [
			"router-one",
			{"request": {"contested": true, "remedy": "RESTORE_CREDITS"}, "usage_events": [given.event({})]},
			{"disposition": "RESTORE_CREDITS", "amount": 0},
		],
		"delivered": [
			"router-one",
			{"request": {"contested": true, "remedy": "RESTORE_CREDITS"}, "usage_events": [given.event({"output_tokens": 1})]},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"at Yunxin": [
			"yunxin",
			{"request": {"contested": true, "remedy": "RESTORE_CREDITS"}, "usage_events": [given.event({})]},
			{"disposition": "MANUAL_REVIEW", "bounds": {"max_credits": 50}},
		],
		"ours, by nobody knows whom, where the form asks": [
			"router-one",
			given.both(
				{"request": {"contested": true, "remedy": "RESTORE_CREDITS"}, "usage_events": [given.event({})]},
				{"request": {"sender": {"authenticated": false}}, "parameters": {"form.sender": ["CONTESTED"]}},
			),
			{"disposition": "NEEDS_INFORMATION", "bounds": {"min": 0, "max": 0, "max_credits": 50}},
		],
		"at Yunxin without its address": [
			"yunxin",
			given.both(
				{"request": {"contested": true, "remedy": "RESTORE_CREDITS"}, "usage_events": [given.event({})]},
				{"request": {"sender": {"address": "OTHER"}}},
			),
			{"disposition": "NEEDS_INFORMATION", "amount": 0, "bounds": {"min": 0, "max": 0, "max_credits": 50}},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

test_precedence_of_before_the_merits[note] if {
	some note, tc in {
		"excluded": [
			"router-one",
			{"lots": [given.lot({"sold_elsewhere": true})]},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"excluded, and not named": [
			"router-one",
			given.both({"lots": [given.lot({"sold_elsewhere": true})]}, {"request": {"order_named": false, "order_inferable": true}}),
			{"disposition": "NEEDS_INFORMATION", "amount": 0, "warnings": []},
		],
		"excluded plan": [
			"yunxin",
			given.on_plan({"plans": [given.plan({"charged": false})]}),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"missing": ["router-one", {"request": {"channel": "OTHER"}}, {"disposition": "NEEDS_INFORMATION", "amount": 0}],
		"a duplicate without a form": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"request": {"channel": "OTHER"}},
			),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"a form for a duplicate": [
			"yunxin",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"request": {"channel": "OTHER"}},
			),
			{"disposition": "NEEDS_INFORMATION", "amount": 0},
		],
		"held": [
			"router-one",
			{"payments": [given.payment({"dispute_open": true})]},
			{"disposition": "HOLD", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
		"held and worth nothing": [
			"router-one",
			given.both({"payments": [given.payment({"dispute_open": true})]}, {"lots": [given.lot({"age_ns": 20 * given.day})]}),
			{"disposition": "HOLD", "amount": 0, "bounds": {"min": 0, "max": 0}},
		],
		"held for a pending refund": [
			"yunxin",
			{"lots": [given.lot({"refund_pending": true})], "payments": [given.payment({"pending": 10000})]},
			{"disposition": "HOLD", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

test_precedence_of_exceptions[note] if {
	some note, tc in {
		"unverified duplicate": [
			"router-one",
			{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []})]},
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 20000}},
		],
		"of a part": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []})]},
				{"request": {"amount": 10300}},
			),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10300}},
		],
		"of a part that is due anyway": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []})]},
				{"request": {"amount": 300}},
			),
			{"disposition": "CASH_REFUND", "amount": 300, "questions": [], "warnings": []},
		],
		"overcharged at Yunxin": [
			"yunxin",
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 12000}},
		],
		"charged late at Yunxin": [
			"yunxin",
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 3000}},
		],
		"nothing left of it": [
			"router-one",
			{
				"payments": [
					given.payment({}),
					given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": [], "refunded": 10000}),
				],
			},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

test_precedence_of_agreements[note] if {
	some note, tc in {
		"not modelled": [
			"router-one",
			{"agreements": [given.agreement({"terms": "NOT_MODELLED"})], "lots": [given.lot({})]},
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
		"not modelled for a consumer": [
			"router-one",
			given.both({"agreements": [given.agreement({"terms": "NOT_MODELLED"})], "lots": [given.used_lot(0, 100, {})]}, given.from("DE")),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 9091, "max": 10000}},
		],
		"not modelled, where the law gives all that the policy could": [
			"router-one",
			given.both({"agreements": [given.agreement({"terms": "NOT_MODELLED"})], "lots": [given.lot({})]}, given.from("DE")),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"refundable lifts the window": [
			"router-one",
			{"agreements": [given.agreement({"terms": "REFUNDABLE"})], "lots": [given.lot({"age_ns": 20 * given.day})]},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"not refundable": [
			"router-one",
			{"agreements": [given.agreement({"terms": "NOT_REFUNDABLE"})], "lots": [given.lot({})]},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"not refundable for a consumer": [
			"router-one",
			given.both({"agreements": [given.agreement({"terms": "NOT_REFUNDABLE"})], "lots": [given.lot({})]}, given.from("DE")),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"an exchange rate is needed": [
			"router-one",
			{"agreements": [given.agreement({"order_refs": [], "minimum": {"currency": "EUR", "amount": 1}})]},
			{"fault": {"field": "facts.agreement.minimum"}},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

test_precedence_of_bars[note] if {
	some note, tc in {
		"confirmed, under an agreement nobody modelled": [
			"router-one",
			{"risk": {"fraud": "CONFIRMED"}, "agreements": [given.agreement({})]},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 10000}},
		],
		"confirmed": ["router-one", {"risk": {"fraud": "CONFIRMED"}}, {"disposition": "NOT_REFUNDABLE", "amount": 0}],
		"suspected": [
			"router-one",
			{"risk": {"fraud": "SUSPECTED"}},
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
		"suspected, nothing due": [
			"router-one",
			given.both({"risk": {"fraud": "SUSPECTED"}}, {"lots": [given.lot({"age_ns": 20 * given.day})]}),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"for a consumer, by a reviewer": [
			"router-one",
			given.both({"risk": {"fraud": "CONFIRMED"}}, given.from("DE")),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
		"for a consumer, paid": [
			"router-one",
			given.both(
				given.both({"risk": {"fraud": "CONFIRMED"}}, given.from("DE")),
				{"parameters": {"statutory_vs_disqualifier": "allow"}},
			),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"for a consumer, in doubt": [
			"router-one",
			given.both(
				given.both(
					given.both({"risk": {"fraud": "CONFIRMED"}}, given.from("DE")),
					{"parameters": {"statutory_vs_disqualifier": "allow"}},
				),
				{"lots": [given.used_lot(500, 0, {"consent": given.no_consent})]},
			),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
		"for a consumer, ignored": [
			"router-one",
			given.both(
				given.both({"risk": {"fraud": "CONFIRMED"}}, given.from("DE")),
				{"parameters": {"statutory_vs_disqualifier": "ignore"}},
			),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"for a consumer without a claim": [
			"router-one",
			given.both(
				given.both(
					given.both({"risk": {"fraud": "CONFIRMED"}}, given.from("DE")),
					{"parameters": {"statutory_vs_disqualifier": "allow"}},
				),
				{"lots": [given.used_lot(1000, 100, {})]},
			),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"at Yunxin, closed": [
			"yunxin",
			{"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

_events(changes) := {
	"request": {"contested": true, "remedy": "RESTORE_CREDITS"},
	"usage_events": [given.event({}), given.event(object.union({"id": "E2"}, changes))],
}

# what is not restored is explained too (ruling 32)
test_a_contested_request_that_is_restored_in_part_says_why[note] if {
	some note, tc in {
		"the other was served": [{"output_tokens": 1}, {"router-one/2.2-reversal", "router-one/2.2-consumed"}],
		"the other was restored before": [{"already_restored": true}, {"router-one/2.2-reversal"}],
		"the other is in doubt": [{"error_origin": "UNSPECIFIED"}, {"router-one/2.2-reversal"}],
		"the other is restored too": [{}, {"router-one/2.2-reversal"}],
	}
	answer := given.decision("router-one", _events(tc[0]))
	answer.disposition == "RESTORE_CREDITS"
	{cite.clause | some cite in answer.citations; contains(cite.clause, "/2.")} == tc[1]
}
