package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   The order of precedence, P2 to P11 of docs/readings.md, as one chain: the first branch that fits decides. `why` names the findings
#   that are cited, `paid` what is paid on each item.
decided := _contested if {
	input.request.contested
} else := _deny("NOT_REFUNDABLE", ["exclusions"]) if {
	all_excluded
	purchases.refund_asked
	not _stranger_cancels
} else := _reversals_alone(["reversals", "holds"]) if {
	free_duplicates != set()
	_p4_pays
} else := _incomplete if {
	lacking != set()
} else := _service if {
	input.request.remedy == "SERVICE_CREDIT"
} else := _allow("CANCELLATION", ["cancellations"]) if {
	not purchases.refund_asked
} else := _hold if {
	said.holds != set()
} else := considered

_contested := _unknown(0, _credits + sum([restoration.credits | some restoration in said.restorations])) if {
	lacking != set()
} else := _review("contested", 0, 0, _credits) if {
	said.restorations == set()
	said.contested_reviews != set()
} else := _allow("RESTORE_CREDITS", _contested_why) if {
	said.restorations != set()
} else := _deny("NOT_REFUNDABLE", ["contested_bars"])

# what is not restored is explained too (ruling 32)
_contested_why := ["contested", "contested_bars"] if {
	answered := {found.event | some found in (said.restorations | said.contested_reviews)}
	some event in input.usage_events
	not event.id in answered
	not event.already_restored
} else := ["contested"]

# what is owed for a billing error does not wait for the form, where the policy says so (ruling 7)
_incomplete := _unknown(0, _credits_in_doubt + _credits_due) if {
	input.request.remedy == "SERVICE_CREDIT"
} else := _unknown(0, 0) if {
	not purchases.refund_asked
} else := _unknown(possible, _credits_due) if {
	not _p4_pays
} else := _hold if {
	said.holds != set()
} else := _reversals_alone(["reversals"])

# who cancels is asked who they are, even where nothing was paid (ruling 7)
_stranger_cancels if {
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	lacking != set()
}

_unknown(highest, credits) := object.union(_nothing, {
	"disposition": "NEEDS_INFORMATION",
	"why": ["missing"],
	"bounds": {"min": 0, "max": highest, "max_credits": credits},
})

# what is held may be paid at most what it would be were the end of the wait the customer's (ruling 10)
_hold := object.union(_nothing, {
	"disposition": "HOLD",
	"why": array.concat(["holds"], merits.why),
	"bounds": {"min": 0, "max": _possible_merits, "max_credits": _credits_due},
})

# METADATA
# description: >-
#   The most that may come of the request, once all that is missing is there and all that is awaited ended for the
#   customer; of several orders that may be meant, of one of them (ruling 39).
possible := max({0} | {amount |
	some order in input.possible_orders
	order.request.currency == input.request.currency
	amount := _most(considered) with input as _supposed(order)
}) if {
	_order_unknown
} else := max({_possible_merits} | {amount |
	# by the figures at hand, since nothing moves to a duplicate that is not verified
	decision := considered with input as _supposed({})
	"outages" in decision.why
	amount := _most(decision)
})

_order_unknown if {
	input.lots == []
	input.plans == []
}

# what P4 to P10 pay at most (ruling 10)
_possible_merits := max({_most(decision) |
	some changes in _possible_facts
	decision := merits with input as _supposed(changes)
})

_possible_facts := input.as_awaited if {
	input.as_awaited != []
} else := input.as_verified if {
	input.as_verified != []
} else := [{}]

_supposed(changes) := object.union(input, object.union(changes, {
	"supposed": true,
	"calendar": object.get(changes, ["calendars", input.version.version], input.calendar),
}))

# METADATA
# description: >-
#   P4 to P10, as if nothing was held. What P4 pays for certain is paid at once, whatever a reviewer has to decide of the
#   rest (ruling 47).
merits := rest if {
	not _p4_pays
	not _excepted
} else := object.union(_paid_at_once, {"bounds": {"min": 0, "max": _addable, "max_credits": 0}}) if {
	reversed_amount > 0
} else := _review("exceptions", 0, _addable, 0) if {
	_excepted
} else := object.union(_review("reversals", lowest, highest, 0), {"why": _paid_at_once.why}) if {
	lowest := min({limit_in_all, _paid_at_once.amount + _beside.min})
	highest := _paid_at_once.amount + _addable
	highest > lowest
} else := rest

_p4_pays if reversed_amount > 0

_p4_pays if reversals_in_doubt > 0

