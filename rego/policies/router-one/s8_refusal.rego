package policies["router-one"]

import data.lib.account
import data.lib.purchases

# METADATA
# title: Fraud is confirmed
# custom: {clause: router-one/8-fraud, role: BARS}
bars contains {"code": "fraud_confirmed", "outcome": _confirmed, "cite": rego.metadata.rule().custom} if {
	input.risk.fraud == "CONFIRMED"
}

# METADATA
# title: Fraud is suspected
# custom: {clause: router-one/8-fraud, role: BARS}
bars contains {"code": "fraud_suspected", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	input.risk.fraud == "SUSPECTED"
}

# METADATA
# title: A violation is confirmed
# custom: {clause: router-one/8-violation, role: BARS}
bars contains {"code": "violation_confirmed", "outcome": _confirmed, "cite": rego.metadata.rule().custom} if {
	input.risk.tos_violation == "CONFIRMED"
}

# METADATA
# title: A violation is suspected
# custom: {clause: router-one/8-violation, role: BARS}
bars contains {"code": "violation_suspected", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	input.risk.tos_violation == "SUSPECTED"
}

# METADATA
# title: The account was closed for a violation
# custom: {clause: router-one/8-violation, role: BARS}
bars contains {"code": "violation_confirmed", "outcome": _confirmed, "cite": rego.metadata.rule().custom} if {
	input.account.status in {"SUSPENDED", "TERMINATED"}
	input.account.status_reason == "TOS_VIOLATION"
	account.state_counts
}

# METADATA
# title: The account was closed and the reason is unknown
# custom: {clause: router-one/8-violation, role: BARS}
bars contains {"code": "status_reason_unknown", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	input.account.status in {"SUSPENDED", "TERMINATED"}
	input.account.status_reason == "UNSPECIFIED"
	account.state_counts
}

# METADATA
# title: Refunds are asked for again and again
# custom: {clause: router-one/8-repeat, role: BARS}
bars contains {"code": "repeated_refunds", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	input.risk.approved_refunds_90d >= input.parameters.repeat_limit
}

# METADATA
# title: Confirmed cases are refused or reviewed
# custom: {clause: router-one/8-fraud, role: LIMITS}
readings contains {"parameter": "s8_mode", "cite": rego.metadata.rule().custom} if {
	_any_confirmed
	purchases.refund_asked
}

# METADATA
# title: How many refunds are too many
# custom: {clause: router-one/8-repeat, role: LIMITS}
readings contains {"parameter": "repeat_limit", "cite": rego.metadata.rule().custom} if {
	input.risk.approved_refunds_90d >= input.parameters.repeat_limit
	purchases.refund_asked
}

_confirmed := "deny" if input.parameters.s8_mode == "auto_deny"

_confirmed := "review" if input.parameters.s8_mode == "review"

_any_confirmed if input.risk.fraud == "CONFIRMED"

_any_confirmed if input.risk.tos_violation == "CONFIRMED"

_any_confirmed if {
	input.account.status in {"SUSPENDED", "TERMINATED"}
	input.account.status_reason == "TOS_VIOLATION"
	account.state_counts
}
