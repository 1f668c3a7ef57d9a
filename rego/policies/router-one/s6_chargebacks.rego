package policies["router-one"]

import data.lib.account
import data.lib.purchases

# METADATA
# title: A dispute over the payment is open
# custom: {clause: router-one/6-open, role: BARS}
holds contains {"code": "await_dispute_outcome", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.dispute_open
}

# METADATA
# title: The account is suspended while investigated
# custom: {clause: router-one/6-open, role: BARS}
holds contains {"code": "account_under_investigation", "cite": rego.metadata.rule().custom} if {
	input.account.status == "SUSPENDED"
	input.account.status_reason == "UNDER_INVESTIGATION"
	_standing_counts
}

# METADATA
# title: The account is suspended while a dispute is open
# custom: {clause: router-one/6-open, role: BARS}
holds contains {"code": "await_dispute_outcome", "cite": rego.metadata.rule().custom} if {
	input.account.status == "SUSPENDED"
	input.disputes.any_open == true
	_standing_counts
}

# METADATA
# title: The account is suspended for a chargeback that nobody decided
# custom: {clause: router-one/6-open, role: BARS}
holds contains {"code": "await_dispute_outcome", "cite": rego.metadata.rule().custom} if {
	input.account.status == "SUSPENDED"
	input.account.status_reason == "CHARGEBACK"
	not input.disputes.any_settled
	_standing_counts
}

# a verified duplicate is held by its own payment only (ruling 10)
_standing_counts if {
	account.state_counts
	not _only_duplicates
}

_only_duplicates if {
	input.parameters.duplicate_mode == "auto"
	input.payments != []
	every payment in input.payments {
		payment.duplicate == "VERIFIED"
	}
}

# METADATA
# title: A lost dispute returned part of the payment
# custom: {clause: router-one/6-open, role: LIMITS}
losses contains {"payment": id, "cite": rego.metadata.rule().custom} if {
	some id, _ in purchases.lost
}

# METADATA
# title: A dispute over another payment is open
# custom: {clause: router-one/6-open, role: LIMITS}
warnings contains {"code": "dispute_on_other_payment", "cite": rego.metadata.rule().custom} if {
	input.disputes.open_elsewhere == true
	purchases.refund_asked
}

# METADATA
# title: Credits were forfeited
# custom: {clause: router-one/6-unauthorized, role: BARS}
bars contains {"code": "forfeited", "outcome": "deny", "cite": rego.metadata.rule().custom} if {
	input.account.forfeited == true
}

# METADATA
# title: A decided chargeback was unauthorized
# custom: {clause: router-one/6-unauthorized, role: BARS}
bars contains {"code": "unauthorized_dispute", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.dispute_unauthorized
	payment.dispute in {"WON", "LOST"}
	not input.account.forfeited
}

# METADATA
# title: An open chargeback is unauthorized should it be won
# custom: {clause: router-one/6-unauthorized, role: BARS}
bars contains {"code": "unauthorized_dispute", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.dispute_unauthorized
	payment.dispute_open
	not input.account.forfeited
}

# METADATA
# title: The account's state is read at the decision or the request
# custom: {clause: router-one/6-open, role: LIMITS}
readings contains {"parameter": "account_state_as_of", "cite": rego.metadata.rule().custom} if {
	input.account.changed_after_request == true
	purchases.refund_asked
}
