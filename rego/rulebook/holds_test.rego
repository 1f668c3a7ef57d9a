package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_waits_for_a_refund_under_way[note] if {
	some note, tc in {
		"of the lot": [{"lots": [given.lot({"refund_pending": true})]}, {{"code": "refund_in_progress"}}],
		"of the period": [given.on_plan({"plans": [given.plan({"refund_pending": true})]}), {{"code": "refund_in_progress"}}],
		"of a duplicate": [
			{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": [], "refund_pending": true})]},
			{{"code": "refund_in_progress"}},
		],
		"of a duplicate that paid for something": [{"payments": [given.payment({"duplicate": "VERIFIED", "pending": 1})]}, set()],
		"of a duplicate of the plan": [
			{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": [], "pending": 1, "paid_for_plan": true})]},
			set(),
		],
		"none": [{}, set()],
		"of a payment for nothing, no duplicate": [{"payments": [given.payment({"paid_for": [], "pending": 1})]}, set()],
		"of a duplicate, settled": [{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": []})]}, set()],
	}
	found := rulebook.holds with input as given.grounded(tc[0])
	given.on({"refund_in_progress"}, found) == tc[1]
}

test_takes_off_a_lost_dispute[note] if {
	some note, tc in {
		"some": [{"payments": [given.payment({"lost": 300})]}, {{"payment": "P1"}}],
		"none": [{}, set()],
		"of one of two": [{"payments": [given.payment({"lost": 1}), given.payment({"id": "P2"})]}, {{"payment": "P1"}}],
	}
	found := rulebook.losses with input as given.grounded(tc[0])
	given.on({"dispute_lost"}, found) == tc[1]
}

test_waits_for_a_dispute[note] if {
	some note, tc in {
		"open": [{"payments": [given.payment({"dispute_open": true})]}, {{"code": "await_dispute_outcome"}}],
		"none": [{}, set()],
		"suspended while one is open": [
			{"account": {"status": "SUSPENDED", "status_reason": "SECURITY"}, "disputes": {"any_open": true}},
			{{"code": "await_dispute_outcome"}},
		],
		"suspended for one": [
			{"account": {"status": "SUSPENDED", "status_reason": "CHARGEBACK"}},
			{{"code": "await_dispute_outcome"}},
		],
		"suspended for a settled one": [
			{"account": {"status": "SUSPENDED", "status_reason": "CHARGEBACK"}, "disputes": {"any_settled": true}},
			set(),
		],
		"under investigation": [
			{"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}},
			{{"code": "account_under_investigation"}},
		],
		"under investigation since, read at the request": [given.both({"parameters": {"account_state_as_of": "request"}}, {"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION", "changed_after_request": true}}), set()],
		"terminated under investigation": [{"account": {"status": "TERMINATED", "status_reason": "UNDER_INVESTIGATION"}}, set()],
		"only a duplicate": [
			{
				"account": {"status": "SUSPENDED", "status_reason": "CHARGEBACK"},
				"payments": [given.payment({"duplicate": "VERIFIED"})],
			},
			set(),
		],
		"under investigation, only a duplicate": [{"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}, "payments": [given.payment({"duplicate": "VERIFIED"})]}, set()],
		"while one is open, only a duplicate": [{"account": {"status": "SUSPENDED", "status_reason": "SECURITY"}, "disputes": {"any_open": true}, "payments": [given.payment({"duplicate": "VERIFIED"})]}, set()],
		"active while one is open elsewhere": [{"disputes": {"any_open": true}}, set()],
		"terminated for one": [{"account": {"status": "TERMINATED", "status_reason": "CHARGEBACK"}}, set()],
		"a duplicate for a reviewer": [given.both({"parameters": {"duplicate_mode": "review"}}, {"account": {"status": "SUSPENDED", "status_reason": "CHARGEBACK"}, "payments": [given.payment({"duplicate": "VERIFIED"})]}), {{"code": "await_dispute_outcome"}}],
		"suspended for one, no payment": [{"account": {"status": "SUSPENDED", "status_reason": "CHARGEBACK"}, "payments": []}, {{"code": "await_dispute_outcome"}}],
	}
	found := rulebook.holds with input as given.grounded(tc[0])
	given.on({"dispute_open", "suspended_for_dispute", "suspended_for_investigation"}, found) == tc[1]
}

test_warns_of_another_dispute[note] if {
	some note, tc in {
		"elsewhere": [{"disputes": {"open_elsewhere": true}}, {{"code": "dispute_on_other_payment"}}],
		"none": [{}, set()],
		"no refund asked": [given.both({"disputes": {"open_elsewhere": true}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.warnings with input as given.grounded(tc[0])
	given.on({"other_dispute_open"}, found) == tc[1]
}

test_waits_for_a_refund_or_a_dispute[note] if {
	some note, tc in {
		"of the lot": [{"lots": [given.lot({"refund_pending": true})]}, {{"code": "refund_in_progress"}}],
		"of the period": [given.on_plan({"plans": [given.plan({"refund_pending": true})]}), {{"code": "refund_in_progress"}}],
		"of a duplicate": [
			{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": [], "refund_pending": true})]},
			{{"code": "refund_in_progress"}},
		],
		"of a duplicate that paid for something": [{"payments": [given.payment({"duplicate": "VERIFIED", "pending": 1})]}, set()],
		"of a duplicate of the plan": [
			{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": [], "pending": 1, "paid_for_plan": true})]},
			set(),
		],
		"none": [{}, set()],
		"open": [{"payments": [given.payment({"dispute_open": true})]}, {{"code": "await_dispute_outcome"}}],
		"of a payment for nothing, no duplicate": [{"payments": [given.payment({"paid_for": [], "pending": 1})]}, set()],
		"of a duplicate, settled": [{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": []})]}, set()],
	}
	found := rulebook.holds with input as given.grounded(tc[0])
	given.on({"refund_in_progress", "dispute_open"}, found) == tc[1]
}
