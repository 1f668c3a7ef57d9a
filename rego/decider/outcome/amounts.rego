package decider.outcome

import data.law.withdrawal
import data.lib.money
import data.lib.purchases

# METADATA
# description: >-
#   What is still left of a payment, by id. Pending refunds count, unless the request is held and the bounds say what may
#   come of it (ruling 10).
left := {payment.id: amount |
	some payment in input.payments
	amount := max([0, payment.kept - payment.pending])
} if {
	said.holds == set()
} else := {payment.id: payment.kept | some payment in input.payments}

# METADATA
# description: The cap of a payment, by id; what was overcharged is not part of it (rulings 12, 25).
caps := {payment.id: cap |
	some payment in input.payments
	cap := max([0, left[payment.id] - payment.overcharged])
}

# METADATA
# description: The cap of a payment under the contract, less a fee that is not refundable (ruling 25).
contract_caps := {payment.id: cap |
	some payment in input.payments
	kept := sum([retention.amount | some retention in object.get(_retained, payment.id, set())])
	cap := max([0, (left[payment.id] - payment.overcharged) - kept])
}

_retained := {id: found | some id, found in _retentions}

_retentions[retention.payment] contains retention if some retention in said.retentions

# before lost disputes, which are no part of the cap, come off the entitlement too
_contract_caps_before_loss := {id: amount |
	some id, cap in contract_caps
	amount := cap + object.get(purchases.lost, id, 0)
}

# METADATA
# description: Amounts by item, cut so that the items of a payment stay within its cap.
capped(amounts, limits) := amounts if {
	# less in all than the least cap: none can bind
	sum([amount | some amount in amounts]) <= min([limit | some limit in limits])
} else := {item: amount |
	some id, limit in limits
	some item, amount in money.fit({item: amounts[item] | some item in purchases.paid_for[id]; amounts[item]}, limit)
}

# METADATA
# description: >-
#   What the statute certainly pays before lost disputes come off, by item; the items of a reversed payment are settled
#   there.
floors := {item: claim.due |
	some item, claim in withdrawal.claims
	claim.certain
	not item in reversed_items
}

# METADATA
# description: What the statute pays at most, legal calls included.
ceilings := {item: claim.due |
	some item, claim in withdrawal.claims
	not item in reversed_items
}

# METADATA
# description: What the statute pays whichever way an open legal call ends (ruling 48).
least := {item: claim.due |
	some item, claim in withdrawal.least
	not item in reversed_items
}

# METADATA
# description: Floors, with the claims of which only the record of the information is in doubt (ruling 19).
late_floors := {item: claim.due |
	some item, claim in withdrawal.claims
	not item in reversed_items
	_settled(item, claim)
}

_settled(_, claim) if claim.certain

_settled(item, claim) if {
	claim.late
	withdrawal.standing[item] == "whole"
}

# METADATA
# description: What the policy itself pays before lost disputes come off, by item.
pays := {item: entitlement.amount |
	some item, entitlement in entitled
	not refused[item]
	not agreed[item].NOT_REFUNDABLE
	not reversed_items[item]
}

# METADATA
# description: What the policy would pay at most were the codes no bar.
pays_without(codes) := {item: entitlement.amount |
	some item, entitlement in entitled
	object.get(refused, item, set()) - codes == set()
	not item in reversed_items
}

# METADATA
# description: What the policy pays on the items that no reviewer has to look at.
pays_unreviewed := {item: amount |
	some item, amount in pays
	not item in _under_review
}

_under_review := {review.item | some review in said.reviews}

# METADATA
# description: >-
#   What is paid on each item, from what the policy and the statute owe on it: `due`, the better of both within the caps;
#   `items`, as much of it as was asked for; `amount`, their sum (rulings 21, 25, 26).
settle(policy, statute) := {"due": due, "items": due, "amount": total} if {
	input.request.asked != "AMOUNT"
	[due, total] := _least(_better(policy, statute), statute)
} else := {"due": due, "items": items, "amount": sum([amount | some amount in items])} if {
	[due, _] := _least(_better(policy, statute), statute)

	# what is asked for beside what is reversed
	items := money.fit(due, input.request.amount - reversed_amount)
}

_contract(policy) := capped(purchases.less_lost(policy), contract_caps)

# METADATA
# description: What the policy itself pays, by item, within the caps.
contract_due := _contract(pays)

# the better of both for every item, less what lost disputes took, within the caps
_better(policy, statute) := _contract(policy) if {
	statute == {}
} else := capped(purchases.less_lost(best), caps) if {
	contract := capped(policy, _contract_caps_before_loss)
	best := object.union(contract, {item: max([amount, object.get(contract, item, 0)]) | some item, amount in statute})
}

# what is due on each item and in all; less than the least amount the policy pays leaves the statute, which that does not
# bind (ruling 21)
_least(due, statute) := [due, total] if {
	total := sum([amount | some amount in due])
	total >= input.parameters.min_refund_minor
	_asked_enough
} else := [lawful, sum([amount | some amount in lawful])] if {
	lawful := capped(purchases.less_lost(statute), caps)
}

_asked_enough if input.request.asked != "AMOUNT"

_asked_enough if input.request.amount - reversed_amount >= input.parameters.min_refund_minor