# a reviewer has something to decide of P4, unless every answer gives what is due anyway (ruling 48)
_excepted if {
	exceptions != {}
	_most_with_exceptions > reversed_amount + rest.amount
}

_left_in_all := min({sum([amount | some amount in left]), limit_in_all})

# METADATA
# description: What was asked for at most, reversals included.
limit_in_all := input.request.amount if input.request.asked == "AMOUNT"

limit_in_all := sum([amount | some amount in left]) if input.request.asked != "AMOUNT"

# the exceptions and what P5 to P10 would pay (ruling 13), were every duplicate verified and paid back (ruling 34)
_most_with_exceptions := most if {
	facts := object.union_n(array.concat(array.concat([input], input.as_verified), [{"parameters": {"duplicate_mode": "auto"}}]))
	most := _most_with_reversals with input as facts
}

_most_with_reversals := min({_left_in_all, ((reversed_amount + reversals_in_doubt) + exceptional) + _most(rest)}) if {
	exceptional := sum([exception.amount | some exception in exceptions])
}

# what P4 pays, and the rest where that is a plain yes
_paid_at_once := object.union(rest, {"amount": reversed_amount + rest.amount, "why": array.concat(["reversals"], rest.why)}) if {
	_rest_counts
	rest.disposition == "CASH_REFUND"
} else := _reversals_only(array.concat(["reversals"], rest.why)) if {
	# what keeps the rest back is said, unless nothing more was asked for
	_rest_counts
	not _all_asked_is_reversed
} else := _reversals_only(["reversals", "exceptions"]) if {
	_excepted
} else := _reversals_only(["reversals"])

# the rest waits neither for information nor for a reviewer of what is to be reversed
_rest_counts if {
	lacking == set()
	not _excepted
}

_all_asked_is_reversed if {
	input.request.asked == "AMOUNT"
	input.request.amount <= reversed_amount
}

# how much a reviewer may add to what is paid at once
_addable := _most_with_exceptions - reversed_amount if {
	_excepted
} else := min({limit_in_all - _paid_at_once.amount, reversals_in_doubt + _beside.max})

# the bounds of the rest, where that is for a reviewer
_beside := rest.bounds if {
	_rest_counts
} else := _nothing.bounds

_reversals_only(why) := object.union(_nothing, {"disposition": "CASH_REFUND", "amount": reversed_amount, "why": why})

# what waits for nothing, beside what does: only what a legal call may add to it is open
_reversals_alone(why) := object.union(_reversals_only(why), {"bounds": {"min": 0, "max": open, "max_credits": 0}}) if {
	reversed_amount > 0
	open := min({limit_in_all - reversed_amount, reversals_in_doubt})
} else := object.union(_review("reversals", 0, min({limit_in_all, reversals_in_doubt}), 0), {"why": why})

# METADATA
# description: >-
#   P5 to P10 - agreements, bars, the statute, the merits. Where every outcome of an open question gives the same amount,
#   there is nothing to review (ruling 48).
rest := _review_up_to("agreements", settle({}, floors).amount, pays_without({"window"}), ceilings) if {
	some terms in agreed
	"NOT_MODELLED" in terms
	settle(pays_without({"window"}), ceilings).amount > settle({}, least).amount
} else := _despite_bars if {
	some bar in said.bars
	bar.outcome == "deny"
} else := _review_up_to("bars", 0, pays, ceilings) if {
	some bar in said.bars
	bar.outcome == "review"
	_best > _due_though_barred
} else := _review_up_to("consents", settle(pays_unreviewed, late_floors).amount, pays, ceilings) if {
	_best > _plain.amount
} else := _review_up_to("reviews", 0, pays, least) if {
	said.reviews != set()
	_reviewer_decides
} else := _cash(_plain, ["merits"]) if {
	_plain.amount > 0
} else := _deny("NOT_REFUNDABLE", ["merits"])

# more is due than what the statute pays, and the policy on items that are not under review
_reviewer_decides if _plain.amount > settle(pays_unreviewed, least).amount

# what is due for certain even if the bar stands
_due_though_barred := settle({}, least).amount if {
	input.parameters.statutory_vs_disqualifier == "allow"
} else := 0

