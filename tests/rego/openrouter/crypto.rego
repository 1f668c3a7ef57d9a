package rulebook

import data.lib.purchases

# METADATA
# title: The credits were paid for in cryptocurrency
refusals contains {"item": id, "code": "openrouter_crypto", "cite": input.grounds.openrouter_crypto} if {
	some id, lot in purchases.lots
	purchases.payments[lot.payment_id].method in input.parameters.non_refundable_methods
}
