package decider.settlement_test

import data.decider.settlement
import data.lib.fixture_test as given

_with_fee(payment) := {
	"lots": [given.lot({"fee": 400})],
	"payments": [given.payment(object.union({"captured": 10400, "judged": 10400, "fee_own": 400}, payment))],
}

test_what_a_payment_can_still_give[note] if {
	some note, tc in {
		"a fee that is kept stays out of it": [
			given.both(_with_fee({"refunded": 3000, "goodwill": 3000}), {"parameters": {"refund_fee": false}}),
			7000,
		],
		"the fee is all that is left": [given.both(_with_fee({"refunded": 10300}), {"parameters": {"refund_fee": false}}), 0],
		"all but the least amount there is": [{"payments": [given.payment({"refunded": 1})]}, 9999],
		"nothing is left": [{"payments": [given.payment({"refunded": 10000})]}, 0],
		"nothing is left for the law": [given.both(given.from("DE"), {"payments": [given.payment({"refunded": 10000})]}), 0],
		"the policy gives more than the law, and all that is left": [
			given.both(given.from("DE"), {"lots": [given.used_lot(500, 100, {})], "payments": [given.payment({"refunded": 5000})]}),
			5000,
		],
		"a refund of more than the order, an overcharge left": [
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 11000})], "lots": [given.lot({"refunded_unused": 11000, "refunded_all": 11000})]},
			1000,
		],
		"the same for the law": [
			given.both(given.from("DE"), {"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 11000})], "lots": [given.lot({"refunded_unused": 11000, "refunded_all": 11000})]}),
			1000,
		],
		"the policy gives more than the law, but no fee": [
			given.both(given.from("DE"), {
				"lots": [given.used_lot(0, 100, {"fee": 400})],
				"payments": [given.payment({"captured": 10400, "judged": 10400, "fee_own": 400, "refunded": 200})],
			}),
			9800,
		],
		"pending refunds": [{"payments": [given.payment({"pending": 10001})]}, 0],
	}
	answer := given.decision("router-one", tc[0])
	answer.amount == tc[1]
	given.adds_up(answer)
}

# a policy on plans alone keeps no fee of credits
test_a_plan_of_a_policy_without_credits if {
	facts := given.router_one(given.on_plan({
		"plans": [given.plan({"started": false})],
		"payments": [given.payment({"captured": 2999, "judged": 2999, "paid_for": [], "paid_for_plan": true})],
	}))
	settlement.contract_due == {"": 2999} with input as json.remove(facts, ["/grounds/unused_worth"])
}

# the least amount there is counts
test_one_minor_unit[note] if {
	some note, tc in {
		"a duplicate": [
			"router-one",
			{"lots": [given.lot({"age_ns": 20 * given.day})], "payments": [
				given.payment({}),
				given.payment({"id": "P2", "captured": 1, "judged": 1, "duplicate": "VERIFIED", "paid_for": []}),
			]},
			{"disposition": "CASH_REFUND", "amount": 1},
		],
		"an overcharge at Yunxin": [
			"yunxin",
			{"lots": [given.lot({"age_ns": 20 * given.day})], "payments": [given.payment({"captured": 10001, "overcharged": 1})]},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 1, "max_credits": 0}},
		],
		"suspected": [
			"router-one",
			{"risk": {"fraud": "SUSPECTED"}, "lots": [given.lot({"base_price": 1})], "payments": [given.payment({"captured": 1, "judged": 1})]},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 1, "max_credits": 0}},
		],
		"under an agreement nobody modelled": [
			"router-one",
			{"agreements": [given.agreement({})], "lots": [given.lot({"base_price": 1})], "payments": [given.payment({"captured": 1, "judged": 1})]},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 1, "max_credits": 0}},
		],
		"by the law, despite a bar": [
			"router-one",
			given.both(given.from("DE"), {
				"risk": {"fraud": "CONFIRMED"}, "parameters": {"statutory_vs_disqualifier": "allow"},
				"lots": [given.lot({"base_price": 1})], "payments": [given.payment({"captured": 1, "judged": 1})],
			}),
			{"disposition": "CASH_REFUND", "amount": 1},
		],
		"by the law, for a reviewer": [
			"router-one",
			given.both(given.from("DE"), {
				"risk": {"fraud": "CONFIRMED"},
				"lots": [given.lot({"base_price": 1})], "payments": [given.payment({"captured": 1, "judged": 1})],
			}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 1, "max_credits": 0}},
		],
		"in doubt by the law": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.used_lot(600, 0, {"base_price": 2, "consent": given.no_consent})],
				"payments": [given.payment({"captured": 2, "judged": 2})],
			}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 2, "max_credits": 0}},
		],
		"in doubt by the law, which gives the same either way": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.used_lot(500, 0, {"base_price": 2, "consent": given.no_consent})],
				"payments": [given.payment({"captured": 2, "judged": 2})],
			}),
			{"disposition": "CASH_REFUND", "amount": 2, "questions": []},
		],
		"an outage at Yunxin": [
			"yunxin",
			{
				"lots": [given.lot({"age_ns": 20 * given.day, "base_price": 1})],
				"payments": [given.payment({"captured": 1, "judged": 1})],
				"incidents": [given.incident({})],
			},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 1, "max_credits": 0}},
		],
		"a service credit": [
			"router-one",
			{"request": {"remedy": "SERVICE_CREDIT"}, "incidents": [given.incident({"verified": false, "sla_credit": 1})]},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 0, "max_credits": 1}},
		],
	}
	object.subset(given.decision(tc[0], tc[1]), tc[2])
}
