package lib.purchases_test

import data.lib.fixture_test as given
import data.lib.purchases

test_lots[note] if {
	some note, tc in {
		"paid": {"changes": {}, "want": {"L1"}},
		"promotional": {"changes": {"lots": [given.lot({"category": "PROMOTIONAL"})]}, "want": set()},
		"for a service": {"changes": {"lots": [given.lot({"category": "SERVICE"})]}, "want": set()},
		"sold elsewhere": {"changes": {"lots": [given.lot({"sold_elsewhere": true})]}, "want": set()},
		"not charged": {"changes": {"lots": [given.lot({"charged": false})]}, "want": set()},
		"two": {"changes": {"lots": [given.lot({}), given.lot({"id": "L2"})]}, "want": {"L1", "L2"}},
	}
	found := purchases.lots with input as given.router_one(tc.changes)
	object.keys(found) == tc.want
}

test_plans[note] if {
	some note, tc in {
		"none": {"plans": [], "want": set()},
		"charged": {"plans": [given.plan({})], "want": {""}},
		"not charged": {"plans": [given.plan({"charged": false})], "want": set()},
	}
	found := purchases.plans with input as given.router_one({"plans": tc.plans})
	object.keys(found) == tc.want
}

test_refund_asked[note] if {
	some note, tc in {
		"a refund": {"request": {"remedy": "REFUND"}},
		"a cancellation before the period": {
			"request": {"remedy": "CANCEL_SUBSCRIPTION"},
			"plans": [given.plan({"started": false})],
		},
	}
	purchases.refund_asked with input as given.router_one(tc)
}

test_no_refund_asked[note] if {
	some note, tc in {
		"contested": {"request": {"contested": true}},
		"contested with a cancellation": {
			"request": {"contested": true, "remedy": "CANCEL_SUBSCRIPTION"},
			"plans": [given.plan({"started": false})],
		},
		"credits": {"request": {"remedy": "SERVICE_CREDIT"}},
		"a cancellation of a running period": {"request": {"remedy": "CANCEL_SUBSCRIPTION"}, "plans": [given.plan({})]},
		"a cancellation of nothing": {"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
		"credits for a plan that has not started": {"request": {"remedy": "SERVICE_CREDIT"}, "plans": [given.plan({"started": false})]},
	}
	not purchases.refund_asked with input as given.router_one(tc)
}

test_paid_for if {
	paid := purchases.paid_for with input as _three_payments
	paid == {"P1": {"L1", "L2"}, "P2": {""}, "P3": set()}
}

test_payments if {
	found := purchases.payments with input as _three_payments
	{id: payment.paid_for | some id, payment in found} == {"P1": ["L1", "L2"], "P2": [], "P3": []}
}

_three_payments := given.router_one({"payments": [
	given.payment({"paid_for": ["L1", "L2"]}),
	given.payment({"id": "P2", "paid_for": [], "paid_for_plan": true}),
	given.payment({"id": "P3", "paid_for": []}),
]})

test_less_lost[note] if {
	some note, tc in {
		"nothing was lost": [{}, {}, {"L1": 100, "L2": 50}],
		"a part of one": [{"lost": 30}, {}, {"L1": 70, "L2": 50}],
		"a part of both": [{"lost": 30}, {"lost": 20}, {"L1": 70, "L2": 30}],
		"more than all of one": [{"lost": 101}, {}, {"L1": 0, "L2": 50}],
	}
	found := purchases.less_lost({"L1": 100, "L2": 50}) with input as given.router_one({"lots": [
		given.lot(tc[0]),
		given.lot(object.union({"id": "L2"}, tc[1])),
	]})
	found == tc[2]
}

test_less_lost_of_a_plan if {
	found := purchases.less_lost({"": 100}) with input as given.router_one(given.on_plan({"plans": [given.plan({"lost": 30})]}))
	found == {"": 70}
}
