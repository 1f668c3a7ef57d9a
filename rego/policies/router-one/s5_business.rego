package policies["router-one"]

import data.lib.purchases

# METADATA
# title: A separate agreement covers the order
# custom: {clause: router-one/5-agreement, role: LIMITS}
agreements contains {"item": id, "terms": agreement.terms, "cite": rego.metadata.rule().custom} if {
	agreement := input.agreements[0]
	some id in (_by_name(agreement) | _by_price(agreement))
}

# METADATA
# title: What counts as a Business top-up
# custom: {clause: router-one/5-agreement, role: LIMITS}
readings contains {"parameter": "agreement.threshold_usd_minor", "cite": rego.metadata.rule().custom} if {
	agreement := input.agreements[0]
	_by_threshold(agreement)
	some _ in purchases.lots
}

_by_name(agreement) := {id | some id, lot in purchases.lots; lot.order_ref in agreement.order_refs} | {"" |
	some plan in purchases.plans
	plan.order_ref in agreement.order_refs
}

# by the least price, where the agreement names one, or names no orders either (ruling 16)
_by_price(agreement) := {id |
	some id, lot in purchases.lots
	lot.currency == agreement.minimum.currency
	lot.order_base_price >= agreement.minimum.amount
} if {
	agreement.minimum.told
} else := {id |
	some id, lot in purchases.lots
	lot.currency == "USD"
	lot.order_base_price >= input.parameters["agreement.threshold_usd_minor"]
} if {
	_by_threshold(agreement)
} else := set()

_by_threshold(agreement) if {
	count(agreement.order_refs) == 0
	not agreement.minimum.told
}

# METADATA
# title: Whether the agreement covers the order cannot be told without an exchange rate
# custom: {clause: router-one/5-agreement, role: REQUIRES}
faults contains {
	"field": "facts.agreement.minimum",
	"description": "the least price of the agreement, else the policy's in USD, is not in the order's currency: name the order in order_refs",
	"cite": rego.metadata.rule().custom,
} if {
	agreement := input.agreements[0]
	some lot in purchases.lots
	not lot.order_ref in agreement.order_refs
	lot.currency != _currency(agreement)
}

_currency(agreement) := agreement.minimum.currency if agreement.minimum.told

_currency(agreement) := "USD" if _by_threshold(agreement)
