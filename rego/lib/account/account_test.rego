package lib.account_test

import data.lib.account
import data.lib.fixture_test as given

test_status[note] if {
	some note, tc in {
		"at the decision": {"changes": {}, "want": "SUSPENDED"},
		"at the decision, though it began later": {"changes": {"account": {"changed_after_request": true}}, "want": "SUSPENDED"},
		"at the request": {"changes": {"terms": {"account_state_as_of": "request"}}, "want": "SUSPENDED"},
		"at the request, when it had not begun": {
			"changes": {"terms": {"account_state_as_of": "request"}, "account": {"changed_after_request": true}},
			"want": "ACTIVE",
		},
	}
	status := account.status with input as object.union(given.router_one({"account": {"status": "SUSPENDED"}}), tc.changes)
	status == tc.want
}

test_reason if {
	reason := account.reason with input as given.router_one({"account": {"status_reason": "SECURITY"}})
	reason == "SECURITY"
}
