package rulebook

import data.lib.account

# METADATA
# title: Fraud is confirmed
bars contains {"code": "fraud_confirmed", "outcome": _outcome_of_confirmed, "cite": input.grounds.fraud_confirmed} if {
	input.risk.fraud == "CONFIRMED"
}

# METADATA
# title: Fraud is suspected
bars contains {"code": "fraud_suspected", "outcome": "review", "cite": input.grounds.fraud_suspected} if {
	input.risk.fraud == "SUSPECTED"
}

# METADATA
# title: A violation of the terms of service is confirmed
bars contains {"code": "violation_confirmed", "outcome": _outcome_of_confirmed, "cite": input.grounds.violation_confirmed} if {
	_violation_confirmed
}

_violation_confirmed if input.risk.tos_violation == "CONFIRMED"

_violation_confirmed if {
	_closed
	input.account.status_reason == "TOS_VIOLATION"
}

_closed if {
	input.account.status in {"SUSPENDED", "TERMINATED"}
	account.state_counts
}

_outcome_of_confirmed := {"auto_deny": "deny", "review": "review"}[input.parameters.s8_mode]

# METADATA
# title: A violation of the terms of service is suspected
bars contains {"code": "violation_suspected", "outcome": "review", "cite": input.grounds.violation_suspected} if {
	input.risk.tos_violation == "SUSPECTED"
}

# METADATA
# title: The account was closed, and the reason is unknown
bars contains {"code": "status_reason_unknown", "outcome": "review", "cite": input.grounds.status_reason_unknown} if {
	_closed
	input.account.status_reason == "UNSPECIFIED"
}

# METADATA
# title: The customer asks for refunds repeatedly
bars contains {"code": "repeated_refunds", "outcome": "review", "cite": input.grounds.repeated_refunds} if {
	_refunds_repeated
}

_refunds_repeated if input.risk.approved_refunds_90d >= input.parameters.repeat_limit

# METADATA
# title: The credits of the account were forfeited
bars contains {"code": "forfeited", "outcome": "deny", "cite": input.grounds.credits_forfeited} if {
	input.account.forfeited
}

# METADATA
# title: An unauthorized chargeback was opened, whether it is still open or decided
bars contains {"code": "unauthorized_dispute", "outcome": "review", "cite": input.grounds.unauthorized_dispute} if {
	some payment in input.payments
	payment.dispute_unauthorized
	_contested_charge(payment)
	not input.account.forfeited
}

_contested_charge(payment) if payment.dispute in {"WON", "LOST"}

_contested_charge(payment) if payment.dispute_open
