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
#   What a lot is worth under a contract, as an object of minor units: `paid` in all; `fee` and `tax` that stay with the
#   seller; `used`, the share of what was used; `deducted_bonus`, what bonus used takes off; `not_requested`;
#   `already_refunded`, netted; `amount`, what is left of it: the sum of `paid` and the others, which are negative or 0.
#   Beside them `gross`, the amount before it is netted, `fee_due` and `tax_due`, how much of that is fee and tax, and
#   `taken`, what the credits were worth that refunds took back.
#   What a lost dispute took comes off later, off all that its payment paid for. `options`: fee, tax (what of them is given
#   back with all credits), credits (the unused base credits less what bonus used takes off them), rounding.
worth(lot, request, {"fee": fee, "tax": tax, "credits": back, "rounding": rounding}) := {
	"paid": lot.total,
	"fee": fee - lot.fee,
	"tax": tax - lot.tax,
	"used": unused - sum(parts),
	"deducted_bonus": full - unused,
	"not_requested": asked - full,
	"already_refunded": 0 - refunded,
	"amount": asked - refunded,
	"gross": asked,
	"fee_due": _part(fee, credits, base, rounding),
	"tax_due": _part(tax, credits, base, rounding),
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
