package decider.precedence

import data.decider.settlement
import data.rulebook

# METADATA
# description: >-
#   P4 to P10, as if nothing was on hold. What billing errors owe for certain is paid at once, whatever a reviewer has to
#   decide of the rest (ruling 47).
merits := rest if {
	not _error_owed
	not _excepted
} else := _with_bounds(_paid_at_once, _addable) if {
	settlement.repaid_amount > 0
} else := _decision("MANUAL_REVIEW", ["exceptions"], [0, _addable, 0]) if {
	_excepted
} else := _decision("MANUAL_REVIEW", _paid_at_once.causes, [lowest, highest, 0]) if {
	lowest := min({settlement.requested_at_most, _paid_at_once.amount + _rest_may_pay("min")})
	highest := _paid_at_once.amount + _addable
	highest > lowest
} else := rest

_error_owed if {
	settlement.billing_errors != {}
	settlement.repaid_amount + settlement.repaid_in_doubt > 0
}

# what billing errors owe, with the rest where that is cash
_paid_at_once := _errors_paid(["billing_errors", "exceptions"]) if {
	_excepted
} else := _errors_paid(["billing_errors"]) if {
	_nothing_else_judged
} else := object.union(rest, {"amount": settlement.repaid_amount + rest.amount, "causes": _causes_of_both}) if {
	rest.disposition == "CASH_REFUND"
} else := _errors_paid(_causes_of_both)

_causes_of_both := array.concat(["billing_errors"], rest.causes)

_nothing_else_judged if settlement.lacking != set()

_nothing_else_judged if all_requested_is_repaid

_errors_paid(causes) := object.union(_answer("CASH_REFUND", causes), {"amount": settlement.repaid_amount})

_with_bounds(decision, highest) := object.union(decision, {"bounds": {"min": 0, "max": highest, "max_credits": 0}})

# METADATA
# description: The rest waits neither for information nor for a reviewer of the billing errors.
rest_counts if {
	settlement.lacking == set()
	not _excepted
}

# METADATA
# description: Billing errors pay all that is requested.
all_requested_is_repaid if {
	input.request.amount != null
	input.request.amount <= settlement.repaid_amount
}

# how much a reviewer may add to what is paid at once
_addable := _most_with_exceptions - settlement.repaid_amount if {
	_excepted
} else := min({settlement.requested_at_most - _paid_at_once.amount, settlement.repaid_in_doubt + _rest_may_pay("max")})

_rest_may_pay(bound) := sum([rest.bounds[bound] | rest_counts])

# errors that wait for nothing, beside a rest that waits: only an open legal question may add to them
_errors_alone(causes) := _with_bounds(_errors_paid(causes), open) if {
	settlement.repaid_amount > 0
	open := min({settlement.requested_at_most - settlement.repaid_amount, settlement.repaid_in_doubt})
} else := _decision("MANUAL_REVIEW", causes, [0, min({settlement.requested_at_most, settlement.repaid_in_doubt}), 0])

# a reviewer has something to decide of P4, unless every answer gives what is due in any case (ruling 48)
_excepted if {
	settlement.exceptions != {}
	_most_with_exceptions > settlement.repaid_amount + rest.amount
}

# the exceptions and what P5 to P10 would pay (ruling 13), if every duplicate were verified and paid back (ruling 34)
_most_with_exceptions := most if {
	facts := object.union_n(array.concat([input], array.concat(input.as_verified, [{"parameters": {"duplicate_mode": "auto"}}])))
	most := _most_with_errors with input as facts
}

_most_with_errors := min({settlement.left_in_all, settlement.requested_at_most, errors + _most(rest)}) if {
	exceptional := sum([exception.amount | some exception in settlement.exceptions])
	errors := (settlement.repaid_amount + settlement.repaid_in_doubt) + exceptional
}

# METADATA
# description: >-
#   The merits, and where they deny, an outage that a reviewer may consider: what P8 to P10 would pay without the bar
#   (ruling 13).
considered := excepted if {
	merits.disposition == "NOT_REFUNDABLE"
	rulebook.outages != set()
	excepted := _review_up_to("outages", 0, settlement.settle(settlement.pays_without({"window", "strict"}), {}))
	excepted.bounds.max > 0
} else := merits

# METADATA
# description: >-
#   P5 to P10: agreements, bars, the statute, the merits. Where every answer to an open question gives the same amount,
#   there is nothing to review (ruling 48).
rest := _review_up_to("agreements", settlement.settle({}, settlement.floors).amount, most) if {
	some terms in settlement.agreed
	terms.NOT_MODELLED
	most := settlement.settle(settlement.pays_without({"window"}), settlement.ceilings)
	most.amount > _lawful.amount
} else := _despite_bars if {
	some bar in rulebook.bars
	bar.outcome == "deny"
} else := _review_up_to("bars", 0, _best) if {
	rulebook.bars != set()
	_best.amount > object.get({"allow": _lawful.amount}, input.parameters.statutory_vs_disqualifier, 0)
} else := _review_up_to("consents", settlement.settle(settlement.pays_unreviewed, settlement.late_floors).amount, _best) if {
	_best.amount > _plain.amount
} else := _review_up_to("reviews", 0, _plain) if {
	rulebook.reviews != set()
	_plain.amount > settlement.settle(settlement.pays_unreviewed, settlement.least).amount
} else := _cash("merits", _plain) if {
	_plain.amount > 0
} else := object.union(_answer("NOT_REFUNDABLE", ["merits"]), {"paid": {"policy": _denied}})

# the policy pays nothing, or something that the least amount or an earlier payment keeps back
_denied := {} if {
	some amount in settlement.contract_due
	amount > 0
} else := settlement.pays

_plain := settlement.settle(settlement.pays, settlement.least)

# settling costs, so that it is done again only where an open legal question makes a difference
_best := _plain if {
	settlement.ceilings == settlement.least
} else := settlement.settle(settlement.pays, settlement.ceilings)

_lawful := settlement.settle({}, settlement.least)

# what the statute pays although a bar denies the rest (ruling 20)
_despite_bars := _review_up_to("over_bars", 0, most) if {
	input.parameters.statutory_vs_disqualifier == "review"
	most := settlement.settle({}, settlement.ceilings)
	most.amount > 0
} else := _review_up_to("over_bars", settlement.settle({}, settlement.late_floors).amount, most) if {
	input.parameters.statutory_vs_disqualifier == "allow"
	most := settlement.settle({}, settlement.ceilings)
	most.amount > _lawful.amount
} else := _cash("over_bars", _lawful) if {
	input.parameters.statutory_vs_disqualifier == "allow"
	_lawful.amount > 0
} else := _answer("NOT_REFUNDABLE", ["bars"])

_cash(cause, paid) := object.union(_answer("CASH_REFUND", [cause]), {"amount": paid.amount, "paid": paid})

# a review of what the policy and the statute owe at most
_review_up_to(cause, lowest, paid) := object.union(_decision("MANUAL_REVIEW", [cause], [lowest, paid.amount, 0]), {"at_most": paid})