# what the statute pays although a bar denies the rest (ruling 20)
_despite_bars := _review_up_to("over_bars", 0, {}, ceilings) if {
	input.parameters.statutory_vs_disqualifier == "review"
	_statutory_most > 0
} else := _review_up_to("over_bars", settle({}, late_floors).amount, {}, ceilings) if {
	input.parameters.statutory_vs_disqualifier == "allow"
	_statutory_most > settle({}, least).amount
} else := _cash(settle({}, least), ["over_bars"]) if {
	input.parameters.statutory_vs_disqualifier == "allow"
	settle({}, least).amount > 0
} else := _deny("NOT_REFUNDABLE", ["bars"])

_plain := settle(pays, least)

# settling costs, so that it is done again only where legal calls make a difference
_best := _plain.amount if {
	ceilings == least
} else := settle(pays, ceilings).amount

_statutory_most := settle({}, ceilings).amount

# METADATA
# description: What a decision pays at most - its amount and what a reviewer may add to it.
_most(decision) := decision.amount + decision.bounds.max

_nothing := {
	"disposition": "NOT_REFUNDABLE",
	"amount": 0,
	"bounds": {"min": 0, "max": 0, "max_credits": 0},
	"paid": {"due": {}, "items": {}},
	"at_most": null,
	"why": [],
}

_cash(paid, why) := object.union(_nothing, {"disposition": "CASH_REFUND", "amount": paid.amount, "why": why, "paid": paid})

_deny(disposition, why) := object.union(_nothing, {"disposition": disposition, "why": why})

_allow(disposition, why) := object.union(_nothing, {"disposition": disposition, "why": why})

_review(why, lowest, highest, credits) := object.union(_nothing, {
	"disposition": "MANUAL_REVIEW",
	"why": [why],
	"bounds": {"min": lowest, "max": highest, "max_credits": credits},
})

# a review of what the policy and the statute owe at most, by item
_review_up_to(why, lowest, policy, statute) := object.union(_review(why, lowest, paid.amount, 0), {"at_most": {
	"policy": policy,
	"paid": paid,
}}) if {
	paid := settle(policy, statute)
}

_credits := sum([review.credits | some review in said.contested_reviews])

# METADATA
# description: >-
#   The merits, and where they deny, an outage that a reviewer may consider: what P8 to P10 would pay had the bar not been
#   (ruling 13).
considered := excepted if {
	merits.disposition == "NOT_REFUNDABLE"
	said.outages != set()
	excepted := _review_up_to("outages", 0, pays_without({"window", "strict"}), {})
	excepted.bounds.max > 0
} else := merits

# METADATA
# description: The remedy SERVICE_CREDIT (ruling 15).
_service := _allow("SERVICE_CREDIT", ["service_credits"]) if {
	credits_due != set()
} else := _review("service_credits", 0, 0, _credits_in_doubt) if {
	_credits_in_doubt > 0
} else := _deny("NOT_REFUNDABLE", ["service_bars"])

# METADATA
# description: Service credits that are due.
credits_due := {credit | some credit in said.service_credits; credit.state == "due"}

_credits_due := sum([credit.credits | some credit in credits_due])

_credits_in_doubt := sum([credit.credits | some credit in said.service_credits; credit.state == "review"])

# METADATA
# description: >-
#   The decision, once what goes beside the money was asked: a cancellation where none is due, a service credit that is due
#   anyway (rulings 15, 29).
final := object.union(decided, {"disposition": "CANCELLATION", "why": array.concat(decided.why, ["cancellations"])}) if {
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	not input.request.contested
	decided.disposition == "NOT_REFUNDABLE"
} else := object.union(decided, {"disposition": "SERVICE_CREDIT", "why": array.concat(decided.why, ["service_credits"])}) if {
	decided.disposition == "NOT_REFUNDABLE"
	credits_due != set()
} else := object.union(decided, {"why": array.concat(decided.why, ["service_credits"])}) if {
	decided.disposition == "CASH_REFUND"
	credits_due != set()
} else := decided

# METADATA
# description: A fault that only the policy can see, where its level is reached (ruling 16).
fault := {"field": found.field, "description": found.description} if {
	some found in said.faults
	purchases.refund_asked
	not all_excluded
	lacking == set()
}

# METADATA
# description: The law gives more on an item than the policy did.
statute_adds if {
	some item, amount in _judged_due
	amount > object.get(contract_due, item, 0)
}

# what waits for an end or for information is judged as if it did not
_judged_due := merits.paid.due if {
	final.disposition in {"HOLD", "NEEDS_INFORMATION"}
} else := final.paid.due

# METADATA
# description: A covered customer's refund was judged, so that the law has its say in the citations (ruling 32).
law_heard if {
	withdrawal.covered
	withdrawal.contracts != {}
	purchases.refund_asked
	not all_excluded
}
