package decider.explanation_test

import data.lib.fixture_test as given

test_breakdown[note] if {
	some note, tc in {
		"plain": ["router-one", {}, [["paid", 10000]]],
		"used": ["router-one", {"lots": [given.used_lot(250, 0, {})]}, [["paid", 10000], ["used", -2500]]],
		"refused": ["router-one", {"lots": [given.lot({"age_ns": 20 * given.day})]}, [["paid", 10000], ["barred", -10000]]],
		"barred by fraud": ["router-one", {"risk": {"fraud": "CONFIRMED"}}, [["paid", 10000], ["barred", -10000]]],
		"the law despite a bar": [
			"router-one",
			given.both(
				given.both(given.from("DE"), {"risk": {"fraud": "CONFIRMED"}}),
				{"parameters": {"statutory_vs_disqualifier": "allow"}},
			),
			[["paid", 10000], ["barred", -10000], ["statutory", 10000]],
		],
		"capped": ["router-one", {"payments": [given.payment({"refunded": 4000})]}, [["paid", 10000], ["cap", -4000]]],
		"a part": ["router-one", {"request": {"amount": 2500}}, [["paid", 10000], ["not_requested", -7500]]],
		"overcharge": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
				{"lots": [given.lot({"age_ns": 20 * given.day})]},
			),
			[["paid", 10000], ["barred", -10000], ["overcharge", 2000]],
		],
		"overcharge that went back": [
			"router-one",
			{
				"payments": [given.payment({"captured": 12000, "overcharged": 2000, "refunded": 2000})],
				"lots": [given.lot({"age_ns": 20 * given.day, "refunded_unused": 2000, "refunded_all": 2000})],
			},
			[["paid", 10000], ["already_refunded", -2000], ["barred", -8000]],
		],
		"duplicate": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
				{"lots": [given.used_lot(1000, 100, {})]},
			),
			[["paid", 10000], ["used", -10000], ["duplicate", 10000]],
		],
		"duplicate with a lot": [
			"router-one",
			given.both(
				given.both(
					{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
					{"lots": [given.lot({}), given.used_lot(500, 0, {"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
				),
				{"request": {"amount": 4000}},
			),
			[["paid", 10000], ["not_requested", -10000], ["paid", 10000], ["used", -5000], ["not_requested", -1000]],
		],
		"one lot of a duplicate": [
			"router-one",
			{
				"payments": [given.payment({"captured": 20000, "judged": 20000, "duplicate": "VERIFIED", "paid_for_more": true})],
				"lots": [given.used_lot(300, 0, {})],
			},
			[["paid", 20000], ["used", -3000], ["not_requested", -10000]],
		],
		"one unused lot of a duplicate": [
			"router-one",
			{"payments": [given.payment({"captured": 20000, "judged": 20000, "duplicate": "VERIFIED", "paid_for_more": true})]},
			[["paid", 20000], ["not_requested", -10000]],
		],
		"one lot of a duplicate, for less than was used": [
			"router-one",
			{
				"payments": [given.payment({"captured": 9000, "judged": 9000, "duplicate": "VERIFIED", "paid_for_more": true})],
				"lots": [given.used_lot(300, 0, {})],
			},
			[["paid", 9000], ["used", -2000]],
		],
		"a duplicate that was used up": [
			"router-one",
			{"payments": [given.payment({"duplicate": "VERIFIED"})], "lots": [given.used_lot(1000, 100, {})]},
			[["paid", 10000], ["used", -10000]],
		],
		"a duplicate that went back": [
			"router-one",
			{"payments": [given.payment({"duplicate": "VERIFIED", "refunded": 10000})]},
			[["paid", 10000], ["already_refunded", -10000]],
		],
		"a duplicate of which a bank and refunds took more than there was": [
			"router-one",
			{"payments": [given.payment({"duplicate": "VERIFIED", "refunded": 4000, "lost": 10000})]},
			[["paid", 10000], ["already_refunded", -4000], ["disputed", -6000]],
		],
		"a duplicate of which refunds of another lot are under way": [
			"router-one",
			{"payments": [given.payment({"duplicate": "VERIFIED", "pending": 10000, "paid_for_more": true})]},
			[["paid", 10000], ["cap", -10000]],
		],
		"a charge after the cancellation that went back": [
			"router-one",
			given.both(
				given.on_plan({"plans": [given.plan({"charged_after_cancellation": true, "refunded_unused": 3000})]}),
				{"payments": [given.payment({"captured": 3000, "judged": 3000, "refunded": 3000, "paid_for": [], "paid_for_plan": true})]},
			),
			[["paid", 3000], ["already_refunded", -3000]],
		],
		"a duplicate that granted nothing and went back": [
			"router-one",
			{"payments": [
				given.payment({}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "refunded": 10000}),
			]},
			[["paid", 10000]],
		],
		"a part of the credits of a duplicate": [
			"router-one",
			given.both(
				{"payments": [given.payment({"duplicate": "VERIFIED"})], "lots": [given.used_lot(500, 0, {})]},
				{"request": {"credits": 300}},
			),
			[["paid", 10000], ["used", -5000], ["not_requested", -2000]],
		],
		"a lost dispute": ["router-one", {"payments": [given.payment({"lost": 4000})]}, [["paid", 10000], ["disputed", -4000]]],
		"a lost dispute over what is refused": [
			"router-one",
			{"lots": [given.lot({"age_ns": 20 * given.day})], "payments": [given.payment({"lost": 4000})]},
			[["paid", 10000], ["disputed", -4000], ["barred", -6000]],
		],
		"a lost dispute over the unused of two": [
			"router-one",
			{
				"lots": [given.used_lot(1000, 100, {"lost": 2000}), given.lot({"id": "L2", "lost": 2000})],
				"payments": [given.payment({"captured": 20000, "lost": 4000, "paid_for": ["L1", "L2"]})],
			},
			[["paid", 10000], ["used", -10000], ["paid", 10000], ["disputed", -2000]],
		],
		"a lost dispute and the law": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.used_lot(500, 0, {})],
				"payments": [given.payment({"lost": 4000})],
			}),
			[["paid", 10000], ["used", -5000], ["disputed", -4000], ["statutory", 455]],
		],
		"none for a review": ["router-one", {"risk": {"fraud": "SUSPECTED"}}, []],
	}
	answer := given.decision(tc[0], tc[1])
	[[line.code, line.amount] | some line in answer.breakdown] == tc[2]
	given.adds_up(answer)
}

