package rulebook

import data.lib.purchases

# METADATA
# title: A separate agreement covers the order
agreements contains {"item": id, "terms": agreement.terms, "cite": input.grounds.separate_agreement} if {
	some agreement in input.agreements
	some id in _covered_by(agreement)
}

_covered_by(agreement) := {id |
	some id, bought in purchases.bought
	bought.order_ref in agreement.order_refs
} | _covered_by_price(agreement)

# by the least price, where the agreement names one, or names no orders either (ruling 16)
_covered_by_price(agreement) := {id |
	some id, lot in purchases.lots
	lot.currency == least.currency
	lot.order_base_price >= least.amount
} if {
	least := _least_price(agreement)
} else := set()

_least_price(agreement) := agreement.minimum if {
	agreement.minimum != null
} else := {"currency": "USD", "amount": input.parameters["agreement.threshold_usd_minor"]} if {
	_by_threshold(agreement)
}

_by_threshold(agreement) if {
	count(agreement.order_refs) == 0
	agreement.minimum == null
}

# METADATA
# title: The agreement's coverage of the order cannot be determined without an exchange rate
faults contains {
	"field": "facts.agreement.minimum",
	"description": "the least price of the agreement, else the policy's in USD, is not in the order's currency: name the order in order_refs",
} if {
	input.grounds.separate_agreement
	some agreement in input.agreements
	some lot in purchases.lots
	not lot.order_ref in agreement.order_refs
	lot.currency != _least_price(agreement).currency
}
