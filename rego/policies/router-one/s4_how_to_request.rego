package policies["router-one"]

import data.law.withdrawal
import data.lib.purchases
import data.lib.sender
import data.lib.working_days

# METADATA
# title: Not by a channel that is allowed
# custom: {clause: router-one/4-channel, role: REQUIRES}
missing contains {"code": "channel", "cite": rego.metadata.rule().custom} if {
	not sender.channel_allowed
	not withdrawal.claimed
	_refund_by_form
}

# METADATA
# title: The order is not named
# custom: {clause: router-one/4-orderid, role: REQUIRES}
missing contains {"code": "order_ref", "cite": rego.metadata.rule().custom} if {
	not withdrawal.order_known
	_refund_by_form
}

# METADATA
# title: The order is inferred
# custom: {clause: router-one/4-orderid, role: LIMITS}
readings contains {"parameter": "infer_order_ref", "cite": rego.metadata.rule().custom} if {
	input.request.order_inferable == true
	_refund_by_form
}

# METADATA
# title: No reason is given
# custom: {clause: router-one/4-reason, role: LIMITS}
warnings contains {"code": "reason_missing", "cite": rego.metadata.rule().custom} if {
	input.request.has_reason == false
	_refund_by_form
}

_refund_by_form if {
	not input.request.contested
	input.request.remedy == "REFUND"
}

# METADATA
# title: Answered in time
# custom: {clause: router-one/4-respond-2bd, role: REQUIRES}
duties contains {
	"type": "RESPOND_BY",
	"on": "answer",
	"payment": "",
	"due": working_days.last_second_after_completion(input.parameters["respond.days"]),
	"not_before": 0,
	"cite": rego.metadata.rule().custom,
} if {
	_answer_promised
}

# to requests for a refund, whatever they call it, and to those that contest a deduction
_answer_promised if purchases.refund_asked

_answer_promised if not input.request.remedy in {"SERVICE_CREDIT", "CANCEL_SUBSCRIPTION"}

# METADATA
# title: Paid in time
# custom: {clause: router-one/4-payout, role: REQUIRES}
duties contains {
	"type": "PAY_BY",
	"on": "cash",
	"payment": "",
	"due": working_days.last_second_after_approval(input.parameters["payout.to_days"]),
	"not_before": working_days.start_after_approval(input.parameters["payout.from_days"]),
	"cite": rego.metadata.rule().custom,
} if {
	purchases.refund_asked
}

# METADATA
# title: To the original payment method
# custom: {clause: router-one/4-payout, role: REQUIRES}
duties contains {
	"type": "ORIGINAL_PAYMENT_METHOD",
	"on": "cash",
	"payment": source.payment_id,
	"due": 0,
	"not_before": 0,
	"cite": rego.metadata.rule().custom,
} if {
	some source in input.refund_sources
	not source.method in input.parameters.non_refundable_methods
	purchases.refund_asked
}

# METADATA
# title: By hand, where the method takes nothing back
# custom: {clause: router-one/4-payout, role: REQUIRES}
duties contains {
	"type": "MANUAL_PAYOUT",
	"on": "cash",
	"payment": source.payment_id,
	"due": 0,
	"not_before": 0,
	"cite": rego.metadata.rule().custom,
} if {
	some source in input.refund_sources
	source.method in input.parameters.non_refundable_methods
	purchases.refund_asked
}

# METADATA
# title: The identity has to be verified
# custom: {clause: router-one/4-more-info, role: REQUIRES}
missing contains {"code": "verify_identity", "cite": rego.metadata.rule().custom} if {
	not input.request.sender.authenticated
	_form_asked
}

# METADATA
# title: What counts as a channel for requests
# custom: {clause: router-one/4-channel, role: LIMITS}
readings contains {"parameter": "allowed_channels", "cite": rego.metadata.rule().custom} if {
	_channel_in_question
	_refund_by_form
}

# the text may be read either way for it, or it is none
_channel_in_question if input.request.channel == "IN_APP"

_channel_in_question if not sender.channel_allowed

# METADATA
# title: Methods that take nothing back
# custom: {clause: router-one/4-payout, role: LIMITS}
readings contains {"parameter": "non_refundable_methods", "cite": rego.metadata.rule().custom} if {
	some source in input.refund_sources
	source.method in input.parameters.non_refundable_methods
	purchases.refund_asked
}
