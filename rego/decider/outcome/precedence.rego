package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   The order of precedence (policies.md 1.3), as one chain: the first branch that fits decides. `why` names the findings
#   that are cited, `paid` what is paid on each item.
decided := _contested if {
	input.request.contested
} else := _deny("NOT_REFUNDABLE", ["exclusions"]) if {
	all_excluded
	purchases.refund_asked
	not _stranger_cancels
} else := _undoubted(_reversals_only(["reversals", "holds"]), _nothing.bounds) if {
	free_duplicates != set()
} else := _incomplete if {
	said.missing != set()
} else := _service if {
	input.request.remedy == "SERVICE_CREDIT"
} else := _allow("CANCELLATION", ["cancellations"]) if {
	not purchases.refund_asked
} else := _hold if {
	said.holds != set()
} else := merits

_contested := _incomplete if {
	said.missing != set()
} else := _review("contested", 0, 0, _credits) if {
	said.restorations == set()
	said.contested_reviews != set()
} else := _allow("RESTORE_CREDITS", ["contested"]) if {
	said.restorations != set()
} else := _deny("NOT_REFUNDABLE", ["contested_bars"])

# what is owed for a billing error does not wait for the form, where the policy says so (ruling 7)
_incomplete := _deny("NEEDS_INFORMATION", ["missing"]) if {
	not _error_admitted
} else := _hold if {
	said.holds != set()
} else := _undoubted(_reversals_only(["reversals"]), _nothing.bounds)

_error_admitted if {
	purchases.refund_asked
	_anything_reversed
}

# who cancels is asked who they are, even where nothing was paid (ruling 7)
_stranger_cancels if {
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	said.missing != set()
}

# what is held may be paid at most what it would be were the end of the wait the customer's (ruling 10)
_hold := object.union(_nothing, {
	"disposition": "HOLD",
	"why": array.concat(["holds"], merits.why),
	"bounds": {"min": 0, "max": _most(merits), "max_credits": 0},
})

# METADATA
# description: P4 to P10, as if nothing was held.
merits := _undoubted(_reversal, _beside) if {
	_anything_reversed
	_reversals_first
} else := _review("exceptions", 0, min({_left_in_all, _excepted_in_all + _most(rest)}), 0) if {
	exceptions != {}
} else := rest

_left_in_all := min({sum([amount | some amount in left]), limit_in_all})

# METADATA
# description: What was asked for at most, reversals included.
limit_in_all := input.request.amount if input.request.asked == "AMOUNT"

limit_in_all := sum([amount | some amount in left]) if input.request.asked != "AMOUNT"

_reversals_first if exceptions == {}

_reversals_first if _duplicate_admitted

# a verified duplicate is paid whatever a reviewer has to decide beside it; an overcharge waits for that (1.3, P4)
_duplicate_admitted if {
	some id, reversal in reversals
	id in verified_duplicates
	_admitted(id, reversal)
}

_excepted_in_all := reversed_amount + sum([exception.amount | some exception in exceptions])

# a reversal pays first; what the rest adds, it adds only where it is a plain yes
_reversal := object.union(rest, {"amount": reversed_amount + rest.amount, "why": array.concat(["reversals"], rest.why)}) if {
	_rest_counts
	rest.disposition == "CASH_REFUND"
} else := _reversals_only(array.concat(["reversals"], rest.why)) if {
	# what keeps the rest back is said, unless nothing more was asked for
	_rest_counts
	not _all_asked_is_reversed
} else := _reversals_only(["reversals"])

# the rest waits neither for information nor for a reviewer of what is to be reversed
_rest_counts if {
	said.missing == set()
	exceptions == {}
}

_all_asked_is_reversed if {
	input.request.asked == "AMOUNT"
	input.request.amount <= reversed_amount
}

_anything_reversed if reversed_amount > 0

_anything_reversed if reversals_in_doubt > 0

# what a reviewer has to decide of a reversal is decided with what one has to see beside it, and the other way round
_undoubted(decision, beside) := decision if {
	not _in_doubt(decision)
	not _rest_in_doubt
} else := object.union(_review("reversals", lowest, highest, 0), {"why": decision.why}) if {
	lowest := min({limit_in_all, decision.amount + beside.min})
	highest := min({limit_in_all, (decision.amount + reversals_in_doubt) + beside.max})
}

# the law may give back more of a used duplicate (rulings 11, 20, 30)
_in_doubt(decision) if min({limit_in_all, decision.amount + reversals_in_doubt}) > decision.amount

