# METADATA
# title: A corner shop's refund policy
# description: Half of the price of a purchase of the last 30 days, whatever was used. A third policy, for tests.
# scope: package
# schemas:
#   - input: schema.input
#   - input.terms: schema.policies["corner-shop"]
package policies["corner-shop"]

import data.lib.money
import data.lib.purchases

_day := 86400000000000

_until(lot) := lot.purchased_at + (input.terms.return_days * _day)

# METADATA
# title: Within 30 days
# custom: {clause: corner-shop/returns, role: GRANTS}
grants contains {"item": id, "until": _until(lot), "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	input.request.requested_at <= _until(lot)
}

# METADATA
# title: After 30 days
# custom: {clause: corner-shop/returns, role: BARS}
refusals contains {"item": id, "code": "window", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	input.request.requested_at > _until(lot)
}

_worth[id] := money.quotient(lot.base_price * input.terms.share_percent, 100) if some id, lot in purchases.lots

# METADATA
# title: A share of the price
# custom: {clause: corner-shop/half, role: GRANTS}
entitlements contains {
	"item": id,
	"amount": _worth[id],
	"gross": _worth[id],
	"taken": 0,
	"paid": lot.base_price,
	"cite": rego.metadata.rule().custom,
} if {
	some id, lot in purchases.lots
}

# METADATA
# title: The rest of the price stays
# custom: {clause: corner-shop/half, role: LIMITS}
deductions contains {"item": id, "code": "used", "amount": _worth[id] - lot.base_price, "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	_worth[id] < lot.base_price
}
