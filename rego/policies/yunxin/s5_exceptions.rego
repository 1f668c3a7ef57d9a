package policies.yunxin

import data.lib.purchases

# METADATA
# title: More was charged than the order cost
# custom: {clause: yunxin/exc-technical, role: LIMITS}
exceptions contains {"code": "overcharge", "payment": payment.id, "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.overcharged > 0
	payment.duplicate == "NO"
	purchases.refund_asked
	some item in purchases.paid_for[payment.id]
	purchases.is_bought(item)
}

# METADATA
# title: Charged after the cancellation
# custom: {clause: yunxin/exc-technical, role: LIMITS}
exceptions contains {"code": "late_charge", "payment": plan.payment_id, "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	plan.charged_after_cancellation
	purchases.refund_asked
}

# METADATA
# title: Credits deducted for an error that was not the upstream provider's
# custom: {clause: yunxin/exc-technical, role: LIMITS}
contested_reviews contains {
	"event": event.id,
	"code": _error_question(event),
	"credits": event.deducted,
	"cite": rego.metadata.rule().custom,
} if {
	some event in input.usage_events
	event.outcome == "ERROR"
	event.error_origin != "UPSTREAM"
	event.deducted > 0
	not event.already_restored
}

# an error whose origin is unknown has a warning of that name, if no output came before it (ruling 40)
_error_question(event) := "error_origin_unknown" if {
	event.error_origin == "UNSPECIFIED"
	event.output_tokens == 0
} else := "technical_error"

# METADATA
# title: An error of unknown origin
# custom: {clause: yunxin/exc-technical, role: LIMITS}
warnings contains {"code": "error_origin_unknown", "cite": rego.metadata.rule().custom} if {
	some event in input.usage_events
	event.outcome == "ERROR"
	event.error_origin == "UNSPECIFIED"
	event.output_tokens == 0
	event.deducted > 0
	not event.already_restored
}

# METADATA
# title: Restored before
# custom: {clause: yunxin/exc-technical, role: LIMITS}
warnings contains {"code": "already_restored", "cite": rego.metadata.rule().custom} if {
	some event in input.usage_events
	event.already_restored
}

# METADATA
# title: A verified outage caused significant disruption
# custom: {clause: yunxin/exc-outage, role: LIMITS}
outages contains {"cite": rego.metadata.rule().custom} if {
	some incident in input.incidents
	incident.verified
	incident.significant
}

# METADATA
# title: A verified duplicate charge
# custom: {clause: yunxin/exc-duplicate, role: GRANTS}
reversals contains {"kind": "duplicate", "payment": payment.id, "formless": false, "cite": rego.metadata.rule().custom} if {
	input.parameters.duplicate_mode == "auto"
	some payment in input.payments
	payment.duplicate == "VERIFIED"
	purchases.refund_asked
}

# METADATA
# title: A duplicate charge that nobody verified
# custom: {clause: yunxin/exc-duplicate, role: LIMITS}
exceptions contains {"code": "duplicate_unverified", "payment": payment.id, "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	_duplicate_in_doubt(payment)
	purchases.refund_asked
}

# METADATA
# title: A verified duplicate is paid back or reviewed
# custom: {clause: yunxin/exc-duplicate, role: LIMITS}
readings contains {"parameter": "duplicate_mode", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.duplicate == "VERIFIED"
	purchases.refund_asked
}

_duplicate_in_doubt(payment) if payment.duplicate == "UNVERIFIED"

_duplicate_in_doubt(payment) if {
	payment.duplicate == "VERIFIED"
	input.parameters.duplicate_mode == "review"
}
