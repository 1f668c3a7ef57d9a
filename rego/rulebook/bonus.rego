package rulebook

import data.lib.purchases

# METADATA
# title: The bonus credits that are left go with a refunded purchase
bonus_removals contains {"item": id, "mode": input.parameters.bonus_removal, "cite": input.grounds.bonus_removed} if {
	some id, lot in purchases.lots
	lot.bonus_left > 0
}

# METADATA
# title: Bonus credits that were used are not deducted
warnings contains {"code": "consumed_bonus_kept", "cite": input.grounds.used_bonus_kept} if {
	purchases.refund_asked
	not input.parameters.deduct_consumed_bonus
	some lot in purchases.lots
	lot.bonus_used > 0
}
