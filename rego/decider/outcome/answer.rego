package decider.outcome

# METADATA
# description: The answer of one version; nothing at all where the policy is not whole.
answer := {"fault": fault} if {
	fault
} else := {
	"verdict": _verdict(final.disposition),
	"disposition": final.disposition,
	"amount": final.amount,
	"currency": input.request.currency,
	"bounds": _bounds,
	"breakdown": breakdown,
	"effects": effects,
	"obligations": sort(obligations),
	"citations": sort(citations),
	"interpretations": sort(interpretations),
	"warnings": sort(warnings),
	"missing": sort(missing),
	"refundable_until": refundable_until,
	"expires_at": input.request.evaluate_at + (input.terms.freshness_s * 1000000000),
} if {
	whole
}

# METADATA
# description: The answer, and how much of it is paid for reversals, which no version of the policy can take away.
judged := {"answer": answer, "reversed": reversed_amount}

_verdict(disposition) := "ALLOW" if {
	disposition in {"CASH_REFUND", "RESTORE_CREDITS", "SERVICE_CREDIT", "CANCELLATION"}
} else := "DENY" if {
	disposition in {"NOT_REFUNDABLE", "NEEDS_INFORMATION", "MANUAL_REVIEW", "HOLD"}
}

_bounds := final.bounds if {
	final.disposition in {"MANUAL_REVIEW", "HOLD"}
} else := null
