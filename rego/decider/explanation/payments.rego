package decider.explanation

import data.decider.settlement
import data.law.withdrawal
import data.lib.money
import data.lib.prorata
import data.lib.purchases

# METADATA
# description: >-
#   How much each payment gives back: the amount due on it, within what is left of it. The rest comes from
#   the other payments of its group, by captured_at, then id (ruling 35).
refunds := sort([{"payment": id, "amount": amount} | some id, amount in _refunded_from; amount > 0])

_refunded_from := _due_on if {
	_groups == {}
} else := object.union(_due_on, {source.payment_id: amount |
	some _, members in _groups
	sources := [member[1] | some member in sort(members)]
	dues := [object.get(_due_on, source.payment_id, 0) | some source in sources]
	own := [min({source.left, dues[i]}) | some i, source in sources]
	spare := [(source.left - own[i]) | some i, source in sources]
	some i, source in sources
	amount := own[i] + min({spare[i], max({0, (sum(dues) - sum(own)) - sum(array.slice(spare, 0, i))})})
})

# the payments of each group with duplicates, in their order
_groups := {group: members | some group, members in _members; count(members) > 1}

_members[source.group] contains [i, source] if some i, source in input.refund_sources

_due_on := {id: amount |
	_final.disposition == "CASH_REFUND"
	some id, items in purchases.paid_for
	amount := object.get(settlement.repaid, id, 0) + sum([_final.paid.items[item] | some item in items])
	amount > 0
}

# how much of the amount is fee and tax: of each lot that is paid, and of each duplicate, its share of what was due before
# anything came off
_taxed := {"fee": sum([part[0] | some part in parts]), "tax": sum([part[1] | some part in parts])} if {
	parts := [[money.quotient(amount * price.fee, price.gross), money.quotient(amount * price.tax, price.gross)] |
		_final.disposition == "CASH_REFUND"
		some [amount, price] in array.concat(
			[[amount, _price_of_item(item)] | some item, amount in _final.paid.items; purchases.lots[item]],
			[[amount, _price_of_duplicate(purchases.payments[id])] |
				some id, amount in settlement.repaid
				settlement.billing_errors[id].kind == "duplicate"
			],
		)
		price.fee + price.tax > 0
	]
}

# the total price where the statute gives more, else what the policy finds the lot worth
_price_of_item(item) := {"gross": withdrawal.contracts[item].total, "fee": withdrawal.fee(lot), "tax": lot.tax} if {
	_final.paid.due[item] > object.get(settlement.contract_due, item, 0)
	lot := purchases.lots[item]
} else := settlement.entitled[item]

# the requested part of the lots that a duplicate granted; if it granted none, the price of the order that it repeats
_price_of_duplicate(payment) := object.union(payment.price, {"gross": payment.price.total + payment.overcharged}) if {
	settlement.lots_of(payment) == []
} else := {
	"gross": payment.overcharged + sum([settlement.worth_of(prorata.portion(lot, input.request), lot) | some lot in lots]),
	"fee": sum([_requested_of(settlement.fee_received(lot), lot) | some lot in lots]),
	"tax": sum([_requested_of(lot.tax, lot) | some lot in lots]),
} if {
	lots := settlement.lots_of(payment)
}

_requested_of(amount, lot) := money.quotient(amount * prorata.portion(lot, input.request), lot.base)
