package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   The clauses that decided, each with its role: what set or limited the disposition, the amount, an effect, an
#   obligation, a missing item or a warning; for a covered consumer every finding of the law beside (ruling 32).
citations contains element.cite if {
	some why in final.why
	some element in _because(why)
}

citations contains duty.cite if some duty in _duties

citations contains cancellation.cite if some cancellation in cancellations

citations contains warning.cite if some warning in _policy_warnings

citations contains element.cite if {
	law_heard
	some element in _law_found
}

_law_found contains element if some element in (((said.overlays | said.consents) | law_said.findings) | law_said.warnings)

_law_found contains element if {
	_overrides_terms
	some element in law_said.over_terms
}

_law_found contains element if {
	_statute_despite_bar
	some element in law_said.over_bars
}

_overrides_terms if statute_adds

_overrides_terms if said.agreements != set()

_overrides_terms if "consents" in final.why

# a bar that a reviewer decides is one too
_statute_despite_bar if {
	said.bars != set()
	law_heard
	some _, ceiling in ceilings
	ceiling > 0
}

# the findings behind a word of `why`; a function, so that only those that are cited are gathered
_because("contested") := said.restorations | said.contested_reviews

_because("contested_bars") := said.contested_bars

_because("exclusions") := said.exclusions

_because("missing") := said.missing

_because("holds") := said.holds

_because("exceptions") := {exception | some exception in exceptions}

_because("reversals") := {reversal | some reversal in reversals} | {proportion |
	some proportion in said.proportions
	reversals[purchases.lots[proportion.item].payment_id].kind == "duplicate"
}

_because("agreements") := said.agreements

_because("over_bars") := said.bars

_because("bars") := said.bars | {agreement |
	# an agreement limits what a reviewer may grant
	some agreement in said.agreements
	final.disposition == "MANUAL_REVIEW"
}

_because("consents") := merits_found | said.agreements

_because("reviews") := (said.reviews | merits_found) | said.agreements

_because("merits") := merits_found | said.agreements

_because("outages") := (said.outages | said.bars) | merits_found

_because("service_credits") := said.service_credits

_because("service_bars") := said.service_bars

_because("cancellations") := set()

# METADATA
# description: >-
#   What the policy found on the merits of what is not reversed: refusals of refused items, else grants, worth and what
#   came off it.
merits_found := _found if {
	reversed_items == set()
} else := {found |
	some found in _found
	not reversed_items[found.item]
} | {reversal | some reversal in spent_reversals}

_found := ((said.refusals | _unrefused) | {removal |
	some removal in said.bonus_removals
	final.paid.items[removal.item] > 0
}) | {loss |
	some loss in said.losses
	some item in purchases.paid_for[loss.payment]
	disputed[item]
	not refused[item]
}

_unrefused := (said.grants | said.entitlements) | said.deductions if {
	refused == {}
} else := {found |
	some found in ((said.grants | said.entitlements) | said.deductions)
	not refused[found.item]
}

# METADATA
# description: Deadlines and duties that go with the decision.
obligations := {{"type": duty.type, "due_at": duty.due, "not_before": duty.not_before, "clause": duty.cite.clause} | some duty in _duties}

_duties := _promised if {
	not withdrawal.covered
} else := {_within_the_statute(duty) | some duty in _promised} | {object.union(duty, {"not_before": 0}) |
	some duty in law_said.duties
	_heeded(duty)
}

# what the policy promises with a payment, and with any answer
_promised := {duty | some duty in said.duties; duty.payment in _paid_from} if {
	final.disposition == "CASH_REFUND"
} else := {duty | some duty in said.duties; duty.on == "answer"} if {
	final.disposition != "NEEDS_INFORMATION"
} else := set()

# payments that give something back; a duty of no payment in particular goes with any
_paid_from := {""} | {id | some id, amount in refunded_from; amount > 0}

# the policy's own promise to pay is never listed later than the statutory limit (ruling 18)
_within_the_statute(duty) := object.union(duty, {"due": repay_by, "not_before": min({duty.not_before, repay_by})}) if {
	duty.on == "cash"
	repay_by := withdrawal.repay_by
	duty.due > repay_by
} else := duty

_heeded(_) if purchases.refund_asked

# whatever it was used for (ruling 22)
_heeded(duty) if duty.type == "ACKNOWLEDGE_WITHDRAWAL"

# METADATA
# description: >-
#   The readings of an ambiguous text that were applied, with the value they were given. The one reading that is of a fact
#   and no parameter is the order in which credits are drawn (ruling 23).
interpretations := {{"parameter": name, "value": object.get(input.parameters, name, "PROMOTIONAL_FIRST"), "clause": cite.clause} |
	some {"parameter": name, "cite": cite} in said.readings
}

# METADATA
# description: What is missing, for NEEDS_INFORMATION.
missing := {{"code": item.code, "clause": item.cite.clause} |
	final.disposition == "NEEDS_INFORMATION"
	some item in said.missing
}
