package decider.outcome

import data.law.withdrawal
import data.lib.money
import data.lib.prorata
import data.lib.purchases

# METADATA
# description: >-
#   Which payment gives back how much, by its id: each what is due on it, within what is really left of it; what is more
#   than that comes from the others of its group, by captured_at, then id (ruling 35).
refunds := sort([{"payment": id, "amount": amount} |
	some id, amount in refunded_from
	amount > 0
])

# METADATA
# description: The same as an object; amounts may be 0.
refunded_from := _due_on if {
	_grouped == {}
} else := object.union(_due_on, {source.payment_id: amount |
	some _, members in _grouped
	sources := [member[1] | some member in sort(members)]
	dues := [object.get(_due_on, source.payment_id, 0) | some source in sources]
	own := [min({source.left, dues[i]}) | some i, source in sources]
	spare := [(source.left - own[i]) | some i, source in sources]
	some i, source in sources
	amount := own[i] + min({spare[i], max({0, (sum(dues) - sum(own)) - sum(array.slice(spare, 0, i))})})
})

# the payments of each group with duplicates, in their order
_grouped := {group: members | some group, members in _members; count(members) > 1}

_members[source.group] contains [i, source] if some i, source in input.refund_sources

# what is paid on each payment, by its id
_due_on := {} if {
	final.disposition != "CASH_REFUND"
} else := {id: amount |
	some id, items in purchases.paid_for
	amount := object.get(reversed, id, 0) + sum([final.paid.items[item] | some item in items])
	amount > 0
}

# METADATA
# description: How much of the amount is transaction fee, minor units.
fee_amount := sum([part.fee | some part in _taxed_parts])

# METADATA
# description: How much of the amount is tax, minor units.
tax_amount := sum([part.tax | some part in _taxed_parts])

# for each lot that is paid, and each duplicate, its share of what was due before anything came off
_taxed_parts := [part |
	final.disposition == "CASH_REFUND"
	some part in array.concat(
		[_fee_and_tax(amount, _price_due(lot, item)) | some item, amount in final.paid.items; lot := purchases.lots[item]],
		[_fee_and_tax(amount, _price_reversed(purchases.payments[id])) | some id, amount in reversed; reversals[id].kind == "duplicate"],
	)
]

_fee_and_tax(amount, price) := {
	"fee": money.quotient(amount * price.fee, price.total),
	"tax": money.quotient(amount * price.tax, price.total),
} if {
	price.total > 0
} else := {"fee": 0, "tax": 0}

# the total price where the statute gives more, else what the policy finds the lot worth
_price_due(lot, item) := {"total": withdrawal.contracts[item].total, "fee": withdrawal.fee(lot), "tax": lot.tax} if {
	final.paid.due[item] > object.get(contract_due, item, 0)
} else := {"total": entitlement.gross, "fee": entitlement.fee, "tax": entitlement.tax} if {
	entitlement := entitled[item]
}

# of lots that a duplicate granted the unused share; of one that granted nothing the price of the order that it repeats
_price_reversed(payment) := object.union(payment.price, {"total": payment.price.total + payment.overcharged}) if {
	_lots_of(payment) == []
} else := {
	"total": payment.overcharged + sum([_worth_of(prorata.portion(lot, input.request), lot) | some lot in lots]),
	"fee": sum([_share_of(fee_received(lot), lot) | some lot in lots]),
	"tax": sum([_share_of(lot.tax, lot) | some lot in lots]),
} if {
	lots := _lots_of(payment)
}

_share_of(amount, lot) := money.quotient(amount * prorata.portion(lot, input.request), lot.base)
