# METADATA
# title: The order of precedence
# description: >-
#   One chain decides (P2 to P11 of docs/readings.md): the first branch that fits gives the disposition, the causes, which
#   are the findings that the decision cites, and the amounts.
# scope: package
package decider.precedence

import data.decider.settlement
import data.lib.purchases
import data.rulebook

decided := _contested if {
	input.request.contested
} else := _answer("NOT_REFUNDABLE", ["exclusions"]) if {
	settlement.all_excluded
	not _stranger_cancels
} else := _errors_alone(["billing_errors", "holds"]) if {
	settlement.free_duplicates != {}
} else := _incomplete if {
	settlement.lacking != set()
} else := _service if {
	input.request.remedy == "SERVICE_CREDIT"
} else := _answer("CANCELLATION", []) if {
	not purchases.refund_asked
} else := _hold if {
	rulebook.holds != set()
} else := considered

# METADATA
# description: >-
#   The decision with what goes beside the money: a cancellation where no money is owed, and a service credit that is owed
#   in any case (rulings 15, 29).
final := object.union(decided, {"disposition": "CANCELLATION"}) if {
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	not input.request.contested
	decided.disposition == "NOT_REFUNDABLE"
} else := object.union(decided, {
	"disposition": {"NOT_REFUNDABLE": "SERVICE_CREDIT", "CASH_REFUND": "CASH_REFUND"}[decided.disposition],
	"causes": array.concat(decided.causes, ["service_credits"]),
}) if {
	rulebook.service_credits != set()
} else := decided

_contested := _unknown(0, _contested_credits + sum([restoration.credits | some restoration in rulebook.restorations])) if {
	settlement.lacking != set()
} else := _answer("RESTORE_CREDITS", array.concat(["contested"], _not_restored)) if {
	rulebook.restorations != set()
} else := _decision("MANUAL_REVIEW", ["contested"], [0, 0, _contested_credits]) if {
	rulebook.contested_reviews != set()
} else := _answer("NOT_REFUNDABLE", ["contested_bars"])

_contested_credits := sum([review.credits | some review in rulebook.contested_reviews])

# events that are not restored are explained too (ruling 32)
_not_restored := ["contested_bars" |
	answered := {found.event | some found in (rulebook.restorations | rulebook.contested_reviews)}
	count([event | some event in input.usage_events; not event.id in answered; not event.already_restored]) > 0
]

# a stranger who cancels is asked to identify themselves, even where nothing was paid (ruling 7)
_stranger_cancels if {
	input.request.remedy == "CANCEL_SUBSCRIPTION"
	settlement.lacking != set()
}

# some billing errors are repaid although the form of the request is incomplete (ruling 7)
_incomplete := _unknown(0, _credits_in_doubt + _credits_due) if {
	input.request.remedy == "SERVICE_CREDIT"
} else := _unknown(0, 0) if {
	not purchases.refund_asked
} else := _unknown(_possible, _credits_due) if {
	not _error_owed
} else := _hold if {
	rulebook.holds != set()
} else := _errors_alone(["billing_errors"])

_unknown(highest, credits) := _decision("NEEDS_INFORMATION", ["missing"], [0, highest, credits])

_hold := _decision("HOLD", array.concat(["holds"], merits.causes), [0, _possible_merits, _credits_due])

_service := _answer("SERVICE_CREDIT", ["service_credits"]) if {
	rulebook.service_credits != set()
} else := _decision("MANUAL_REVIEW", ["service_credits"], [0, 0, _credits_in_doubt]) if {
	_credits_in_doubt > 0
} else := _answer("NOT_REFUNDABLE", ["service_bars"])

_credits_due := sum([credit.credits | some credit in rulebook.service_credits])

_credits_in_doubt := sum([review.credits | some review in rulebook.service_credit_reviews])

# the most that may come of the request once nothing is missing and every wait ended for the customer; where several
# orders may be meant, the most that one of them gives (ruling 39)
_possible := max({0} | {most |
	some order in input.possible_orders
	order.request.currency == input.request.currency
	most := _most(considered) with input as _supposed(order)
}) if {
	input.lots == []
	input.plans == []
} else := max({_possible_merits, most}) if {
	most := _most(considered) with input as _supposed({})
}

# what P4 to P10 pay at most if the wait ends for the customer (ruling 10)
_possible_merits := max({most |
	some changes in _possible_facts
	most := _most(merits) with input as _supposed(changes)
})

_possible_facts := [facts | some facts in [input.as_awaited, input.as_verified, [{}]]; facts != []][0]

_supposed(changes) := object.union_n([input, changes, {
	"supposed": true,
	"calendar": object.get(changes, ["calendars", input.version.version], input.calendar),
}])

_most(decision) := decision.amount + decision.bounds.max

_answer(disposition, causes) := _decision(disposition, causes, [0, 0, 0])

_decision(disposition, causes, [lowest, highest, credits]) := {
	"disposition": disposition,
	"causes": causes,
	"amount": 0,
	"bounds": {"min": lowest, "max": highest, "max_credits": credits},
	"paid": {"policy": {}, "due": {}, "items": {}},
	"at_most": null,
}
