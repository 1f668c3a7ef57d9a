package rulebook

import data.lib.purchases

# METADATA
# title: The account was closed for a violation
bars contains {"code": "violation_confirmed", "outcome": "deny", "cite": input.grounds.yunxin_violation} if {
	_yunxin_closed
	input.account.status_reason == "TOS_VIOLATION"
}

# METADATA
# title: The account was closed, and the reason is unknown
bars contains {"code": "status_reason_unknown", "outcome": "review", "cite": input.grounds.yunxin_reason_unknown} if {
	_yunxin_closed
	input.account.status_reason == "UNSPECIFIED"
}

# METADATA
# title: The account is under investigation
holds contains {"code": "account_under_investigation", "cite": input.grounds.yunxin_investigation} if {
	_yunxin_closed
	not _only_duplicates
	input.account.status_reason == "UNDER_INVESTIGATION"
}

# the clause is about credits, not about the fee of a plan (ruling 17)
_yunxin_closed if {
	_closed
	some _ in purchases.lots
}