# a reviewer may grant more than an overcharge: nobody is to get less than the statute gives, or than a business would get
# (policies.md 5, 17 and 18)
_rest_in_doubt if {
	_rest_counts
	rest.disposition == "MANUAL_REVIEW"
	not _duplicate_admitted
	not _all_asked_is_reversed
}

# the bounds of the rest, where that is for a reviewer
_beside := rest.bounds if {
	_rest_counts
} else := _nothing.bounds

_reversals_only(why) := object.union(_nothing, {"disposition": "CASH_REFUND", "amount": reversed_amount, "why": why})

# METADATA
# description: P5 to P10 - agreements, bars, the statute, the merits.
rest := _review("agreements", settle({}, floors).amount, settle(pays_without({"window"}), ceilings).amount, 0) if {
	some terms in agreed
	"NOT_MODELLED" in terms
} else := _despite_bars if {
	some bar in said.bars
	bar.outcome == "deny"
} else := _review("bars", 0, _best, 0) if {
	some bar in said.bars
	bar.outcome == "review"
	_best > 0
} else := _review("consents", settle(pays_unreviewed, late_floors).amount, _best, 0) if {
	_best > _plain.amount
} else := _review("reviews", 0, _plain.amount, 0) if {
	said.reviews != set()
	_reviewer_decides
} else := _cash(_plain, ["merits"]) if {
	_plain.amount > 0
} else := _deny("NOT_REFUNDABLE", ["merits"])

# more is due on an item under review than the statute pays on it; that a part which others could pay was asked for changes
# nothing, as it is taken of all in proportion (ruling 26)
_reviewer_decides if {
	due := settle(pays_unreviewed, floors).due
	some review in said.reviews
	_plain.due[review.item] > object.get(due, review.item, 0)
}

# what the statute pays although a bar denies the rest (ruling 20)
_despite_bars := _review("over_bars", 0, _statutory_most, 0) if {
	input.terms.statutory_vs_disqualifier == "review"
	_statutory_most > 0
} else := _review("over_bars", settle({}, late_floors).amount, _statutory_most, 0) if {
	input.terms.statutory_vs_disqualifier == "allow"
	_statutory_most > settle({}, floors).amount
} else := _cash(settle({}, floors), ["over_bars"]) if {
	input.terms.statutory_vs_disqualifier == "allow"
	settle({}, floors).amount > 0
} else := _deny("NOT_REFUNDABLE", ["bars"])

_plain := settle(pays, floors)

# settling costs, so that it is done again only where legal calls make a difference
_best := _plain.amount if {
	ceilings == floors
} else := settle(pays, ceilings).amount

_statutory_most := settle({}, ceilings).amount

# METADATA
# description: What a decision pays at most - its amount, else the upper bound of its review, else nothing.
_most(decision) := max({decision.amount, decision.bounds.max})

_nothing := {
	"disposition": "NOT_REFUNDABLE",
	"amount": 0,
	"bounds": {"min": 0, "max": 0, "max_credits": 0},
	"paid": {"due": {}, "items": {}, "amount": 0},
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

_credits := sum([review.credits | some review in said.contested_reviews])

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

_credits_in_doubt := sum([credit.credits | some credit in said.service_credits; credit.state == "review"])

# METADATA
# description: >-
#   The decision, once what comes after P10 was asked: a cancellation where no money is due, an outage that a reviewer may
#   consider, a service credit that is due anyway (rulings 13, 15, 29).
final := object.union(decided, {"disposition": "CANCELLATION", "why": array.concat(decided.why, ["cancellations"])}) if {
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	not input.request.contested
	decided.disposition == "NOT_REFUNDABLE"
} else := _review("outages", 0, _without_bar, 0) if {
	decided.disposition == "NOT_REFUNDABLE"
	purchases.refund_asked
	not all_excluded
	said.outages != set()
	_without_bar > 0
} else := object.union(decided, {"disposition": "SERVICE_CREDIT", "why": array.concat(decided.why, ["service_credits"])}) if {
	decided.disposition == "NOT_REFUNDABLE"
	credits_due != set()
} else := object.union(decided, {"why": array.concat(decided.why, ["service_credits"])}) if {
	decided.disposition == "CASH_REFUND"
	credits_due != set()
} else := decided

# what P8 to P10 would pay on the credits had the bar not been
_without_bar := settle({item: amount | some item, amount in pays_without({"window", "strict"}); item != ""}, {}).amount

# METADATA
# description: A fault that only the policy can see, where its level is reached (policies.md 6).
fault := {"field": found.field, "description": found.description} if {
	some found in said.faults
	purchases.refund_asked
	not all_excluded
	said.missing == set()
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
