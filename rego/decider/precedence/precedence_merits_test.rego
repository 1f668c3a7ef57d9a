package decider.precedence_test

import data.lib.fixture_test as given

test_precedence_of_the_law[note] if {
	some note, tc in {
		"one certain, one not": [
			"router-one",
			given.both(
				given.from("DE"),
				{
					"lots": [
						given.lot({}),
						given.used_lot(500, 0, {"id": "L2", "payment_id": "P2", "consent": given.no_consent}),
					],
					"payments": [given.payment({}), given.payment({"id": "P2", "paid_for": ["L2"]})],
				},
			),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 15000, "max": 20000}},
		],
		"no consent": [
			"router-one",
			given.both(given.from("DE"), {"lots": [given.used_lot(500, 0, {"consent": given.no_consent})]}),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 5000, "max": 10000}},
		],
		"no consent, allowed": [
			"router-one",
			given.both(
				given.both(given.from("DE"), {"lots": [given.used_lot(500, 0, {"consent": given.no_consent})]}),
				{"parameters": {"no_consent_mode": "allow"}},
			),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"unused and late": [
			"router-one",
			given.both(
				given.both(given.from("DE"), {"lots": [given.lot({"age_ns": 20 * given.day, "consent": given.no_consent})]}),
				given.at(given.withdrawal_ends.moved_ends),
			),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 10000, "max": 10000}},
		],
		"more than the policy": [
			"router-one",
			given.both(given.from("DE"), {"lots": [given.used_lot(500, 0, {"age_ns": 20 * given.day})]}),
			{"disposition": "CASH_REFUND", "amount": 5455},
		],
		"for a plan": [
			"yunxin",
			given.both(given.from("DE"), given.on_plan({"plans": [given.plan({})]})),
			{"disposition": "CASH_REFUND", "amount": 2700},
		],
		"a fee too": [
			"router-one",
			given.both(
				given.from("DE"),
				{
					"lots": [given.lot({"fee": 200})],
					"payments": [given.payment({"captured": 10200, "judged": 10200, "fee_own": 200})],
				},
			),
			{"disposition": "CASH_REFUND", "amount": 10200},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

test_precedence_of_merits[note] if {
	some note, tc in {
		"all": ["router-one", {}, {"disposition": "CASH_REFUND", "amount": 10000}],
		"a part": ["yunxin", {"lots": [given.used_lot(250, 0, {})]}, {"disposition": "CASH_REFUND", "amount": 7500}],
		"used up": ["router-one", {"lots": [given.used_lot(1000, 100, {})]}, {"disposition": "NOT_REFUNDABLE", "amount": 0}],
		"too old": ["yunxin", {"lots": [given.lot({"age_ns": 20 * given.day})]}, {"disposition": "NOT_REFUNDABLE", "amount": 0}],
		"by a reviewer": [
			"router-one",
			{"parameters": {"unused_mode": "review"}},
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
		"less than the least": [
			"router-one",
			{"parameters": {"min_refund_minor": 10001}},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"less than the least, but the law": [
			"router-one",
			given.both(given.from("DE"), {"parameters": {"min_refund_minor": 10001}}),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"refunded before": [
			"router-one",
			{
				"lots": [given.lot({"refunded_unused": 10000, "refunded_all": 10000})],
				"payments": [given.payment({"refunded": 10000})],
			},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

# a half used lot beside an unused one, while a reviewer decides on partly used lots
test_a_reviewer_decides_where_the_answers_differ[note] if {
	some note, tc in {
		"all": [{}, given.used_lot(500, 0, {}), {"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 15000}}],
		"a part that the unused one could pay": [_part, given.used_lot(500, 0, {}), _paid],
		"more than the unused one could pay": [
			{"request": {"amount": 10001}},
			given.used_lot(500, 0, {}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 10001}},
		],
		"a part, and the law pays more than the policy": [given.both(given.from("DE"), _part), given.used_lot(500, 0, {}), _paid],
		"a part, and the policy pays more than the law": [given.both(given.from("DE"), _part), given.used_lot(500, 100, {}), _paid],
		"a part, too old": [_part, given.used_lot(500, 0, {"age_ns": 20 * given.day}), _paid],
	}
	answer := given.decision("router-one", given.both(tc[0], {
		"lots": [tc[1], given.lot({"id": "L2"})],
		"payments": [given.payment({"captured": 20000, "paid_for": ["L1", "L2"]})],
		"parameters": {"partial_use": "review"},
	}))
	object.subset(answer, tc[2])
}

_part := {"request": {"amount": 100}}

_paid := {"disposition": "CASH_REFUND", "amount": 100}

test_precedence_of_what_comes_after[note] if {
	some note, tc in {
		"credits due": [
			"router-one",
			given.both({"request": {"remedy": "SERVICE_CREDIT"}}, {"incidents": [given.incident({})]}),
			{"disposition": "SERVICE_CREDIT", "amount": 0},
		],
		"credits in doubt": [
			"router-one",
			given.both({"request": {"remedy": "SERVICE_CREDIT"}}, {"incidents": [given.incident({"verified": false})]}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"max_credits": 20}},
		],
		"no credits": [
			"yunxin",
			given.both({"request": {"remedy": "SERVICE_CREDIT"}}, {"incidents": [given.incident({})]}),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"beside cash": ["router-one", {"incidents": [given.incident({})]}, {"disposition": "CASH_REFUND", "amount": 10000}],
		"instead of cash": [
			"router-one",
			given.both({"incidents": [given.incident({})]}, {"lots": [given.lot({"age_ns": 20 * given.day})]}),
			{"disposition": "SERVICE_CREDIT", "amount": 0},
		],
		"an outage at Yunxin": [
			"yunxin",
			given.both({"incidents": [given.incident({})]}, {"lots": [given.lot({"age_ns": 20 * given.day})]}),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000}},
		],
		"an outage, partly used against the policy": [
			"yunxin",
			{"incidents": [given.incident({})], "lots": [given.used_lot(500, 0, {})], "parameters": {"partial_use": "strict"}},
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 5000}},
		],
		"an outage, used up": [
			"yunxin",
			given.both({"incidents": [given.incident({})]}, {"lots": [given.used_lot(1000, 100, {})]}),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"a cancellation": [
			"router-one",
			given.both({"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, given.on_plan({"plans": [given.plan({})]})),
			{"disposition": "CANCELLATION", "amount": 0},
		],
		"a cancellation before the period": [
			"router-one",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
				given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0})]}),
			),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"a stranger's cancellation of nothing paid": [
			"yunxin",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION", "sender": {"address": "OTHER"}}},
				given.on_plan({"plans": [given.plan({"started": false, "charged": false})]}),
			),
			{"disposition": "NEEDS_INFORMATION", "amount": 0, "effects": []},
		],
		"a cancellation of nothing paid": [
			"router-one",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
				given.on_plan({"plans": [given.plan({"started": false, "charged": false})]}),
			),
			{"disposition": "CANCELLATION", "amount": 0},
		],
		"a cancellation of nothing paid, by nobody knows whom": [
			"router-one",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION", "sender": {"authenticated": false}}},
				given.on_plan({"plans": [given.plan({"started": false, "charged": false})]}),
			),
			{"disposition": "NEEDS_INFORMATION", "amount": 0},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}
