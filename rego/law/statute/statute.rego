# METADATA
# title: What the statute says
# description: >-
#   The findings of the customer's regime about the right of withdrawal. Each cites the clause that `law.grounds` gives its
#   code in that regime; no finding exists for a customer who is not covered.
# scope: package
package law.statute

import data.law.withdrawal

# METADATA
# title: A consumer may withdraw within 14 days
findings contains {"cite": withdrawal.grounds.in_time} if some _ in withdrawal.in_time

# METADATA
# title: The 14 days are over
findings contains {"cite": withdrawal.grounds.period_over} if {
	some id, _ in withdrawal.periods
	not id in withdrawal.spent
	not withdrawal.in_time[id]
}

# METADATA
# title: The period is twelve months longer, because the consumer was not informed of the right
findings contains {"cite": withdrawal.grounds.period_extended} if {
	some id, _ in withdrawal.in_time
	input.request.requested_at >= withdrawal.periods[id].ends
}

# METADATA
# title: The withdrawal was sent in time, though answered after day 14
findings contains {"cite": withdrawal.grounds.answered_later} if {
	some id, _ in withdrawal.in_time
	input.request.evaluate_at >= withdrawal.periods[id].day_ends
}

# METADATA
# title: A period that ends on a non-working day ends with the next working day
findings contains {"cite": withdrawal.grounds.end_moved} if {
	withdrawal.rolls_over
	withdrawal.ends_on_a_free_day != set()
}

# METADATA
# title: A renewal gives no second right
findings contains {"cite": withdrawal.grounds.renewal_without_right} if withdrawal.spent != set()

# METADATA
# title: A renewal about which the consumer was not informed gives the right again
findings contains {"cite": withdrawal.grounds.renewal_with_right} if {
	some id, _ in withdrawal.in_time
	withdrawal.contracts[id].renewal
}

# METADATA
# title: The trader pays back what it received
findings contains {"cite": withdrawal.grounds.repayment} if withdrawal.claimed

# METADATA
# title: The consumer owes the share that was used
findings contains {"cite": withdrawal.grounds.share_owed} if "share" in withdrawal.standing

# METADATA
# title: The share is counted on the total price
findings contains {"cite": withdrawal.grounds.share_of_total_price} if "share" in withdrawal.standing

# METADATA
# title: Without a request or information the consumer owes nothing for a service
findings contains {"cite": withdrawal.grounds.service_free} if {
	input.parameters["statutory.class"] == "service"
	"free" in withdrawal.standing
}

# METADATA
# title: Without all three records the consumer owes nothing for digital content
findings contains {"cite": withdrawal.grounds.digital_content_free} if {
	input.parameters["statutory.class"] == "digital_content"
	"free" in withdrawal.standing
}

# METADATA
# title: The digital content has begun, but a record is missing and the right stands
findings contains {"cite": withdrawal.grounds.digital_content_right_kept} if {
	input.parameters["statutory.class"] == "digital_content"
	"free" in withdrawal.standing
}

# METADATA
# title: The service was fully performed
findings contains {"cite": withdrawal.grounds.service_performed} if {
	input.parameters["statutory.class"] == "service"
	"performed" in withdrawal.standing
}

# METADATA
# title: The digital content has begun
findings contains {"cite": withdrawal.grounds.digital_content_begun} if {
	input.parameters["statutory.class"] == "digital_content"
	"performed" in withdrawal.standing
}

# METADATA
# title: A breach of the policy's terms does not end the right
over_bars contains {"cite": withdrawal.grounds.holds_over_bars} if withdrawal.claimed

# METADATA
# title: Terms cannot take the right away
over_terms contains {"cite": withdrawal.grounds.holds_over_terms} if withdrawal.claimed

# METADATA
# title: A withdrawal through the withdrawal function is acknowledged
duties contains {"type": "ACKNOWLEDGE_WITHDRAWAL", "due": 0, "cite": withdrawal.grounds.acknowledgement} if withdrawal.acknowledged_duty

# METADATA
# title: The trader pays back within 14 days
duties contains {"type": "REFUND_BY", "due": due, "cite": withdrawal.grounds.repayment_deadline} if due := withdrawal.repay_by

# METADATA
# title: No express request and acknowledgement are on record
warnings contains {"code": "no_consent_record", "cite": withdrawal.grounds.no_consent_record} if {
	some id in withdrawal.record_matters
	not withdrawal.consent_recorded(withdrawal.contracts[id])
}

# METADATA
# title: No confirmation is on record
warnings contains {"code": "no_confirmation_record", "cite": withdrawal.grounds.no_confirmation_record} if {
	some id in withdrawal.record_matters
	not withdrawal.contracts[id].confirmation_sent
}

# METADATA
# title: The consumer was not informed of the right
warnings contains {"code": "withdrawal_information_not_given", "cite": withdrawal.grounds.withdrawal_information_not_given} if {
	some id in withdrawal.record_matters
	not withdrawal.contracts[id].information_given
}
