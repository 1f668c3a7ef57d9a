package decider.settlement_test

import data.lib.fixture_test as given

test_reversal_of_overcharges[note] if {
	some note, tc in {
		"and the order": [
			"router-one",
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
			{"disposition": "CASH_REFUND", "amount": 12000},
		],
		"too old an order": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
				{"lots": [given.lot({"age_ns": 20 * given.day})]},
			),
			{"disposition": "CASH_REFUND", "amount": 2000},
		],
		"of which the rest is for a reviewer": [
			"router-one",
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})], "risk": {"fraud": "SUSPECTED"}},
			{"disposition": "CASH_REFUND", "amount": 2000, "bounds": {"min": 0, "max": 10000, "max_credits": 0}},
		],
		"of which the rest is for a reviewer, who may grant a part": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.used_lot(300, 0, {"consent": given.no_consent})],
				"payments": [given.payment({"captured": 12000, "overcharged": 2000})],
			}),
			{"disposition": "CASH_REFUND", "amount": 2000, "bounds": {"min": 0, "max": 10000, "max_credits": 0}},
		],
		"of which the rest is for a reviewer, and no more is asked for": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000})], "risk": {"fraud": "SUSPECTED"},
				"request": {"amount": 2000},
			},
			{"disposition": "CASH_REFUND", "amount": 2000},
		],
		"of which the rest is for a reviewer, and some more is asked for": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000})], "risk": {"fraud": "SUSPECTED"},
				"request": {"amount": 2001},
			},
			{"disposition": "CASH_REFUND", "amount": 2000, "bounds": {"min": 0, "max": 1, "max_credits": 0}},
		],
		"beside a duplicate, and the rest is for a reviewer": [
			"router-one",
			{
				"payments": [
					given.payment({"captured": 12000, "overcharged": 2000}),
					given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
				],
				"risk": {"fraud": "SUSPECTED"},
			},
			{"disposition": "CASH_REFUND", "amount": 12000},
		],
		"of an order that is granted, after a refund of a part of it": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 2000})],
				"lots": [given.lot({"refunded_unused": 2000, "refunded_all": 2000})],
			},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"of an order that only the law takes back, after a refund of a part of it": [
			"router-one",
			given.both(given.both(given.from("DE"), given.at(given.withdrawal_ends.moved_ends)), {
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 2000})],
				"lots": [given.lot({"age_ns": 20 * given.day, "consent": given.no_consent, "refunded_unused": 2000, "refunded_all": 2000})],
			}),
			{"disposition": "CASH_REFUND", "amount": 2000, "bounds": {"min": 0, "max": 8000}},
		],
		"while another purchase waits": [
			"router-one",
			{
				"payments": [given.payment({}), given.payment({"id": "P2", "captured": 12000, "overcharged": 2000, "paid_for": ["L2"]})],
				"lots": [given.lot({"refund_pending": true}), given.lot({"id": "L2", "payment_id": "P2"})],
			},
			{"disposition": "HOLD", "amount": 0},
		],
		"for a consumer": [
			"router-one",
			given.both({"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}, given.from("DE")),
			{"disposition": "CASH_REFUND", "amount": 12000},
		],
		"paid back before": [
			"router-one",
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 12000})]},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"beside what a reviewer decides": [
			"router-one",
			{"payments": [
				given.payment({"captured": 12000, "overcharged": 2000}),
				given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []}),
			]},
			{"disposition": "CASH_REFUND", "amount": 2000, "bounds": {"min": 0, "max": 20000, "max_credits": 0}},
		],
		"of an order for nothing": [
			"router-one",
			{
				"payments": [given.payment({"captured": 500, "judged": 0, "overcharged": 500})],
				"lots": [given.lot({"base_price": 0, "order_base_price": 0, "charged": true})],
			},
			{"disposition": "CASH_REFUND", "amount": 500},
		],
		"not paid by goodwill": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 300, "goodwill": 300})],
				"lots": [given.lot({"age_ns": 20 * given.day, "refunded_all": 300, "goodwill": 300})],
			},
			{"disposition": "CASH_REFUND", "amount": 2000},
		],
		"of an order that was paid back before": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 8000})]},
				{"lots": [given.used_lot(200, 0, {"age_ns": 20 * given.day, "base_taken": 800, "left": 0, "refunded_unused": 8000})]},
			),
			{"disposition": "CASH_REFUND", "amount": 2000},
		],
		"paid back before with part of the order": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 10000})]},
				{"lots": [given.used_lot(200, 0, {"age_ns": 20 * given.day, "base_taken": 800, "left": 0, "refunded_unused": 10000, "refunded_all": 10000})]},
			),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"another purchase of it was paid back before": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 22000, "overcharged": 2000, "refunded": 10000, "paid_for_more": true})]},
				{"lots": [given.lot({"age_ns": 20 * given.day})]},
			),
			{"disposition": "CASH_REFUND", "amount": 2000},
		],
		"paid back before, and no credits": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 2000})]},
				{"lots": [given.lot({"age_ns": 20 * given.day, "refunded_unused": 2000, "refunded_all": 2000})]},
			),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"of a period that was paid back before it began": [
			"router-one",
			given.on_plan({
				"plans": [given.plan({"refunded_unused": 3000})],
				"payments": [given.payment({
					"captured": 3500, "overcharged": 500, "refunded": 3000,
					"paid_for": [], "paid_for_plan": true,
				})],
			}),
			{"disposition": "CASH_REFUND", "amount": 500},
		],
		"of a part": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
				{"request": {"amount": 500}},
			),
			{"disposition": "CASH_REFUND", "amount": 500},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

test_reversal_of_late_charges[note] if {
	some note, tc in {
		"a period": [
			"router-one",
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"a period that was charged too high": [
			"router-one",
			given.on_plan({
				"plans": [given.plan({"charged_after_cancellation": true})],
				"payments": [given.payment({"captured": 3500, "overcharged": 500, "paid_for": [], "paid_for_plan": true})],
			}),
			{"disposition": "CASH_REFUND", "amount": 3500},
		],
		"a period that was charged too high, to be reviewed": [
			"yunxin",
			given.on_plan({
				"plans": [given.plan({"charged_after_cancellation": true})],
				"payments": [given.payment({"captured": 3500, "overcharged": 500, "paid_for": [], "paid_for_plan": true})],
			}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 3500}},
		],
		"a period charged late, a duplicate of another payment, without a form": [
			"router-one",
			given.both(
				given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
				{
					"payments": [given.payment({
						"captured": 3000, "judged": 3000, "duplicate": "VERIFIED", "paid_for": [], "paid_for_plan": true,
					})],
					"request": {"channel": "OTHER"},
				},
			),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"a period charged late, a duplicate of another payment, while the account is investigated": [
			"router-one",
			given.both(
				given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
				{
					"payments": [given.payment({
						"captured": 3000, "judged": 3000, "duplicate": "VERIFIED", "paid_for": [], "paid_for_plan": true,
					})],
					"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
				},
			),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"a part of it": [
			"router-one",
			given.both(
				given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
				{"request": {"amount": 1000}},
			),
			{"disposition": "CASH_REFUND", "amount": 1000},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}
