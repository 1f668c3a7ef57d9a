package rulebook

import data.lib.purchases

# METADATA
# title: The credits were purchased from another seller
exclusions contains {"item": lot.id, "code": "not_in_scope", "cite": input.grounds.sold_elsewhere} if {
	some lot in input.lots
	lot.sold_elsewhere
	purchases.refund_asked
}

# METADATA
# title: No payment was charged for the credits
exclusions contains {"item": lot.id, "code": "nothing_paid", "cite": input.grounds.lot_not_charged} if {
	some lot in input.lots
	lot.category == "PAID"
	not lot.charged
	not lot.sold_elsewhere
	purchases.refund_asked
}

# METADATA
# title: The credits were granted without payment
exclusions contains {"item": lot.id, "code": "nothing_paid", "cite": input.grounds.given_away} if {
	some lot in input.lots
	lot.category != "PAID"
	not lot.sold_elsewhere
	purchases.refund_asked
}

# METADATA
# title: No payment was charged for the period
exclusions contains {"item": "", "code": "nothing_paid", "cite": input.grounds.period_not_charged} if {
	plan := input.plans[0]
	purchases.refund_asked
	not plan.charged
}

# METADATA
# title: Promotional credits are worth no money
refusals contains {"item": lot.id, "code": "category", "cite": input.grounds.promotional_credits} if {
	some lot in input.lots
	lot.category == "PROMOTIONAL"
	not lot.sold_elsewhere
}

# METADATA
# title: Service credits are worth no money
refusals contains {"item": lot.id, "code": "category", "cite": input.grounds.service_credits_held} if {
	some lot in input.lots
	lot.category == "SERVICE"
	not lot.sold_elsewhere
}
