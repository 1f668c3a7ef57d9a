package rulebook

import data.lib.account
import data.lib.purchases

# METADATA
# title: A refund of the credits is under way
holds contains {"code": "refund_in_progress", "cite": input.grounds.refund_in_progress} if {
	some lot in purchases.lots
	lot.refund_pending
}

# METADATA
# title: A refund of the period is under way
holds contains {"code": "refund_in_progress", "cite": input.grounds.refund_in_progress} if {
	some plan in purchases.plans
	plan.refund_pending
}

# METADATA
# title: A refund of the duplicate payment is under way
holds contains {"code": "refund_in_progress", "cite": input.grounds.refund_in_progress} if {
	some payment in input.payments
	payment.refund_pending
	payment.duplicate != "NO"
	count(payment.paid_for) == 0
	not payment.paid_for_plan
}

# METADATA
# title: A dispute over the payment is open
holds contains {"code": "await_dispute_outcome", "cite": input.grounds.dispute_open} if {
	some payment in input.payments
	payment.dispute_open
}

# METADATA
# title: The account is suspended while a dispute is open
holds contains {"code": "await_dispute_outcome", "cite": input.grounds.suspended_for_dispute} if {
	_suspended
	input.disputes.any_open
}

# METADATA
# title: The account is suspended for an undecided chargeback
holds contains {"code": "await_dispute_outcome", "cite": input.grounds.suspended_for_dispute} if {
	_suspended
	input.account.status_reason == "CHARGEBACK"
	not input.disputes.any_settled
}

# METADATA
# title: The account is suspended while investigated
holds contains {"code": "account_under_investigation", "cite": input.grounds.suspended_for_investigation} if {
	_suspended
	input.account.status_reason == "UNDER_INVESTIGATION"
}

_suspended if {
	input.account.status == "SUSPENDED"
	account.state_counts
	not _only_duplicates
}

# a verified duplicate is held by its own payment only (ruling 10)
_only_duplicates if {
	input.parameters.duplicate_mode == "auto"
	input.payments != []
	every payment in input.payments {
		payment.duplicate == "VERIFIED"
	}
}

# METADATA
# title: A dispute over another payment is open
warnings contains {"code": "dispute_on_other_payment", "cite": input.grounds.other_dispute_open} if {
	input.disputes.open_elsewhere
	purchases.refund_asked
}

# METADATA
# title: A lost dispute returned a part of the payment
losses contains {"payment": id, "cite": input.grounds.dispute_lost} if some id, _ in purchases.lost
