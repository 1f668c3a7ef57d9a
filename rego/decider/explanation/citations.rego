package decider.explanation

import data.decider.precedence
import data.decider.settlement
import data.law.statute
import data.law.withdrawal
import data.lib.purchases
import data.rulebook

# METADATA
# description: >-
#   The clauses that decided, each with its role: those that set or limited the disposition, the amount, an effect, an
#   obligation, a missing item or a warning. For a covered consumer they include every finding of the law (ruling 32).
citations contains found.cite if {
	some cause in _final.causes
	some found in _findings_of(cause)
}

citations contains duty.cite if some duty in _duties

citations contains cancellation.cite if some cancellation in _cancellations

citations contains warning.cite if some warning in _policy_warnings

citations contains found.cite if {
	_law_applies
	some found in (_findings_of_law | statute.warnings)
}

# a covered customer's refund was judged (ruling 32)
_law_applies if {
	withdrawal.covered
	withdrawal.contracts != {}
	_merits_asked
}

_findings_of_law contains found if some found in ((rulebook.overlays | rulebook.consents) | statute.findings)

_findings_of_law contains found if {
	_overrides_terms
	some found in statute.over_terms
}

_findings_of_law contains found if {
	_overrides_bars
	some found in statute.over_bars
}

_overrides_terms if rulebook.agreements != set()

_overrides_terms if "consents" in _final.causes

# the law gives more on an item than the policy
_overrides_terms if {
	some item, amount in _judged_due
	amount > object.get(settlement.contract_due, item, 0)
}

# a request that waits is judged as if it did not
_judged_due := precedence.merits.paid.due if {
	_final.disposition in {"HOLD", "NEEDS_INFORMATION"}
} else := _final.paid.due

# a bar that a reviewer decides counts as well
_overrides_bars if {
	rulebook.bars != set()
	_law_applies
	some amount in settlement.ceilings
	amount > 0
}

# a function, so that only findings that are cited are gathered
_findings_of("contested") := rulebook.restorations | rulebook.contested_reviews

_findings_of("billing_errors") := {error | some error in settlement.billing_errors} | {proportion |
	some proportion in rulebook.proportions
	settlement.billing_errors[purchases.lots[proportion.item].payment_id].kind == "duplicate"
}

_findings_of("exceptions") := {exception | some exception in settlement.exceptions}

_findings_of("over_bars") := rulebook.bars

_findings_of("bars") := rulebook.bars | {agreement |
	# an agreement limits what a reviewer may grant
	_final.disposition == "MANUAL_REVIEW"
	some agreement in rulebook.agreements
}

_findings_of("outages") := (rulebook.outages | rulebook.bars) | _merits

_findings_of("reviews") := (rulebook.reviews | _merits) | rulebook.agreements

_findings_of(cause) := _merits | rulebook.agreements if cause in {"consents", "merits"}

_findings_of("agreements") := rulebook.agreements

_findings_of("contested_bars") := rulebook.contested_bars

_findings_of("exclusions") := rulebook.exclusions

_findings_of("holds") := rulebook.holds

_findings_of("missing") := rulebook.missing

_findings_of("service_bars") := rulebook.service_bars

_findings_of("service_credits") := rulebook.service_credits | rulebook.service_credit_reviews

# the findings on the items that no billing error repays: refusals, or else grants, worth and deductions
_merits := _found if {
	settlement.repaid_items == set()
} else := {found | some found in _found; not settlement.repaid_items[found.item]} | {error | some error in settlement.spent}

_found contains found if some found in rulebook.refusals

_found contains found if some found in _unrefused

_found contains removal if {
	some removal in rulebook.bonus_removals
	_final.paid.items[removal.item] > 0
}

_found contains loss if {
	some loss in rulebook.losses
	some item in purchases.paid_for[loss.payment]
	_disputed[item]
	not settlement.refused[item]
}

_unrefused := _granted if {
	settlement.refused == {}
} else := {found | some found in _granted; not settlement.refused[found.item]}

_granted := (rulebook.grants | rulebook.entitlements) | rulebook.deductions

# METADATA
# description: What is missing, for NEEDS_INFORMATION.
missing := {{"code": found.code, "clause": found.cite.clause} |
	_final.disposition == "NEEDS_INFORMATION"
	some found in rulebook.missing
}

# METADATA
# description: >-
#   The readings of an ambiguous text that were applied, each with its value. The order in which credits are drawn is the
#   only reading of a fact (ruling 23).
interpretations := {{"parameter": name, "value": object.get(parameters, name, "PROMOTIONAL_FIRST"), "clause": clause} |
	parameters := input.parameters
	some {"parameter": name, "cite": {"clause": clause}} in rulebook.readings
}
