# METADATA
# title: Which version judges
# description: >-
#   P1: the version in force at the purchase, each later one in force at the request, or the pinned one; and which of
#   their answers holds (rulings 1 and 31).
# scope: package
package decider.versions

import data.decider.outcome
import data.lib.purchases

_versions := data.policies[input.policy_id].versions

# the instant from which each version is in force, by its id
_in_force_from[id] := time.parse_rfc3339_ns(version.effective_from) if some id, version in _versions

# every version with that instant, ascending
_timeline := sort([[from, id] | some id, from in _in_force_from])

_bought_before_first if input.request.purchased_at < _timeline[0][0]

# the purchase, or the first version where that is later
_start := max([input.request.purchased_at, _timeline[0][0]])

_until_start := [id | some [from, id] in _timeline; from <= _start]

# from the version of the purchase, or the first, to the one of the request
_since_purchase := [_timeline[0][1]] if {
	count(_timeline) == 1
} else := array.concat(
	[_until_start[count(_until_start) - 1]],
	[id | some [from, id] in _timeline; from > _start; from <= input.request.requested_at],
)

_newest := _since_purchase[count(_since_purchase) - 1]

# the last of the purchases asked for, or the first version where that is later
_last := max({_start} | {bought.purchased_at | some kind in [purchases.lots, purchases.plans]; some bought in kind})

# since when the version is in force under which that was made
_in_force_at_last := max([from | some [from, _] in _timeline; from <= _last])

_rule := _versions[_newest].parameters.version_rule

# METADATA
# description: The versions that judge, oldest first.
candidates := [input.pinned_version] if {
	input.pinned_version != ""
} else := _since_purchase if {
	_rule == "better_of"
} else := [_newest] if {
	_rule == "current"
} else := [id |
	some id in _since_purchase
	_in_force_from[id] <= _in_force_at_last
]

# METADATA
# description: Why they judge.
reason := "pinned" if {
	input.pinned_version != ""
} else := "before_first" if {
	_bought_before_first
} else := "current" if {
	_rule == "current"
} else := "at_purchase"

_judged := [judged |
	some id in candidates
	judged := outcome.judged with input as _seen_by(id)
]

# the facts as a version's rules see them, as one object: `with input.parameters as` makes a decision 7 % dearer
_seen_by(id) := object.union(input, {
	"parameters": _versions[id].parameters,
	"rules": _versions[id].rules,
	"calendar": input.calendars[id],
	"version": {"version": id, "reason": reason},
})

# METADATA
# description: >-
#   The answer that holds. Every version that may judge has to give one; a fault or an error that one sees is one.
decision := _judged[0].answer if {
	count(candidates) == 1
	reason != "before_first"
	not input.request.currency_withdrawn
} else := _faulty[0] if {
	count(_faulty) > 0
} else := _named(_best[0]) if {
	count(_judged) == count(candidates)
} else := {"fault": {"field": "request.lot_ids", "description": _ask_apart}} if {
	count(_judged) == count(candidates)
}

_ask_apart := sprintf(
	"bought under versions that answer differently (%s): ask for what was bought under one of them at a time",
	[concat(", ", candidates)],
)

_faulty := [found.answer | some found in _judged; not found.answer.verdict]

# those that are best for the customer, oldest first, of versions that may judge all that is asked for
_best := [found |
	some found in _judged
	_rank(found.answer) == _top
	_may_judge(found.answer.policy.version)
]

# a part of it may have been bought later, under another version: an answer for one purchase is none for another (ruling 1)
_may_judge(id) if {
	_rule == "better_of"
	_in_force_from[id] >= _in_force_at_last
}

_may_judge(_) if {
	_rule != "better_of"
	not _differs
}

_rank(answer) := [_allows(answer), answer.amount, _highest(answer)]

_allows(answer) := 1 if {
	answer.verdict == "ALLOW"
} else := 0

_highest(answer) := answer.bounds.max if {
	answer.bounds != null
} else := 0

_top := max([_rank(found.answer) | some found in _judged])

_differs if {
	some found in _judged
	_rank(found.answer) != _top
}

# the clause of the policy on its own changes
_amendment := [{"clause": element.cite.clause, "role": element.cite.role} |
	some element in data.policies[_versions[candidates[0]].rules].amendments
]

_named(found) := _cited(answer, reason) if {
	reason == "before_first"
	answer := _to_review(found)
} else := _to_review(found) if {
	count(_judged) == 1
} else := _cited(_to_review(found), "better_of") if {
	reason == "at_purchase"
	_differs
} else := _cited(_to_review(found), reason)

# where the version matters, the clause on changes is why
_cited(answer, why) := object.union(answer, {
	"policy": {"version": answer.policy.version, "reason": why},
	"citations": sort({cite | some cite in array.concat(answer.citations, _amendment)}),
	"interpretations": array.concat(answer.interpretations, [{"parameter": "version_rule", "value": _rule, "clause": cite.clause} |
		some cite in _amendment
	]),
})

# cash for a purchase under a version nobody knows, unless a billing error is what pays (ruling 1)
_unknown(found) if {
	reason == "before_first"
	found.reversed == 0
	some bought in array.concat(input.lots, input.plans)
	found.due[object.get(bought, "id", "")] > 0
	bought.purchased_at < _timeline[0][0]
}

# money that nobody may pay out before a person has decided (rulings 1, 37)
_to_review(found) := found.answer if {
	found.answer.disposition != "CASH_REFUND"
} else := found.answer if {
	not input.request.currency_withdrawn
	not _unknown(found)
} else := object.union(found.answer, {
	"verdict": "DENY",
	"disposition": "MANUAL_REVIEW",
	"amount": 0,
	"bounds": {
		"min": _least_due(found),
		"max": found.answer.amount + _highest(found.answer),
		"max_credits": 0,
		"breakdown": [line | some line in found.answer.breakdown; _highest(found.answer) == 0],
	},
	"refunds": [],
	"fee": 0,
	"tax": 0,
	"breakdown": [],
	"effects": [],
	"obligations": [duty | some duty in found.answer.obligations; not duty.type in {"PAY_BY", "ORIGINAL_PAYMENT_METHOD", "MANUAL_PAYOUT"}],
	"questions": sort(array.concat(found.answer.questions, questions)),
	"warnings": sort(array.concat(
		[warning | some warning in found.answer.warnings; warning.code != "rest_under_review"],
		[object.union(question, {"until": 0}) | some question in questions],
	)),
}) if {
	questions := array.concat(_version_questions(found), _currency_questions(found.answer))
}

# a currency that was withdrawn changes how it is paid, not what is due
_least_due(found) := 0 if {
	_unknown(found)
} else := found.answer.amount

_version_questions(found) := [{"code": "policy_version_unknown", "clause": cite.clause} | some cite in _amendment; _unknown(found)]

# the clause is that of the entitlement: the one of what was paid
_currency_questions(answer) := [{"code": "currency_withdrawn", "clause": clause} |
	input.request.currency_withdrawn == true
	clause := min([line.clause | some line in answer.breakdown; line.code in {"paid", "duplicate", "overcharge"}])
]
