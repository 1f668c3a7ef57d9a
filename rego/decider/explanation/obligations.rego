package decider.explanation

import data.law
import data.law.withdrawal
import data.lib.purchases
import data.rulebook

# METADATA
# description: Deadlines and duties that go with the decision.
obligations := {{"type": duty.type, "due_at": duty.due, "not_before": duty.not_before, "clause": duty.cite.clause} | some duty in _duties}

_duties := _promised if {
	not withdrawal.covered
} else := {_within_the_statute(duty) | some duty in _promised} | {object.union(duty, {"not_before": 0}) |
	some duty in law.duties
	_owed_by_law(duty)
}

# what the policy promises with a payment, and with any answer
_promised := {duty | some duty in rulebook.duties; duty.payment in _paying} if {
	_final.disposition == "CASH_REFUND"
} else := {duty | some duty in rulebook.duties; duty.on == "answer"} if {
	_final.disposition != "NEEDS_INFORMATION"
} else := set()

# payments that give something back; a duty without a payment goes with any of them
_paying := {""} | {id | some id, amount in _refunded_from; amount > 0}

# the policy's promise to pay is never later than the statutory limit (ruling 18)
_within_the_statute(duty) := object.union(duty, {"due": limit, "not_before": min({duty.not_before, limit})}) if {
	duty.on == "cash"
	limit := withdrawal.repay_by
	duty.due > limit
} else := duty

_owed_by_law(_) if purchases.refund_asked

# whatever the withdrawal function was used for (ruling 22)
_owed_by_law(duty) if duty.type == "ACKNOWLEDGE_WITHDRAWAL"
