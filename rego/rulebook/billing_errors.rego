package rulebook

import data.lib.purchases

# METADATA
# title: A verified duplicate charge is paid back
reversals contains {"kind": "duplicate", "payment": payment.id, "formless": formless, "cite": input.grounds.duplicate_reversed} if {
	formless := input.parameters.duplicates_formless
	input.parameters.duplicate_mode == "auto"
	some payment in input.payments
	payment.duplicate == "VERIFIED"
	purchases.refund_asked
}

# METADATA
# title: A reviewer decides whether a charge is a duplicate
exceptions contains {"code": "duplicate_unverified", "payment": payment.id, "cite": input.grounds.duplicate_reviewed} if {
	some payment in input.payments
	_duplicate_in_doubt(payment)
	purchases.refund_asked
}

_duplicate_in_doubt(payment) if payment.duplicate == "UNVERIFIED"

_duplicate_in_doubt(payment) if {
	payment.duplicate == "VERIFIED"
	input.parameters.duplicate_mode == "review"
}

# METADATA
# title: What was charged beyond the price of the order is paid back
reversals contains {"kind": "overcharge", "payment": payment.id, "formless": false, "cite": input.grounds.overcharge_reversed} if {
	some payment in input.payments
	_overcharged(payment)
}

# METADATA
# title: A reviewer decides on what was charged beyond the price of the order
exceptions contains {"code": "overcharge", "payment": payment.id, "cite": input.grounds.overcharge_reviewed} if {
	some payment in input.payments
	_overcharged(payment)
	some item in purchases.paid_for[payment.id]
	purchases.bought[item]
}

_overcharged(payment) if {
	payment.overcharged > 0
	payment.duplicate == "NO"
	purchases.refund_asked
}

# METADATA
# title: A charge after the cancellation is paid back
reversals contains {"kind": "late_charge", "payment": plan.payment_id, "formless": false, "cite": input.grounds.late_charge_reversed} if {
	some plan in purchases.plans
	plan.charged_after_cancellation
	purchases.refund_asked
}

# METADATA
# title: A reviewer decides on a charge after the cancellation
exceptions contains {"code": "late_charge", "payment": plan.payment_id, "cite": input.grounds.late_charge_reviewed} if {
	some plan in purchases.plans
	plan.charged_after_cancellation
	purchases.refund_asked
}
