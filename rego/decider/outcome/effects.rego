package decider.outcome

import data.lib.prorata
import data.lib.purchases

# METADATA
# description: What changes with the decision. An effect of 0 credits is left out.
effects := [found[3] |
	some found in sort(array.concat(_credits_granted, [[effect.type, effect.lot, effect.event, effect] |
		some effect in (((_removed | _duplicates_removed) | _restored) | _cancelled)
		_felt(effect)
	]))
]

_felt(effect) if effect.credits > 0

_felt(effect) if effect.type in {"CANCEL_AT_PERIOD_END", "CANCEL_NOW", "STOP_RENEWAL"}

_effect(type, lot, credits, clause) := {"type": type, "lot": lot, "credits": credits, "event": "", "order": "", "clause": clause}

_removed := {effect |
	final.disposition == "CASH_REFUND"
	some id, amount in final.paid.items
	amount > 0
	lot := purchases.lots[id]
	some effect in _of_lot(lot, base_removed(lot, amount))
}

_of_lot(lot, removed) := {_effect("REMOVE_CREDITS", lot.id, removed, entitled[lot.id].cite.clause)} | {effect |
	some removal in said.bonus_removals
	removal.item == lot.id
	effect := _effect("REMOVE_BONUS", lot.id, _bonus_removed(removal.mode, lot, removed), removal.cite.clause)
}

# METADATA
# description: >-
#   Base credits removed for an amount paid on a lot: all it is about, unless a part of the amount was asked for, then
#   in proportion, rounded up (ruling 26). A cap takes all.
base_removed(lot, amount) := prorata.portion(lot, input.request) - lot.base_taken if amount >= final.paid.due[lot.id]

base_removed(lot, amount) := min({lot.left, floor((((amount * lot.left) + owed) - 1) / owed)}) if {
	amount < final.paid.due[lot.id]
	owed := max({object.get(allowed, lot.id, 0), object.get(floors, lot.id, 0), final.paid.due[lot.id]})
}

_bonus_removed("all_remaining", lot, _) := lot.bonus_left

_bonus_removed("pro_rata", lot, _) := lot.bonus_left if lot.left == 0

_bonus_removed("pro_rata", lot, removed) := floor((lot.bonus_left * removed) / lot.left) if lot.left > 0

# a reversed duplicate takes what is left of the lot it granted (ruling 11); where a part of it was asked for, a part of
# the base credits (ruling 26)
_duplicates_removed := {effect |
	final.disposition == "CASH_REFUND"
	some lot in purchases.lots
	some effect in _taken(lot, reversed[lot.payment_id], reversals[lot.payment_id])
}

_taken(lot, paid, reversal) := {
	_effect("REMOVE_CREDITS", lot.id, _part(lot.left, paid, reversal.amount), reversal.cite.clause),
	_effect("REMOVE_BONUS", lot.id, lot.bonus_left, reversal.cite.clause),
} if {
	reversal.kind == "duplicate"
	paid > 0
}

_taken(_, _, reversal) := set() if reversal.kind == "overcharge"

_part(credits, paid, whole) := credits if paid == whole

_part(credits, paid, whole) := floor((((paid * credits) + whole) - 1) / whole) if paid < whole

_restored := {effect |
	final.disposition == "RESTORE_CREDITS"
	some restoration in said.restorations
	effect := object.union(_effect("RESTORE_CREDITS", "", restoration.credits, restoration.cite.clause), {"event": restoration.event})
}

# one for each incident: a list, since two may grant the same
_credits_granted := [[effect.type, "", credit.incident, effect] |
	final.disposition in {"CASH_REFUND", "SERVICE_CREDIT"}
	some credit in credits_due
	effect := _effect("GRANT_SERVICE_CREDIT", "", credit.credits, credit.cite.clause)
]

_cancelled := {effect |
	some when in _cancels
	some cancellation in said.cancellations
	cancellation.when == when
	some plan in input.plans
	effect := object.union(_effect(cancellation.type, "", 0, cancellation.cite.clause), {"order": plan.order_ref})
}

_cancels contains "running" if {
	final.disposition == "CANCELLATION"
	not purchases.refund_asked
}

_cancels contains "refunded" if {
	final.disposition == "CANCELLATION"
	purchases.refund_asked
}

_cancels contains "refunded" if {
	final.disposition == "CASH_REFUND"
	final.paid.items[""] > 0
}

_cancels contains "refunded" if {
	final.disposition == "CASH_REFUND"
	some reversal in reversals
	reversal.kind == "late_charge"
}

_cancels contains "refunded" if {
	final.disposition == "CASH_REFUND"
	input.request.remedy == "CANCEL_SUBSCRIPTION"
}
