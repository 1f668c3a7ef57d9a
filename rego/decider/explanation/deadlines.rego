package decider.explanation

import data.decider.settlement
import data.law.statute
import data.law.withdrawal
import data.lib.purchases
import data.rulebook

# METADATA
# description: Deadlines and duties that go with the decision.
obligations := {{"type": type, "due_at": due, "not_before": not_before, "clause": cite.clause} |
	some {"type": type, "due": due, "not_before": not_before, "on": _, "cite": cite} in _duties
}

_duties := _promised if {
	not withdrawal.covered
} else := {_within_the_statute(duty) | some duty in _promised} | {object.union(duty, {"not_before": 0, "on": "law"}) |
	some duty in statute.duties
	_owed_by_law(duty)
}

# the duties that the policy promises with a payment, and those that it promises with any answer
_promised := rulebook.duties | {{"type": type, "due": 0, "not_before": 0, "on": "cash", "cite": cite} |
	some {"type": type, "payment": payment, "cite": cite} in rulebook.payouts
	_refunded_from[payment] > 0
} if {
	_final.disposition == "CASH_REFUND"
} else := {duty | some duty in rulebook.duties; duty.on == "answer"} if {
	_final.disposition != "NEEDS_INFORMATION"
} else := set()

# the policy's promise to pay is never later than the statutory limit (ruling 18)
_within_the_statute(duty) := object.union(duty, {"due": limit, "not_before": min({duty.not_before, limit})}) if {
	duty.on == "cash"
	limit := withdrawal.repay_by
	duty.due > limit
} else := duty

_owed_by_law(_) if purchases.refund_asked

# whatever the withdrawal function was used for (ruling 22)
_owed_by_law(duty) if duty.type == "ACKNOWLEDGE_WITHDRAWAL"

# METADATA
# description: >-
#   The last whole second at which the same request is in time, or would have been: the later of refund window and
#   statutory period. It is 0 where the answer does not depend on time (ruling 31).
refundable_until := max(_deadlines | {0})

_deadlines contains until if {
	_time_counts
	not _barred
	some {"item": item, "until": until} in rulebook.windows
	_owed_in_time(item)
	_is_part(item)
}

_deadlines contains until if {
	some item, until in withdrawal.until
	_time_counts
	_law_counts
	withdrawal.claims[item].net > 0
	not settlement.repaid_items[item]
	_is_part(item)
}

# a used duplicate is repaid at any age, unless the law gives more of it (ruling 11)
_deadlines contains until if {
	some item, until in withdrawal.until
	lot := purchases.lots[item]
	settlement.repaid[lot.payment_id] > 0
	withdrawal.claims[item].due > max([0, settlement.share_of(lot)])
}

# a lapsed right would have paid
_deadlines contains until if {
	_denied
	_law_counts
	some item, until in withdrawal.lapsed
	not settlement.repaid_items[item]
}

_time_counts if {
	_final.disposition in {"CASH_REFUND", "MANUAL_REVIEW", "HOLD", "NEEDS_INFORMATION"}
	purchases.refund_asked
}

# a request in time would have been paid
_time_counts if {
	_denied
	settlement.settle(settlement.pays_without(_lateness), {}).amount > 0
}

_lateness := {"window", "period"}

_barred if {
	some bar in rulebook.bars
	bar.outcome == "deny"
}

_law_counts if not _barred

_law_counts if input.parameters.statutory_vs_disqualifier != "ignore"

# what the policy owes in time, whatever becomes of it later; an agreement knows no window (ruling 16)
_owed_in_time(item) if {
	not settlement.repaid_items[item]
	not settlement.agreed[item]
	object.remove(object.get(settlement.refused, item, {}), _lateness) == {}
	_left_of(item) > 0
}

# an item that is paid, if anything is
_is_part(item) if _final.paid.due[item] > 0

_is_part(_) if _final.disposition != "CASH_REFUND"
