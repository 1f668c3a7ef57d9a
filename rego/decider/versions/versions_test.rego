package decider.versions_test

import data.decider.versions
import data.lib.fixture_test as given

_shipped := data.policies["router-one"].versions

_bound := {"router-one": given.bindings["router-one"]}

# two more versions: one from the day after the purchase that refunds the fee, one from the year after the request
_versions(rule) := object.union(
	{"2026-05-16": _version("2026-05-16T00:00:00Z", rule, {})},
	{
		"next": _version("2026-06-02T00:00:00Z", rule, {"refund_fee": true}),
		"after": _version("2027-06-02T00:00:00Z", rule, {"refund_fee": true}),
	},
)

_version(from, rule, changes) := object.union(_shipped["2026-05-16"], {
	"effective_from": from,
	"parameters": object.union(changes, {"version_rule": rule}),
})

_paid_fee := {
	"lots": [given.lot({"fee": 200})],
	"payments": [given.payment({"captured": 10200, "judged": 10200, "fee_own": 200})],
}

_before_first := {"request": {"purchased_at": 0}, "lots": [given.lot({"purchased_at": 0})]}

_old := given.both(_before_first, {"lots": [given.lot({"purchased_at": 0, "fee": 200})]})

test_version[note] if {
	some note, tc in {
		"better": ["better_of", {}, "next", "better_of", "CASH_REFUND", 10200],
		"at the purchase": ["at_purchase", {}, "2026-05-16", "at_purchase", "CASH_REFUND", 10000],
		"at the request": ["current", {}, "next", "current", "CASH_REFUND", 10200],
		"pinned": ["better_of", {"pinned_version": "after"}, "after", "pinned", "CASH_REFUND", 10200],
		"before the first": ["at_purchase", _old, "2026-05-16", "before_first", "MANUAL_REVIEW", 0],
		"before the first, the better": ["better_of", _old, "next", "before_first", "MANUAL_REVIEW", 0],
		"a denial before the first": [
			"at_purchase",
			{"request": {"purchased_at": 0}, "risk": {"fraud": "CONFIRMED"}},
			"2026-05-16", "before_first", "NOT_REFUNDABLE", 0,
		],
		"before the first, by the current one": ["current", _old, "next", "before_first", "MANUAL_REVIEW", 0],
		"no better": ["better_of", {"risk": {"fraud": "CONFIRMED"}}, "2026-05-16", "at_purchase", "NOT_REFUNDABLE", 0],
		"a better bound": ["better_of", {"risk": {"fraud": "SUSPECTED"}}, "next", "better_of", "MANUAL_REVIEW", 0],
	}
	facts := given.router_one(given.both(_paid_fee, tc[1]))
	[answer] := data.decider.decisions with input as {"items": [facts]} with data.policies["router-one"].bindings as _bound with data.policies["router-one"].versions as _versions(tc[0])
	answer.policy == {"version": tc[2], "reason": tc[3]}
	[answer.disposition, answer.amount] == [tc[4], tc[5]]
}

test_unknown_version_is_a_review if {
	answer := given.decision("router-one", _before_first)
	object.subset(answer, {"verdict": "DENY", "bounds": {"min": 0, "max": 10000}, "effects": [], "breakdown": []})
	{"code": "policy_version_unknown", "clause": "router-one/9-changes", "until": 0} in answer.warnings
	answer.questions == [{"code": "policy_version_unknown", "clause": "router-one/9-changes"}]
	{"clause": "router-one/9-changes", "role": "LIMITS"} in answer.citations
	not "PAY_BY" in {duty.type | some duty in answer.obligations}
}

# the second of two purchases was made after the next version came into force, which refunds the fee or has a shorter window
test_purchases_under_two_versions[note] if {
	some note, tc in {
		"the later is better, and judges both": ["better_of", {"refund_fee": true}, {}, {"policy": {"version": "next", "reason": "better_of"}, "amount": 20400}],
		"the former is better": ["better_of", {"window.days": 1}, {}, _refused],
		"the former is better, for one that was bought before": ["better_of", {"window.days": 1}, _one, {"policy": {"version": "2026-05-16", "reason": "better_of"}, "amount": 10000}],
		"neither is better": ["better_of", {"repeat_limit": 5}, {}, {"policy": {"version": "next", "reason": "at_purchase"}, "amount": 20000}],
		"each by its own, and they differ": ["at_purchase", {"refund_fee": true}, {}, _refused],
		"each by its own, and they do not differ": ["at_purchase", {"repeat_limit": 5}, {}, {"policy": {"version": "2026-05-16", "reason": "at_purchase"}, "amount": 20000}],
		"by the current one": ["current", {"refund_fee": true}, {}, {"policy": {"version": "next", "reason": "current"}, "amount": 20400}],
		"by the one that was asked for": ["at_purchase", {"refund_fee": true}, {"pinned_version": "2026-05-16"}, {"policy": {"version": "2026-05-16", "reason": "pinned"}, "amount": 20000}],
		"the former is better, pinned": ["better_of", {"window.days": 1}, {"pinned_version": "2026-05-16"}, {"policy": {"version": "2026-05-16", "reason": "pinned"}, "amount": 20000}],
	}
	facts := given.router_one(given.both(
		{
			"lots": [given.lot({"fee": 200}), given.lot({"id": "L2", "fee": 200, "purchased_at": given.bought + (2 * given.day)})],
			"payments": [given.payment({"captured": 20400, "judged": 20400, "fee_own": 400, "paid_for": ["L1", "L2"]})],
		},
		tc[2],
	))
	[answer] := data.decider.decisions with input as {"items": [facts]}
		with data.policies["router-one"].bindings as _bound with data.policies["router-one"].versions as {
			"2026-05-16": _version("2026-05-16T00:00:00Z", tc[0], {}),
			"next": _version("2026-06-02T00:00:00Z", tc[0], tc[1]),
		}
	object.subset(answer, tc[3])
}

