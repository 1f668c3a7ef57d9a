package rulebook

import data.law.withdrawal
import data.lib.purchases
import data.lib.sender

# METADATA
# title: The request came through a channel that the policy does not accept; a cancellation may come through any
missing contains {"code": "channel", "cite": input.grounds.wrong_channel} if {
	not sender.channel_allowed
	_channel_asked
	not withdrawal.claimed
}

_channel_asked if {
	_asks_for in input.parameters["form.channel"]
	input.request.remedy != "CANCEL_SUBSCRIPTION"
}

# METADATA
# title: The order is not named
missing contains {"code": "order_ref", "cite": input.grounds.order_not_named} if {
	not withdrawal.order_known
	_details_asked
}

# METADATA
# title: What was used is not known, or not recently enough
missing contains {"code": "fresh_balance", "cite": input.grounds.balance_not_fresh} if {
	not sender.balance_fresh
	_details_asked
	some _ in purchases.lots
}

_details_asked if _asks_for in input.parameters["form.details"]

# METADATA
# title: The address does not belong to the account
missing contains {"code": "sender_email", "cite": input.grounds.wrong_address} if {
	not sender.address_fits
	_sender_asked
}

# METADATA
# title: The sender is not authenticated
missing contains {"code": "verify_identity", "cite": input.grounds.not_authenticated} if {
	not input.request.sender.authenticated
	_sender_asked
}

# METADATA
# title: More information is needed to verify the sender
missing contains {"code": "verify_identity", "cite": input.grounds.more_information} if {
	not input.request.sender.authenticated
	_sender_asked
}

_sender_asked if _asks_for in input.parameters["form.sender"]

# METADATA
# title: No reason is given
warnings contains {"code": "reason_missing", "cite": input.grounds.no_reason} if {
	not input.request.has_reason
	_details_asked
}
