# METADATA
# title: The UK right to cancel
# description: What the Consumer Contracts Regulations 2013 say of a request, clause by clause.
# scope: package
package law.uk

import data.law.withdrawal

# METADATA
# title: A consumer may cancel within 14 days
# custom: {clause: law/uk/30, role: GRANTS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.in_time
}

# METADATA
# title: The 14 days are over
# custom: {clause: law/uk/30, role: BARS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.periods
	not id in withdrawal.spent
	not withdrawal.in_time[id]
}

# METADATA
# title: Sent in time, though answered after day 14
# custom: {clause: law/uk/30, role: LIMITS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.in_time
	input.request.evaluate_at >= withdrawal.periods[id].day_ends
}

# METADATA
# title: A cancellation through the function is acknowledged
# custom: {clause: law/uk/30, role: REQUIRES}
duties contains {"type": "ACKNOWLEDGE_WITHDRAWAL", "due": 0, "cite": rego.metadata.rule().custom} if {
	withdrawal.acknowledged_duty
}

# METADATA
# title: Twelve more months, since the consumer was not told of the right
# custom: {clause: law/uk/31, role: GRANTS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.in_time
	input.request.requested_at >= withdrawal.periods[id].ends
}

# METADATA
# title: What was received is paid back
# custom: {clause: law/uk/34, role: GRANTS}
findings contains {"cite": rego.metadata.rule().custom} if {
	withdrawal.claimed
}

# METADATA
# title: Reimbursement within 14 days
# custom: {clause: law/uk/34, role: REQUIRES}
duties contains {"type": "REFUND_BY", "due": due, "cite": rego.metadata.rule().custom} if {
	due := withdrawal.repay_by
}

# METADATA
# title: The consumer owes the share that was used
# custom: {clause: law/uk/36, role: LIMITS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some stands in withdrawal.standing
	stands == "share"
}

# METADATA
# title: Without request or information the consumer owes nothing
# custom: {clause: law/uk/36, role: GRANTS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some stands in withdrawal.standing
	stands == "free"
	input.parameters["statutory.class"] == "service"
}

# METADATA
# title: The service was fully performed
# custom: {clause: law/uk/36, role: BARS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.ended
	input.parameters["statutory.class"] == "service"
}

# METADATA
# title: A breach of terms is no exception to the right
# custom: {clause: law/uk/36, role: LIMITS}
over_bars contains {"cite": rego.metadata.rule().custom} if {
	withdrawal.claimed
}

# METADATA
# title: Terms cannot take the right away
# custom: {clause: law/uk/36, role: LIMITS}
over_terms contains {"cite": rego.metadata.rule().custom} if {
	withdrawal.claimed
}

# METADATA
# title: The digital content had begun
# custom: {clause: law/uk/37, role: BARS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.ended
	input.parameters["statutory.class"] == "digital_content"
}

# METADATA
# title: The digital content had begun, a record is missing and the right stands
# custom: {clause: law/uk/37, role: GRANTS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some stands in withdrawal.standing
	stands == "free"
	input.parameters["statutory.class"] == "digital_content"
}

# METADATA
# title: A period that ends on a non-working day ends with the next working day
# custom: {clause: law/eu/1182, role: GRANTS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.moved
}

# METADATA
# title: The share is counted on the total price
# custom: {clause: law/cjeu/pe-digital, role: LIMITS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some stands in withdrawal.standing
	stands == "share"
}

# METADATA
# title: A renewal gives no second right
# custom: {clause: law/cjeu/sofatutor, role: BARS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.spent
}

# METADATA
# title: A renewal that the consumer was not told of gives the right again
# custom: {clause: law/cjeu/sofatutor, role: GRANTS}
findings contains {"cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.in_time
	withdrawal.contracts[id].renewal
}

# METADATA
# title: No express request and acknowledgement on record
# custom: {clause: law/uk/36, role: LIMITS}
warnings contains {"code": "no_consent_record", "cite": rego.metadata.rule().custom} if {
	some id in withdrawal.record_matters
	not withdrawal.consent_recorded(withdrawal.contracts[id])
}

# METADATA
# title: No confirmation on record
# custom: {clause: law/uk/37, role: LIMITS}
warnings contains {"code": "no_confirmation_record", "cite": rego.metadata.rule().custom} if {
	some id in withdrawal.record_matters
	not withdrawal.contracts[id].confirmation_sent
}

# METADATA
# title: The consumer was not told of the right
# custom: {clause: law/uk/31, role: LIMITS}
warnings contains {"code": "withdrawal_information_not_given", "cite": rego.metadata.rule().custom} if {
	some id in withdrawal.record_matters
	not withdrawal.contracts[id].information_given
}
