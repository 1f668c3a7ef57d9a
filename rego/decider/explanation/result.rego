# METADATA
# title: The explanation of a decision
# description: >-
#   Projections of the decision: amounts by payment, breakdown, effects, duties, citations, warnings, questions and
#   deadline. Where an entitlement decides what a line or an effect cites, the clause is that of the entitlement.
# scope: package
package decider.explanation

import data.decider.precedence
import data.decider.settlement
import data.lib.purchases
import data.lib.sender
import data.rulebook

# the decision; a short name, since all projections read it
_final := precedence.final

# METADATA
# description: >-
#   What a version says: its result and the decision that the result explains.
judged := {"result": result, "decision": _final}

# METADATA
# description: >-
#   The result of one version. It is an error where a duty asks for a day that the calendar does not list (ruling 43), and
#   undefined where the findings are not complete.
result := {"error": {"code": "beyond_calendar", "message": min(_beyond_calendar)}} if {
	_beyond_calendar != set()
} else := {"fault": _fault} if {
	_fault
} else := {
	"verdict": _verdict,
	"disposition": _final.disposition,
	"amount": _final.amount,
	"currency": input.request.currency,
	"bounds": _bounds,
	"refunds": refunds,
	"fee": _taxed.fee,
	"tax": _taxed.tax,
	"breakdown": breakdown,
	"effects": effects,
	"obligations": sort(obligations),
	"citations": sort(citations),
	"interpretations": sort(interpretations),
	"questions": questions,
	"warnings": sort(warnings),
	"missing": sort(missing),
	"refundable_until": refundable_until,
	"policy": input.version,
	"expires_at": input.request.evaluate_at + sender.freshness_ns,
} if {
	settlement.whole
}

# a text stands for such a day: lib.working_days
_beyond_calendar contains sprintf("%s, %s: %s", [duty.cite.clause, duty.type, day]) if {
	some duty in rulebook.duties
	some day in [duty.due, duty.not_before]
	is_string(day)
}

# a fault that only the policy can see, where its level is reached (ruling 16)
_fault := {"field": found.field, "description": found.description} if {
	some found in rulebook.faults
	_merits_asked
	settlement.lacking == set()
}

# money is asked for that the policy covers
_merits_asked if {
	purchases.refund_asked
	not settlement.all_excluded
}

_verdict := "ALLOW" if {
	_final.disposition in {"CASH_REFUND", "RESTORE_CREDITS", "SERVICE_CREDIT", "CANCELLATION"}
} else := "DENY"

_bounds := object.union(_final.bounds, {"breakdown": _breakdown_at_most}) if {
	_final.disposition in {"MANUAL_REVIEW", "HOLD", "NEEDS_INFORMATION"}
} else := object.union(_final.bounds, {"breakdown": []}) if {
	_left_to_review
} else := null

# money is paid at once, and a reviewer may add to it (ruling 47)
_left_to_review if {
	_final.disposition == "CASH_REFUND"
	_final.bounds.max > 0
}

# the request was denied on what the policy found
_denied if {
	_final.disposition == "NOT_REFUNDABLE"
	_merits_asked
}