_refused := {"fault": {
	"field": "request.lot_ids",
	"description": "bought under versions that answer differently (2026-05-16, next): ask for what was bought under one of them at a time",
}}

_one := {
	"lots": [given.lot({"fee": 200})],
	"payments": [given.payment({"captured": 10200, "judged": 10200, "fee_own": 200})],
}

test_only_what_was_bought_before_it_is_of_an_unknown_version[note] if {
	some note, tc in {
		"all that is due was bought under a known one": [given.used_lot(1000, 100, {"purchased_at": 0}), "CASH_REFUND"],
		"a part was not": [given.lot({"purchased_at": 0}), "MANUAL_REVIEW"],
		"at the instant of the first": [given.lot({"purchased_at": 1778889600000000000}), "CASH_REFUND"],
		"a nanosecond before": [given.lot({"purchased_at": 1778889599999999999}), "MANUAL_REVIEW"],
	}
	answer := given.decision("router-one", {
		"request": {"purchased_at": 0},
		"lots": [tc[0], given.lot({"id": "L2"})],
		"payments": [given.payment({"captured": 20000, "paid_for": ["L1", "L2"]})],
	})
	answer.disposition == tc[1]
}

test_a_plan_of_an_unknown_version_is_a_review if {
	answer := given.decision("router-one", given.on_plan({
		"request": {"purchased_at": 0},
		"plans": [given.plan({"purchased_at": 0, "started": false})],
	}))
	answer.disposition == "MANUAL_REVIEW"
}

# what P4 pays stays, with all it carries (ruling 1)
test_a_reversal_under_an_unknown_version_is_paid if {
	answer := given.decision("router-one", given.both(_before_first, {"payments": [
		given.payment({}),
		given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
	]}))
	object.subset(answer, {"disposition": "CASH_REFUND", "amount": 20000})
	given.adds_up(answer)
}

test_asked_before_the_first_version if {
	facts := given.router_one({"request": {"purchased_at": 0, "requested_at": 1}})
	candidates := versions.candidates with input as facts
	candidates == ["2026-05-16"]
	reason := versions.reason with input as facts
	reason == "before_first"
}

test_fault_is_the_answer if {
	found := given.decision("router-one", {"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({"currency": "EUR"})]})
	found.fault.field == "facts.agreement.minimum"
}

test_fault_before_the_first_version_is_the_answer if {
	found := given.decision("router-one", {
		"request": {"purchased_at": 0},
		"agreements": [given.agreement({"order_refs": []})],
		"lots": [given.lot({"currency": "EUR"})],
	})
	found.fault.field == "facts.agreement.minimum"
}

# ruling 37
test_money_in_a_withdrawn_currency_is_a_review[note] if {
	some note, tc in {
		"of a known version": [{}, [10000, 10000], {"currency_withdrawn"}],
		"bought before the first version": [_before_first, [0, 10000], {"currency_withdrawn", "policy_version_unknown"}],
		"of which a part is for a reviewer": [
			{"payments": [
				given.payment({}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
				given.payment({"id": "P3", "duplicate": "UNVERIFIED", "paid_for": []}),
			]},
			[10000, 30000],
			{"currency_withdrawn", "duplicate_unverified"},
		],
		"of a reversal that no version can take away": [
			given.both(_before_first, {"payments": [
				given.payment({}),
				given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
			]}),
			[20000, 20000],
			{"currency_withdrawn"},
		],
	}
	answer := given.decision("router-one", given.both(tc[0], {"request": {"currency_withdrawn": true}}))
	object.subset(answer, {
		"verdict": "DENY", "disposition": "MANUAL_REVIEW", "amount": 0,
		"refunds": [], "fee": 0, "tax": 0, "breakdown": [], "effects": [],
	})
	[answer.bounds.min, answer.bounds.max] == tc[1]
	{question.code | some question in answer.questions} == tc[2]
	{warning.code | some warning in answer.warnings} == tc[2]
}

test_a_denial_in_a_withdrawn_currency_stays_one if {
	answer := given.decision("router-one", {
		"request": {"currency_withdrawn": true},
		"lots": [given.used_lot(1000, 100, {})],
	})
	answer.disposition == "NOT_REFUNDABLE"
	{warning.code | some warning in answer.warnings} == {"nothing_refundable", "consumed_bonus_kept"}
}

# the clause is that of the entitlement (ruling 37)
test_a_withdrawn_currency_cites_what_is_due[note] if {
	some note, tc in {
		"the merits": [{}, "router-one/2.1-prorata"],
		"a duplicate, while the order waits": [
			{
				"lots": [given.lot({"refund_pending": true})],
				"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})],
			},
			"router-one/2.2-reversal",
		],
		"an overcharge, while a reviewer decides the rest": [
			{
				"payments": [
					given.payment({"captured": 12000, "overcharged": 2000}),
					given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []}),
				],
			},
			"router-one/2.2-reversal",
		],
	}
	answer := given.decision("router-one", given.both(tc[0], {"request": {"currency_withdrawn": true}}))
	{question.clause | some question in answer.questions; question.code == "currency_withdrawn"} == {tc[1]}
}

# a fault counts where its level is reached
test_no_fault_where_no_money_is_asked_for[note] if {
	some note, changes in {
		"service credits": {"request": {"remedy": "SERVICE_CREDIT"}},
		"bought elsewhere": {"lots": [given.lot({"currency": "EUR", "sold_elsewhere": true})]},
	}
	answer := given.decision("router-one", object.union(
		{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({"currency": "EUR"})]},
		changes,
	))
	answer.disposition == "NOT_REFUNDABLE"
}
