package decider.outcome

import data.law.withdrawal
import data.lib.money
import data.lib.prorata
import data.lib.purchases

# METADATA
# description: Items paid for by a payment that is reversed as a whole; P5 to P10 have nothing left to say of them.
reversed_items := {item |
	some reversal in said.reversals
	reversal.kind in {"duplicate", "late_charge"}
	some item in purchases.paid_for[reversal.payment]
}

# METADATA
# description: >-
#   What each reversal owes, by payment (P4; rulings 11, 12), and how much more of it a legal call may find due. Where
#   several concern one payment, one of them pays: a charge after the cancellation is no duplicate of an earlier one,
#   and what gives back a whole payment gives back what was charged too much of it.
reversals := {} if {
	said.reversals == set()
} else := {id: reversal |
	some id, found in _foremost(said.reversals, "kind")
	payment := purchases.payments[id]
	amount := _reversed(found.kind, payment)
	most := _reversed_at_most(found.kind, payment)
	most > 0
	reversal := object.union(found, {"amount": amount, "in_doubt": most - amount, "formless": id in _formless})
}

# a verified duplicate stays one whatever else is said of it
_formless := {reversal.payment | some reversal in said.reversals; reversal.formless}

# METADATA
# description: Payments that are verified duplicates and paid back as such, or as a charge after the cancellation.
verified_duplicates := {reversal.payment | some reversal in said.reversals; reversal.kind == "duplicate"}

# METADATA
# description: By payment, what would give back the whole of one that paid for something, and has nothing to give.
spent_reversals := {} if {
	said.reversals == set()
} else := {id: object.union(found, {"amount": 0}) |
	some id, found in _foremost(said.reversals, "kind")
	not reversals[id]
	found.kind != "overcharge"
	purchases.paid_for[id] != set()
}

# of what was found of each payment the last of these kinds; as many passes as there are kinds, however many payments
_foremost(found, name) := object.union_n([of_kind |
	some kind in ["overcharge", "duplicate_unverified", "duplicate", "late_charge"]
	of_kind := {element.payment: element | some element in found; element[name] == kind}
])

_reversed("duplicate", payment) := duplicate_due(payment)

_reversed("late_charge", payment) := left[payment.id]

_reversed("overcharge", payment) := overcharge_due(payment)

_reversed_at_most("duplicate", payment) := duplicate_at_most(payment)

_reversed_at_most(kind, payment) := _reversed(kind, payment) if kind != "duplicate"

# METADATA
# description: >-
#   A duplicate pays all that is left of it; where credits of its lots were used, their unused share, fee and tax
#   included, and never less than the statute certainly gives (ruling 11). What was charged too much is due beside that.
#   Where every outcome of a legal call gives the same, that is due (ruling 48).
duplicate_due(payment) := amount if {
	amount := duplicate_at_most(payment)
	amount == _duplicate_worth(payment, withdrawal.least)
} else := _duplicate_worth(payment, _claimed_for_certain)

# METADATA
# description: The same, with all that a legal call may find due.
duplicate_at_most(payment) := _duplicate_worth(payment, withdrawal.claims)

_claimed_for_certain := {item: claim | some item, claim in withdrawal.claims; claim.certain}

_duplicate_worth(payment, claims) := min({left[payment.id], _owed(payment, claims)}) if {
	_in_part(payment)
} else := left[payment.id]

_in_part(payment) if payment.id in _drawn_on

# what else it paid for is not asked for
_in_part(payment) if payment.paid_for_more

# a request in credits, for less than what is unused (ruling 26)
_in_part(payment) if {
	some lot in _lots_of(payment)
	prorata.portion(lot, input.request) < lot.unused
}

_drawn_on := {lot.payment_id | some lot in purchases.lots; lot.used > 0}

# what was really bought with a payment, of the lots asked for
_lots_of(payment) := [lot | some item in purchases.paid_for[payment.id]; lot := purchases.lots[item]]

# never less than the statute gives for each lot, whatever went back of the others
_owed(payment, claims) := max([0, max([owed, lawful]) - _lost_of(payment)]) if {
	owed := payment.overcharged + sum(array.concat(
		[_net_worth(lot, claims) | some lot in _lots_of(payment)],
		[plan.amount | some plan in purchases.plans; plan.payment_id == payment.id],
	))
	lawful := sum([claims[lot.id].due | some lot in _lots_of(payment)])
}

# what went back of a lot may be more than it is worth - it was for the rest of the payment then, or charged too much
_net_worth(lot, claims) := max([_net_share(lot), claims[lot.id].gross - withdrawal.contracts[lot.id].returned]) if {
	claims[lot.id]
} else := _net_share(lot)

