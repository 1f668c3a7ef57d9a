package rulebook

import data.lib.purchases
import data.lib.window

# METADATA
# title: The period has not started
grants contains {"item": id, "cite": input.grounds.before_period} if {
	some id, plan in purchases.plans
	not plan.started
}

# METADATA
# title: The period has started
refusals contains {"item": id, "code": "period", "cite": input.grounds.period_started} if {
	some id, plan in purchases.plans
	plan.started
}

# METADATA
# title: The last second before the period
windows contains {"item": id, "until": window.before(plan.period_start)} if {
	input.grounds.before_period
	some id, plan in purchases.plans
}

# METADATA
# title: The fee of the period is its worth
entitlements contains {"item": id, "worth": worth, "cite": input.grounds.period_worth} if {
	some id, plan in purchases.plans
	worth := {
		"paid": plan.amount,
		"amount": plan.amount - _refunded_of(plan),
		"gross": plan.amount,
		"taken": _taken_of(plan),
		"fee": 0,
		"tax": 0,
	}
}

# METADATA
# title: Earlier refunds of the period are taken off
deductions contains {"item": id, "code": "already_refunded", "amount": 0 - refunded, "cite": input.grounds.period_already_refunded} if {
	some id, plan in purchases.plans
	refunded := _refunded_of(plan)
	refunded > 0
}

_refunded_of(plan) := min([plan.refunded_unused, plan.amount])

# a refund of just the fee of the period is taken to be that
_taken_of(plan) := plan.amount if {
	plan.refunded_unused == plan.amount
} else := 0

# METADATA
# title: Access lasts to the end of the period
cancellations contains {"type": "CANCEL_AT_PERIOD_END", "when": "running", "cite": input.grounds.access_to_period_end} if {
	input.plans[0]
}

# METADATA
# title: No later period is charged
cancellations contains {"type": "STOP_RENEWAL", "when": "running", "cite": input.grounds.renewal_stops} if {
	input.plans[0]
}

# METADATA
# title: Money back for a period ends it
cancellations contains {"type": "CANCEL_NOW", "when": "refunded", "cite": input.grounds.refund_ends_period} if {
	input.plans[0]
}

# METADATA
# title: Money back for a period ends the renewal
cancellations contains {"type": "STOP_RENEWAL", "when": "refunded", "cite": input.grounds.refund_stops_renewal} if {
	input.plans[0]
}
