package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   From what was paid to what is due, line by line, each with its clause; it sums to the amount, or to 0 where nothing is
#   paid. Only for a refund and a denial on the merits.
breakdown := array.concat(_judged_lines, array.concat(_reversal_lines, _spent_lines)) if {
	_shown
} else := []

# METADATA
# description: >-
#   The same from what was paid to the upper bound of a review; empty where more than the worth of the purchases decides how
#   much that is.
breakdown_at_most := lines if {
	lines := _item_lines(final.at_most.policy, final.at_most.paid)
	sum([line.amount | some line in lines]) == final.bounds.max
} else := []

_shown if {
	final.disposition in {"CASH_REFUND", "NOT_REFUNDABLE"}
	purchases.refund_asked
	not all_excluded
}

# not where a reviewer or a wait is between what an item is worth and what is paid on it
_judged_lines := _item_lines(allowed, final.paid) if {
	_items_judged
} else := []

# what the policy finds an item worth, and how that becomes what is paid on it; `policy` is what it pays by item
_item_lines(policy, paid) := [line |
	some item, entitlement in entitled
	not reversed_items[item]
	some line in array.concat(
		array.concat(
			[_line("paid", entitlement.paid, item, entitlement.cite.clause)],
			[_line(deduction.code, deduction.amount, item, deduction.cite.clause) |
				some deduction in object.get(deducted, item, set())
			],
		),
		_settlement_lines(item, entitlement, policy, paid),
	)
]

_items_judged if not "reversals" in final.why

_items_judged if final.paid.items != {}

_items_judged if _all_asked_is_reversed

_items_judged if {
	_rest_counts
	rest.disposition == "NOT_REFUNDABLE"
	said.holds == set()
}

# what a bar or a refusal takes, what the statute adds or the cap takes, what was not asked for
_settlement_lines(item, entitlement, policy, paid) := [] if {
	policy[item] == entitlement.amount
	paid.due[item] == entitlement.amount
	paid.items[item] == entitlement.amount
} else := [line |
	clause := entitlement.cite.clause
	lost := object.get(disputed, item, 0)
	worth := entitlement.amount - lost
	left_of := _unless_barred(item, worth, policy)
	due := object.get(paid.due, item, 0)
	some line in [
		_line("disputed", 0 - lost, item, _loss_clause(item)),
		_line(_bar_code, left_of - worth, item, _bar_clause(item, clause)),
		_line("cap", min({0, due - left_of}), item, clause),
		_line("statutory", max({0, due - left_of}), item, _statute_clause(clause)),
		_line("not_requested", object.get(paid.items, item, 0) - due, item, clause),
	]
	line.amount != 0
]

_unless_barred(item, amount, policy) := amount if {
	policy[item]
} else := 0

default _loss_clause(_) := ""

_loss_clause(item) := _loss_cites[purchases.paid_by[item]].clause if disputed[item]

# METADATA
# description: What lost disputes took of what the policy finds the items worth, by item.
disputed := {item: lost |
	some item, taken in purchases.lost_of
	lost := min({taken, entitled[item].amount})
	lost > 0
}

# a line about an item names its payment too (ruling 35)
_line(code, amount, item, clause) := {"code": code, "amount": amount, "lot": item, "payment": purchases.paid_by[item], "clause": clause}

_payment_line(code, amount, payment, clause) := {
	"code": code,
	"amount": amount,
	"lot": _lot_of(payment.id),
	"payment": payment.id,
	"clause": clause,
}

# METADATA
# description: What the policy pays, by item, unless something stops all of it.
allowed := {} if {
	_stopped
} else := pays

# a bar stops all that the policy pays
_stopped if {
	some why in final.why
	why in {"bars", "over_bars"}
}

# only reversals are paid
_stopped if {
	final.paid.items == {}
	"reversals" in final.why
}

# what is due is less than the policy pays at all
_stopped if {
	final.disposition == "NOT_REFUNDABLE"
	some amount in contract_due
	amount > 0
}

# nothing is left of what was asked for once a reversal paid
_bar_code := "not_requested" if {
	_all_asked_is_reversed
} else := "barred"

_bar_clause(item, clause) := min(_refusal_clauses[item]) if {
	refused[item]
} else := _barring_clause if {
	said.bars | said.agreements != set()
} else := clause

_refusal_clauses := {item: clauses | some item, clauses in _refusal_clauses_of}

_refusal_clauses_of[refusal.item] contains refusal.cite.clause if some refusal in said.refusals

_barring_clause := min({bar.cite.clause | some bar in said.bars}) if {
	said.bars != set()
} else := min({agreement.cite.clause | some agreement in said.agreements})

_statute_clause(clause) := min({found.cite.clause | some found in law_said.duties; found.type == "REFUND_BY"}) if {
	withdrawal.repay_by
} else := clause

_reversal_lines := [line |
	some id, amount in reversed
	some line in _of_reversal(purchases.payments[id], reversals[id], amount)
]

# of what is paid back as a whole, and has nothing left
_spent_lines := [line |
	some id, reversal in spent_reversals
	some line in _of_reversal(purchases.payments[id], reversal, 0)
]

_of_reversal(payment, reversal, amount) := [object.union(line, {"lot": ""})] if {
	reversal.kind == "overcharge"
	line := _payment_line("overcharge", amount, payment, reversal.cite.clause)
}

_of_reversal(payment, reversal, amount) := [_payment_line("duplicate", amount, payment, reversal.cite.clause)] if {
	reversal.kind == "duplicate"
	purchases.paid_for[payment.id] == set()
}

# from what was captured to what is left of it, to what that is worth, to what of it was asked for
_of_reversal(payment, reversal, amount) := [line |
	some line in [
		_payment_line("paid", payment.captured, payment, reversal.cite.clause),
		_payment_line("already_refunded", 0 - payment.refunded, payment, reversal.cite.clause),
		_payment_line("disputed", (payment.kept + payment.refunded) - payment.captured, payment, reversal.cite.clause),
		_payment_line("cap", left[payment.id] - payment.kept, payment, reversal.cite.clause),
		_payment_line("used", 0 - used, payment, reversal.cite.clause),
		_payment_line("not_requested", (amount + used) - left[payment.id], payment, reversal.cite.clause),
	]
	line.amount != 0
] if {
	reversal.kind != "overcharge"
	purchases.paid_for[payment.id] != set()
	less := left[payment.id] - reversal.amount
	unasked := sum([unasked_worth(bought) | some bought in _lots_of(payment)])
	used := _of_use(max([0, less - unasked]), payment)
}

# what else it paid for is not asked for, used or not
_of_use(less, payment) := min([less, sum([used_worth(bought) | some bought in _lots_of(payment)])]) if {
	payment.paid_for_more
} else := less

# what was asked for of a payment, where it is one lot; else its lines are of all of them
_lot_of(id) := min(purchases.paid_for[id]) if {
	count(purchases.paid_for[id]) == 1
} else := ""
