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
reversals[reversal.payment] := {
	"kind": reversal.kind,
	"amount": amount,
	"in_doubt": most - amount,
	"formless": reversal.formless,
	"cite": reversal.cite,
} if {
	some reversal in said.reversals
	reversal.kind == _first_of(_kinds[reversal.payment])
	amount := _reversed(reversal)
	most := _reversed_at_most(reversal)
	most > 0
}

_kinds[reversal.payment] contains reversal.kind if some reversal in said.reversals

_first_of(names) := [name | some name in ["late_charge", "duplicate", "duplicate_unverified", "overcharge"]; name in names][0]

_reversed(reversal) := duplicate_due(_payment(reversal.payment)) if reversal.kind == "duplicate"

_reversed(reversal) := left[reversal.payment] if reversal.kind == "late_charge"

_reversed(reversal) := overcharge_due(_payment(reversal.payment)) if reversal.kind == "overcharge"

_reversed_at_most(reversal) := _duplicate_at_most(_payment(reversal.payment)) if reversal.kind == "duplicate"

_reversed_at_most(reversal) := _reversed(reversal) if reversal.kind != "duplicate"

_payment(id) := payment if {
	some payment in input.payments
	payment.id == id
}

# METADATA
# description: >-
#   A duplicate pays all that is left of it; where credits of its lots were used, their unused share, fee and tax
#   included, and never less than the statute certainly gives (ruling 11). What was charged too much is due beside that.
duplicate_due(payment) := _duplicate_worth(payment, {item: claim.due | some item, claim in withdrawal.claims; claim.certain})

_duplicate_at_most(payment) := _duplicate_worth(payment, {item: claim.due | some item, claim in withdrawal.claims})

_duplicate_worth(payment, statute) := min({left[payment.id], _owed(payment, statute)}) if {
	_in_part(payment)
} else := left[payment.id]

_in_part(payment) if _drawn_on(payment)

# what else it paid for is not asked for
_in_part(payment) if payment.paid_for_more

# a request in credits, for less than what is unused (ruling 26)
_in_part(payment) if {
	some lot in purchases.lots
	lot.payment_id == payment.id
	prorata.portion(lot, input.request) < lot.unused
}

_drawn_on(payment) if {
	some lot in input.lots
	lot.payment_id == payment.id
	lot.used > 0
}

_owed(payment, statute) := max([0, (payment.overcharged + sum(array.concat(
	[max({_share(lot), object.get(statute, id, 0)}) | some id, lot in purchases.lots; lot.payment_id == payment.id],
	[plan.amount | some plan in purchases.plans; plan.payment_id == payment.id],
))) - payment.lost])

# what was given out of goodwill is not taken off (policies.md 1.4-G)
_share(lot) := max([0, _worth_of(prorata.portion(lot, input.request), lot) - (lot.refunded_all - lot.goodwill)])

_worth_of(credits, lot) := sum([money.quotient(amount * credits, lot.base) |
	some amount in [lot.base_price, _fee_received(lot), lot.tax]
])

# METADATA
# description: What the unused credits of a lot are worth that a request in credits leaves out.
unasked_worth(lot) := _worth_of(lot.unused, lot) - _worth_of(prorata.portion(lot, input.request), lot)

_fee_received(lot) := lot.fee if not lot.fee_kept_by_third_party

_fee_received(lot) := 0 if lot.fee_kept_by_third_party

# METADATA
# description: >-
#   What was charged beyond the order and not paid back: refunds beyond what the order itself was worth count for it, so
#   that asking again pays nothing (ruling 12). Where the policy pays no more on an item, what went back for it before is
#   what the credits taken back with it were worth.
overcharge_due(payment) := min({left[payment.id], max([0, payment.overcharged - surplus])}) if {
	earned := sum([max({_earned(item, entitlement), _statute_gross(item)}) |
		some item, entitlement in entitled
		item in purchases.paid_for[payment.id]
	])
	surplus := max([0, (_refunded_of(payment) + payment.lost) - earned])
}

# what was refunded of the items asked for; what is of others has nothing to do with what these earned
_refunded_of(payment) := sum([(lot.refunded_all - lot.goodwill) | some lot in purchases.lots; lot.payment_id == payment.id]) if {
	not payment.paid_for_plan
} else := payment.refunded - payment.goodwill

_earned(item, entitlement) := entitlement.gross if not refused[item]

_earned(item, entitlement) := entitlement.taken if refused[item]

default _statute_gross(_) := 0

_statute_gross(item) := withdrawal.claims[item].gross

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

_formally(_) if said.missing == set()

# METADATA
# description: >-
#   Payments that are verified duplicates and wait for nothing themselves, while something else of the request is held
#   (ruling 10).
free_duplicates contains id if {
	some _ in said.holds
	some id, reversal in reversals
	reversal.kind == "duplicate"
	_formally(reversal)
	payment := _payment(id)
	not payment.dispute_open
	payment.pending == 0
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
exceptions[id] := {"code": exception.code, "amount": amount, "cite": exception.cite} if {
	some exception in said.exceptions
	id := exception.payment
	exception.code == _first_of(_codes[id])
	amount := _excepted(exception)
	amount > 0
}

_codes[exception.payment] contains exception.code if some exception in said.exceptions

_excepted(exception) := duplicate_due(_payment(exception.payment)) if exception.code == "duplicate_unverified"

_excepted(exception) := overcharge_due(_payment(exception.payment)) if exception.code == "overcharge"

_excepted(exception) := left[exception.payment] if exception.code == "late_charge"
