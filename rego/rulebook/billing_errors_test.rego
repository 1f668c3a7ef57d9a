package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_reverses_a_verified_duplicate[note] if {
	some note, tc in {
		"verified": [
			{"payments": [given.payment({"duplicate": "VERIFIED"})]},
			{{"kind": "duplicate", "payment": "P1", "formless": true}},
		],
		"unverified": [{"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, set()],
		"by a reviewer": [
			given.both({"parameters": {"duplicate_mode": "review"}}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}),
			set(),
		],
		"not asked": [
			given.both({"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
	}
	found := rulebook.reversals with input as given.grounded(tc[0])
	given.on({"duplicate_reversed", "overcharge_reversed", "late_charge_reversed"}, found) == tc[1]
}

test_reviews_a_duplicate_in_doubt[note] if {
	some note, tc in {
		"unverified": [
			{"payments": [given.payment({"duplicate": "UNVERIFIED"})]},
			{{"code": "duplicate_unverified", "payment": "P1"}},
		],
		"by a reviewer": [
			given.both({"parameters": {"duplicate_mode": "review"}}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}),
			{{"code": "duplicate_unverified", "payment": "P1"}},
		],
		"verified": [{"payments": [given.payment({"duplicate": "VERIFIED"})]}, set()],
		"none": [{}, set()],
		"not asked": [given.both({"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"none, by a reviewer": [{"parameters": {"duplicate_mode": "review"}}, set()],
	}
	found := rulebook.exceptions with input as given.grounded(tc[0])
	given.on({"duplicate_reviewed"}, found) == tc[1]
}

test_settles_wrong_charges[note] if {
	some note, tc in {
		"more than the order": [
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
			{{"kind": "overcharge", "payment": "P1", "formless": false}},
		],
		"what the order cost": [{}, set()],
		"a duplicate of more": [
			{"payments": [given.payment({"overcharged": 2000, "duplicate": "VERIFIED"})]},
			{{"kind": "duplicate", "payment": "P1", "formless": true}},
		],
		"after the cancellation": [
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{{"kind": "late_charge", "payment": "P1", "formless": false}},
		],
		"before it": [given.on_plan({"plans": [given.plan({})]}), set()],
		"1 more than the order": [{"payments": [given.payment({"captured": 10001, "overcharged": 1})]}, {{"kind": "overcharge", "payment": "P1", "formless": false}}],
		"more than the order, not asked": [given.both({"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"after the cancellation, not asked": [given.both(given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}), {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.reversals with input as given.grounded(tc[0])
	given.on({"duplicate_reversed", "overcharge_reversed", "late_charge_reversed"}, found) == tc[1]
}

test_reviews_wrong_charges[note] if {
	some note, tc in {
		"more than the order": [
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
			{{"code": "overcharge", "payment": "P1"}},
		],
		"what the order cost": [{}, set()],
		"a duplicate of more": [{"payments": [given.payment({"overcharged": 2000, "duplicate": "VERIFIED"})]}, set()],
		"after the cancellation": [
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{{"code": "late_charge", "payment": "P1"}},
		],
		"before it": [given.on_plan({"plans": [given.plan({})]}), set()],
		"more than an order that is not bought": [
			{
				"lots": [given.lot({"category": "PROMOTIONAL"})],
				"payments": [given.payment({"captured": 12000, "overcharged": 2000})],
			},
			set(),
		],
		"1 more than the order": [{"payments": [given.payment({"captured": 10001, "overcharged": 1})]}, {{"code": "overcharge", "payment": "P1"}}],
		"more than the order, not asked": [given.both({"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"after the cancellation, not asked": [given.both(given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}), {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.exceptions with input as given.grounded(tc[0])
	given.on({"overcharge_reviewed", "late_charge_reviewed"}, found) == tc[1]
}

test_reverses_a_duplicate_in_due_form[note] if {
	some note, tc in {
		"verified": [
			{"payments": [given.payment({"duplicate": "VERIFIED"})]},
			{{"kind": "duplicate", "payment": "P1", "formless": false}},
		],
		"unverified": [{"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, set()],
		"by a reviewer": [
			given.both({"parameters": {"duplicate_mode": "review"}}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}),
			set(),
		],
		"not asked": [
			given.both({"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
	}
	found := rulebook.reversals with input as given.grounded_as("yunxin", tc[0])
	given.on({"duplicate_reversed"}, found) == tc[1]
}
