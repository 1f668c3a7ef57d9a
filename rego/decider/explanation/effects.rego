package decider.explanation

import data.decider.settlement
import data.lib.prorata
import data.lib.purchases
import data.rulebook

# METADATA
# description: What changes with the decision. An effect of 0 credits is left out.
effects := [effect |
	# incidents are part of the order, since two may grant the same
	some [type, lot, _, event, clause, credits, order] in sort(_changes)
	effect := {"type": type, "lot": lot, "credits": credits, "event": event, "order": order, "clause": clause}
]

_changes contains change if {
	some change in _credit_changes
	change[5] > 0
}

_changes contains [cancellation.type, "", "", "", cancellation.cite.clause, 0, _order_of(plan)] if {
	some cancellation in _cancellations
	some plan in input.plans
}

# the answer holds an empty text where the plan has no order
_order_of(plan) := plan.order_ref if {
	plan.order_ref != null
} else := ""

_credit_changes contains ["REMOVE_CREDITS", id, "", "", _clause_of_payment(id), credits, ""] if some id, credits in _base_removed

_credit_changes contains ["REMOVE_BONUS", removal.item, "", "", removal.cite.clause, credits, ""] if {
	some removal in rulebook.bonus_removals
	credits := _bonus_removed(removal.mode, purchases.lots[removal.item], _base_removed[removal.item])
}

# a repaid duplicate takes what is left of the lots that it granted (ruling 11)
_credit_changes contains [type, lot.id, "", "", error.cite.clause, credits, ""] if {
	_final.disposition == "CASH_REFUND"
	some id, amount in settlement.repaid
	amount > 0
	error := settlement.billing_errors[id]
	error.kind == "duplicate"
	some lot in settlement.lots_of(purchases.payments[id])
	some type, credits in {"REMOVE_CREDITS": _part_of_base(lot, amount, error.amount), "REMOVE_BONUS": lot.bonus_left}
}

# a lot whose own charge came back whole keeps no credits once its group pays anything (ruling 34)
_credit_changes contains [type, lot.id, "", "", min(_paying_clauses[lot.group]), credits, ""] if {
	some lot in input.repaid_lots
	some type, credits in {"REMOVE_CREDITS": lot.left, "REMOVE_BONUS": lot.bonus_left}
}

# the clauses by which a group of payments pays
_paying_clauses[source.group] contains clause if {
	_final.disposition == "CASH_REFUND"
	some source in input.refund_sources
	some clause in _clauses_of(source.payment_id)
}

_clauses_of(id) := {settlement.billing_errors[id].cite.clause | settlement.repaid[id] > 0} | {settlement.entitled[item].cite.clause |
	some item in purchases.paid_for[id]
	_final.paid.items[item] > 0
}

# credits go with what the policy pays, else with what the statute pays
_clause_of_payment(id) := settlement.entitled[id].cite.clause if {
	_final.paid.policy[id] > 0
} else := _statute_clause(settlement.entitled[id].cite.clause)

# the base credits that go with the amount paid on each lot; a cap takes all of them
_base_removed := {id: _part_of_base(purchases.lots[id], amount, _whole(id, amount)) | some id, amount in _final.paid.items; amount > 0}

# of the credits that a request is about, the paid part of the amount, rounded up (ruling 26)
_part_of_base(lot, amount, whole) := floor((((amount * credits) + whole) - 1) / whole) if {
	credits := prorata.portion(lot, input.request) - lot.base_taken
}

_whole(id, amount) := amount if {
	amount >= _final.paid.due[id]
} else := max({_final.paid.due[id]} | {owed |
	some amounts in [_final.paid.policy, settlement.least]
	owed := purchases.less_lost(amounts)[id]
})

_bonus_removed("all_remaining", lot, _) := lot.bonus_left

_bonus_removed("pro_rata", lot, removed) := floor((lot.bonus_left * removed) / lot.left) if {
	lot.left > 0
} else := lot.bonus_left

_credit_changes contains ["RESTORE_CREDITS", "", "", restoration.event, restoration.cite.clause, restoration.credits, ""] if {
	_final.disposition == "RESTORE_CREDITS"
	some restoration in rulebook.restorations
}

_credit_changes contains ["GRANT_SERVICE_CREDIT", "", credit.incident, "", credit.cite.clause, credit.credits, ""] if {
	_final.disposition in {"CASH_REFUND", "SERVICE_CREDIT"}
	some credit in rulebook.service_credits
}

# the cancellations that go with the decision
_cancellations := {cancellation | some cancellation in rulebook.cancellations; cancellation.when == _plan_becomes}

_plan_becomes := "refunded" if {
	_final.disposition == "CASH_REFUND"
	_plan_paid_or_cancelled
} else := "refunded" if {
	_final.disposition == "CANCELLATION"
	purchases.refund_asked
} else := "running" if {
	_final.disposition == "CANCELLATION"
}

_plan_paid_or_cancelled if _final.paid.items[""] > 0

_plan_paid_or_cancelled if {
	some id, error in settlement.billing_errors
	error.kind == "late_charge"
	settlement.repaid[id] > 0
}

# a person who cancels must be identified, although a duplicate is repaid without that (ruling 7)
_plan_paid_or_cancelled if {
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	settlement.lacking == set()
}
