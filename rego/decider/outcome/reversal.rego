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
	some item in _items[reversal.payment]
}

# METADATA
# description: What each reversal owes, by payment (P4; rulings 11, 12).
reversals[reversal.payment] := {"kind": reversal.kind, "amount": amount, "formless": reversal.formless, "cite": reversal.cite} if {
	some reversal in said.reversals
	not _covered(reversal.kind, {other.kind | some other in said.reversals; other.payment == reversal.payment})
	amount := _reversed(reversal)
	amount > 0
}

# a charge after the cancellation goes back whole, and whatever else was wrong with it with it
_covered(kind, kinds) if {
	kind != "late_charge"
	"late_charge" in kinds
}

_reversed(reversal) := duplicate_due(_payment(reversal.payment)) if reversal.kind == "duplicate"

_reversed(reversal) := left[reversal.payment] if reversal.kind == "late_charge"

_reversed(reversal) := overcharge_due(_payment(reversal.payment)) if reversal.kind == "overcharge"

_payment(id) := payment if {
	some payment in input.payments
	payment.id == id
}

# METADATA
# description: >-
#   A duplicate pays all that is left of it; where credits of its lots were used, their unused share, fee and tax
#   included, and never less than the statute (ruling 11).
duplicate_due(payment) := min({left[payment.id], _owed(payment)}) if {
	_drawn_on(payment)
} else := left[payment.id]

_drawn_on(payment) if {
	some lot in input.lots
	lot.payment_id == payment.id
	lot.used > 0
}

_owed(payment) := sum([max({_share(item), _floor(item)}) | some item in _items[payment.id]])

default _share(_) := 0

_share(id) := money.at_least_zero((_unused_share(lot) - lot.refunded_all) - lot.lost) if lot := purchases.lots[id]

_unused_share(lot) := sum([money.quotient(amount * lot.unused, lot.base) |
	some amount in [lot.base_price, _fee_received(lot), lot.tax]
])

_fee_received(lot) := lot.fee if not lot.fee_kept_by_third_party

_fee_received(lot) := 0 if lot.fee_kept_by_third_party

default _floor(_) := 0

_floor(item) := withdrawal.claims[item].net if withdrawal.claims[item].certain

# METADATA
# description: >-
#   What was charged beyond the order and not paid back: refunds beyond what the order itself was worth count for it, so
#   that asking again pays nothing (ruling 12).
overcharge_due(payment) := min({left[payment.id], money.at_least_zero(payment.overcharged - surplus)}) if {
	earned := sum([_earned(item) | some item in _items[payment.id]])
	surplus := money.at_least_zero((payment.refunded + payment.lost) - earned)
}

_earned(item) := max({_policy_gross(item), _statute_gross(item), _taken_worth(item)})

default _policy_gross(_) := 0

_policy_gross(item) := entitled[item].gross if count(refused[item]) == 0

default _statute_gross(_) := 0

_statute_gross(item) := withdrawal.claims[item].gross

default _taken_worth(_) := 0

# what went back with credits was for these, whether or not more would be given back today
_taken_worth(id) := money.quotient(entitled[id].gross * lot.base_taken, portion) if {
	lot := purchases.lots[id]
	portion := prorata.portion(lot, input.request)
	portion > 0
}

# METADATA
# description: What is paid for reversals, by payment, at most what was asked for.
reversed := money.fit(_amounts, _asked_at_most(sum([amount | some amount in _amounts])))

_amounts := {id: reversal.amount | some id, reversal in reversals; _admitted(reversal)}

# where the form is wanting, only what Router One does by itself is done (ruling 7)
_admitted(reversal) if reversal.formless

_admitted(_) if count(said.missing) == 0

_asked_at_most(total) := total if input.request.asked != "AMOUNT"

_asked_at_most(total) := min({total, input.request.amount}) if input.request.asked == "AMOUNT"

# METADATA
# description: The sum paid for reversals, minor units.
reversed_amount := sum([amount | some amount in reversed])

# METADATA
# description: What each exception that a reviewer decides may be worth, with its code (ruling 13).
exceptions[id] := {"code": exception.code, "amount": amount, "cite": exception.cite} if {
	some exception in said.exceptions
	id := exception.payment
	not _covered(exception.code, {other.code | some other in said.exceptions; other.payment == id})
	amount := _excepted(exception)
	amount > 0
}

_excepted(exception) := duplicate_due(_payment(exception.payment)) if exception.code == "duplicate_unverified"

_excepted(exception) := overcharge_due(_payment(exception.payment)) if exception.code == "overcharge"

_excepted(exception) := left[exception.payment] if exception.code == "late_charge"
