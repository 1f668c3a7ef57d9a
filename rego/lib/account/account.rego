# METADATA
# title: The account's standing
# description: The account's state as of the decision or of the request, as the policy reads it (`account_state_as_of`).
# scope: package
package lib.account

# METADATA
# description: The current state of the account counts.
state_counts if not _not_yet

# it began after the request, and the policy reads the state at the request
_not_yet if {
	input.parameters.account_state_as_of == "request"
	input.account.changed_after_request
}
