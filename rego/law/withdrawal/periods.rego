package law.withdrawal

# METADATA
# description: >-
#   The period of each contract, as instants after its last: `day_ends` is the end of day 14, `ends` the same moved to a
#   working day where ends are moved, `last` the end of the right, twelve months later if the consumer was not informed.
periods := {id: period |
	some id, contract in contracts
	ends := input.calendar.withdrawal[id]
	period := {
		"day_ends": ends.ends,
		"ends": _end(ends, "ends"),
		"last": _end(ends, _last_by_information[contract.information_given]),
	}
}

_last_by_information := {true: "ends", false: "extended_ends"}

_moved := {"ends": "moved_ends", "extended_ends": "extended_moved_ends"}

_end(ends, name) := ends[_moved[name]] if {
	rolls_over
} else := ends[name]

# METADATA
# description: The end of a period moves to the next working day, unless the policy turns that off for the country (ruling 22).
rolls_over if object.get(input.parameters["statutory.rollover"], input.customer.country, true)

# METADATA
# description: >-
#   Contracts for which it matters whether ends are moved, since the end that counts for this request is on a non-working
#   day: day 14, or the end of the twelve months where the request came after day 14.
ends_on_a_free_day contains id if {
	some id, contract in contracts
	not id in spent
	ends := input.calendar.withdrawal[id]
	end := _counting_end(contract, periods[id])
	ends[_moved[end]] > ends[end]
}

_counting_end(contract, period) := _last_by_information[contract.information_given] if {
	input.request.requested_at >= period.ends
} else := "ends"

# METADATA
# description: >-
#   Renewed contracts that give no second right, since the consumer was informed that they renew (C-565/22).
spent contains id if {
	some id, contract in contracts
	contract.renewal
	contract.information_given
}

# METADATA
# description: Contracts withdrawn from in time; `late` where only the missing information made it so (ruling 19).
in_time := {id: {"late": _late(contracts[id], period)} |
	some id, period in periods
	not id in spent
	input.request.requested_at < period.last
}

_late(contract, period) if {
	contract.renewal
} else := input.request.requested_at >= period.ends
