# METADATA
# title: What was really bought
# description: Which of the requested lots and plans are purchases that somebody paid the platform for.
# scope: package
package lib.purchases

# METADATA
# description: Requested lots sold by the platform, of category PAID, for which money was taken, by id.
lots[lot.id] := lot if {
	some lot in input.lots
	lot.category == "PAID"
	not lot.sold_elsewhere
	lot.charged
}

# METADATA
# description: The requested plan, under the empty id, where its period was charged.
plans[""] := plan if {
	plan := input.plans[0]
	plan.charged
}

# METADATA
# description: Money is asked for, with a refund or with a cancellation before the period starts (ruling 29).
refund_asked if {
	not input.request.contested
	input.request.remedy == "REFUND"
}

refund_asked if {
	not input.request.contested
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	plan := input.plans[0]
	not plan.started
}
