package decider.settlement_test

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
				{"request": {"amount": 3000}},
			),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"of more than it": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"request": {"amount": 13000}},
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
		"its lot used, and charged too much": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "duplicate": "VERIFIED"})],
				"lots": [given.used_lot(500, 0, {})],
			},
			{"disposition": "CASH_REFUND", "amount": 7000},
		],
		"one credit of its lot used": [
			"router-one",
			{
				"payments": [given.payment({"captured": 1000, "judged": 1000, "duplicate": "VERIFIED"})],
				"lots": [given.used_lot(1, 0, {"base_price": 1000})],
			},
			{"disposition": "CASH_REFUND", "amount": 999},
		],
		"its lot used, and a plan of another payment": [
			"router-one",
			{
				"payments": [
					given.payment({"duplicate": "VERIFIED"}),
					given.payment({"id": "P2", "captured": 3000, "judged": 3000, "paid_for": [], "paid_for_plan": true}),
				],
				"lots": [given.used_lot(500, 0, {})],
				"plans": [given.plan({"payment_id": "P2"})],
			},
			{"disposition": "CASH_REFUND", "amount": 5000},
		],
		"its lot used, and a dispute over another payment lost": [
			"router-one",
			{
				"payments": [given.payment({"dispute": "LOST", "lost": 300}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})],
				"lots": [given.lot({}), given.used_lot(500, 0, {"id": "L2", "order_ref": "O2", "payment_id": "P2"})],
			},
			{"disposition": "CASH_REFUND", "amount": 14700},
		],
		"one of its two lots, with a fee that a third party keeps": [
			"router-one",
			{
				"payments": [given.payment({"captured": 20400, "fee_third_party": 200, "duplicate": "VERIFIED", "paid_for_more": true})],
				"lots": [given.lot({"fee": 200, "fee_kept_by_third_party": true})],
			},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"one of its two lots": [
			"router-one",
			{
				"payments": [given.payment({"captured": 20000, "duplicate": "VERIFIED", "paid_for_more": true})],
				"lots": [given.lot({})],
			},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"a part of its credits": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 10200, "duplicate": "VERIFIED"})], "lots": [given.lot({"fee": 200})]},
				{"request": {"credits": 300}},
			),
			{
				"disposition": "CASH_REFUND",
				"amount": 3060,
				"effects": [
					{"type": "REMOVE_BONUS", "lot": "L1", "credits": 100, "event": "", "order": "", "clause": "router-one/2.2-reversal"},
					{"type": "REMOVE_CREDITS", "lot": "L1", "credits": 300, "event": "", "order": "", "clause": "router-one/2.2-reversal"},
				],
			},
		],
		"a part of its credits, more than are left": [
			"router-one",
			given.both(
				{"payments": [given.payment({"duplicate": "VERIFIED"})], "lots": [given.used_lot(500, 0, {"base_taken": 100, "left": 400})]},
				{"request": {"credits": 500}},
			),
			{"disposition": "CASH_REFUND", "amount": 5000},
		],
		"all of its credits": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 10200, "duplicate": "VERIFIED"})], "lots": [given.lot({"fee": 200})]},
				{"request": {"credits": 1000}},
			),
			{"disposition": "CASH_REFUND", "amount": 10200},
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
			# the second lot was bought without a consent on record: its whole price may be due
			{"disposition": "CASH_REFUND", "amount": 10955, "bounds": {"min": 0, "max": 5500, "max_credits": 0}},
		],
		"its lot used, and a period": [
			"router-one",
			{
				"payments": [given.payment({"captured": 13000, "judged": 13000, "duplicate": "VERIFIED", "paid_for_plan": true})],
				"lots": [given.used_lot(500, 0, {})],
				"plans": [given.plan({})],
			},
			{"disposition": "CASH_REFUND", "amount": 8000},
		],
		"used up, and a consent missing": [
			"router-one",
			given.both(
				given.from("DE"),
				{
					"payments": [given.payment({"duplicate": "VERIFIED"})],
					"lots": [given.used_lot(1000, 100, {"consent": given.no_consent})],
				},
			),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000, "max_credits": 0}},
		],
		"in doubt, beside what a reviewer has to see anyway": [
			"router-one",
			given.both(
				given.from("DE"),
				{
					"payments": [given.payment({"duplicate": "VERIFIED"}), given.payment({"id": "P2", "paid_for": ["L2"]})],
					"lots": [
						given.used_lot(300, 0, {"consent": given.no_consent}),
						given.used_lot(300, 0, {"id": "L2", "payment_id": "P2", "consent": given.no_consent}),
					],
				},
			),
			{"disposition": "CASH_REFUND", "amount": 7000, "bounds": {"min": 0, "max": 13000, "max_credits": 0}},
		],
		"a part that is certain of one that is not": [
			"router-one",
			given.both(
				given.both(given.from("DE"), {"request": {"amount": 3000}}),
				{
					"payments": [given.payment({"duplicate": "VERIFIED"})],
					"lots": [given.used_lot(500, 0, {"consent": given.no_consent})],
				},
			),
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"a gift that it granted used": [
			"router-one",
			{
				"payments": [given.payment({"duplicate": "VERIFIED"})],
				"lots": [given.used_lot(500, 0, {"category": "PROMOTIONAL"})],
			},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"its lot used, charged too much, and all that was due went back": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "duplicate": "VERIFIED", "refunded": 7000})],
				"lots": [given.used_lot(500, 0, {"base_taken": 500, "left": 0, "refunded_unused": 7000, "refunded_all": 7000})],
			},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"its lot used, charged too much, and a part of it went back": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "duplicate": "VERIFIED", "refunded": 6000})],
				"lots": [given.used_lot(500, 0, {"base_taken": 429, "left": 71, "refunded_unused": 6000, "refunded_all": 6000})],
			},
			{"disposition": "CASH_REFUND", "amount": 1000},
		],
		"one of its two lots used up, for which the other's worth went back": [
			"router-one",
			{
				"payments": [given.payment({"captured": 20000, "judged": 20000, "duplicate": "VERIFIED", "paid_for": ["L1", "L2"], "refunded": 10000})],
				"lots": [
					given.used_lot(1000, 100, {"refunded_unused": 10000, "refunded_all": 10000}),
					given.lot({"id": "L2", "base_taken": 1000, "left": 0}),
				],
			},
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"one of its two lots used up, for which the other's worth went back, and the law gives that": [
			"router-one",
			given.both(given.from("DE"), {
				"payments": [given.payment({"captured": 20000, "judged": 20000, "duplicate": "VERIFIED", "paid_for": ["L1", "L2"], "refunded": 4000})],
				"lots": [
					given.used_lot(1000, 100, {"refunded_unused": 4000, "refunded_all": 4000}),
					given.lot({"id": "L2"}),
				],
			}),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"less what was paid back, not what was given out of goodwill": [
			"router-one",
			{
				"payments": [given.payment({"duplicate": "VERIFIED", "refunded": 3000, "goodwill": 1000})],
				"lots": [given.used_lot(500, 0, {"refunded_all": 3000, "goodwill": 1000})],
			},
			{"disposition": "CASH_REFUND", "amount": 3000},
		],
		"a part of its lot": [
			"router-one",
			given.both(
				given.both(
					{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
					{"lots": [given.lot({}), given.lot({"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
				),
				{"request": {"amount": 3000}},
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

test_duplicates_beside_what_waits[note] if {
	some note, tc in {
		"while the order itself is disputed": [
			"router-one",
			{"payments": [
				given.payment({"dispute_open": true}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
			]},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"while the account is investigated": [
			"yunxin",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}},
			),
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"itself disputed": [
			"router-one",
			{"payments": [
				given.payment({}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "dispute_open": true}),
			]},
			{"disposition": "HOLD", "amount": 0, "bounds": {"max": 20000}},
		],
		"itself refunded just now": [
			"router-one",
			{"payments": [
				given.payment({}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "pending": 10000}),
			]},
			{"disposition": "HOLD", "amount": 0, "bounds": {"max": 20000}},
		],
		"itself refunded just now, of nothing": [
			"router-one",
			{"payments": [
				given.payment({}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "refund_pending": true}),
			]},
			{"disposition": "HOLD", "amount": 0, "bounds": {"max": 20000}},
		],
		"itself disputed, without a form": [
			"router-one",
			given.both(
				{"payments": [
					given.payment({}),
					given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "dispute_open": true}),
				]},
				{"request": {"channel": "OTHER"}},
			),
			{"disposition": "HOLD", "amount": 0, "bounds": {"max": 20000}},
		],
		"one disputed, one not": [
			"router-one",
			{"payments": [
				given.payment({}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "dispute_open": true}),
				given.payment({"id": "P3", "duplicate": "VERIFIED", "paid_for": []}),
			]},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"beside what a reviewer decides": [
			"yunxin",
			{"payments": [
				given.payment({"captured": 12000, "overcharged": 2000}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
			]},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}