_codes_and_amounts(lines) := [[line.code, line.amount] | some line in lines]

# from what was paid to the upper bound, where the worth of the purchases decides it
test_breakdown_of_the_most_that_a_reviewer_may_pay[note] if {
	some note, tc in {
		"suspected": [{"risk": {"fraud": "SUSPECTED"}, "lots": [given.used_lot(250, 0, {})]}, [["paid", 10000], ["used", -2500]]],
		"a missing record": [
			given.both(given.from("DE"), {"lots": [given.used_lot(300, 0, {"consent": given.no_consent})]}),
			[["paid", 10000], ["used", -3000], ["statutory", 3000]],
		],
		"a duplicate nobody verified": [
			{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []})]},
			[],
		],
	}
	answer := given.decision("router-one", tc[0])
	answer.disposition == "MANUAL_REVIEW"
	_codes_and_amounts(answer.bounds.breakdown) == tc[1]
}

test_breakdown_says_only_what_was_judged[note] if {
	some note, tc in {
		"a duplicate without a form, and the order too late": [
			{
				"lots": [given.lot({"age_ns": 20 * given.day})], "request": {"channel": "OTHER"},
				"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})],
			},
			[["duplicate", 10000]],
		],
		"a duplicate beside one that a reviewer decides, and the order too late": [
			{
				"lots": [given.lot({"age_ns": 20 * given.day})],
				"payments": [
					given.payment({}),
					given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
					given.payment({"id": "P3", "duplicate": "UNVERIFIED", "paid_for": []}),
				],
			},
			[["duplicate", 10000]],
		],
		"a duplicate of which a dispute took more than its worth": [
			{
				"lots": [given.lot({"age_ns": 20 * given.day}), given.used_lot(500, 0, {"id": "L2", "payment_id": "P2", "lost": 6000})],
				"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"], "dispute": "LOST", "lost": 6000})],
			},
			[["paid", 10000], ["barred", -10000], ["paid", 10000], ["disputed", -6000], ["used", -4000]],
		],
		"what other refunds of the payment took": [{"payments": [given.payment({"refunded": 10000})]}, [["paid", 10000], ["cap", -10000]]],
		"less than the least amount": [
			{"lots": [given.lot({"base_price": 1})], "payments": [given.payment({"captured": 1, "judged": 1})], "parameters": {"min_refund_minor": 2}},
			[["paid", 1], ["barred", -1]],
		],
		"as much as the policy pays, though the law would give the fee": [
			given.both(given.from("DE"), {
				"lots": [given.lot({"fee": 400})],
				"payments": [given.payment({"captured": 10400, "judged": 10400, "fee_own": 400})],
				"request": {"amount": 10000},
			}),
			[["paid", 10400], ["fee", -400], ["statutory", 400], ["not_requested", -400]],
		],
		"a cent lost in a dispute": [{"payments": [given.payment({"lost": 1})]}, [["paid", 10000], ["disputed", -1]]],
	}
	answer := given.decision("router-one", tc[0])
	_codes_and_amounts(answer.breakdown) == tc[1]
	given.adds_up(answer)
}

# ruling 35
test_lines_name_payment_and_lot[note] if {
	some note, tc in {
		"an overcharge, which is of no lot": [
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
			{["paid", "L1", "P1"], ["overcharge", "", "P1"]},
		],
		"a duplicate that granted nothing": [
			{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})]},
			{["paid", "L1", "P1"], ["duplicate", "", "P2"]},
		],
		"a duplicate that granted one lot": [
			{"payments": [given.payment({"duplicate": "VERIFIED"})]},
			{["paid", "L1", "P1"]},
		],
		"a duplicate that granted two lots": [
			{
				"lots": [given.lot({}), given.lot({"id": "L2"})],
				"payments": [given.payment({"captured": 20000, "judged": 20000, "duplicate": "VERIFIED", "paid_for": ["L1", "L2"]})],
			},
			{["paid", "", "P1"]},
		],
		"a plan": [
			given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0})]}),
			{["paid", "", "P1"]},
		],
	}
	answer := given.decision("router-one", tc[0])
	{[line.code, line.lot, line.payment] | some line in answer.breakdown} == tc[1]
}

# what a refund took is not said to have gone in a dispute
test_what_took_a_lot_that_went_back_twice if {
	answer := given.decision("router-one", {
		"lots": [given.lot({"base_taken": 1000, "left": 0, "refunded_unused": 10000, "refunded_all": 10000})],
		"payments": [given.payment({"refunded": 10000, "lost": 5000})],
	})
	codes := {warning.code | some warning in answer.warnings}
	"already_refunded" in codes
	not "already_returned" in codes
}
