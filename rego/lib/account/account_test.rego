package lib.account_test

import data.lib.account
import data.lib.fixture_test as given

test_state_counts[note] if {
	some note, tc in {
		"at the decision": [{}, true],
		"at the decision, though it began later": [{"account": {"changed_after_request": true}}, true],
		"at the request": [{"parameters": {"account_state_as_of": "request"}}, true],
		"at the request, when it had not begun": [
			{"parameters": {"account_state_as_of": "request"}, "account": {"changed_after_request": true}},
			false,
		],
	}
	_counts(object.union(given.router_one({"account": {"status": "SUSPENDED"}}), tc[0])) == tc[1]
}

default _counts(_) := false

_counts(facts) if account.state_counts with input as facts
