package decider.explanation

import data.decider.settlement
import data.law.statute
import data.law.withdrawal
import data.lib.purchases
import data.rulebook

# METADATA
# description: Warnings, a closed list (ruling 38).
warnings := {{"code": warning.code, "clause": warning.cite.clause, "until": object.get(warning, "until", 0)} |
	some warning in (_policy_warnings | {warning | _law_applies; some warning in statute.warnings})
}

_policy_warnings contains warning if some warning in rulebook.warnings

_policy_warnings contains exclusion if {
	some exclusion in rulebook.exclusions
	withdrawal.order_known
}

_policy_warnings contains finding if {
	some cause in _final.causes
	some finding in _warned_by(cause)
}

_warned_by("holds") := rulebook.holds

_warned_by("agreements") := _asked_by("agreements")

_warned_by("exceptions") := {exception | some exception in settlement.exceptions; exception.code == "duplicate_unverified"}

_policy_warnings contains bar if {
	some bar in rulebook.bars
	bar.code == "status_reason_unknown"
	purchases.refund_asked
	_bars_weighed
}

# a denial on the merits does not follow from the bars (ruling 17)
_bars_weighed if _final.disposition != "NOT_REFUNDABLE"

_bars_weighed if "bars" in _final.causes

_policy_warnings contains _with_code(found, "statutory_right_despite_disqualifier") if {
	_overrides_bars
	some found in statute.over_bars
}

_policy_warnings contains warning if {
	_denied
	some warning in _warnings_of_denial
}

_policy_warnings contains {"code": "rest_under_review", "cite": {"clause": questions[0].clause, "role": "LIMITS"}} if _left_to_review

_policy_warnings contains _with_code(entitlement, "capped_to_entitlement") if {
	_final.disposition in {"CASH_REFUND", "MANUAL_REVIEW"}
	_more_requested
	some entitlement in rulebook.entitlements
}

_more_requested if {
	input.request.amount != null
	input.request.amount > _final.amount + _final.bounds.max
}

_more_requested if {
	input.request.credits != null
	some lot in purchases.lots
	input.request.credits > lot.left
}

_warnings_of_denial contains _nothing_due(item, entitlement) if {
	some item, entitlement in settlement.entitled
	not settlement.refused[item]
}

# nothing unused is left, or what is left is worth nothing; other refusals say nothing of that (ruling 46)
_warnings_of_denial contains _with_code(refusal, "nothing_refundable") if {
	"merits" in _final.causes
	some refusal in rulebook.refusals
	refusal.code in {"consumed", "category"}
}

_warnings_of_denial contains {"code": "window_closed", "cite": refusal.cite, "until": ends[refusal.item]} if {
	"merits" in _final.causes
	ends := {window.item: window.until | some window in rulebook.windows}
	some refusal in rulebook.refusals
	refusal.code == "window"
	settlement.refused[refusal.item].window
}

# a lost dispute or earlier refunds took all that the item was worth, or it was worth nothing
_nothing_due(item, entitlement) := {"code": "already_returned", "cite": settlement.loss_cites[purchases.bought[item].payment_id]} if {
	_gone(item, entitlement)
	_disputed[item]
} else := _with_code(entitlement, "already_refunded") if {
	_gone(item, entitlement)
} else := _with_code(entitlement, "nothing_refundable") if {
	"merits" in _final.causes
	not settlement.agreed[item].NOT_REFUNDABLE
	object.get(settlement.contract_due, item, 0) == 0
}

_gone(item, entitlement) if {
	entitlement.gross > 0
	_left_of(item) == 0
}

# refunds of any kind took what the payment could still give
_gone(item, entitlement) if {
	entitlement.gross > 0
	settlement.contract_due[item] == 0
	purchases.payments[purchases.bought[item].payment_id].refunded > 0
}

_left_of(item) := settlement.entitled[item].amount - object.get(_disputed, item, 0)
