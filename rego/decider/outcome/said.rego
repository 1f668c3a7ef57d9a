# METADATA
# title: What the policy says
# description: >-
#   The outcome of one version of a policy for one request: levels P2 to P11 of docs/readings.md. The facts are `input`,
#   the version's parameters `input.parameters`, its rule set `input.rules`, its calendar `input.calendar`.
# scope: package
package decider.outcome

import data.law.statute
import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   Every export of the policy, read at once: where one is missing or misspelled there is no object, hence no answer,
#   hence an error. Nothing is skipped in silence.
said := {
	# `rules` is assigned in the body, which Regal does not see
	# regal ignore:use-some-for-output-vars
	"exclusions": data.policies[rules].exclusions,
	"missing": data.policies[rules].missing,
	"holds": data.policies[rules].holds,
	"reversals": data.policies[rules].reversals,
	"exceptions": data.policies[rules].exceptions,
	"restorations": data.policies[rules].restorations,
	"contested_reviews": data.policies[rules].contested_reviews,
	"contested_bars": data.policies[rules].contested_bars,
	"agreements": data.policies[rules].agreements,
	"faults": data.policies[rules].faults,
	"bars": data.policies[rules].bars,
	"grants": data.policies[rules].grants,
	"windows": data.policies[rules].windows,
	"refusals": data.policies[rules].refusals,
	"reviews": data.policies[rules].reviews,
	"entitlements": data.policies[rules].entitlements,
	"deductions": data.policies[rules].deductions,
	"losses": data.policies[rules].losses,
	"retentions": data.policies[rules].retentions,
	"bonus_removals": data.policies[rules].bonus_removals,
	"outages": data.policies[rules].outages,
	"cancellations": data.policies[rules].cancellations,
	"duties": data.policies[rules].duties,
	"service_credits": data.policies[rules].service_credits,
	"service_bars": data.policies[rules].service_bars,
	"warnings": data.policies[rules].warnings,
	"readings": data.policies[rules].readings,
	"proportions": data.policies[rules].proportions,
	"overlays": data.policies[rules].overlays,
	"consents": data.policies[rules].consents,
} if {
	rules := input.rules
}

# METADATA
# description: What is missing, unless the facts are supposed to be complete (ruling 39).
lacking := set() if {
	input.supposed
} else := said.missing

# METADATA
# description: What the law of a covered customer's country says.
law_said := {
	"findings": statute.findings,
	"duties": statute.duties,
	"warnings": statute.warnings,
	"over_bars": statute.over_bars,
	"over_terms": statute.over_terms,
} if {
	withdrawal.covered
}

# METADATA
# description: The policy's entitlements by item, a lot's id or the empty string for the plan.
entitled := {entitlement.item: entitlement | some entitlement in said.entitlements}

# METADATA
# description: What comes off an item, by its id.
deducted := {item: found | some item, found in _deductions}

_deductions[deduction.item] contains deduction if some deduction in said.deductions

# the clause for what a lost dispute took of a payment
_loss_cites := {loss.payment: loss.cite | some loss in said.losses}

# METADATA
# description: >-
#   Items that are refused, each with the codes of its refusals; `window` is lifted where an agreement makes it refundable
#   (ruling 16).
refused := {item: codes | some item, codes in _refusals}

_refusals[refusal.item] contains refusal.code if {
	some refusal in said.refusals
	not _lifted(refusal)
}

_lifted(refusal) if {
	refusal.code == "window"
	"REFUNDABLE" in agreed[refusal.item]
}

# METADATA
# description: The terms of the agreements that cover an item.
agreed := {item: terms | some item, terms in _agreements}

_agreements[agreement.item] contains agreement.terms if some agreement in said.agreements

# METADATA
# description: >-
#   The policy is whole for these facts: it has every export; what was paid, less what was taken off, is what is due, for
#   every item; every item is either granted or refused; and a clause stands for every lost dispute. Where it is not, there
#   is no answer.
whole if {
	said
	every id, _ in purchases.lost {
		_loss_cites[id]
	}
	every item, entitlement in entitled {
		entitlement.amount >= 0
		entitlement.paid + sum([deduction.amount | some deduction in object.get(deducted, item, set())]) == entitlement.amount
		item in _placed
	}
}

_placed := {element.item | some element in (said.grants | said.refusals)}

# METADATA
# description: >-
#   Every requested item is one that the policy does not cover at all (P1). What the facts hold is not requested unless the
#   order is known.
all_excluded if {
	said.exclusions != set()
	withdrawal.order_known
	asked := {lot.id | some lot in input.lots} | {"" | some _ in input.plans}
	asked - {exclusion.item | some exclusion in said.exclusions} == set()
}
