# METADATA
# title: The guard of the input
# description: >-
#   P0, the second of two layers: numbers are numbers and enums are known, so that no comparison in a policy can be true
#   by accident of type. The first layer is the typed input that Python builds.
# scope: package
package decider.guard

# METADATA
# description: The input is what its schema says, as far as the result of a rule depends on it.
sound if {
	data.policies[input.policy_id].versions
	input.request.remedy in {"REFUND", "RESTORE_CREDITS", "SERVICE_CREDIT", "CANCEL_SUBSCRIPTION"}
	input.account.status in {"ACTIVE", "SUSPENDED", "TERMINATED"}
	input.customer.type in {"UNKNOWN", "CONSUMER", "BUSINESS"}
	{input.risk.fraud, input.risk.tos_violation} - {"NONE", "SUSPECTED", "CONFIRMED"} == set()
	every payment in input.payments {
		payment.duplicate in {"NO", "VERIFIED", "UNVERIFIED"}
	}
	count(object.filter(input, _absent)) == 5

	# divisors are positive
	every lot in input.lots {
		{"PAID": lot.base, "PROMOTIONAL": 1, "SERVICE": 1}[lot.category] > 0
	}
	every plan in input.plans {
		plan.period_s > 0
	}

	# numbers sort between booleans and strings, so what lies between two numbers is a number
	min(_numbers) >= 0
	max(_numbers) < 1000000000000000000000
}

# the numbers of the request and its surroundings, those that may be null, and those of each part
_numbers := ({
	input.request.requested_at, input.request.received_at, input.request.completed_at, input.request.evaluate_at,
	input.request.purchased_at, input.risk.approved_refunds_90d,
} | ({input.request.amount, input.request.credits, input.ledger.age_ns} - {null})) | {number |
	some kind, absent in _absent
	some part in input[kind]
	some number in object.filter(object.union(absent, part), absent)
}

# the numbers of each part of the facts; a missing number is null, which sorts below numbers
_absent := {
	"lots": {
		"purchased_at": null, "age_ns": null, "base_price": null, "fee": null, "tax": null, "total": null, "base": null, "bonus": null,
		"base_used": null, "bonus_used": null, "unused": null, "left": null, "bonus_left": null, "used": null,
		"refunded_unused": null, "refunded_all": null, "goodwill": null,
	},
	"plans": {"amount": null, "elapsed_s": null, "period_s": null, "period_start": null, "refunded_all": null, "refunded_unused": null},
	"payments": {
		"captured": null, "judged": null, "overcharged": null, "refunded": null, "goodwill": null, "pending": null, "lost": null, "kept": null,
	},
	"usage_events": {"deducted": null, "output_tokens": null},
	"incidents": {"sla_credit": null},
}
