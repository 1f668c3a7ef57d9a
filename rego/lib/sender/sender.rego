# METADATA
# title: Who sent the request
# description: Channel, address and authentication of a request (ruling 5).
# scope: package
package lib.sender

import data.lib.purchases

# METADATA
# description: The channel is one the policy allows; the withdrawal function always is.
channel_allowed if input.request.channel in input.parameters.allowed_channels

channel_allowed if input.request.channel == "WITHDRAWAL_FUNCTION"

# METADATA
# description: The address belongs to the account, or none is needed in an authenticated session.
address_fits if input.request.sender.address == "VERIFIED"

address_fits if {
	input.parameters.email_match == "any_verified_or_payer"
	input.request.sender.address == "PAYER"
}

address_fits if {
	input.request.sender.address == null
	input.request.sender.authenticated
	input.request.channel in {"IN_APP", "WITHDRAWAL_FUNCTION"}
}

# METADATA
# description: How old a balance may be, and how long an answer holds.
freshness_ns := input.parameters.freshness_s * 1000000000

# METADATA
# description: The balance was taken longer ago than `freshness_s`. An unknown age is null, which is below every number.
balance_stale if input.ledger.age_ns > freshness_ns

# METADATA
# description: What was used of the requested purchases is known, and no older than `freshness_s`.
balance_fresh if {
	input.ledger.age_ns != null
	input.ledger.age_ns <= freshness_ns
	every _, lot in purchases.lots {
		lot.known_use != null
	}
}
