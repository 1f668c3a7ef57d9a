package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_bars_a_closed_account[note] if {
	some note, tc in {
		"suspended": [
			{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}},
			{{"code": "violation_confirmed", "outcome": "deny"}},
		],
		"terminated": [
			{"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}},
			{{"code": "violation_confirmed", "outcome": "deny"}},
		],
		"nobody says why": [
			{"account": {"status": "SUSPENDED", "status_reason": "UNSPECIFIED"}},
			{{"code": "status_reason_unknown", "outcome": "review"}},
		],
		"another reason": [{"account": {"status": "SUSPENDED", "status_reason": "OWN_REQUEST"}}, set()],
		"active again after one": [{"account": {"status": "ACTIVE", "status_reason": "TOS_VIOLATION"}}, set()],
		"suspended since, read at the request": [given.both({"parameters": {"account_state_as_of": "request"}}, {"account": {"status": "SUSPENDED", "status_reason": "UNSPECIFIED", "changed_after_request": true}}), set()],
		"a plan": [
			given.both(
				given.on_plan({"plans": [given.plan({})]}),
				{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}},
			),
			set(),
		],
	}
	found := rulebook.bars with input as given.grounded(tc[0])
	given.on({"yunxin_violation", "yunxin_reason_unknown"}, found) == tc[1]
}

test_waits_for_an_investigation[note] if {
	some note, tc in {
		"suspended": [
			{"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}},
			{{"code": "account_under_investigation"}},
		],
		"terminated": [
			{"account": {"status": "TERMINATED", "status_reason": "UNDER_INVESTIGATION"}},
			{{"code": "account_under_investigation"}},
		],
		"only a duplicate": [
			{
				"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
				"payments": [given.payment({"duplicate": "VERIFIED"})],
			},
			set(),
		],
		"a duplicate for a reviewer": [
			given.both(
				{"parameters": {"duplicate_mode": "review"}},
				{
					"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
					"payments": [given.payment({"duplicate": "VERIFIED"})],
				},
			),
			{{"code": "account_under_investigation"}},
		],
		"active": [{}, set()],
		"active again after one": [{"account": {"status": "ACTIVE", "status_reason": "UNDER_INVESTIGATION"}}, set()],
		"of a plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}}), set()],
	}
	found := rulebook.holds with input as given.grounded(tc[0])
	given.on({"yunxin_investigation"}, found) == tc[1]
}
