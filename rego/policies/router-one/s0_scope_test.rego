package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_excludes_what_others_sold[note] if {
	some note, tc in {
		"sold elsewhere": [{"lots": [given.lot({"sold_elsewhere": true})]}, {{"item": "L1", "code": "not_in_scope"}}],
		"our own": [{}, set()],
		"not asked": [
			given.both({"lots": [given.lot({"sold_elsewhere": true})]}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
	}
	found := policy.exclusions with input as given.router_one(tc[0])
	given.said_by(found, "router-one/scope") == tc[1]
}

test_excludes_what_nobody_paid_for[note] if {
	some note, tc in {
		"no price": [{"lots": [given.lot({"base_price": 0})]}, {{"item": "L1", "code": "nothing_paid"}}],
		"not charged": [{"lots": [given.lot({"charged": false})]}, {{"item": "L1", "code": "nothing_paid"}}],
		"a period not charged": [
			given.on_plan({"plans": [given.plan({"charged": false})]}),
			{{"item": "", "code": "nothing_paid"}},
		],
		"a charged period": [given.on_plan({"plans": [given.plan({})]}), set()],
		"not asked": [given.both({"lots": [given.lot({"base_price": 0})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"no price, sold elsewhere": [{"lots": [given.lot({"base_price": 0, "sold_elsewhere": true})]}, {{"item": "L1", "code": "not_in_scope"}}],
		"a period not charged, not asked": [given.both(given.on_plan({"plans": [given.plan({"charged": false})]}), {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.exclusions with input as given.router_one(tc[0])
	given.said_by(found, "router-one/scope") == tc[1]
}
