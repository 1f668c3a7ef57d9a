package policies.yunxin

import data.law.withdrawal
import data.lib.purchases
import data.lib.window

# METADATA
# title: The period was not billed
# custom: {clause: yunxin/sub-billed, role: BARS}
exclusions contains {"item": "", "code": "nothing_paid", "cite": rego.metadata.rule().custom} if {
	plan := input.plans[0]
	not plan.charged
	purchases.refund_asked
}

# METADATA
# title: Benefits last to the end of the period
# custom: {clause: yunxin/sub-cancel, role: GRANTS}
cancellations contains {"type": "CANCEL_AT_PERIOD_END", "when": "running", "cite": rego.metadata.rule().custom} if {
	input.plans[0]
}

# METADATA
# title: Money back for a period ends it
# custom: {clause: yunxin/sub-cancel, role: REQUIRES}
cancellations contains {"type": "CANCEL_NOW", "when": "refunded", "cite": rego.metadata.rule().custom} if {
	input.plans[0]
}

# METADATA
# title: The period has started
# custom: {clause: yunxin/sub-nr, role: BARS}
refusals contains {"item": "", "code": "period", "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	plan.started
}

# METADATA
# title: The period has not started
# custom: {clause: yunxin/sub-nr, role: GRANTS}
grants contains {"item": "", "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	not plan.started
}

# METADATA
# title: The start of the period
# custom: {clause: yunxin/sub-nr, role: LIMITS}
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
# custom: {clause: yunxin/sub-nr, role: GRANTS}
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
# custom: {clause: yunxin/sub-nr, role: LIMITS}
deductions contains {"item": "", "code": "already_refunded", "amount": 0 - _plan_refunded[""], "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	_plan_refunded[""] > 0
}

# METADATA
# title: What the law gives is given
# custom: {clause: yunxin/sub-nr-law, role: GRANTS}
overlays contains {"cite": rego.metadata.rule().custom} if {
	withdrawal.covered
}

# METADATA
# title: The recorded consent decides
# custom: {clause: yunxin/sub-nr-law, role: LIMITS}
consents contains {"cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.in_time
	withdrawal.contracts[id].used > 0
}

# METADATA
# title: An absent record is no consent
# custom: {clause: yunxin/sub-nr-law, role: LIMITS}
readings contains {"parameter": "deemed_consent", "cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.in_time
	withdrawal.contracts[id].used > 0
}

# METADATA
# title: The consumer may owe nothing
# custom: {clause: yunxin/sub-nr-law, role: LIMITS}
readings contains {"parameter": "no_consent_mode", "cite": rego.metadata.rule().custom} if {
	some stands in withdrawal.standing
	stands == "free"
}

# METADATA
# title: Credits are a service in law
# custom: {clause: yunxin/sub-nr-law, role: GRANTS}
readings contains {"parameter": "statutory.class", "cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.in_time
}

# METADATA
# title: The statutory amount has the fee in it
# custom: {clause: yunxin/sub-nr-law, role: GRANTS}
readings contains {"parameter": "statutory.fee_included", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.fee > 0
	withdrawal.claims[id]
}

# METADATA
# title: Whoever is not known to be a business is a consumer
# custom: {clause: yunxin/sub-nr-law, role: GRANTS}
readings contains {"parameter": "unknown_as_consumer", "cite": rego.metadata.rule().custom} if {
	withdrawal.taken_for_a_consumer
}

# METADATA
# title: The countries whose law is let in
# custom: {clause: yunxin/sub-nr-law, role: GRANTS}
readings contains {"parameter": "covered_countries", "cite": rego.metadata.rule().custom} if {
	withdrawal.covered
}

# METADATA
# title: A period that ends on a non-working day may be prolonged
# custom: {clause: yunxin/sub-nr-law, role: GRANTS}
readings contains {"parameter": "statutory.rollover", "cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.ends_on_a_free_day
}

# METADATA
# title: The right stands against a bar of the policy
# custom: {clause: yunxin/sub-nr-law, role: LIMITS}
readings contains {"parameter": "statutory_vs_disqualifier", "cite": rego.metadata.rule().custom} if {
	some _ in bars
	withdrawal.claimed
}
