package policies["router-one"]

import data.lib.purchases
import data.lib.window

# METADATA
# title: Access lasts to the end of the period
# custom: {clause: router-one/2.4-cancel, role: GRANTS}
cancellations contains {"type": "CANCEL_AT_PERIOD_END", "when": "running", "cite": rego.metadata.rule().custom} if {
	input.plans[0]
}

# METADATA
# title: No later period is charged
# custom: {clause: router-one/2.4-cancel, role: GRANTS}
cancellations contains {"type": "STOP_RENEWAL", "when": "running", "cite": rego.metadata.rule().custom} if {
	input.plans[0]
}

# METADATA
# title: Money back for a period ends it
# custom: {clause: router-one/2.4-cancel, role: REQUIRES}
cancellations contains {"type": "CANCEL_NOW", "when": "refunded", "cite": rego.metadata.rule().custom} if {
	input.plans[0]
}

# METADATA
# title: Money back for a period ends the renewal
# custom: {clause: router-one/2.4-cancel, role: REQUIRES}
cancellations contains {"type": "STOP_RENEWAL", "when": "refunded", "cite": rego.metadata.rule().custom} if {
	input.plans[0]
}

# METADATA
# title: The period has started
# custom: {clause: router-one/2.4-nr, role: BARS}
refusals contains {"item": "", "code": "period", "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	plan.started
}

# METADATA
# title: The period has not started
# custom: {clause: router-one/2.4-nr, role: GRANTS}
grants contains {"item": "", "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	not plan.started
}

# METADATA
# title: The start of the period
# custom: {clause: router-one/2.4-nr, role: LIMITS}
windows contains {"item": "", "until": window.before(plan.period_start), "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
}

_plan_refunded[""] := min([plan.refunded_unused, plan.amount]) if some plan in purchases.plans

# a refund of just the fee of the period is taken to be that
_plan_taken[""] := plan.amount if {
	some plan in purchases.plans
	plan.refunded_unused == plan.amount
} else := 0

# METADATA
# title: The fee of the period
# custom: {clause: router-one/2.4-nr, role: GRANTS}
entitlements contains {
	"item": "",
	"amount": plan.amount - _plan_refunded[""],
	"gross": plan.amount,
	"taken": _plan_taken[""],
	"fee": 0,
	"tax": 0,
	"paid": plan.amount,
	"cite": rego.metadata.rule().custom,
} if {
	some plan in purchases.plans
}

# METADATA
# title: Of the period, paid back before
# custom: {clause: router-one/2.4-nr, role: LIMITS}
deductions contains {"item": "", "code": "already_refunded", "amount": 0 - _plan_refunded[""], "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	_plan_refunded[""] > 0
}
