package rulebook

import data.lib.purchases

# METADATA
# title: All credits were consumed
refusals contains {"item": id, "code": "consumed", "cite": input.grounds.all_consumed} if {
	some id, lot in purchases.lots
	lot.unused == 0
	lot.bonus_left == 0
}

# METADATA
# title: Only bonus credits are left
refusals contains {"item": id, "code": "consumed", "cite": input.grounds.only_bonus_left} if {
	some id, lot in purchases.lots
	lot.unused == 0
	lot.bonus_left > 0
}

# METADATA
# title: The purchase was partly used, and nothing is given back for it
refusals contains {"item": id, "code": "strict", "cite": input.grounds.partly_used_refused} if {
	input.parameters.partial_use == "strict"
	some id, lot in purchases.lots
	_partly_used(lot)
}

# METADATA
# title: The purchase was partly used, and a reviewer decides
reviews contains {"item": id, "code": "partial_use", "cite": input.grounds.partly_used_reviewed} if {
	input.parameters.partial_use == "review"
	some id, lot in purchases.lots
	_partly_used(lot)
}

_partly_used(lot) if {
	lot.unused > 0
	lot.unused < lot.base
}

# METADATA
# title: The used share of a purchase is kept
proportions contains {"item": id, "cite": input.grounds.used} if {
	some id, lot in purchases.lots
	lot.unused < lot.base
}

# METADATA
# title: The unused share of a purchase is given back
proportions contains {"item": id, "cite": input.grounds.unused_share} if {
	some id, lot in purchases.lots
	lot.unused < lot.base
}

# METADATA
# title: Credits held by running requests count as consumed
warnings contains {"code": "credits_reserved", "cite": input.grounds.credits_reserved} if {
	purchases.refund_asked
	some lot in purchases.lots
	lot.base_reserved + lot.bonus_reserved > 0
}
