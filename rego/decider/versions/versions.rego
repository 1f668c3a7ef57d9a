# METADATA
# title: Which version judges
# description: >-
#   P1: the version in force at the purchase, each later version in force at the request, or the pinned version; and which
#   of their results holds (rulings 1 and 31).
# scope: package
package decider.versions

import data.decider.explanation
import data.lib.purchases

_versions := data.policies[input.policy_id].versions

# the instant from which each version is in force
_in_force_from := {id: time.parse_rfc3339_ns(version.effective_from) | some id, version in _versions}

_timeline := sort([[from, id] | some id, from in _in_force_from])

_first := _timeline[0][0]

# since when the version is in force under which a purchase of this instant was made; before all versions it is the first
_in_force_at(instant) := max([from | some [from, _] in _timeline; from <= max([instant, _first])])

# from the version of the purchase to the version of the request
_since_purchase := [_timeline[0][1]] if {
	count(_timeline) == 1
} else := [id |
	start := _in_force_at(input.request.purchased_at)
	end := max([start, input.request.requested_at])
	some [from, id] in _timeline
	from >= start
	from <= end
]

_newest := _since_purchase[count(_since_purchase) - 1]

_in_force_at_last_purchase := _in_force_at(max({_first} | {bought.purchased_at | some bought in purchases.bought}))

_rule := _versions[_newest].parameters.version_rule

# METADATA
# description: Why the candidates judge.
reason := "pinned" if {
	input.pinned_version != null
} else := "before_first" if {
	input.request.purchased_at < _first
} else := "current" if {
	_rule == "current"
} else := "at_purchase"

# METADATA
# description: The versions that judge, oldest first.
candidates := [input.pinned_version] if {
	reason == "pinned"
} else := _since_purchase if {
	_rule == "better_of"
} else := [_newest] if {
	_rule == "current"
} else := [id | some id in _since_purchase; _in_force_from[id] <= _in_force_at_last_purchase]

_judged := [judged |
	some id in candidates
	bound := _bound(id)

	# the facts as a version's rules see them, as one object: `with input.parameters as` makes a decision 7 % dearer
	facts := object.union(input, {
		"parameters": _versions[id].parameters,
		"grounds": bound.grounds,
		"readings": bound.readings,
		"calendar": input.calendars[id],
		"version": {"version": id, "reason": reason},
	})
	judged := explanation.judged with input as facts
]

# what the clauses of a version's rule set are bound to
_bound(id) := data.policies[input.policy_id].bindings[_versions[id].rules]

# METADATA
# description: >-
#   The result that holds. Every version that may judge has to give a result; a fault or an error of one of them holds.
decision := _judged[0].result if {
	count(candidates) == 1
	reason != "before_first"
	not input.request.currency_withdrawn
} else := _faulty[0] if {
	count(_faulty) > 0
} else := _explained(_best[0]) if {
	count(_judged) == count(candidates)
} else := {"fault": {"field": "request.lot_ids", "description": sprintf(_ask_apart, [concat(", ", candidates)])}} if {
	count(_judged) == count(candidates)
}

_ask_apart := "bought under versions that answer differently (%s): ask for what was bought under one of them at a time"

_faulty := [judged.result | some judged in _judged; not judged.result.verdict]

# the best results for the customer, oldest first, of versions that may judge all that is requested
_best := [judged |
	some judged in _judged
	_rank(judged.result) == max(_ranks)
	_may_judge(judged.result.policy.version)
]

# a part may have been bought later, under another version, and a result for one purchase is none for another (ruling 1)
_may_judge(id) if {
	_rule == "better_of"
	_in_force_from[id] >= _in_force_at_last_purchase
}

_may_judge(_) if {
	_rule != "better_of"
	count(_ranks) == 1
}

_ranks := {_rank(judged.result) | some judged in _judged}

_rank(result) := [count(["ALLOW" | result.verdict == "ALLOW"]), result.amount, _highest(result)]

_highest(result) := result.bounds.max if {
	result.bounds != null
} else := 0

# the clause of the policy on its own changes
_amendment := [cite | cite := _bound(candidates[0]).grounds.policy_change]

# where the version matters, the clause on changes is cited
_explained(judged) := _reviewed(judged) if {
	count(_judged) == 1
	reason != "before_first"
} else := object.union(result, {
	"policy": {"reason": _reason_of_result},
	"citations": sort({cite | some cite in array.concat(result.citations, _amendment)}),
	"interpretations": array.concat(result.interpretations, [{"parameter": "version_rule", "value": _rule, "clause": clause} |
		clause := _bound(candidates[0]).readings.version_rule
	]),
}) if {
	result := _reviewed(judged)
}

_reason_of_result := "better_of" if {
	reason == "at_purchase"
	count(_ranks) > 1
} else := reason

_reviewed(judged) := judged.result if not _needs_review(judged)

_reviewed(judged) := object.union(result, {
	"verdict": "DENY",
	"disposition": "MANUAL_REVIEW",
	"amount": 0,
	"bounds": {
		"min": _least_due(judged),
		"max": result.amount + _highest(result),
		"max_credits": 0,
		"breakdown": [line | some line in result.breakdown; _highest(result) == 0],
	},
	"refunds": [], "fee": 0, "tax": 0, "breakdown": [], "effects": [],
	"obligations": [duty | some duty in result.obligations; not duty.type in {"PAY_BY", "ORIGINAL_PAYMENT_METHOD", "MANUAL_PAYOUT"}],
	"questions": sort(array.concat(result.questions, questions)),
	"warnings": sort(array.concat(
		[warning | some warning in result.warnings; warning.code != "rest_under_review"],
		[object.union(question, {"until": 0}) | some question in questions],
	)),
}) if {
	_needs_review(judged)
	result := judged.result
	questions := array.concat(
		[{"code": "policy_version_unknown", "clause": cite.clause} | some cite in _amendment; _version_unknown(judged)],
		[{"code": "currency_withdrawn", "clause": _clause_of_payment(result)} | input.request.currency_withdrawn],
	)
}

# money that may be paid only after a person has decided (rulings 1, 37)
_needs_review(judged) if {
	judged.result.disposition == "CASH_REFUND"
	input.request.currency_withdrawn
}

_needs_review(judged) if {
	judged.result.disposition == "CASH_REFUND"
	_version_unknown(judged)
}

# cash for a purchase under an unknown version, unless a billing error pays it (ruling 1)
_version_unknown(judged) if {
	reason == "before_first"
	not "billing_errors" in judged.decision.causes
	some bought in array.concat(input.lots, input.plans)
	judged.decision.paid.due[object.get(bought, "id", "")] > 0
	bought.purchased_at < _first
}

# a withdrawn currency changes how an amount is paid, not what is due
_least_due(judged) := 0 if {
	_version_unknown(judged)
} else := judged.result.amount

_clause_of_payment(result) := min([line.clause | some line in result.breakdown; line.code in {"paid", "duplicate", "overcharge"}])
