package decider.settlement

import data.law.withdrawal
import data.lib.money
import data.lib.prorata
import data.lib.purchases
import data.rulebook

# METADATA
# description: The items of payments that are repaid whole. P5 to P10 say nothing of them.
repaid_items := {item |
	some found in rulebook.reversals
	found.kind in {"duplicate", "late_charge"}
	some item in purchases.paid_for[found.payment]
}

# METADATA
# description: >-
#   What each billing error owes for certain, by payment, and how much more an open legal question may add (P4; rulings
#   11, 12).
billing_errors := {id: error | some id, error in _errors; error.amount + error.in_doubt > 0}

# METADATA
# description: Errors that would give back a whole payment that paid for something, and that owe nothing.
spent := {id: error |
	some id, error in _errors
	error.amount + error.in_doubt == 0
	error.kind != "overcharge"
	purchases.paid_for[id] != set()
}

# where every answer to the open question gives the same amount, that amount is certain (ruling 48)
_errors := {id: object.union(found, {"amount": amount, "in_doubt": most - amount}) |
	some id, found in _foremost(rulebook.reversals, "kind")
	payment := purchases.payments[id]
	most := _owed(found.kind, payment, withdrawal.claims)
	amount := _certain(found.kind, payment, most)
}

_certain(kind, payment, most) := most if {
	_owed(kind, payment, withdrawal.least) == most
} else := _owed(kind, payment, _certain_claims)

# METADATA
# description: What each exception that a reviewer decides may be worth, with its code (ruling 13).
exceptions := {id: object.union(found, {"amount": amount}) |
	some id, found in _foremost(rulebook.exceptions, "code")
	amount := _owed(found.code, purchases.payments[id], withdrawal.claims)
	amount > 0
}

# where several errors concern one payment, the last kind of the list counts: it gives back the others as well
_foremost(findings, name) := {} if {
	findings == set()
} else := object.union_n([of_kind |
	some kind in ["overcharge", "duplicate_unverified", "duplicate", "late_charge"]
	of_kind := {found.payment: found | some found in findings; found[name] == kind}
])

_owed("late_charge", payment, _) := left[payment.id]

# what was charged beyond the order and not paid back; refunds beyond the worth of the order repay it (ruling 12)
_owed("overcharge", payment, _) := min({left[payment.id], payment.overcharged - surplus}) if {
	earned := sum([max({_earned(item)} | {gross | gross := withdrawal.claims[item].gross}) |
		some item in purchases.paid_for[payment.id]
	])
	surplus := max([0, (_refunded_of(payment) + _lost_of(payment)) - earned])
}

# A duplicate pays all that is left of it. Where only a part of its lots can go back, it pays the unused part, fee, tax
# and overcharge included, and never less than the statute gives on each lot (ruling 11).
_owed(kind, payment, claims) := amount if {
	kind in {"duplicate", "duplicate_unverified"}
	amount := min({left[payment.id], _worth_of_duplicate(payment, claims)})
}

_worth_of_duplicate(payment, _) := payment.captured if not _in_part(payment)

_worth_of_duplicate(payment, claims) := max([0, max([worth, lawful]) - _lost_of(payment)]) if {
	_in_part(payment)
	worth := payment.overcharged + sum(array.concat(
		[_net_worth(lot, claims) | some lot in lots_of(payment)],
		[plan.amount | some plan in purchases.plans; plan.payment_id == payment.id],
	))
	lawful := sum([claims[lot.id].due | some lot in lots_of(payment)])
}

# it paid for more than what is requested, or for credits that are used or not requested (ruling 26)
_in_part(payment) if payment.paid_for_more

_in_part(payment) if {
	some lot in lots_of(payment)
	lot.used + lot.unused > prorata.portion(lot, input.request)
}

# refunds of a lot may exceed its worth: they were for the rest of the payment, or for an overcharge
_net_worth(lot, claims) := max({share_of(lot)} | {lawful |
	lawful := claims[lot.id].gross - withdrawal.contracts[lot.id].returned
})

# METADATA
# description: The purchases among the lots that a payment paid for.
lots_of(payment) := [lot | some item in purchases.paid_for[payment.id]; lot := purchases.lots[item]]

# METADATA
# description: The requested part of a lot of a duplicate, less refunds; goodwill counts towards the cap of the payment alone.
share_of(lot) := worth_of(prorata.portion(lot, input.request), lot) - (lot.refunded_all - lot.goodwill)

# METADATA
# description: The value of credits of a lot, fee and tax included.
worth_of(credits, lot) := sum([money.quotient(amount * credits, lot.base) | some amount in [lot.base_price, fee_received(lot), lot.tax]])

# METADATA
# description: The fee of a lot, if the seller received it.
fee_received(lot) := 0 if {
	lot.fee_kept_by_third_party
} else := lot.fee

_lost_of(payment) := sum([purchases.lost_of[item] | some item in purchases.paid_for[payment.id]])

# refunds of items that are not requested have nothing to do with what the requested ones earned
_refunded_of(payment) := payment.refunded - payment.goodwill if {
	payment.paid_for_plan
} else := sum([(lot.refunded_all - lot.goodwill) | some lot in lots_of(payment)])

# of an item on which the policy pays no more, the credits that were taken back count
_earned(item) := entitled[item].taken if {
	refused[item]
} else := entitled[item].gross

# METADATA
# description: What is paid for billing errors, by payment, at most the requested amount.
repaid := {} if {
	billing_errors == {}
} else := money.fit({id: error.amount | some id, error in _admitted}, requested_at_most)

# METADATA
# description: The sum of the amounts in `repaid`.
repaid_amount := sum([amount | some amount in repaid])

# METADATA
# description: How much an open legal question may add to `repaid_amount`.
repaid_in_doubt := sum([error.in_doubt | some error in _admitted])

# a duplicate that waits for nothing is repaid although the rest of the request waits (ruling 10)
_admitted := _formal if {
	free_duplicates == {}
} else := free_duplicates

# some errors are repaid although the form of the request is incomplete (ruling 7)
_formal := billing_errors if {
	lacking == set()
} else := {id: error |
	# a verified duplicate stays formless if another error is found as well
	formless := {found.payment | some found in rulebook.reversals; found.formless}
	some id, error in billing_errors
	id in formless
}

# METADATA
# description: Verified duplicates that wait for nothing themselves, while something else of the request is on hold (ruling 10).
free_duplicates := {id: error |
	rulebook.holds != set()
	not input.supposed
	verified := {found.payment | some found in rulebook.reversals; found.kind == "duplicate"}
	some id, error in _formal
	id in verified
	not purchases.payments[id].dispute_open
	not purchases.payments[id].refund_pending
}
