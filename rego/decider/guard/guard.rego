# METADATA
# title: The guard of the input
# description: >-
#   P0, the second of two layers: numbers are numbers and enums are known, so that no comparison in a policy can be true
#   by accident of type. The first layer is the typed context.
# scope: package
package decider.guard

# METADATA
# description: The input is what its schema says, as far as a rule's outcome hangs on it.
sound if {
	data.policies[input.policy_id].versions
	_enumerated
	_numbers([
		input.request.requested_at, input.request.received_at, input.request.completed_at, input.request.evaluate_at,
		input.request.purchased_at, input.request.amount, input.request.credits, input.ledger.age_ns,
		input.risk.approved_refunds_90d,
	])
	every lot in input.lots {
		# a paid lot's credits are a divisor
		{"PAID": lot.base, "PROMOTIONAL": 1, "SERVICE": 1}[lot.category] > 0
		_numbers([
			lot.purchased_at, lot.age_ns, lot.base_price, lot.fee, lot.tax, lot.total, lot.base, lot.bonus, lot.base_used, lot.bonus_used,
			lot.unused, lot.left, lot.bonus_left, lot.used, lot.refunded_unused, lot.refunded_all, lot.goodwill,
		])
	}
	every plan in input.plans {
		plan.period_s > 0
		_numbers([plan.amount, plan.elapsed_s, plan.period_s, plan.period_start, plan.refunded_all, plan.refunded_unused])
	}
	every payment in input.payments {
		payment.duplicate in {"NO", "VERIFIED", "UNVERIFIED"}
		_numbers([
			payment.captured, payment.judged, payment.overcharged, payment.refunded, payment.goodwill, payment.pending,
			payment.lost, payment.kept,
		])
	}
	every event in input.usage_events {
		_numbers([event.deducted, event.output_tokens])
	}
	every incident in input.incidents {
		_numbers([incident.sla_credit])
	}
}

_enumerated if {
	input.request.remedy in {"REFUND", "RESTORE_CREDITS", "SERVICE_CREDIT", "CANCEL_SUBSCRIPTION"}
	input.request.asked in {"ALL", "AMOUNT", "CREDITS"}
	input.account.status in {"ACTIVE", "SUSPENDED", "TERMINATED"}
	input.customer.type in {"UNKNOWN", "CONSUMER", "BUSINESS"}
	input.risk.fraud in {"NONE", "SUSPECTED", "CONFIRMED"}
	input.risk.tos_violation in {"NONE", "SUSPECTED", "CONFIRMED"}
}

# numbers sort between booleans and strings, so what lies between two numbers is one
_numbers(values) if {
	min(values) >= 0
	max(values) < 1000000000000000000000
}
