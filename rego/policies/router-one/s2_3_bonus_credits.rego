package policies["router-one"]

import data.lib.purchases

# METADATA
# title: Only bonus credits are left
# custom: {clause: router-one/2.3-bonus-nr, role: BARS}
refusals contains {"item": id, "code": "consumed", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.unused == 0
	lot.bonus_left > 0
}

# METADATA
# title: Promotional credits are worth no money
# custom: {clause: router-one/2.3-bonus-nr, role: BARS}
refusals contains {"item": lot.id, "code": "category", "cite": rego.metadata.rule().custom} if {
	some lot in input.lots
	lot.category == "PROMOTIONAL"
	not lot.sold_elsewhere
}

# METADATA
# title: Bonus that was used is kept
# custom: {clause: router-one/2.3-bonus-nr, role: LIMITS}
warnings contains {"code": "consumed_bonus_kept", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.bonus_used > 0
	not input.parameters.deduct_consumed_bonus
	purchases.refund_asked
}

# METADATA
# title: Bonus that was used is taken off the base
# custom: {clause: router-one/2.3-bonus-nr, role: LIMITS}
deductions contains {"item": id, "code": "deducted_bonus", "amount": worth.deducted_bonus, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.deducted_bonus < 0
}

# METADATA
# title: What becomes of bonus that was used
# custom: {clause: router-one/2.3-bonus-nr, role: LIMITS}
readings contains {"parameter": "deduct_consumed_bonus", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.bonus_used > 0
}

# METADATA
# title: Bonus left goes with a refunded purchase
# custom: {clause: router-one/2.3-bonus-removed, role: REQUIRES}
bonus_removals contains {"item": id, "mode": input.parameters.bonus_removal, "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.bonus_left > 0
}

# METADATA
# title: All bonus left, or a part of it
# custom: {clause: router-one/2.3-bonus-removed, role: LIMITS}
readings contains {"parameter": "bonus_removal", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.bonus_left > 0
}
