package rulebook

import data.lib.prorata
import data.lib.purchases

# what each lot is worth, and what was taken off to get there
_worths := {id: worth |
	some id, lot in purchases.lots
	worth := prorata.worth(lot, input.request, {
		"fee": _fee_back(lot),
		"tax": _tax_back(lot),
		"credits": _credits_back(lot),
		"rounding": input.parameters.rounding,
	})
}

default _fee_back(_) := 0

_fee_back(lot) := lot.fee if {
	input.parameters.refund_fee
	not lot.fee_kept_by_third_party
}

default _tax_back(_) := 0

_tax_back(lot) := lot.tax if input.parameters.refund_tax

_credits_back(lot) := max([0, lot.unused - (lot.bonus_used + lot.bonus_reserved)]) if {
	input.parameters.deduct_consumed_bonus
} else := lot.unused

# METADATA
# title: The unused credits are worth their share of the price
entitlements contains {"item": id, "worth": worth, "cite": input.grounds.unused_worth} if some id, worth in _worths

# METADATA
# title: The used share is taken off
deductions contains {"item": id, "code": "used", "amount": worth.off.used, "cite": input.grounds.used} if {
	some id, worth in _worths
	worth.off.used < 0
}

# METADATA
# title: The transaction fee is taken off
deductions contains {"item": id, "code": "fee", "amount": worth.off.fee, "cite": input.grounds.fee} if {
	some id, worth in _worths
	worth.off.fee < 0
}

# METADATA
# title: The tax is taken off
deductions contains {"item": id, "code": "tax", "amount": worth.off.tax, "cite": input.grounds.tax} if {
	some id, worth in _worths
	worth.off.tax < 0
}

# METADATA
# title: The credits that are not asked for are taken off
deductions contains {"item": id, "code": "not_requested", "amount": worth.off.not_requested, "cite": input.grounds.not_requested} if {
	some id, worth in _worths
	worth.off.not_requested < 0
}

# METADATA
# title: Earlier refunds are taken off
deductions contains {"item": id, "code": "already_refunded", "amount": worth.off.refunded, "cite": input.grounds.already_refunded} if {
	some id, worth in _worths
	worth.off.refunded < 0
}

# METADATA
# title: Bonus credits that were used are taken off
deductions contains {"item": id, "code": "deducted_bonus", "amount": worth.off.deducted_bonus, "cite": input.grounds.deducted_bonus} if {
	some id, worth in _worths
	worth.off.deducted_bonus < 0
}

# METADATA
# title: A fee that is not refunded stays out of the cap of its payment; one that a third party kept, always
retentions contains {"payment": payment.id, "amount": payment.fee_third_party + _own_fee_kept(payment)} if {
	input.grounds.unused_worth
	some payment in input.payments
}

_own_fee_kept(payment) := 0 if {
	input.parameters.refund_fee
} else := payment.fee_own
