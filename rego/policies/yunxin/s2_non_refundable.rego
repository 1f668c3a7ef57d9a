package policies.yunxin

import data.lib.account
import data.lib.purchases
import data.lib.sender
import data.lib.window

# METADATA
# title: All credits were consumed
# custom: {clause: yunxin/nr-consumed, role: BARS}
refusals contains {"item": id, "code": "consumed", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.unused == 0
}

# METADATA
# title: Partly consumed, and nothing is given back for it
# custom: {clause: yunxin/nr-consumed, role: BARS}
refusals contains {"item": id, "code": "strict", "cite": rego.metadata.rule().custom} if {
	input.parameters.partial_use == "strict"
	some id, lot in purchases.lots
	_partly_used(lot)
}

# METADATA
# title: What was consumed is not known, or not recently enough
# custom: {clause: yunxin/nr-consumed, role: REQUIRES}
missing contains {"code": "fresh_balance", "cite": rego.metadata.rule().custom} if {
	not sender.balance_fresh
	some _ in purchases.lots
	_refund_by_form
}

# METADATA
# title: Credits held by running requests count as consumed
# custom: {clause: yunxin/nr-consumed, role: LIMITS}
warnings contains {"code": "credits_reserved", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.base_reserved + lot.bonus_reserved > 0
	purchases.refund_asked
}

# METADATA
# title: Bonus credits are drawn first where nobody says otherwise
# custom: {clause: yunxin/nr-consumed, role: LIMITS}
readings contains {"parameter": "consumption_order", "cite": rego.metadata.rule().custom} if {
	input.ledger.consumption_order == "UNSPECIFIED"
	some lot in purchases.lots
	not lot.usage_split_told
}

# METADATA
# title: Contested requests whose error was not ours, or that were settled
# custom: {clause: yunxin/nr-consumed, role: BARS}
contested_bars contains {"cite": rego.metadata.rule().custom} if {
	input.request.contested == true
}

# METADATA
# title: More than 14 days after the purchase
# custom: {clause: yunxin/nr-14d, role: BARS}
refusals contains {"item": id, "code": "window", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	not window.open(lot)
}

# METADATA
# title: Days are counted as window.mode says
# custom: {clause: yunxin/nr-14d, role: LIMITS}
readings contains {"parameter": "window.mode", "cite": rego.metadata.rule().custom} if {
	some _ in purchases.lots
}

# METADATA
# title: The account was closed for a violation
# custom: {clause: yunxin/nr-suspended, role: BARS}
bars contains {"code": "violation_confirmed", "outcome": "deny", "cite": rego.metadata.rule().custom} if {
	input.account.status_reason == "TOS_VIOLATION"
	_closed
}

# METADATA
# title: The account was closed and nobody says why
# custom: {clause: yunxin/nr-suspended, role: BARS}
bars contains {"code": "status_reason_unknown", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	input.account.status_reason == "UNSPECIFIED"
	_closed
}

# METADATA
# title: The account is under investigation
# custom: {clause: yunxin/nr-suspended, role: BARS}
holds contains {"code": "account_under_investigation", "cite": rego.metadata.rule().custom} if {
	input.account.status_reason == "UNDER_INVESTIGATION"
	_closed
	not _only_duplicates
}

# METADATA
# title: The account's state is read at the decision or the request
# custom: {clause: yunxin/nr-suspended, role: LIMITS}
readings contains {"parameter": "account_state_as_of", "cite": rego.metadata.rule().custom} if {
	input.account.changed_after_request == true
	some _ in purchases.lots
}

# the clause is about credits, not about the fee of a plan (ruling 17)
_closed if {
	input.account.status in {"SUSPENDED", "TERMINATED"}
	some _ in purchases.lots
	account.state_counts
}

# a verified duplicate is held by its own payment only (ruling 10)
_only_duplicates if {
	input.parameters.duplicate_mode == "auto"
	every payment in input.payments {
		payment.duplicate == "VERIFIED"
	}
}

# METADATA
# title: How old a balance may be
# custom: {clause: yunxin/nr-consumed, role: LIMITS}
readings contains {"parameter": "freshness_s", "cite": rego.metadata.rule().custom} if {
	sender.balance_stale
	some _ in purchases.lots
	_refund_by_form
}
