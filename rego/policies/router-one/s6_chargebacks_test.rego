package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_takes_off_a_lost_dispute[note] if {
	some note, tc in {
		"some": [{"payments": [given.payment({"lost": 300})]}, {{"payment": "P1"}}],
		"none": [{}, set()],
		"of one of two": [{"payments": [given.payment({"lost": 1}), given.payment({"id": "P2"})]}, {{"payment": "P1"}}],
	}
	found := policy.losses with input as given.router_one(tc[0])
	given.said_by(found, "router-one/6-open") == tc[1]
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
	found := policy.holds with input as given.router_one(tc[0])
	given.said_by(found, "router-one/6-open") == tc[1]
}

test_reads_the_account_as_of[note] if {
	some note, tc in {
		"changed since": [{"account": {"changed_after_request": true}}, {{"parameter": "account_state_as_of"}}],
		"as it was": [{}, set()],
		"no refund asked": [given.both({"account": {"changed_after_request": true}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/6-open") == tc[1]
}

test_warns_of_another_dispute[note] if {
	some note, tc in {
		"elsewhere": [{"disputes": {"open_elsewhere": true}}, {{"code": "dispute_on_other_payment"}}],
		"none": [{}, set()],
		"no refund asked": [given.both({"disputes": {"open_elsewhere": true}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.warnings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/6-open") == tc[1]
}

test_bars_unauthorized_chargebacks[note] if {
	some note, tc in {
		"forfeited": [{"account": {"forfeited": true}}, {{"code": "forfeited", "outcome": "deny"}}],
		"won": [
			{"payments": [given.payment({"dispute_unauthorized": true, "dispute": "WON"})]},
			{{"code": "unauthorized_dispute", "outcome": "review"}},
		],
		"lost": [
			{"payments": [given.payment({"dispute_unauthorized": true, "dispute": "LOST"})]},
			{{"code": "unauthorized_dispute", "outcome": "review"}},
		],
		"open": [
			{"payments": [given.payment({"dispute_unauthorized": true, "dispute": "UNDER_REVIEW", "dispute_open": true})]},
			{{"code": "unauthorized_dispute", "outcome": "review"}},
		],
		"an inquiry": [{"payments": [given.payment({"dispute_unauthorized": true, "dispute": "INQUIRY"})]}, set()],
		"lost and forfeited": [
			{"payments": [given.payment({"dispute_unauthorized": true, "dispute": "LOST"})], "account": {"forfeited": true}},
			{{"code": "forfeited", "outcome": "deny"}},
		],
		"authorized": [{"payments": [given.payment({"dispute": "LOST"})]}, set()],
		"open and forfeited": [{"payments": [given.payment({"dispute_unauthorized": true, "dispute": "UNDER_REVIEW", "dispute_open": true})], "account": {"forfeited": true}}, {{"code": "forfeited", "outcome": "deny"}}],
		"open, authorized": [{"payments": [given.payment({"dispute": "UNDER_REVIEW", "dispute_open": true})]}, set()],
	}
	found := policy.bars with input as given.router_one(tc[0])
	given.said_by(found, "router-one/6-unauthorized") == tc[1]
}
