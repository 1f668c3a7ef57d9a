package lib.purchases_test

import data.lib.fixture_test as given
import data.lib.purchases

test_lots[note] if {
	some note, tc in {
		"paid": {"changes": {}, "want": {"L1"}},
		"promotional": {"changes": {"lots": [given.lot({"category": "PROMOTIONAL"})]}, "want": set()},
		"for a service": {"changes": {"lots": [given.lot({"category": "SERVICE"})]}, "want": set()},
		"sold elsewhere": {"changes": {"lots": [given.lot({"sold_elsewhere": true})]}, "want": set()},
		"at no price": {"changes": {"lots": [given.lot({"base_price": 0})]}, "want": set()},
		"at a fee only": {"changes": {"lots": [given.lot({"base_price": 0, "fee": 1})]}, "want": {"L1"}},
		"nothing captured": {"changes": {"payments": [given.payment({"captured": 0})]}, "want": set()},
		"another payment": {"changes": {"payments": [given.payment({"id": "P2"})]}, "want": set()},
		"two": {"changes": {"lots": [given.lot({}), given.lot({"id": "L2"})]}, "want": {"L1", "L2"}},
		"for 1": {"changes": {"payments": [given.payment({"captured": 1})]}, "want": {"L1"}},
		"at no price, overcharged by 1": {"changes": {"lots": [given.lot({"base_price": 0})], "payments": [given.payment({"overcharged": 1})]}, "want": {"L1"}},
		"at no price, overcharged elsewhere": {"changes": {"lots": [given.lot({"base_price": 0})], "payments": [given.payment({"id": "P2", "overcharged": 1})]}, "want": set()},
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

test_order_known[note] if {
	some note, tc in {
		"named": {"claimed": false, "changes": {}},
		"inferred by the policy": {
			"claimed": false,
			"changes": {"request": {"order_named": false, "order_inferable": true}, "terms": {"infer_order_ref": true}},
		},
		"inferred for a claim": {"claimed": true, "changes": {"request": {"order_named": false, "order_inferable": true}}},
	}
	purchases.order_known(tc.claimed) with input as given.router_one(tc.changes)
}

test_order_unknown[note] if {
	some note, tc in {
		"not named": {"claimed": false, "changes": {"request": {"order_named": false, "order_inferable": true}}},
		"not inferable": {
			"claimed": true,
			"changes": {"request": {"order_named": false}, "terms": {"infer_order_ref": true}},
		},
	}
	not purchases.order_known(tc.claimed) with input as given.router_one(tc.changes)
}
