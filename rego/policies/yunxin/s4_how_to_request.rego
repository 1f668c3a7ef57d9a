package policies.yunxin

import data.law.withdrawal
import data.lib.purchases
import data.lib.sender
import data.lib.working_days

# METADATA
# title: The transaction is not named
# custom: {clause: yunxin/req-details, role: REQUIRES}
missing contains {"code": "order_ref", "cite": rego.metadata.rule().custom} if {
	not withdrawal.order_known
	_refund_by_form
}

# METADATA
# title: The address is none of the account
# custom: {clause: yunxin/req-details, role: REQUIRES}
missing contains {"code": "sender_email", "cite": rego.metadata.rule().custom} if {
	not sender.address_fits
}

# METADATA
# title: The sender is not authenticated
# custom: {clause: yunxin/req-details, role: REQUIRES}
missing contains {"code": "verify_identity", "cite": rego.metadata.rule().custom} if {
	not input.request.sender.authenticated
}

# METADATA
# title: The transaction is inferred
# custom: {clause: yunxin/req-details, role: LIMITS}
readings contains {"parameter": "infer_order_ref", "cite": rego.metadata.rule().custom} if {
	input.request.order_inferable == true
	_refund_by_form
}

# METADATA
# title: The payer's address counts too
# custom: {clause: yunxin/req-details, role: LIMITS}
readings contains {"parameter": "email_match", "cite": rego.metadata.rule().custom} if {
	input.request.sender.is_payer_email == true
	not input.request.sender.is_verified_email
}

_refund_by_form if input.request.contested

_refund_by_form if input.request.remedy == "REFUND"

# METADATA
# title: Reviewed in time
# custom: {clause: yunxin/review-5bd, role: REQUIRES}
duties contains {
	"type": "REVIEW_BY",
	"on": "answer",
	"payment": "",
	"due": working_days.last_second_after_completion(input.parameters["review.days"]),
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
# custom: {clause: yunxin/payout, role: REQUIRES}
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
# custom: {clause: yunxin/payout, role: REQUIRES}
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
# custom: {clause: yunxin/payout, role: REQUIRES}
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
# title: A refund of the purchase is under way
# custom: {clause: yunxin/payout, role: BARS}
holds contains {"code": "refund_in_progress", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.refund_pending
}

# METADATA
# title: A refund of the period is under way
# custom: {clause: yunxin/payout, role: BARS}
holds contains {"code": "refund_in_progress", "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	plan.refund_pending
}

# METADATA
# title: A refund of the duplicate payment is under way
# custom: {clause: yunxin/payout, role: BARS}
holds contains {"code": "refund_in_progress", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.duplicate != "NO"
	count(payment.paid_for) == 0
	not payment.paid_for_plan
	payment.refund_pending
}

# METADATA
# title: A dispute over the payment is open
# custom: {clause: yunxin/payout, role: BARS}
holds contains {"code": "await_dispute_outcome", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.dispute_open
}

# METADATA
# title: A lost dispute returned part of the payment
# custom: {clause: yunxin/payout, role: LIMITS}
losses contains {"payment": id, "cite": rego.metadata.rule().custom} if {
	some id, _ in purchases.lost
}

# METADATA
# title: What counts as a channel for requests
# custom: {clause: yunxin/unused-channel, role: LIMITS}
readings contains {"parameter": "allowed_channels", "cite": rego.metadata.rule().custom} if {
	input.request.remedy != "CANCEL_SUBSCRIPTION"
	_channel_in_question
}

# the text may be read either way for it, or it is none
_channel_in_question if input.request.channel == "EMAIL"

_channel_in_question if not sender.channel_allowed

# METADATA
# title: Methods that take nothing back
# custom: {clause: yunxin/payout, role: LIMITS}
readings contains {"parameter": "non_refundable_methods", "cite": rego.metadata.rule().custom} if {
	some source in input.refund_sources
	source.method in input.parameters.non_refundable_methods
	purchases.refund_asked
}
