package law.withdrawal

import data.law

# METADATA
# description: The instant of REFUND_BY, for every covered consumer with a claim that is not paid yet (ruling 18).
repay_by := input.request.received_at + law.repayment_ns if {
	some claim in claims
	claim.net > 0
}

# METADATA
# description: A covered consumer used the withdrawal function after it became mandatory (ruling 22).
acknowledged_duty if {
	input.request.channel == "WITHDRAWAL_FUNCTION"
	covered
	input.calendar.requested_on >= law.withdrawal_function_from
}

# METADATA
# description: The last second of the statutory period of each contract with a claim, by id.
until := {id: _last_second(id) | some id, _ in claims}

# METADATA
# description: >-
#   The last second of the statutory period of each contract whose withdrawal came too late, by id, except contracts fully
#   performed by then.
lapsed := {id: _last_second(id) |
	some id, contract in contracts
	not in_time[id]
	not id in spent
	not _performed(contract)
	contract.total > contract.returned
}

_last_second(id) := periods[id].last - 1000000000

# METADATA
# description: >-
#   An order is known, because the request names it, or because it may be inferred: by the policy's parameter, or for any
#   customer with a claim (rulings 3, 6).
order_known if input.request.order_named

order_known if {
	input.request.order_inferable
	input.parameters.infer_order_ref
}

order_known if {
	input.request.order_inferable
	claimed
}
