package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_excludes_what_others_sold[note] if {
	some note, tc in {
		"sold elsewhere": [{"lots": [given.lot({"sold_elsewhere": true})]}, {{"item": "L1", "code": "not_in_scope"}}],
		"our own": [{}, set()],
		"not asked": [
			given.both({"lots": [given.lot({"sold_elsewhere": true})]}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
	}
	found := rulebook.exclusions with input as given.grounded(tc[0])
	given.on({"sold_elsewhere", "lot_not_charged", "period_not_charged"}, found) == tc[1]
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
	found := rulebook.exclusions with input as given.grounded(tc[0])
	given.on({"sold_elsewhere", "lot_not_charged", "period_not_charged"}, found) == tc[1]
}

test_is_not_cash[note] if {
	some note, tc in {
		"service credits": [{"lots": [given.lot({"category": "SERVICE"})]}, {{"item": "L1", "code": "category"}}],
		"sold elsewhere": [{"lots": [given.lot({"category": "SERVICE", "sold_elsewhere": true})]}, set()],
		"paid": [{}, set()],
	}
	found := rulebook.refusals with input as given.grounded(tc[0])
	given.on({"service_credits_held"}, found) == tc[1]
}

test_excludes_a_period_not_billed[note] if {
	some note, tc in {
		"not charged": [given.on_plan({"plans": [given.plan({"charged": false})]}), {{"item": "", "code": "nothing_paid"}}],
		"charged": [given.on_plan({"plans": [given.plan({})]}), set()],
		"not charged, not asked": [given.both(given.on_plan({"plans": [given.plan({"charged": false})]}), {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.exclusions with input as given.grounded(tc[0])
	given.on({"period_not_charged"}, found) == tc[1]
}

test_excludes_what_was_given[note] if {
	some note, tc in {
		"no price": [{"lots": [given.lot({"base_price": 0})]}, {{"item": "L1", "code": "nothing_paid"}}],
		"not charged": [{"lots": [given.lot({"charged": false})]}, {{"item": "L1", "code": "nothing_paid"}}],
		"promotional": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, {{"item": "L1", "code": "nothing_paid"}}],
		"promotional, sold elsewhere": [
			{"lots": [given.lot({"category": "PROMOTIONAL", "sold_elsewhere": true})]},
			{{"item": "L1", "code": "not_in_scope"}},
		],
		"not asked": [given.both({"lots": [given.lot({"base_price": 0})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"no price, sold elsewhere": [{"lots": [given.lot({"base_price": 0, "sold_elsewhere": true})]}, {{"item": "L1", "code": "not_in_scope"}}],
		"promotional, not asked": [given.both({"lots": [given.lot({"category": "PROMOTIONAL"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.exclusions with input as given.grounded(tc[0])
	given.on({"sold_elsewhere", "given_away", "lot_not_charged"}, found) == tc[1]
}
