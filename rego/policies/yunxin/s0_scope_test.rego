package policies.yunxin_test

import data.lib.fixture_test as given
import data.policies.yunxin as policy

test_excludes_what_others_sold[note] if {
	some note, tc in {
		"sold elsewhere": [{"lots": [given.lot({"sold_elsewhere": true})]}, {{"item": "L1", "code": "not_in_scope"}}],
		"our own": [{}, set()],
		"not asked": [
			given.both({"lots": [given.lot({"sold_elsewhere": true})]}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
	}
	found := policy.exclusions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/scope") == tc[1]
}

test_excludes_what_nobody_paid_for[note] if {
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
	found := policy.exclusions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/scope") == tc[1]
}

test_promises_no_cash_instead_of_credits[note] if {
	some note, tc in {
		"asked for": [{"request": {"remedy": "SERVICE_CREDIT"}}, {{}}],
		"not asked for": [{}, set()],
	}
	found := policy.service_bars with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/scope") == tc[1]
}
