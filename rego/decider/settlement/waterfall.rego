package decider.settlement

import data.lib.money
import data.lib.purchases
import data.rulebook

# METADATA
# description: >-
#   What is left of each payment. Pending refunds count, unless the request is on hold: its bounds say what may come of
#   it (ruling 10).
left := {payment.id: max([0, payment.kept - payment.pending]) | some payment in input.payments} if {
	rulebook.holds == set()
} else := {payment.id: payment.kept | some payment in input.payments}

# METADATA
# description: What is left of all payments.
left_in_all := sum([amount | some amount in left])

# METADATA
# description: The most that the request asks for, billing errors included.
requested_at_most := input.request.amount if {
	input.request.amount != null
} else := left_in_all

# the cap of a payment; what was overcharged is not part of it (rulings 12, 25)
_caps := {payment.id: max([0, left[payment.id] - payment.overcharged]) | some payment in input.payments}

# the cap under the contract is less by a fee that is not refundable (ruling 25)
_contract_caps := {payment.id: cap |
	some payment in input.payments
	cap := max([0, (left[payment.id] - payment.overcharged) - object.get(_retained, payment.id, 0)])
}

_retained := {retention.payment: retention.amount | some retention in rulebook.retentions}

# METADATA
# description: What the policy itself pays on each item, within the caps.
contract_due := _contract(pays)

_contract(policy) := _capped(purchases.less_lost(policy), _contract_caps)

# METADATA
# description: >-
#   The amount that is paid on each item for the claims of the policy and of the statute. `policy` is what the policy owes,
#   `due` the better of both within the caps, `items` the requested part of it, and `amount` their sum (rulings 21, 25, 26).
#   The least amount that the policy pays does not bind the statute.
settle(policy, statute) := settled if {
	settled := _settled(policy, _better(policy, statute))
	settled.amount >= input.parameters.min_refund_minor
} else := _settled(policy, _capped(purchases.less_lost(statute), _caps))

_settled(policy, due) := {"policy": policy, "due": due, "items": items, "amount": sum([amount | some amount in items])} if {
	items := _requested(due)
}

# the part of several amounts that is requested beyond what is paid for billing errors
_requested(amounts) := money.fit(amounts, input.request.amount - repaid_amount) if {
	input.request.amount != null
} else := amounts

# the better of policy and statute for every item; lost disputes are no part of a cap and come off afterwards
_better(policy, statute) := _contract(policy) if {
	statute == {}
} else := _capped(purchases.less_lost(best), _caps) if {
	contract := _capped(policy, {id: limit |
		some id, cap in _contract_caps
		limit := cap + object.get(purchases.lost, id, 0)
	})
	best := object.union(contract, {item: max({amount} | {contract[item]}) | some item, amount in statute})
}

# amounts by item, cut so that the items of a payment stay within its cap
_capped(amounts, caps) := amounts if {
	# no cap binds a sum below the least of them
	sum([amount | some amount in amounts]) <= min([cap | some cap in caps])
} else := {item: amount |
	some id, cap in caps
	some item, amount in money.fit({item: amounts[item] | some item in purchases.paid_for[id]}, cap)
}
