package decider.outcome

import data.lib.prorata
import data.lib.purchases

# METADATA
# description: What changes with the decision. An effect of 0 credits is left out.
effects := [change[3] | some change in sort(_changes)]

_effect(type, lot, credits, clause) := {"type": type, "lot": lot, "credits": credits, "event": "", "order": "", "clause": clause}

# each behind what it is listed by; incidents among it, since two may grant the same
_changes contains ["REMOVE_CREDITS", id, "", effect] if {
	some id, credits in base_removed
	credits > 0
	effect := _effect("REMOVE_CREDITS", id, credits, _removal_clause(id))
}

# credits go with what the policy pays, else with what the statute does
_removal_clause(id) := entitled[id].cite.clause if {
	allowed[id] > 0
} else := _statute_clause(entitled[id].cite.clause)

_changes contains ["REMOVE_BONUS", id, "", effect] if {
	some removal in said.bonus_removals
	id := removal.item
	credits := _of_bonus(removal.mode, purchases.lots[id], base_removed[id])
	credits > 0
	effect := _effect("REMOVE_BONUS", id, credits, removal.cite.clause)
}

_changes contains [effect.type, effect.lot, "", effect] if {
	some lot in purchases.lots
	reversals[lot.payment_id]
	final.disposition == "CASH_REFUND"
	some effect in _taken(lot, reversed[lot.payment_id], reversals[lot.payment_id])
	effect.credits > 0
}

_changes contains ["RESTORE_CREDITS", "", restoration.event, effect] if {
	some restoration in said.restorations
	final.disposition == "RESTORE_CREDITS"
	restoration.credits > 0
	effect := object.union(
		_effect("RESTORE_CREDITS", "", restoration.credits, restoration.cite.clause),
		{"event": restoration.event},
	)
}

_changes contains ["GRANT_SERVICE_CREDIT", "", credit.incident, effect] if {
	some credit in credits_due
	final.disposition in {"CASH_REFUND", "SERVICE_CREDIT"}
	credit.credits > 0
	effect := _effect("GRANT_SERVICE_CREDIT", "", credit.credits, credit.cite.clause)
}

_changes contains [cancellation.type, "", "", effect] if {
	some cancellation in cancellations
	some plan in input.plans
	effect := object.union(_effect(cancellation.type, "", 0, cancellation.cite.clause), {"order": plan.order_ref})
}

# a lot whose own charge came back whole, so that nothing is paid on it, keeps no credits once its group pays anything
# (ruling 34)
_changes contains [type, lot.id, "", _effect(type, lot.id, credits, min(refunded_groups[lot.group]))] if {
	some lot in input.repaid_lots
	some type, credits in {"REMOVE_CREDITS": lot.left, "REMOVE_BONUS": lot.bonus_left}
	credits > 0
}

# METADATA
# description: Groups of payments of which something is paid, each with the clauses by which it is.
refunded_groups[source.group] contains clause if {
	final.disposition == "CASH_REFUND"
	some source in input.refund_sources
	some clause in _paying_clauses(source.payment_id)
}

_paying_clauses(id) := {reversals[id].cite.clause | reversed[id] > 0} | {entitled[item].cite.clause |
	some item in purchases.paid_for[id]
	final.paid.items[item] > 0
}

# METADATA
# description: >-
#   Base credits removed for an amount paid on a lot, by id: all it is about, unless a part of the amount was asked for,
#   then in proportion, rounded up (ruling 26). A cap takes all.
base_removed[id] := prorata.portion(lot, input.request) - lot.base_taken if {
	some id, amount in final.paid.items
	amount > 0
	amount >= final.paid.due[id]
	lot := purchases.lots[id]
}

base_removed[id] := min({lot.left, floor((((amount * lot.left) + owed) - 1) / owed)}) if {
	some id, amount in final.paid.items
	amount < final.paid.due[id]
	amount > 0
	lot := purchases.lots[id]
	owed := max({object.get(purchases.less_lost(allowed), id, 0), object.get(purchases.less_lost(least), id, 0), final.paid.due[id]})
}

_of_bonus("all_remaining", lot, _) := lot.bonus_left

_of_bonus("pro_rata", lot, _) := lot.bonus_left if lot.left == 0

_of_bonus("pro_rata", lot, removed) := floor((lot.bonus_left * removed) / lot.left) if lot.left > 0

# a reversed duplicate takes what is left of the lot it granted (ruling 11); where a part of it was asked for, a part of
# the base credits (ruling 26)
_taken(lot, paid, reversal) := {
	_effect("REMOVE_CREDITS", lot.id, _part(asked, paid, reversal.amount), reversal.cite.clause),
	_effect("REMOVE_BONUS", lot.id, lot.bonus_left, reversal.cite.clause),
} if {
	reversal.kind == "duplicate"
	paid > 0
	asked := prorata.portion(lot, input.request) - lot.base_taken
}

_taken(_, _, reversal) := set() if reversal.kind == "overcharge"

_part(credits, paid, whole) := credits if paid == whole

_part(credits, paid, whole) := floor((((paid * credits) + whole) - 1) / whole) if paid < whole

# METADATA
# description: The cancellations that go with the decision.
cancellations contains cancellation if {
	some cancellation in said.cancellations
	cancellation.when == "running"
	final.disposition == "CANCELLATION"
	not purchases.refund_asked
}

cancellations contains cancellation if {
	some cancellation in said.cancellations
	cancellation.when == "refunded"
	_plan_refunded
}

_plan_refunded if {
	final.disposition == "CANCELLATION"
	purchases.refund_asked
}

_plan_refunded if {
	final.disposition == "CASH_REFUND"
	final.paid.items[""] > 0
}

_plan_refunded if {
	final.disposition == "CASH_REFUND"
	some id, reversal in reversals
	reversal.kind == "late_charge"
	reversed[id] > 0
}

# who cancels must be known, also where a duplicate is paid back without that (ruling 7)
_plan_refunded if {
	final.disposition == "CASH_REFUND"
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	lacking == set()
}
