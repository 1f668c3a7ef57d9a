package decider.precedence

import data.decider.settlement

# METADATA
# description: >-
#   P4 to P10, as if nothing was on hold. What billing errors owe for certain is paid at once, whatever a reviewer has to
#   decide of the rest (ruling 47).
merits := rest if {
	not _error_owed
	not _excepted
} else := object.union(_paid_at_once, {"bounds": {"min": 0, "max": _addable, "max_credits": 0}}) if {
	settlement.repaid_amount > 0
} else := _review(["exceptions"], 0, _addable, 0) if {
	_excepted
} else := _review(_paid_at_once.causes, lowest, highest, 0) if {
	lowest := min({settlement.requested_at_most, _paid_at_once.amount + _rest_bounds.min})
	highest := _paid_at_once.amount + _addable
	highest > lowest
} else := rest

_error_owed if settlement.repaid_amount > 0

_error_owed if settlement.repaid_in_doubt > 0

# what billing errors owe, with the rest where that is cash
_paid_at_once := _errors_paid(["billing_errors", "exceptions"]) if {
	_excepted
} else := _errors_paid(["billing_errors"]) if {
	settlement.lacking != set()
} else := object.union(rest, {"amount": settlement.repaid_amount + rest.amount, "causes": array.concat(["billing_errors"], rest.causes)}) if {
	rest.disposition == "CASH_REFUND"
} else := _errors_paid(["billing_errors"]) if {
	all_requested_is_repaid
} else := _errors_paid(array.concat(["billing_errors"], rest.causes))

_errors_paid(causes) := object.union(_answer("CASH_REFUND", causes), {"amount": settlement.repaid_amount})

# METADATA
# description: The rest waits neither for information nor for a reviewer of the billing errors.
rest_counts if {
	settlement.lacking == set()
	not _excepted
}

# METADATA
# description: Billing errors pay all that is requested.
all_requested_is_repaid if {
	input.request.asked == "AMOUNT"
	input.request.amount <= settlement.repaid_amount
}

# how much a reviewer may add to what is paid at once
_addable := _most_with_exceptions - settlement.repaid_amount if {
	_excepted
} else := min({settlement.requested_at_most - _paid_at_once.amount, settlement.repaid_in_doubt + _rest_bounds.max})

_rest_bounds := rest.bounds if {
	rest_counts
} else := _nothing.bounds

# errors that wait for nothing, beside a rest that waits: only an open legal question may add to them
_errors_alone(causes) := object.union(_errors_paid(causes), {"bounds": {"min": 0, "max": open, "max_credits": 0}}) if {
	settlement.repaid_amount > 0
	open := min({settlement.requested_at_most - settlement.repaid_amount, settlement.repaid_in_doubt})
} else := _review(causes, 0, min({settlement.requested_at_most, settlement.repaid_in_doubt}), 0)

# a reviewer has something to decide of P4, unless every answer gives what is due in any case (ruling 48)
_excepted if {
	settlement.exceptions != {}
	_most_with_exceptions > settlement.repaid_amount + rest.amount
}

# the exceptions and what P5 to P10 would pay (ruling 13), if every duplicate were verified and paid back (ruling 34)
_most_with_exceptions := most if {
	most := _most_with_errors with input as object.union_n([input, object.union_n(input.as_verified), {"parameters": {"duplicate_mode": "auto"}}])
}

_most_with_errors := min({settlement.left_in_all, settlement.requested_at_most, errors + _most(rest)}) if {
	exceptional := sum([exception.amount | some exception in settlement.exceptions])
	errors := (settlement.repaid_amount + settlement.repaid_in_doubt) + exceptional
}
