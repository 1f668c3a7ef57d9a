package decider.explanation

import data.decider.precedence
import data.decider.settlement
import data.law.statute
import data.law.withdrawal
import data.lib.prorata
import data.lib.purchases
import data.rulebook

# METADATA
# description: >-
#   The lines from what was paid to what is due, each with its clause. They sum to the amount, or to 0 where nothing is
#   paid. Only a refund and a denial on the merits have them.
breakdown := array.concat(_judged_lines, [line |
	some [error, amount] in array.concat(
		[[settlement.billing_errors[id], amount] | some id, amount in settlement.repaid],
		[[error, 0] | some error in settlement.spent],
	)
	some line in _error_lines(purchases.payments[error.payment], error, amount)
]) if {
	_final.disposition in {"CASH_REFUND", "NOT_REFUNDABLE"}
	_merits_asked
} else := []

# the lines to the upper bound of a review, where the worth of the purchases explains it
_breakdown_at_most := lines if {
	_final.at_most != null
	lines := _item_lines(_final.at_most)
	sum([line.amount | some line in lines]) == _final.bounds.max
} else := []

# where a reviewer or a wait stands between the worth of an item and its payment, there are no lines
_judged_lines := _item_lines(_final.paid) if {
	_items_judged
} else := []

_items_judged if not "billing_errors" in _final.causes

_items_judged if _final.paid.items != {}

_items_judged if precedence.all_requested_is_repaid

_items_judged if {
	precedence.rest_counts
	precedence.rest.disposition == "NOT_REFUNDABLE"
	rulebook.holds == set()
}

# from the worth of each item to its payment
_item_lines(paid) := [line |
	some item, entitlement in settlement.entitled
	not settlement.repaid_items[item]
	some [code, amount, clause] in array.concat(
		[["paid", entitlement.paid, entitlement.cite.clause]],
		array.concat(
			[[code, amount, cite.clause] | some {"item": _, "code": code, "amount": amount, "cite": cite} in settlement.deducted[item]],
			_settlement_lines(item, entitlement, paid),
		),
	)
	line := {"code": code, "amount": amount, "lot": item, "payment": purchases.bought[item].payment_id, "clause": clause}
]

# the lines for a bar or a refusal, for the statute or the cap, and for the part that was not requested
_settlement_lines(item, entitlement, paid) := [] if {
	paid.policy[item] == entitlement.amount
	paid.due[item] == entitlement.amount
	paid.items[item] == entitlement.amount
} else := [line |
	lost := object.get(_disputed, item, 0)
	worth := entitlement.amount - lost
	allowed := min({worth, object.get(paid.policy, item, 0)})
	due := object.get(paid.due, item, 0)
	clause := entitlement.cite.clause
	some line in [
		["disputed", 0 - lost, object.get(settlement.loss_cites, [purchases.bought[item].payment_id, "clause"], "")],
		[_bar_code, allowed - worth, _bar_clause(item, clause)],
		["cap", min({0, due - allowed}), clause],
		["statutory", max({0, due - allowed}), _statute_clause(clause)],
		["not_requested", object.get(paid.items, item, 0) - due, clause],
	]
	line[1] != 0
]

# the part of each item's worth that lost disputes took
_disputed := {item: lost |
	some item, taken in purchases.lost_of
	lost := min({taken, settlement.entitled[item].amount})
	lost > 0
}

_bar_code := "not_requested" if {
	precedence.all_requested_is_repaid
} else := "barred"

_bar_clause(item, clause) := min([refusal | some refusal in settlement.refusals[item]]) if {
	settlement.refused[item]
} else := object.get(_barring, "clause", clause)

# the first clause of the bars, else of the agreements, looked up once however many purchases there are
_barring := {"clause": min({bar.cite.clause | some bar in rulebook.bars})} if {
	rulebook.bars != set()
} else := {"clause": min({agreement.cite.clause | some agreement in rulebook.agreements})} if {
	rulebook.agreements != set()
} else := {}

_statute_clause(clause) := min({duty.cite.clause | some duty in statute.duties; duty.type == "REFUND_BY"}) if {
	withdrawal.repay_by
} else := clause

# from what was captured to what is left of it, to its worth, to the requested part
_error_lines(payment, error, amount) := [line |
	some [code, minor] in _error_amounts(payment, error, amount)
	line := {"code": code, "amount": minor, "lot": _lot_of(payment, error), "payment": payment.id, "clause": error.cite.clause}
]

# a payment for one lot names it
_lot_of(payment, error) := min(purchases.paid_for[payment.id]) if {
	error.kind != "overcharge"
	count(purchases.paid_for[payment.id]) == 1
} else := ""

_error_amounts(payment, error, amount) := [["overcharge", amount]] if {
	error.kind == "overcharge"
} else := [["duplicate", amount]] if {
	purchases.paid_for[payment.id] == set()
} else := [[code, minor] |
	left := settlement.left[payment.id]
	used := _used_of(payment, left - error.amount)
	some [code, minor] in [
		["paid", payment.captured],
		["already_refunded", 0 - payment.refunded],
		["disputed", (payment.kept + payment.refunded) - payment.captured],
		["cap", left - payment.kept],
		["used", 0 - used],
		["not_requested", (amount + used) - left],
	]
	minor != 0
]

# how much of what an error does not give back was used; the rest was not requested
_used_of(payment, kept) := min({limit, max([0, kept - unrequested])}) if {
	lots := settlement.lots_of(payment)
	unrequested := sum([_worth_between(lot, prorata.portion(lot, input.request), lot.unused) | some lot in lots])
	used := sum([_worth_between(lot, lot.unused, lot.base) | some lot in lots])
	limit := {true: used, false: kept}[payment.paid_for_more]
}

_worth_between(lot, fewer, credits) := settlement.worth_of(credits, lot) - settlement.worth_of(fewer, lot)
