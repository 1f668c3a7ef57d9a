package decider.explanation_test

import data.lib.fixture_test as given

# the payments of one group in their order, each with what is really left of it
_group(left) := [source |
	some [id, amount] in left
	source := {"payment_id": id, "group": "P1", "method": "card", "left": amount}
]

_second_charge(changes) := given.payment(object.union({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}, changes))

_used_up := given.used_lot(1000, 100, {})

# ruling 35
test_which_payment_gives_back_how_much[note] if {
	some note, tc in {
		"the payment of the lot": [{}, {"P1": 10000}],
		"the payment of the lot and its duplicate": [
			{
				"payments": [given.payment({}), _second_charge({})],
				"refund_sources": _group([["P1", 10000], ["P2", 10000]]),
			},
			{"P1": 10000, "P2": 10000},
		],
		"the duplicate alone, where the double charge went back on the original": [
			{
				"payments": [given.payment({}), _second_charge({"refunded": 10000})],
				"refund_sources": _group([["P1", 0], ["P2", 10000]]),
			},
			{"P2": 10000},
		],
		"the duplicate more than it owes, where a part of it went back on the original": [
			{
				"payments": [given.payment({}), _second_charge({"refunded": 4000})],
				"refund_sources": _group([["P1", 6000], ["P2", 10000]]),
			},
			{"P1": 6000, "P2": 10000},
		],
		"the duplicate what it owes, where the lot is used up": [
			{
				"lots": [_used_up],
				"payments": [given.payment({}), _second_charge({"refunded": 4000})],
				"refund_sources": _group([["P1", 6000], ["P2", 10000]]),
			},
			{"P2": 6000},
		],
		"the others of the group by the time of the charge": [
			{
				"payments": [given.payment({}), _second_charge({"refunded": 6000}), _second_charge({"id": "P3", "captured": 4000, "refunded": 4000})],
				"refund_sources": _group([["P1", 0], ["P3", 4000], ["P2", 10000]]),
				"request": {"amount": 10000},
			},
			{"P3": 4000, "P2": 6000},
		],
		"the original first, where the duplicate gave what was owed on the lot": [
			{
				"lots": [_used_up],
				"payments": [
					given.payment({"refunded": 4000}),
					_second_charge({}),
					_second_charge({"id": "P3", "captured": 5000, "refunded": 4000}),
				],
				"refund_sources": _group([["P1", 10000], ["P2", 6000], ["P3", 5000]]),
			},
			{"P1": 4000, "P2": 6000, "P3": 1000},
		],
		"each group for itself": [
			{
				"lots": [given.lot({}), given.lot({"id": "L2", "payment_id": "P4"})],
				"payments": [given.payment({}), _second_charge({"refunded": 10000}), given.payment({"id": "P4", "paid_for": ["L2"]})],
				"refund_sources": array.concat(
					_group([["P1", 0], ["P2", 10000]]),
					[{"payment_id": "P4", "group": "P4", "method": "card", "left": 10000}],
				),
			},
			{"P2": 10000, "P4": 10000},
		],
		"none of a denial": [{"lots": [_used_up]}, {}],
	}
	answer := given.decision("router-one", tc[0])
	{refund.payment: refund.amount | some refund in answer.refunds} == tc[1]
	sum([refund.amount | some refund in answer.refunds]) == answer.amount
}

# rulings 28, 35
test_paid_by_hand_where_a_payment_that_gives_back_takes_nothing_back[note] if {
	some note, tc in {
		"the duplicate by crypto gives all": ["usdt", "card", {"MANUAL_PAYOUT"}],
		"the original by crypto gives nothing": ["card", "usdt", {"ORIGINAL_PAYMENT_METHOD"}],
	}
	answer := given.decision("yunxin", {
		"payments": [given.payment({"method": tc[1]}), _second_charge({"method": tc[0], "refunded": 10000})],
		"refund_sources": [
			{"payment_id": "P1", "group": "P1", "method": tc[1], "left": 0},
			{"payment_id": "P2", "group": "P1", "method": tc[0], "left": 10000},
		],
	})
	{duty.type | some duty in answer.obligations; contains(duty.type, "PAY")} - {"PAY_BY"} == tc[2]
}

