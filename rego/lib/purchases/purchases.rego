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
	charged(lot)
}

# METADATA
# description: The requested plan, under the empty id, where its period was charged.
plans[""] := plan if {
	some plan in input.plans
	plan.charged
}

# METADATA
# description: Money was taken for the lot, since neither its price nor what its payment captured is 0, or by mistake.
charged(lot) if {
	(lot.base_price + lot.fee) + lot.tax > 0
	some payment in input.payments
	payment.id == lot.payment_id
	payment.captured > 0
}

charged(lot) if {
	some payment in input.payments
	payment.id == lot.payment_id
	payment.overcharged > 0
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
	some plan in input.plans
	not plan.started
}

# METADATA
# description: An order is known, because it is named, or because it may be inferred (rulings 3, 6).
order_known(_) if input.request.order_named

order_known(_) if {
	input.request.order_inferable
	input.terms.infer_order_ref
}

order_known(claimed) if {
	input.request.order_inferable
	claimed
}