_share(lot) := max([0, _net_share(lot)])

# what was given out of goodwill is not taken off: it counts towards the cap of the payment alone
_net_share(lot) := _worth_of(prorata.portion(lot, input.request), lot) - (lot.refunded_all - lot.goodwill)

_worth_of(credits, lot) := sum([money.quotient(amount * credits, lot.base) |
	some amount in [lot.base_price, fee_received(lot), lot.tax]
])

# METADATA
# description: What the unused credits of a lot are worth that a request in credits leaves out.
unasked_worth(lot) := _worth_of(lot.unused, lot) - _worth_of(prorata.portion(lot, input.request), lot)

# METADATA
# description: What the used credits of a lot were worth.
used_worth(lot) := _worth_of(lot.base, lot) - _worth_of(lot.unused, lot)

# METADATA
# description: The fee of a lot, where the seller received it.
fee_received(lot) := lot.fee if not lot.fee_kept_by_third_party

fee_received(lot) := 0 if lot.fee_kept_by_third_party

# METADATA
# description: >-
#   What was charged beyond the order and not paid back: refunds beyond what the order itself was worth count for it, so
#   that asking again pays nothing (ruling 12). Where the policy pays no more on an item, what went back for it before is
#   what the credits taken back with it were worth.
overcharge_due(payment) := min({left[payment.id], max([0, payment.overcharged - surplus])}) if {
	earned := sum([max({_earned(item, entitled[item]), object.get(_claimed_in_all, item, 0)}) |
		some item in purchases.paid_for[payment.id]
	])
	surplus := max([0, (_refunded_of(payment) + _lost_of(payment)) - earned])
}

_lost_of(payment) := sum([purchases.lost_of[item] | some item in purchases.paid_for[payment.id]])

# what was refunded of the items asked for; what is of others has nothing to do with what these earned
_refunded_of(payment) := sum([(lot.refunded_all - lot.goodwill) | some lot in _lots_of(payment)]) if {
	not payment.paid_for_plan
} else := payment.refunded - payment.goodwill

_earned(item, entitlement) := entitlement.gross if not refused[item]

_earned(item, entitlement) := entitlement.taken if refused[item]

_claimed_in_all := {item: claim.gross | some item, claim in withdrawal.claims}

# METADATA
# description: What is paid for reversals, by payment, at most what was asked for.
reversed := {} if {
	reversals == {}
} else := money.fit(_amounts, _asked_at_most(sum([amount | some amount in _amounts])))

_amounts := {id: reversal.amount | some id, reversal in reversals; _admitted(id, reversal)}

_admitted(_, reversal) if {
	free_duplicates == set()
	_formally(reversal)
}

# what waits for something else lets a duplicate go that does not (ruling 10)
_admitted(id, reversal) if {
	id in free_duplicates
	_formally(reversal)
}

# where the form is wanting, only what Router One does by itself is done (ruling 7)
_formally(reversal) if reversal.formless

_formally(_) if lacking == set()

# METADATA
# description: >-
#   Payments that are verified duplicates and wait for nothing themselves, while something else of the request is held
#   (ruling 10).
free_duplicates contains id if {
	said.holds != set()
	not input.supposed
	some id, reversal in reversals
	id in verified_duplicates
	_formally(reversal)
	not purchases.payments[id].dispute_open
	not purchases.payments[id].refund_pending
}

_asked_at_most(total) := total if input.request.asked != "AMOUNT"

_asked_at_most(total) := min({total, input.request.amount}) if input.request.asked == "AMOUNT"

# METADATA
# description: The sum paid for reversals, minor units.
reversed_amount := 0 if {
	reversals == {}
} else := sum([amount | some amount in reversed])

# METADATA
# description: How much more than that a legal call may find due.
reversals_in_doubt := 0 if {
	reversals == {}
} else := sum([reversal.in_doubt | some id, reversal in reversals; _admitted(id, reversal)])

# METADATA
# description: What each exception that a reviewer decides may be worth, with its code (ruling 13).
exceptions := {} if {
	said.exceptions == set()
} else := {id: exception |
	some id, found in _foremost(said.exceptions, "code")
	amount := _exceptional(found.code, purchases.payments[id])
	amount > 0
	exception := object.union(found, {"amount": amount})
}

_exceptional("duplicate_unverified", payment) := duplicate_at_most(payment)

_exceptional("overcharge", payment) := overcharge_due(payment)

_exceptional("late_charge", payment) := left[payment.id]