_taxed(changes) := given.both(
	{
		"lots": [given.lot({"fee": 350, "tax": 1900})],
		"payments": [given.payment({"captured": 12250, "judged": 12250, "fee_own": 350})],
	},
	changes,
)

# for the credit note: of what was due before anything came off (ruling 35)
test_fee_and_tax_in_the_amount[note] if {
	some note, tc in {
		"a policy that gives the fee back": ["yunxin", _taxed({}), [12250, 350, 1900]],
		"a policy that keeps the fee": ["router-one", _taxed({}), [11900, 0, 1900]],
		"the law gives the fee back": [
			"router-one",
			given.both(given.from("DE"), _taxed({})),
			[12250, 350, 1900],
		],
		"the policy pays more than the law, and keeps the fee": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.used_lot(0, 100, {"fee": 350})],
				"payments": [given.payment({"captured": 10350, "judged": 10350, "fee_own": 350})],
			}),
			[10000, 0, 0],
		],
		"half of what is due, floored": [
			"yunxin",
			_taxed({"request": {"amount": 6127}}),
			[6127, 175, 950],
		],
		"a duplicate that granted nothing, as in the order": [
			"yunxin",
			_taxed({
				"lots": [given.used_lot(1000, 100, {"fee": 350, "tax": 1900})],
				"payments": [
					given.payment({"captured": 12250, "judged": 12250}),
					_second_charge({"captured": 12250, "price": {"total": 12250, "fee": 350, "tax": 1900}}),
				],
			}),
			[12250, 350, 1900],
		],
		"a duplicate of which a part is left": [
			"yunxin",
			_taxed({
				"lots": [given.used_lot(1000, 100, {"fee": 350, "tax": 1900})],
				"payments": [
					given.payment({"captured": 12250, "judged": 12250}),
					_second_charge({"captured": 12250, "refunded": 6125, "price": {"total": 12250, "fee": 350, "tax": 1900}}),
				],
			}),
			[6125, 175, 950],
		],
		"a duplicate of which half of the credits are used": [
			"yunxin",
			_taxed({
				"lots": [given.used_lot(500, 0, {"fee": 350, "tax": 1900})],
				"payments": [given.payment({"captured": 12250, "judged": 12250, "duplicate": "VERIFIED"})],
			}),
			[6125, 175, 950],
		],
		"a duplicate of the least amount there is, all of it fee": [
			"router-one",
			{
				"lots": [_used_up],
				"payments": [given.payment({}), _second_charge({"captured": 1, "price": {"total": 1, "fee": 1, "tax": 0}})],
			},
			[1, 1, 0],
		],
		"a duplicate that waits": [
			"yunxin",
			{
				"lots": [_used_up],
				"payments": [
					given.payment({}),
					_second_charge({"dispute_open": true, "price": {"total": 10000, "fee": 350, "tax": 1900}}),
				],
			},
			[0, 0, 0],
		],
		"a duplicate of an order for nothing": [
			"router-one",
			{
				"lots": [given.lot({"base_price": 0, "charged": true})],
				"payments": [
					given.payment({"captured": 0, "judged": 0}),
					_second_charge({"captured": 500, "price": {"total": 0, "fee": 0, "tax": 0}}),
				],
			},
			[500, 0, 0],
		],
		"an overcharge": [
			"router-one",
			_taxed({
				"lots": [given.used_lot(1000, 100, {"fee": 350, "tax": 1900})],
				"payments": [given.payment({"captured": 12750, "judged": 12250, "overcharged": 500})],
			}),
			[500, 0, 0],
		],
		"a plan": ["yunxin", given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0})]}), [3000, 0, 0]],
		"a review": [
			"yunxin",
			_taxed({"parameters": {"unused_mode": "review"}}),
			[0, 0, 0],
		],
	}
	answer := given.decision(tc[0], tc[1])
	[answer.amount, answer.fee, answer.tax] == tc[2]
}
