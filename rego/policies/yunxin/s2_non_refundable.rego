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
	input.terms.partial_use == "strict"
	some id, lot in purchases.lots
	_partly_used(lot)
}

# METADATA
# title: What was consumed is not known, or not recently enough
# custom: {clause: yunxin/nr-consumed, role: REQUIRES}
missing contains {"code": "fresh_balance", "cite": rego.metadata.rule().custom} if {
	_refund_by_form
	some _ in purchases.lots
	not sender.balance_fresh
}

# METADATA
# title: Credits held by running requests count as consumed
# custom: {clause: yunxin/nr-consumed, role: LIMITS}
warnings contains {"code": "credits_reserved", "cite": rego.metadata.rule().custom} if {
	purchases.refund_asked
	some lot in purchases.lots
	lot.base_reserved + lot.bonus_reserved > 0
}

# METADATA
# title: Bonus credits are drawn first where nobody says otherwise
# custom: {clause: yunxin/nr-consumed, role: LIMITS}
readings contains {"parameter": "consumption_order", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	not lot.usage_split_told
	input.ledger.consumption_order == "UNSPECIFIED"
}

# METADATA
# title: Contested requests whose error was not ours, or that were settled
# custom: {clause: yunxin/nr-consumed, role: BARS}
contested_bars contains {"cite": rego.metadata.rule().custom} if {
	input.request.contested
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
bars contains {"code": "violation", "outcome": "deny", "cite": rego.metadata.rule().custom} if {
	_closed
	account.reason == "TOS_VIOLATION"
}

# METADATA
# title: The account was closed and nobody says why
# custom: {clause: yunxin/nr-suspended, role: BARS}
bars contains {"code": "unknown", "outcome": "review", "cite": rego.metadata.rule().custom} if {
	_closed
	account.reason == "UNSPECIFIED"
}

# METADATA
# title: A closure without a reason
# custom: {clause: yunxin/nr-suspended, role: LIMITS}
warnings contains {"code": "status_reason_unknown", "cite": rego.metadata.rule().custom} if {
	purchases.refund_asked
	_closed
	account.reason == "UNSPECIFIED"
}

# METADATA
# title: The account is under investigation
# custom: {clause: yunxin/nr-suspended, role: BARS}
holds contains {"code": "account_under_investigation", "cite": rego.metadata.rule().custom} if {
	_closed
	account.reason == "UNDER_INVESTIGATION"
	not _only_duplicates
}

# METADATA
# title: The account's state is read at the decision or the request
# custom: {clause: yunxin/nr-suspended, role: LIMITS}
readings contains {"parameter": "account_state_as_of", "cite": rego.metadata.rule().custom} if {
	some _ in purchases.lots
	input.account.changed_after_request
}

# the clause is about credits, not about the fee of a plan (ruling 17)
_closed if {
	some _ in purchases.lots
	account.status in {"SUSPENDED", "TERMINATED"}
}

# a verified duplicate is held by its own payment only (ruling 10)
_only_duplicates if {
	input.terms.duplicate_mode == "auto"
	count(input.payments) > 0
	every payment in input.payments {
		payment.duplicate == "VERIFIED"
	}
}

# METADATA
# title: How old a balance may be
# custom: {clause: yunxin/nr-consumed, role: LIMITS}
readings contains {"parameter": "freshness_s", "cite": rego.metadata.rule().custom} if {
	_refund_by_form
	some _ in purchases.lots
	sender.balance_stale
}
