# METADATA
# title: What the policy says
# description: >-
#   The outcome of one version of a policy for one request: levels P2 to P11 of policies.md 1.3. The facts are `input`,
#   the version's parameters `input.terms`, its rule set `input.rules`, its calendar `input.calendar`.
# scope: package
package decider.outcome

import data.law
import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   Every export of the policy, read at once: where one is missing or misspelled there is no object, hence no answer,
#   hence an error. Nothing is skipped in silence.
said := {
	"exclusions": data.policies[input.rules].exclusions,
	"missing": data.policies[input.rules].missing,
	"holds": data.policies[input.rules].holds,
	"reversals": data.policies[input.rules].reversals,
	"exceptions": data.policies[input.rules].exceptions,
	"restorations": data.policies[input.rules].restorations,
	"contested_reviews": data.policies[input.rules].contested_reviews,
	"contested_bars": data.policies[input.rules].contested_bars,
	"agreements": data.policies[input.rules].agreements,
	"faults": data.policies[input.rules].faults,
	"bars": data.policies[input.rules].bars,
	"grants": data.policies[input.rules].grants,
	"refusals": data.policies[input.rules].refusals,
	"reviews": data.policies[input.rules].reviews,
	"entitlements": data.policies[input.rules].entitlements,
	"deductions": data.policies[input.rules].deductions,
	"retentions": data.policies[input.rules].retentions,
	"bonus_removals": data.policies[input.rules].bonus_removals,
	"outages": data.policies[input.rules].outages,
	"cancellations": data.policies[input.rules].cancellations,
	"duties": data.policies[input.rules].duties,
	"service_credits": data.policies[input.rules].service_credits,
	"service_bars": data.policies[input.rules].service_bars,
	"warnings": data.policies[input.rules].warnings,
	"readings": data.policies[input.rules].readings,
	"overlays": data.policies[input.rules].overlays,
	"consents": data.policies[input.rules].consents,
}

# METADATA
# description: What the law of the customer's country says; nothing where it has no say.
law_said := {
	"findings": law[withdrawal.regime].findings,
	"duties": law[withdrawal.regime].duties,
	"warnings": law[withdrawal.regime].warnings,
	"over_bars": law[withdrawal.regime].over_bars,
	"over_terms": law[withdrawal.regime].over_terms,
} if {
	withdrawal.regime
} else := {"findings": set(), "duties": set(), "warnings": set(), "over_bars": set(), "over_terms": set()}

# METADATA
# description: The policy's entitlements by item, a lot's id or the empty string for the plan.
entitled[entitlement.item] := entitlement if some entitlement in said.entitlements

# METADATA
# description: Codes of the refusals of an item, `window` lifted where an agreement makes it refundable (ruling 16).
refused[item] := {refusal.code | some refusal in said.refusals; refusal.item == item} - _lifted(item) if some item, _ in entitled

default _lifted(_) := set()

_lifted(item) := {"window"} if "REFUNDABLE" in agreed[item]

# METADATA
# description: The terms of the agreements that cover an item.
agreed[item] contains agreement.terms if {
	some agreement in said.agreements
	item := agreement.item
}

# METADATA
# description: >-
#   The policy is whole for these facts: what was paid, less what was taken off, is what is due, for every item; and
#   every item is either granted or refused. Where it is not, there is no answer.
whole if {
	every item, entitlement in entitled {
		entitlement.amount >= 0
		entitlement.paid + sum([deduction.amount | some deduction in said.deductions; deduction.item == item]) == entitlement.amount
		_placed(item)
	}
}

_placed(item) if {
	some grant in said.grants
	grant.item == item
}

_placed(item) if {
	some refusal in said.refusals
	refusal.item == item
}

# METADATA
# description: Items that the policy does not cover at all (P1).
excluded := {exclusion.item | some exclusion in said.exclusions}

# METADATA
# description: Every requested item is excluded. What the facts hold is not requested unless the order is known.
all_excluded if {
	count(excluded) > 0
	purchases.order_known(withdrawal.claimed)
	every lot in input.lots {
		lot.id in excluded
	}
	every _ in input.plans {
		"" in excluded
	}
}
