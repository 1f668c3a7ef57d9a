# METADATA
# title: The account's standing
# description: The account's state as of the decision or of the request, as the policy reads it (`account_state_as_of`).
# scope: package
package lib.account

# METADATA
# description: The state that counts.
status := "ACTIVE" if {
	_not_yet
} else := input.account.status

# the state began after the request, and the policy tests the state at the request
_not_yet if {
	input.terms.account_state_as_of == "request"
	input.account.changed_after_request
}

# METADATA
# description: Why the account is in that state.
reason := input.account.status_reason
