package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: Warnings, a closed list (ruling 38).
warnings := {{"code": warning.code, "clause": warning.cite.clause, "until": object.get(warning, "until", 0)} |
	some warning in _all_warnings
}

_all_warnings contains warning if some warning in _policy_warnings

_all_warnings contains warning if {
	law_heard
	some warning in law_said.warnings
}

_policy_warnings contains warning if some warning in said.warnings

_policy_warnings contains exclusion if {
	some exclusion in said.exclusions
	withdrawal.order_known
}

_policy_warnings contains hold if {
	some hold in said.holds
	"holds" in final.why
}

_policy_warnings contains {"code": "duplicate_unverified", "cite": exception.cite} if {
	"exceptions" in final.why
	some exception in exceptions
	exception.code == "duplicate_unverified"
}

_policy_warnings contains {"code": "governed_by_agreement", "cite": agreement.cite} if {
	some agreement in said.agreements
	"agreements" in final.why
	agreement.terms == "NOT_MODELLED"
}

_policy_warnings contains {"code": "status_reason_unknown", "cite": bar.cite} if {
	some bar in said.bars
	bar.code == "status_reason_unknown"
	purchases.refund_asked
	_weighed
}

# a denial on the merits does not come of the bars (ruling 17)
_weighed if final.disposition != "NOT_REFUNDABLE"

_weighed if "bars" in final.why

_policy_warnings contains {"code": "statutory_right_despite_disqualifier", "cite": element.cite} if {
	_statute_despite_bar
	some element in law_said.over_bars
}

_policy_warnings contains warning if {
	_denied
	some warning in _denial_warnings
}

_denial_warnings contains {"code": _returned_by(item), "cite": _returned_cite(item)} if {
	some item, entitlement in entitled
	not refused[item]
	_returned(item, entitlement)
}

# nothing unused is left, or what is left is worth nothing; a refusal for another reason says nothing of that (ruling 46)
_denial_warnings contains {"code": "nothing_refundable", "cite": refusal.cite} if {
	"merits" in final.why
	some refusal in said.refusals
	refusal.code in {"consumed", "category"}
}

_denial_warnings contains {"code": "window_closed", "cite": refusal.cite, "until": _window_ends[refusal.item]} if {
	"merits" in final.why
	some refusal in said.refusals
	refusal.code == "window"
	not _lifted(refusal)
}

_window_ends := {window.item: window.until | some window in said.windows}

_denial_warnings contains {"code": "nothing_refundable", "cite": entitlement.cite} if {
	"merits" in final.why
	some item, entitlement in entitled
	not refused[item]
	not agreed[item].NOT_REFUNDABLE
	not _returned(item, entitlement)
	object.get(contract_due, item, 0) == 0
}

_returned(item, entitlement) if {
	entitlement.gross > 0
	_left_of(item, entitlement) == 0
}

# refunds of any kind took what the payment could still give
_returned(item, entitlement) if {
	entitlement.gross > 0
	contract_due[item] == 0
	purchases.payments[purchases.paid_by[item]].refunded > 0
}

_left_of(item, entitlement) := entitlement.amount - object.get(disputed, item, 0)

_policy_warnings contains {"code": "rest_under_review", "cite": {"clause": first.clause, "role": "LIMITS"}} if {
	left_to_review
	first := sort(questions)[0]
}

_policy_warnings contains {"code": "capped_to_entitlement", "cite": entitlement.cite} if {
	final.disposition in {"CASH_REFUND", "MANUAL_REVIEW"}
	asked_too_much
	some entitlement in said.entitlements
}

_denied if {
	final.disposition == "NOT_REFUNDABLE"
	purchases.refund_asked
	not all_excluded
}

_returned_by(item) := "already_returned" if {
	disputed[item]
} else := "already_refunded"

_returned_cite(item) := _loss_cites[purchases.paid_by[item]] if {
	disputed[item]
} else := entitled[item].cite

asked_too_much if {
	input.request.asked == "AMOUNT"
	input.request.amount > final.amount + final.bounds.max
}

asked_too_much if {
	input.request.asked == "CREDITS"
	some lot in purchases.lots
	input.request.credits > lot.left
}
