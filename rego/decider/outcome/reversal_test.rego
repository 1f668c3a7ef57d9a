package decider.outcome_test

import data.lib.fixture_test as given

test_reversal_of_duplicates[note] if {
	some note, tc in {
		"beside the order": [
			"router-one",
			{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
			{"disposition": "CASH_REFUND", "amount": 20000},
		],
		"refunded before": [
			"router-one",
			{
				"payments": [
					given.payment({}),
					given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "refunded": 4000}),
				],
			},
			{"disposition": "CASH_REFUND", "amount": 16000},
		],
		"of a part": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"request": {"asked": "AMOUNT", "amount": 3000}},
			),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"of more than it": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"request": {"asked": "AMOUNT", "amount": 13000}},
			),
			{"disposition": "CASH_REFUND", "amount": 13000},
		],
		"its lot unused": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
				{"lots": [given.lot({}), given.lot({"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
			),
			{"disposition": "CASH_REFUND", "amount": 20000},
		],
		"its lot used": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
				{"lots": [given.lot({}), given.used_lot(500, 0, {"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
			),
			{"disposition": "CASH_REFUND", "amount": 15000},
		],
		"its lot used, by a consumer": [
			"router-one",
			given.both(
				given.from("DE"),
				given.both(
					{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
					{"lots": [given.lot({}), given.used_lot(500, 0, {"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
				),
			),
			{"disposition": "CASH_REFUND", "amount": 15455},
		],
		"its lot used, a third party's fee not captured": [
			"router-one",
			{
				"payments": [given.payment({"duplicate": "VERIFIED"})],
				"lots": [given.used_lot(500, 0, {"fee": 1000, "fee_kept_by_third_party": true})],
			},
			{"disposition": "CASH_REFUND", "amount": 5000},
		],
		"the better of contract and statute for each of its lots": [
			"router-one",
			given.both(
				given.from("DE"),
				{
					"payments": [given.payment({"captured": 40000, "judged": 40000, "duplicate": "VERIFIED", "paid_for": ["L1", "L2"]})],
					"lots": [
						given.used_lot(500, 0, {}),
						given.used_lot(500, 0, {"id": "L2", "fee": 1000, "consent": given.no_consent}),
					],
				},
			),
			{"disposition": "CASH_REFUND", "amount": 10955},
		],
		"a part of its lot": [
			"router-one",
			given.both(
				given.both(
					{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
					{"lots": [given.lot({}), given.lot({"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
				),
				{"request": {"asked": "AMOUNT", "amount": 3000}},
			),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"the order itself is refused": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"lots": [given.lot({"age_ns": 20 * given.day})]},
			),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

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
		"found after the order was refunded": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 10000})],
				"lots": [given.lot({
					"age_ns": 20 * given.day, "base_taken": 1000, "bonus_taken": 100, "left": 0, "bonus_left": 0,
					"refunded_unused": 10000, "refunded_all": 10000,
				})],
			},
			{"disposition": "CASH_REFUND", "amount": 2000},
		],
		"paid back, the order too old": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 2000})],
				"lots": [given.lot({"age_ns": 20 * given.day, "refunded_unused": 2000, "refunded_all": 2000})],
			},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"of a part": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
				{"request": {"asked": "AMOUNT", "amount": 500}},
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
		"a period, charged too high": [
			"router-one",
			given.both(
				given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
				{"payments": [given.payment({
					"captured": 3500, "judged": 3000, "overcharged": 500, "paid_for": [], "paid_for_plan": true,
				})]},
			),
			{"disposition": "CASH_REFUND", "amount": 3500},
		],
		"a period, charged too high, at a reviewer's discretion": [
			"yunxin",
			given.both(
				given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
				{"payments": [given.payment({
					"captured": 3500, "judged": 3000, "overcharged": 500, "paid_for": [], "paid_for_plan": true,
				})]},
			),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 3500, "max_credits": 0}},
		],
		"a part of it": [
			"router-one",
			given.both(
				given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
				{"request": {"asked": "AMOUNT", "amount": 1000}},
			),
			{"disposition": "CASH_REFUND", "amount": 1000},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}
