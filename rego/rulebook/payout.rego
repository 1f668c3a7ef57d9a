package rulebook

import data.lib.purchases
import data.lib.working_days

# METADATA
# title: The request is answered within some working days of being complete
duties contains {"type": "RESPOND_BY", "on": "answer", "due": due, "not_before": 0, "cite": input.grounds.answered_in_time} if {
	_answer_promised
	due := working_days.last_second_after_completion(input.parameters["respond.days"])
}

# METADATA
# title: The request is reviewed within some working days of being complete
duties contains {"type": "REVIEW_BY", "on": "answer", "due": due, "not_before": 0, "cite": input.grounds.reviewed_in_time} if {
	_answer_promised
	due := working_days.last_second_after_completion(input.parameters["review.days"])
}

# to requests for a refund, whatever they call it, and to those that contest a deduction
_answer_promised if purchases.refund_asked

_answer_promised if not input.request.remedy in {"SERVICE_CREDIT", "CANCEL_SUBSCRIPTION"}

# METADATA
# title: The money arrives within some working days of the approval
duties contains {"type": "PAY_BY", "on": "cash", "due": due, "not_before": not_before, "cite": input.grounds.paid_in_time} if {
	purchases.refund_asked
	due := working_days.last_second_after_approval(input.parameters["payout.to_days"])
	not_before := working_days.start_after_approval(input.parameters["payout.from_days"])
}

# METADATA
# title: The money goes to the original payment method
payouts contains {"type": "ORIGINAL_PAYMENT_METHOD", "payment": source.payment_id, "cite": input.grounds.paid_by_original_method} if {
	purchases.refund_asked
	some source in input.refund_sources
	not _takes_nothing_back[source.payment_id]
}

# METADATA
# title: The money is paid by hand where the payment method takes nothing back
payouts contains {"type": "MANUAL_PAYOUT", "payment": id, "cite": input.grounds.paid_by_hand} if {
	purchases.refund_asked
	some id in _takes_nothing_back
}

# a set that is built whole, since OPA would look up each member of a partial one anew
_takes_nothing_back := {source.payment_id |
	some source in input.refund_sources
	source.method in input.parameters.non_refundable_methods
}
