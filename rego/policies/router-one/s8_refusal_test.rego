package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_bars_fraud[note] if {
	some note, tc in {
		"confirmed": [{"risk": {"fraud": "CONFIRMED"}}, {{"code": "fraud_confirmed", "outcome": "deny"}}],
		"confirmed, by a reviewer": [
			given.both({"parameters": {"s8_mode": "review"}}, {"risk": {"fraud": "CONFIRMED"}}),
			{{"code": "fraud_confirmed", "outcome": "review"}},
		],
		"suspected": [{"risk": {"fraud": "SUSPECTED"}}, {{"code": "fraud_suspected", "outcome": "review"}}],
		"none": [{}, set()],
	}
	found := policy.bars with input as given.router_one(tc[0])
	given.said_by(found, "router-one/8-fraud") == tc[1]
}

test_bars_violations[note] if {
	some note, tc in {
		"confirmed": [{"risk": {"tos_violation": "CONFIRMED"}}, {{"code": "violation_confirmed", "outcome": "deny"}}],
		"confirmed, by a reviewer": [
			given.both({"parameters": {"s8_mode": "review"}}, {"risk": {"tos_violation": "CONFIRMED"}}),
			{{"code": "violation_confirmed", "outcome": "review"}},
		],
		"suspected": [{"risk": {"tos_violation": "SUSPECTED"}}, {{"code": "violation_suspected", "outcome": "review"}}],
		"none": [{}, set()],
		"suspended for one": [
			{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}},
			{{"code": "violation_confirmed", "outcome": "deny"}},
		],
		"terminated for one": [
			{"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}},
			{{"code": "violation_confirmed", "outcome": "deny"}},
		],
		"terminated, and nobody says why": [
			{"account": {"status": "TERMINATED", "status_reason": "UNSPECIFIED"}},
			{{"code": "status_reason_unknown", "outcome": "review"}},
		],
		"suspended, nobody says why": [
			{"account": {"status": "SUSPENDED", "status_reason": "UNSPECIFIED"}},
			{{"code": "status_reason_unknown", "outcome": "review"}},
		],
		"suspended for another reason": [{"account": {"status": "SUSPENDED", "status_reason": "NON_PAYMENT"}}, set()],
		"suspended since, read at the request": [
			given.both(
				{"parameters": {"account_state_as_of": "request"}},
				given.both(
					{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}},
					{"account": {"changed_after_request": true}},
				),
			),
			set(),
		],
		"suspended since, nobody says why, read at the request": [given.both({"parameters": {"account_state_as_of": "request"}}, {"account": {"status": "SUSPENDED", "status_reason": "UNSPECIFIED", "changed_after_request": true}}), set()],
		"active again after one": [{"account": {"status": "ACTIVE", "status_reason": "TOS_VIOLATION"}}, set()],
	}
	found := policy.bars with input as given.router_one(tc[0])
	given.said_by(found, "router-one/8-violation") == tc[1]
}

test_bars_repeated_requests[note] if {
	some note, tc in {
		"three": [{"risk": {"approved_refunds_90d": 3}}, {{"code": "repeated_refunds", "outcome": "review"}}],
		"two": [{"risk": {"approved_refunds_90d": 2}}, set()],
	}
	found := policy.bars with input as given.router_one(tc[0])
	given.said_by(found, "router-one/8-repeat") == tc[1]
}

test_reads_the_mode[note] if {
	some note, tc in {
		"fraud": [{"risk": {"fraud": "CONFIRMED"}}, {{"parameter": "s8_mode"}}],
		"violation": [{"risk": {"tos_violation": "CONFIRMED"}}, {{"parameter": "s8_mode"}}],
		"closed for one": [{"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}}, {{"parameter": "s8_mode"}}],
		"suspected": [{"risk": {"fraud": "SUSPECTED"}}, set()],
		"no refund asked": [given.both({"risk": {"fraud": "CONFIRMED"}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"suspended for one": [{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}}, {{"parameter": "s8_mode"}}],
		"suspended for another reason": [{"account": {"status": "SUSPENDED", "status_reason": "SECURITY"}}, set()],
		"suspended since, read at the request": [given.both({"parameters": {"account_state_as_of": "request"}}, {"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION", "changed_after_request": true}}), set()],
		"active again after one": [{"account": {"status": "ACTIVE", "status_reason": "TOS_VIOLATION"}}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/8-fraud") == tc[1]
}

test_reads_the_limit[note] if {
	some note, tc in {
		"three": [{"risk": {"approved_refunds_90d": 3}}, {{"parameter": "repeat_limit"}}],
		"two": [{"risk": {"approved_refunds_90d": 2}}, set()],
		"no refund asked": [given.both({"risk": {"approved_refunds_90d": 3}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/8-repeat") == tc[1]
}
