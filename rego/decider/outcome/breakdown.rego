package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   From what was paid to what is due, line by line, each with its clause; it sums to the amount, or to 0 where nothing is
#   paid. Only for a refund and a denial on the merits.
breakdown := array.concat(_item_lines, _reversal_lines) if _shown

breakdown := [] if not _shown

_shown if {
	purchases.refund_asked
	not all_excluded
	final.disposition in {"CASH_REFUND", "NOT_REFUNDABLE"}
}

_line(code, amount, lot, clause) := {"code": code, "amount": amount, "lot": lot, "clause": clause}

_item_lines := [line |
	some item, entitlement in entitled
	not item in reversed_items
	some line in array.concat(
		array.concat(
			[_line("paid", entitlement.paid, item, entitlement.cite.clause)],
			[_line(deduction.code, deduction.amount, item, deduction.cite.clause) |
				some deduction in said.deductions
				deduction.item == item
				deduction.amount != 0
			],
		),
		_settlement_lines(item, entitlement),
	)
]

# how the policy's own worth of an item becomes what is paid on it
_settlement_lines(item, entitlement) := [line |
	some line in [
		_line("barred", allowed - entitlement.amount, item, _bar_clause(item)),
		_line("cap", min({0, due - allowed}), item, entitlement.cite.clause),
		_line("statutory", max({0, due - allowed}), item, _statute_clause(entitlement)),
		_line("not_requested", paid - due, item, entitlement.cite.clause),
	]
	line.amount != 0
] if {
	allowed := _allowed(item)
	due := object.get(final.paid.due, item, 0)
	paid := object.get(final.paid.items, item, 0)
}

default _allowed(_) := 0

_allowed(item) := pays[item] if not _stopped

# a bar stops all that the policy pays
_stopped if "bars" in final.why

_stopped if "over_bars" in final.why

_bar_clause(item) := concat("", {clause}) if {
	clause := min({found |
		some element in ((said.refusals | said.bars) | said.agreements)
		object.get(element, "item", item) == item
		found := element.cite.clause
	})
} else := entitled[item].cite.clause

_statute_clause(entitlement) := min({found.cite.clause | some found in law_said.duties; found.type == "REFUND_BY"}) if {
	withdrawal.repay_by
} else := entitlement.cite.clause

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
