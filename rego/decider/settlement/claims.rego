# METADATA
# title: From findings to amounts
# description: >-
#   Claims say what the policy, the statute and billing errors owe. A waterfall cuts the claims on each payment to what
#   the payment still holds and to the requested amount.
# scope: package
package decider.settlement

import data.law.withdrawal
import data.lib.purchases
import data.rulebook

# METADATA
# description: What is missing. Nothing is missing when the facts are assumed to be complete (ruling 39).
lacking := set() if {
	input.supposed
} else := rulebook.missing

# METADATA
# description: >-
#   The policy's entitlements by item: what was paid less all deductions, a policy's own charges among them, which is never
#   more than the item is worth; every item is either granted or refused. An item is a lot's id, or the empty string for the
#   plan.
entitled := {item: object.union(worth, {"amount": amount, "cite": cite}) |
	some {"item": item, "worth": worth, "cite": cite} in rulebook.entitlements
	item in _placed
	amount := worth.paid + sum([deduction.amount | some deduction in deducted[item]])
	amount >= 0
	amount <= worth.amount
}

_placed := {finding.item | some finding in (rulebook.grants | rulebook.refusals)}

# METADATA
# description: The deductions from each item.
deducted := {item: deductions | some item, deductions in _deductions}

_deductions[deduction.item] contains deduction if some deduction in rulebook.deductions

# METADATA
# description: The agreements that cover each item, by their terms.
agreed := object.union_n([{agreement.item: {agreement.terms: true}} | some agreement in rulebook.agreements])

# METADATA
# description: The clauses of the refusals of each item, by their codes.
refusals := object.union_n([{refusal.item: {refusal.code: refusal.cite.clause}} | some refusal in rulebook.refusals])

# METADATA
# description: The refusals of each item, without the refund window of items that an agreement makes refundable (ruling 16).
refused := {item: counting |
	some item, clauses in refusals
	counting := object.remove(clauses, {"window" | agreed[item].REFUNDABLE})
	counting != {}
}

# METADATA
# description: The citation for what a lost dispute took of a payment, by payment.
loss_cites := {loss.payment: loss.cite | some loss in rulebook.losses}

# METADATA
# description: >-
#   The findings are complete for these facts: every entitlement is sound, and every lost dispute has a clause. Without
#   that there is no answer.
whole if {
	every id, _ in purchases.lost {
		loss_cites[id]
	}
	count(entitled) == count(rulebook.entitlements)
}

# METADATA
# description: >-
#   The policy covers none of the requested items (P1). Items of the facts are requested only when the order is known.
all_excluded if {
	rulebook.exclusions != set()
	withdrawal.order_known
	requested := {lot.id | some lot in input.lots} | {"" | some _ in input.plans}
	requested - {exclusion.item | some exclusion in rulebook.exclusions} == set()
}

# METADATA
# description: The amount that the policy pays on each item before lost disputes come off.
pays := {item: amount | some item, amount in pays_without(set()); not agreed[item].NOT_REFUNDABLE}

# METADATA
# description: The amount that the policy would pay at most on each item if these codes refused nothing.
pays_without(codes) := {item: entitlement.amount |
	some item, entitlement in entitled
	object.remove(object.get(refused, item, {}), codes) == {}
	not repaid_items[item]
}

# METADATA
# description: The amounts that the policy pays on the items that no reviewer has to look at.
pays_unreviewed := object.remove(pays, {review.item | some review in rulebook.reviews})

# METADATA
# description: The amount that the statute pays at most on each item, open legal questions included.
ceilings := _dues(withdrawal.claims)

# METADATA
# description: The amount that the statute pays on each item, whatever the answer to an open legal question is (ruling 48).
least := _dues(withdrawal.least)

# METADATA
# description: The amount that the statute pays for certain on each item.
floors := _dues(_certain_claims)

# METADATA
# description: The amounts of `floors`, and those of unused items whose claim depends only on the record of the information (ruling 19).
late_floors := object.union(floors, _dues({item: claim |
	some item, claim in withdrawal.claims
	withdrawal.standing[item] == "whole"
}))

_certain_claims := {item: claim | some item, claim in withdrawal.claims; claim.certain}

# the items of a payment that is repaid whole are settled with it
_dues(claims) := {item: claim.due | some item, claim in claims; not repaid_items[item]}
