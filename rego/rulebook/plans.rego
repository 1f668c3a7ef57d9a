package rulebook

import data.lib.purchases
import data.lib.window

# METADATA
# title: The period has not started
grants contains {"item": id, "cite": cite} if {
	cite := input.grounds.before_period
	some id, plan in purchases.plans
	not plan.started
}

# METADATA
# title: The period has started
refusals contains {"item": id, "code": "period", "cite": cite} if {
	cite := input.grounds.period_started
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
entitlements contains {
	"item": id,
	"amount": plan.amount - _refunded_of(plan),
	"gross": plan.amount,
	"taken": _taken_of(plan),
	"fee": 0,
	"tax": 0,
	"paid": plan.amount,
	"cite": cite,
} if {
	cite := input.grounds.period_worth
	some id, plan in purchases.plans
}

# METADATA
# title: Earlier refunds of the period are taken off
deductions contains {"item": id, "code": "already_refunded", "amount": 0 - _refunded_of(plan), "cite": cite} if {
	cite := input.grounds.period_already_refunded
	some id, plan in purchases.plans
	_refunded_of(plan) > 0
}

_refunded_of(plan) := min([plan.refunded_unused, plan.amount])

# a refund of just the fee of the period is taken to be that
_taken_of(plan) := plan.amount if {
	plan.refunded_unused == plan.amount
} else := 0

# METADATA
# title: Access lasts to the end of the period
cancellations contains {"type": "CANCEL_AT_PERIOD_END", "when": "running", "cite": cite} if {
	cite := input.grounds.access_to_period_end
	input.plans[0]
}

# METADATA
# title: No later period is charged
cancellations contains {"type": "STOP_RENEWAL", "when": "running", "cite": cite} if {
	cite := input.grounds.renewal_stops
	input.plans[0]
}

# METADATA
# title: Money back for a period ends it
cancellations contains {"type": "CANCEL_NOW", "when": "refunded", "cite": cite} if {
	cite := input.grounds.refund_ends_period
	input.plans[0]
}

# METADATA
# title: Money back for a period ends the renewal
cancellations contains {"type": "STOP_RENEWAL", "when": "refunded", "cite": cite} if {
	cite := input.grounds.refund_stops_renewal
	input.plans[0]
}
