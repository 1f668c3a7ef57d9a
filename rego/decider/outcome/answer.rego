package decider.outcome

import data.lib.sender

# METADATA
# description: >-
#   The answer of one version: an error where a rule asks for a day that the calendar does not list (ruling 43); nothing
#   at all where the policy is not whole.
answer := {"error": {"code": "beyond_calendar", "message": _beyond_calendar[0]}} if {
	count(_beyond_calendar) > 0
} else := {"fault": fault} if {
	fault
} else := {
	"verdict": _verdicts[final.disposition],
	"disposition": final.disposition,
	"amount": final.amount,
	"currency": input.request.currency,
	"bounds": _bounds,
	"refunds": refunds,
	"fee": fee_amount,
	"tax": tax_amount,
	"breakdown": breakdown,
	"effects": effects,
	"obligations": sort(obligations),
	"citations": sort(citations),
	"interpretations": sort(interpretations),
	"questions": sort(questions),
	"warnings": sort(warnings),
	"missing": sort(missing),
	"refundable_until": refundable_until,
	"policy": input.version,
	"expires_at": input.request.evaluate_at + sender.freshness_ns,
} if {
	whole
}

# a text stands for such a day: lib.working_days
_beyond_calendar := sort([sprintf("%s, %s: %s", [duty.cite.clause, duty.type, day]) |
	some duty in said.duties
	some day in [duty.due, duty.not_before]
	is_string(day)
])

# METADATA
# description: >-
#   The answer; how much of it is paid for reversals, which no version of the policy can take away; and what is due on
#   each item.
judged := {"answer": answer, "reversed": reversed_amount, "due": final.paid.due}

_verdicts := {
	"CASH_REFUND": "ALLOW",
	"RESTORE_CREDITS": "ALLOW",
	"SERVICE_CREDIT": "ALLOW",
	"CANCELLATION": "ALLOW",
	"NOT_REFUNDABLE": "DENY",
	"NEEDS_INFORMATION": "DENY",
	"MANUAL_REVIEW": "DENY",
	"HOLD": "DENY",
}

_bounds := object.union(final.bounds, {"breakdown": breakdown_at_most}) if {
	final.disposition in {"MANUAL_REVIEW", "HOLD", "NEEDS_INFORMATION"}
} else := object.union(final.bounds, {"breakdown": []}) if {
	left_to_review
} else := null

# METADATA
# description: Money is paid at once, and a reviewer may add to it (ruling 47).
left_to_review if {
	final.disposition == "CASH_REFUND"
	final.bounds.max > 0
}
