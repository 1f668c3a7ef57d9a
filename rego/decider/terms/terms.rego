# METADATA
# title: Which version judges
# description: >-
#   P1: the version in force at the purchase, each later one in force at the request, or the pinned one; and which of
#   their answers holds (rulings 1 and 31 of policies.md).
# scope: package
package decider.terms

import data.decider.outcome

_versions := data.policies[input.policy_id].versions

# every version with the instant from which it is in force, ascending
_ordered := sort([[time.parse_rfc3339_ns(version.effective_from), id] | some id, version in _versions])

_in_force(at) := [id | some [from, id] in _ordered; from <= at]

_first := _ordered[0][1]

_newest_at(at) := in_force[count(in_force) - 1] if {
	in_force := _in_force(at)
	count(in_force) > 0
}

_rule := _versions[_newest_at(input.request.requested_at)].parameters.version_rule if {
	_newest_at(input.request.requested_at)
} else := _versions[_first].parameters.version_rule

_bought_before_first if {
	input.pinned_version == ""
	input.request.purchased_at < _ordered[0][0]
}

# METADATA
# description: The versions that judge, oldest first, and why.
candidates := {"versions": [input.pinned_version], "reason": "pinned"} if {
	input.pinned_version != ""
} else := {"versions": array.concat([_first], _later(_ordered[0][0])), "reason": "before_first"} if {
	_bought_before_first
	_rule == "better_of"
} else := {"versions": [_first], "reason": "before_first"} if {
	_bought_before_first
} else := {"versions": [_newest_at(input.request.requested_at)], "reason": "current"} if {
	_rule == "current"
} else := {"versions": [_newest_at(input.request.purchased_at)], "reason": "at_purchase"} if {
	_rule == "at_purchase"
} else := {"versions": array.concat([_newest_at(input.request.purchased_at)], _later(input.request.purchased_at)), "reason": "at_purchase"}

# versions in force at the request that were not yet in force at the given instant
_later(at) := [id |
	some [from, id] in _ordered
	from > at
	from <= input.request.requested_at
]

_judged := [object.union(judged, {"version": id}) |
	some id in candidates.versions
	judged := outcome.judged with input as _seen_by(id)
]

# the facts as a version's rules see them
_seen_by(id) := object.union(input, {
	"terms": _versions[id].parameters,
	"rules": _versions[id].rules,
	"calendar": input.calendars[id],
})

# METADATA
# description: The answer that holds. Every version that may judge has to give one; a fault that one sees is a fault.
decision := _named(_judged[0], candidates.reason, []) if {
	count(candidates.versions) == 1
	count(_judged) == 1
	not _judged[0].answer.fault
} else := found.answer if {
	some found in _judged
	found.answer.fault
} else := _named(_best, _reason, _amendment) if {
	count(_judged) == count(candidates.versions)
}

_rank(answer) := [_allows(answer), answer.amount, _highest(answer)]

_allows(answer) := 1 if {
	answer.verdict == "ALLOW"
} else := 0

_highest(answer) := answer.bounds.max if {
	answer.bounds != null
} else := 0

_top := max([_rank(found.answer) | some found in _judged])

# the oldest of those that are best for the customer
_best := [found | some found in _judged; _rank(found.answer) == _top][0]

_reason := "before_first" if {
	candidates.reason == "before_first"
} else := "better_of" if {
	_differs
} else := "at_purchase"

_differs if {
	some found in _judged
	_rank(found.answer) != _top
}

# the clause of the policy on its own changes
_amendment := [{"clause": element.cite.clause, "role": element.cite.role} |
	some element in data.policies[_versions[candidates.versions[0]].rules].amendments
]

_named(found, reason, cited) := _with(_reviewed(found.answer), found.version, reason, _amendment) if {
	_unknown(found, reason)
} else := _with(found.answer, found.version, reason, cited)

_with(answer, version, reason, cited) := object.union(answer, {"policy": {"version": version, "reason": reason}}) if {
	count(cited) == 0
} else := object.union(answer, {
	"policy": {"version": version, "reason": reason},
	"citations": sort({cite | some cite in array.concat(answer.citations, cited)}),
	"interpretations": array.concat(answer.interpretations, [{"parameter": "version_rule", "value": _rule, "clause": cite.clause} |
		some cite in cited
	]),
})

# cash under a version nobody knows, unless a billing error is what pays (ruling 1)
_unknown(found, "before_first") if {
	found.answer.disposition == "CASH_REFUND"
	found.reversed == 0
}

_reviewed(answer) := object.union(answer, {
	"verdict": "DENY",
	"disposition": "MANUAL_REVIEW",
	"amount": 0,
	"bounds": {"min": 0, "max": answer.amount, "max_credits": 0},
	"breakdown": [],
	"effects": [],
	"obligations": [duty | some duty in answer.obligations; not duty.type in {"PAY_BY", "ORIGINAL_PAYMENT_METHOD", "MANUAL_PAYOUT"}],
	"warnings": sort(array.concat(answer.warnings, [{"code": "policy_version_unknown", "clause": cite.clause} | some cite in _amendment])),
})
