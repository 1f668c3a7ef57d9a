# METADATA
# title: Purchases that were paid to the platform
# description: >-
#   Which of the requested lots and plans are purchases that were paid to the platform, and by which payments. Objects
#   are built whole: of one that is defined key by key, OPA evaluates each key anew, and many purchases take long.
# scope: package
package lib.purchases

# METADATA
# description: Requested lots sold by the platform, of category PAID, for which money was taken, by id.
lots := {lot.id: lot |
	some lot in input.lots
	lot.category == "PAID"
	not lot.sold_elsewhere
	lot.charged
}

# METADATA
# description: The requested plan, under the empty id, where its period was charged.
plans := {"": plan |
	some plan in input.plans
	plan.charged
}

# METADATA
# description: These lots and the plan, by item.
bought := object.union(lots, plans)

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

# METADATA
# description: The payments concerned, by id.
payments := {payment.id: payment | some payment in input.payments}

# METADATA
# description: What each payment paid for, by its id; lots by theirs, the plan under the empty id.
paid_for := {payment.id: items |
	some payment in input.payments
	items := {id | some id in payment.paid_for} | {"" | payment.paid_for_plan}
}

# METADATA
# description: Minor units that a lost dispute took of a payment, by its id; only where it took any.
lost := {payment.id: payment.lost |
	some payment in input.payments
	payment.lost > 0
}

# METADATA
# description: Each item's share of what a lost dispute took of its payment, by the item (ruling 24).
lost_of := object.union(
	{lot.id: lot.lost | some lot in input.lots; lot.lost > 0},
	{"": plan.lost | some plan in input.plans; plan.lost > 0},
)

# METADATA
# description: Amounts by item, less what lost disputes took of each.
less_lost(amounts) := amounts if {
	lost_of == {}
} else := {item: max([0, amount - object.get(lost_of, item, 0)]) | some item, amount in amounts}
