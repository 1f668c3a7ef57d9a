package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

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
	found := rulebook.bars with input as given.grounded(tc[0])
	given.on({"credits_forfeited", "unauthorized_dispute"}, found) == tc[1]
}

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
	found := rulebook.bars with input as given.grounded(tc[0])
	given.on({"fraud_confirmed", "fraud_suspected"}, found) == tc[1]
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
	found := rulebook.bars with input as given.grounded(tc[0])
	given.on({"violation_confirmed", "violation_suspected", "status_reason_unknown"}, found) == tc[1]
}

test_bars_repeated_requests[note] if {
	some note, tc in {
		"three": [{"risk": {"approved_refunds_90d": 3}}, {{"code": "repeated_refunds", "outcome": "review"}}],
		"two": [{"risk": {"approved_refunds_90d": 2}}, set()],
	}
	found := rulebook.bars with input as given.grounded(tc[0])
	given.on({"repeated_refunds"}, found) == tc[1]
}
