package policies["router-one"]

import data.lib.purchases

# METADATA
# title: All base credits were consumed
# custom: {clause: router-one/2.2-consumed, role: BARS}
refusals contains {"item": id, "code": "consumed", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.unused == 0
	lot.bonus_left == 0
}

# METADATA
# title: The consumed share
# custom: {clause: router-one/2.2-consumed, role: LIMITS}
deductions contains {"item": id, "code": "used", "amount": worth.used, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.used < 0
}

# an API request that ended in an error before any output, for which credits were deducted and not yet given back
_failed contains event if {
	some event in input.usage_events
	event.outcome == "ERROR"
	event.output_tokens == 0
	event.deducted > 0
	not event.already_restored
}

# the upstream provider billed it, and that alone counts (`error_split`)
_billed(event) if {
	input.parameters.error_split == "upstream_billed_wins"
	event.upstream_billed
}

_ours(event) if {
	event.error_origin == "PLATFORM"
	not _billed(event)
}

_ours(event) if {
	event.error_origin == "UPSTREAM"
	not event.upstream_billed
}

# METADATA
# title: The service was delivered, or its provider billed it
# custom: {clause: router-one/2.2-consumed, role: BARS}
contested_bars contains {"cite": rego.metadata.rule().custom} if {
	input.request.contested == true
}

# METADATA
# title: Credits deducted for a system error before any output
# custom: {clause: router-one/2.2-reversal, role: GRANTS}
restorations contains {"event": event.id, "credits": event.deducted, "cite": rego.metadata.rule().custom} if {
	some event in _failed
	_ours(event)
}

# METADATA
# title: Nobody knows whose error it was
# custom: {clause: router-one/2.2-reversal, role: LIMITS}
contested_reviews contains {
	"event": event.id,
	"code": "error_origin_unknown",
	"credits": event.deducted,
	"cite": rego.metadata.rule().custom,
} if {
	some event in _failed
	event.error_origin == "UNSPECIFIED"
}

# METADATA
# title: An error of unknown origin
# custom: {clause: router-one/2.2-reversal, role: LIMITS}
warnings contains {"code": "error_origin_unknown", "cite": rego.metadata.rule().custom} if {
	some event in _failed
	event.error_origin == "UNSPECIFIED"
}

# METADATA
# title: Restored before
# custom: {clause: router-one/2.2-reversal, role: LIMITS}
warnings contains {"code": "already_restored", "cite": rego.metadata.rule().custom} if {
	some event in input.usage_events
	event.already_restored
}

# METADATA
# title: Whose error it was decides
# custom: {clause: router-one/2.2-reversal, role: LIMITS}
readings contains {"parameter": "error_split", "cite": rego.metadata.rule().custom} if {
	some event in _failed
}

# METADATA
# title: A verified duplicate charge
# custom: {clause: router-one/2.2-reversal, role: GRANTS}
reversals contains {"kind": "duplicate", "payment": payment.id, "formless": true, "cite": rego.metadata.rule().custom} if {
	input.parameters.duplicate_mode == "auto"
	some payment in input.payments
	payment.duplicate == "VERIFIED"
	purchases.refund_asked
}

# METADATA
# title: A duplicate charge that nobody verified
# custom: {clause: router-one/2.2-reversal, role: LIMITS}
exceptions contains {"code": "duplicate_unverified", "payment": payment.id, "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	_duplicate_in_doubt(payment)
	purchases.refund_asked
}

# METADATA
# title: A verified duplicate is paid back or reviewed
# custom: {clause: router-one/2.2-reversal, role: LIMITS}
readings contains {"parameter": "duplicate_mode", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.duplicate == "VERIFIED"
	purchases.refund_asked
}

# METADATA
# title: More was charged than the order cost
# custom: {clause: router-one/2.2-reversal, role: GRANTS}
reversals contains {"kind": "overcharge", "payment": payment.id, "formless": false, "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.overcharged > 0
	payment.duplicate == "NO"
	purchases.refund_asked
}

# METADATA
# title: Charged after the cancellation
# custom: {clause: router-one/2.2-reversal, role: GRANTS}
reversals contains {"kind": "late_charge", "payment": plan.payment_id, "formless": false, "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	plan.charged_after_cancellation
	purchases.refund_asked
}

_duplicate_in_doubt(payment) if payment.duplicate == "UNVERIFIED"

_duplicate_in_doubt(payment) if {
	payment.duplicate == "VERIFIED"
	input.parameters.duplicate_mode == "review"
}

# METADATA
# title: Of a used purchase the used share is kept
# custom: {clause: router-one/2.2-consumed, role: LIMITS}
proportions contains {"item": id, "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.unused < lot.base
}
