# METADATA
# title: The unused share of a lot
# description: >-
#   What the unused base credits of a lot are worth, cumulative over earlier refunds, so that splitting a refund never
#   changes its total.
# scope: package
package lib.prorata

import data.lib.money

# METADATA
# description: >-
#   Base credits a request is about, those taken back before included: all that is unused, or, for a request in
#   credits, those taken back plus those asked, at most the unused.
portion(lot, request) := min([lot.unused, lot.base_taken + request.credits]) if {
	request.credits != null
} else := lot.unused

# METADATA
# description: >-
#   What a lot is worth under a contract, as an object of minor units: `paid` in all; `off`, what comes off, each amount
#   negative or 0: `fee` and `tax` that stay with the seller, `used`, the share of what was used, `deducted_bonus`, what
#   bonus used takes off, `not_requested`, and `refunded`; `amount`, what is left, the sum of `paid` and `off`;
#   `gross`, the amount before refunds; `fee` and `tax`, how much of that is fee and tax; and `taken`, what the credits
#   were worth that refunds took back.
#   What a lost dispute took comes off later, off all that its payment paid for. `options`: fee, tax (what of them is given
#   back with all credits), credits (the unused base credits less what bonus used takes off them), rounding.
worth(lot, request, {"fee": fee, "tax": tax, "credits": back, "rounding": rounding}) := {
	"paid": lot.total,
	"off": {
		"fee": fee - lot.fee,
		"tax": tax - lot.tax,
		"used": unused - sum(parts),
		"deducted_bonus": full - unused,
		"not_requested": asked - full,
		"refunded": 0 - refunded,
	},
	"amount": asked - refunded,
	"gross": asked,
	"fee": _part(fee, credits, base, rounding),
	"tax": _part(tax, credits, base, rounding),
	"taken": _value(parts, lot.base_taken, base, rounding),
} if {
	base := lot.base
	parts := [amount | some amount in [lot.base_price, fee, tax]; amount > 0]
	unused := _value(parts, lot.unused, base, rounding)
	full := _value(parts, back, base, rounding)
	credits := min([back, portion(lot, request)])
	asked := _value(parts, credits, base, rounding)
	refunded := min([lot.refunded_unused, asked])
}

_value(parts, credits, whole, rounding) := sum([_part(amount, credits, whole, rounding) | some amount in parts])

# all of a lot is worth its parts, whatever the rounding
_part(amount, credits, whole, rounding) := amount if {
	credits == whole
} else := money.share(amount, credits, whole, rounding)
