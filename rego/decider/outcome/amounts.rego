package decider.outcome

import data.law.withdrawal
import data.lib.money

# METADATA
# description: >-
#   What is still left of a payment, by id. Pending refunds count, unless the request is held and the bounds say what may
#   come of it (ruling 10).
left[payment.id] := money.at_least_zero(((payment.captured - payment.refunded) - payment.lost) - _pending(payment)) if {
	some payment in input.payments
}

_pending(payment) := payment.pending if {
	count(said.holds) == 0
} else := 0

# METADATA
# description: The cap of a payment, by id; what was overcharged is not part of it (rulings 12, 25).
caps[payment.id] := money.at_least_zero(left[payment.id] - payment.overcharged) if some payment in input.payments

# METADATA
# description: The cap of a payment under the contract, less a fee that is not refundable (ruling 25).
contract_caps[id] := money.at_least_zero(cap - sum([kept.amount | some kept in said.retentions; kept.payment == id])) if {
	some id, cap in caps
}

_items[payment.id] := {id | some id in payment.paid_for} | {"" | payment.paid_for_plan} if some payment in input.payments

# METADATA
# description: Amounts by item, cut so that the items of a payment stay within its cap.
capped(amounts, limits) := {item: amount |
	some id, limit in limits
	some item, amount in money.fit({item: amounts[item] | some item in _items[id]; amounts[item]}, limit)
}

# METADATA
# description: What the statute certainly pays, by item; the items of a reversed payment are settled there.
floors := {item: claim.net |
	some item, claim in withdrawal.claims
	claim.certain
	not item in reversed_items
}

# METADATA
# description: What the statute pays at most, legal calls included.
ceilings := {item: claim.net |
	some item, claim in withdrawal.claims
	not item in reversed_items
}

# METADATA
# description: Floors, with the claims of which only the record of the information is in doubt (ruling 19).
late_floors := {item: claim.net |
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
# description: What the policy itself pays, by item.
pays := {item: entitlement.amount |
	some item, entitlement in entitled
	count(refused[item]) == 0
	not "NOT_REFUNDABLE" in agreed_terms(item)
	not item in reversed_items
}

# METADATA
# description: What the policy would pay at most were the codes no bar.
pays_without(codes) := {item: entitlement.amount |
	some item, entitlement in entitled
	count(refused[item] - codes) == 0
	not item in reversed_items
}

# METADATA
# description: What the policy pays on the items that no reviewer has to look at.
pays_unreviewed := {item: amount |
	some item, amount in pays
	not item in {review.item | some review in said.reviews}
}

# METADATA
# description: The agreement terms of an item; none where no agreement covers it.
agreed_terms(item) := object.get(agreed, item, set())

# METADATA
# description: >-
#   What is paid on each item, from what the policy and the statute owe on it: `due`, the better of both within the caps;
#   `items`, as much of it as was asked for; `amount`, their sum (rulings 21, 25, 26; policies.md 4.4).
settle(policy, statute) := _least(capped(_better(capped(policy, contract_caps), statute), caps), statute)

_better(policy, statute) := object.union(statute, {item: best |
	some item, amount in policy
	best := max([amount, object.get(statute, item, 0)])
})

# less than the least amount the policy pays leaves the statute, which that does not bind (ruling 21)
_least(due, statute) := _cut(due, total) if {
	total := sum([amount | some amount in due])
	min([total, limit(total)]) >= input.terms.min_refund_minor
} else := _cut(lawful, sum([amount | some amount in lawful])) if {
	lawful := capped(statute, caps)
}

_cut(due, total) := {"due": due, "items": items, "amount": sum([amount | some amount in items])} if {
	items := money.fit(due, limit(total))
}

# METADATA
# description: How much of `total` was asked for beside what is reversed.
limit(total) := total if input.request.asked != "AMOUNT"

limit(_) := input.request.amount - reversed_amount if input.request.asked == "AMOUNT"
