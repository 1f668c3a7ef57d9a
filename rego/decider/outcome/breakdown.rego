package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   From what was paid to what is due, line by line, each with its clause; it sums to the amount, or to 0 where nothing is
#   paid. Only for a refund and a denial on the merits.
breakdown := array.concat(_item_lines, _reversal_lines) if {
	_shown
} else := []

_shown if {
	purchases.refund_asked
	not all_excluded
	final.disposition in {"CASH_REFUND", "NOT_REFUNDABLE"}
}

_line(code, amount, lot, clause) := {"code": code, "amount": amount, "lot": lot, "clause": clause}

_item_lines := [line |
	some item, entitlement in entitled
	not item in reversed_items
	clause := entitlement.cite.clause
	policy := object.get(allowed, item, 0)
	due := object.get(final.paid.due, item, 0)
	some line in array.concat(
		array.concat([_line("paid", entitlement.paid, item, clause)], _deduction_lines(item)),
		_settlement_lines(item, clause, [policy - entitlement.amount, due - policy, object.get(final.paid.items, item, 0) - due]),
	)
]

_deduction_lines(item) := [_line(deduction.code, deduction.amount, item, deduction.cite.clause) |
	some deduction in said.deductions
	deduction.item == item
]

# how the policy's own worth of an item becomes what is paid on it: what a bar or a refusal takes, what the statute adds
# or the cap takes, what was not asked for
_settlement_lines(_, _, [0, 0, 0]) := []

_settlement_lines(item, clause, steps) := [line |
	some line in [
		_line(_bar_code, steps[0], item, _bar_clause(item, clause)),
		_line("cap", min({0, steps[1]}), item, clause),
		_line("statutory", max({0, steps[1]}), item, _statute_clause(clause)),
		_line("not_requested", steps[2], item, clause),
	]
	line.amount != 0
] if {
	steps != [0, 0, 0]
}

# METADATA
# description: What the policy pays, by item, unless something stops all of it.
allowed := {} if {
	_stopped
} else := pays

# a bar stops all that the policy pays
_stopped if "bars" in final.why

_stopped if "over_bars" in final.why

# only reversals are paid
_stopped if {
	"reversals" in final.why
	count(final.paid.items) == 0
}

# what is due is less than the policy pays at all
_stopped if {
	final.disposition == "NOT_REFUNDABLE"
	some amount in capped(pays, contract_caps)
	amount > 0
}

# nothing is left of what was asked for once a reversal paid
_bar_code := "not_requested" if {
	input.request.asked == "AMOUNT"
	input.request.amount <= reversed_amount
} else := "barred"

_bar_clause(item, clause) := min({refusal.cite.clause | some refusal in said.refusals; refusal.item == item}) if {
	count(refused[item]) > 0
} else := min({bar.cite.clause | some bar in said.bars}) if {
	count(said.bars) > 0
} else := min({agreement.cite.clause | some agreement in said.agreements}) if {
	count(said.agreements) > 0
} else := clause

_statute_clause(clause) := min({found.cite.clause | some found in law_said.duties; found.type == "REFUND_BY"}) if {
	withdrawal.repay_by
} else := clause

_reversal_lines := [line |
	some id, amount in reversed
	some line in _of_reversal(_payment(id), reversals[id], amount)
]

_of_reversal(_, reversal, amount) := [_line("overcharge", amount, "", reversal.cite.clause)] if reversal.kind == "overcharge"

_of_reversal(payment, reversal, amount) := [_line("duplicate", amount, "", reversal.cite.clause)] if {
	reversal.kind == "duplicate"
	count(_items[payment.id]) == 0
}

_of_reversal(payment, reversal, amount) := [line |
	some line in [
		_line("paid", payment.captured, lot, reversal.cite.clause),
		_line("already_refunded", 0 - payment.refunded, lot, reversal.cite.clause),
		_line("disputed", 0 - payment.lost, lot, reversal.cite.clause),
		_line("used", reversal.amount - ((payment.captured - payment.refunded) - payment.lost), lot, reversal.cite.clause),
		_line("not_requested", amount - reversal.amount, lot, reversal.cite.clause),
	]
	line.amount != 0
] if {
	count(_items[payment.id]) > 0
	reversal.kind != "overcharge"
	lot := min(_items[payment.id])
}
