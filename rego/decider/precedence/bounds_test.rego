package decider.precedence_test

import data.lib.fixture_test as given

# an order that may be meant
_order(price) := {
	"request": {"currency": "USD"},
	"lots": [given.lot({"base_price": price})],
	"payments": [given.payment({"captured": price, "judged": price})],
	"refund_sources": [{"payment_id": "P1", "group": "P1", "method": "card", "left": price}],
	"calendars": {"2026-05-16": given.calendar, "2026-04": given.calendar},
}

_no_order := {"lots": [], "payments": [], "request": {"order_named": false}}

_charged_twice(second) := {"payments": [
	given.payment({}),
	given.payment(object.union({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}, second)),
]}

# rulings 10, 34, 39
test_the_most_that_may_come_of_what_waits[note] if {
	some note, tc in {
		"of two orders that may be meant, of the larger": [
			"router-one",
			given.both(_no_order, {"possible_orders": [_order(3000), _order(7000)]}),
			["NEEDS_INFORMATION", 7000],
		],
		"of two orders that may be meant, of the one in the currency of the request": [
			"router-one",
			given.both(_no_order, {"possible_orders": [_order(3000), object.union(_order(7000), {"request": {"currency": "EUR"}})]}),
			["NEEDS_INFORMATION", 3000],
		],
		"of no order that may be meant": ["router-one", _no_order, ["NEEDS_INFORMATION", 0]],
		"of an order that is there, though others may be meant": [
			"router-one",
			{"request": {"order_named": false}, "possible_orders": [_order(3000)]},
			["NEEDS_INFORMATION", 10000],
		],
		"of a plan that is there, though others may be meant": [
			"yunxin",
			given.both(
				given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0})]}),
				{"request": {"order_named": false}, "possible_orders": [_order(7000)]},
			),
			["NEEDS_INFORMATION", 3000],
		],
		"a cancellation of a running period": [
			"yunxin",
			given.both(
				given.on_plan({"plans": [given.plan({})]}),
				{"request": {"remedy": "CANCEL_SUBSCRIPTION", "sender": {"address": "OTHER"}}},
			),
			["NEEDS_INFORMATION", 0],
		],
		"a cancellation of a running period that the law would refund": [
			"yunxin",
			given.both(given.both(given.from("DE"), given.on_plan({"plans": [given.plan({})]})), {"request": {"remedy": "CANCEL_SUBSCRIPTION", "sender": {"address": "OTHER"}}}),
			["NEEDS_INFORMATION", 0],
		],
		"a used up lot": [
			"yunxin",
			{"lots": [given.used_lot(1000, 100, {})], "request": {"channel": "OTHER"}},
			["NEEDS_INFORMATION", 0],
		],
		"the refund under way, had it failed": [
			"router-one",
			object.union(_charged_twice({"refund_pending": true, "kept": 0, "refunded": 10000}), {"as_awaited": [_charged_twice({})]}),
			["HOLD", 20000],
		],
		"the refund under way, of two ways to end the better": [
			"router-one",
			object.union(_charged_twice({"refund_pending": true, "kept": 0, "refunded": 10000}), {"as_awaited": [_charged_twice({}), _charged_twice({"duplicate": "NO"})]}),
			["HOLD", 20000],
		],
		"an outage beside an order that is too old": [
			"yunxin",
			{"lots": [given.lot({"age_ns": 20 * given.day})], "incidents": [given.incident({})], "request": {"channel": "OTHER"}},
			["NEEDS_INFORMATION", 10000],
		],
		"duplicates, of which only some wait": [
			"yunxin",
			{
				"payments": [
					given.payment({}),
					given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}),
					given.payment({"id": "P3", "duplicate": "VERIFIED", "paid_for": [], "dispute_open": true}),
				],
				"request": {"channel": "OTHER"},
			},
			["NEEDS_INFORMATION", 30000],
		],
		"the duplicate, were it verified": [
			"yunxin",
			object.union(_charged_twice({"duplicate": "UNVERIFIED"}), {"request": {"channel": "OTHER"}, "as_verified": [_charged_twice({})]}),
			["NEEDS_INFORMATION", 20000],
		],
	}
	answer := given.decision(tc[0], tc[1])
	[answer.disposition, answer.bounds.max] == tc[2]
	object.subset(answer.bounds, {"min": 0, "max_credits": 0})
}

# the day of a possible order counts from its own purchase
test_a_possible_order_has_its_own_calendar if {
	order := object.union(_order(7000), {"lots": [given.lot({"base_price": 7000, "age_ns": 14 * given.day})]})
	days := object.union(given.calendar, {"window_ends": {"L1": 0}})
	some policy, want in {"router-one": [7000, 0]}
	answers := [given.decision(policy, object.union(_no_order, {
		"parameters": {"window.mode": "calendar"},
		"possible_orders": [object.union(order, {"calendars": {"2026-05-16": calendar}})],
	})) |
		some calendar in [given.calendar, days]
	]
	[answer.bounds.max | some answer in answers] == want
}

_incident := {"request": {"remedy": "SERVICE_CREDIT", "channel": "OTHER"}}

# credits that may come of it are told in advance (ruling 39)
test_credits_that_may_come_of_what_is_missing if {
	answer := given.decision("yunxin", _incident) with data.rulebook.service_credits as {
		{"incident": "I1", "credits": 20, "cite": {"clause": "yunxin/exc-outage", "role": "GRANTS"}},
	}
		with data.rulebook.service_credit_reviews as {
			{"incident": "I2", "credits": 7, "cite": {"clause": "yunxin/exc-outage", "role": "LIMITS"}},
		}
	answer.disposition == "NEEDS_INFORMATION"
	object.subset(answer.bounds, {"min": 0, "max": 0, "max_credits": 27})
}

test_credits_due_may_come_of_what_is_missing if {
	answer := given.decision("router-one", {"request": {"channel": "OTHER"}, "incidents": [given.incident({})]})
	object.subset(answer, {"disposition": "NEEDS_INFORMATION", "bounds": {"min": 0, "max": 10000, "max_credits": 20}})
}

_used_up_unrecorded := given.used_lot(1000, 100, {"id": "L2", "payment_id": "P2", "consent": given.no_consent})

# a duplicate whose lot is used up, of which only a legal call may find something due
_doubtful(changes) := given.both(
	given.from("DE"),
	object.union(
		{
			"lots": [given.lot({}), _used_up_unrecorded],
			"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})],
		},
		changes,
	),
)

_waits := {"lots": [given.lot({"refund_pending": true}), _used_up_unrecorded]}

# rulings 47, 48
test_a_duplicate_in_doubt_beside_the_rest[note] if {
	some note, tc in {
		"the rest pays all that is asked for": [
			"router-one",
			_doubtful({"request": {"amount": 5000}}),
			{"disposition": "CASH_REFUND", "amount": 5000, "bounds": null, "questions": []},
		],
		"the rest pays some of what is asked for": [
			"router-one",
			_doubtful({"request": {"amount": 12000}}),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 10000, "max": 12000}},
		],
		"a reviewer decides on a part of the rest as well": [
			"router-one",
			_doubtful({"lots": [given.used_lot(500, 0, {"consent": given.no_consent}), _used_up_unrecorded]}),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 5000, "max": 20000}},
		],
		"the rest pays all but the least amount there is": [
			"router-one",
			_doubtful({"request": {"amount": 10001}}),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 10000, "max": 10001}},
		],
		"the least amount there is may be due of it": [
			"router-one",
			_doubtful({
				"lots": [given.lot({}), object.union(_used_up_unrecorded, {"base_price": 1, "total": 1})],
				"payments": [given.payment({}), given.payment({"id": "P2", "captured": 1, "duplicate": "VERIFIED", "paid_for": ["L2"]})],
			}),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 10000, "max": 10001}},
		],
		"the rest pays all that is asked for, beside another that nobody verified": [
			"router-one",
			_doubtful({
				"request": {"amount": 10000},
				"payments": [
					given.payment({}),
					given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]}),
					given.payment({"id": "P3", "duplicate": "UNVERIFIED", "paid_for": []}),
				],
			}),
			{"disposition": "CASH_REFUND", "amount": 10000, "bounds": null, "questions": []},
		],
		"the rest waits": [
			"router-one",
			_doubtful(_waits),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 10000, "max_credits": 0}},
		],
		"the rest waits, and a part is asked for": [
			"router-one",
			_doubtful(given.both(_waits, {"request": {"amount": 3000}})),
			{"disposition": "MANUAL_REVIEW", "amount": 0, "bounds": {"min": 0, "max": 3000}},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}

_suspected_german(base_used, bonus_used, changes) := given.both(given.from("DE"), object.union(
	{"risk": {"fraud": "SUSPECTED"}, "lots": [given.used_lot(base_used, bonus_used, {})]},
	changes,
))

# where the statute is paid despite a bar, a suspicion matters only for what the policy pays beyond it (ruling 48)
test_a_suspicion_beside_the_statute[note] if {
	some note, tc in {
		"the statute pays no less": [
			_suspected_german(300, 0, {"parameters": {"statutory_vs_disqualifier": "allow"}}),
			{"disposition": "CASH_REFUND", "amount": 7273},
		],
		"the policy pays more": [
			_suspected_german(0, 100, {"parameters": {"statutory_vs_disqualifier": "allow"}}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 10000}},
		],
		"the least amount there is may be due of the statute, and fraud is confirmed": [
			_suspected_german(500, 0, {
				"risk": {"fraud": "CONFIRMED"},
				"parameters": {"statutory_vs_disqualifier": "allow"},
				"lots": [given.used_lot(600, 0, {"base_price": 2, "consent": given.no_consent})],
				"payments": [given.payment({"captured": 2, "judged": 2})],
			}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 2}},
		],
		"a record is missing as well": [
			_suspected_german(300, 0, {"lots": [given.used_lot(300, 0, {"consent": given.no_consent})]}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 10000}},
		],
		"the statute is for a reviewer as well": [
			_suspected_german(300, 0, {}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 7273}},
		],
		"the statute is ignored, a record is missing, and fraud is confirmed": [
			_suspected_german(300, 0, {
				"risk": {"fraud": "CONFIRMED"},
				"parameters": {"statutory_vs_disqualifier": "ignore"},
				"lots": [given.used_lot(300, 0, {"consent": given.no_consent})],
			}),
			{"disposition": "NOT_REFUNDABLE", "amount": 0},
		],
		"the statute is ignored": [
			_suspected_german(300, 0, {"parameters": {"statutory_vs_disqualifier": "ignore"}}),
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 7273}},
		],
	}
	object.subset(given.decision("router-one", tc[0]), tc[1])
}

# a duplicate that a reviewer decides pays the unused share of its lot and of the fee, once (rulings 11, 13)
test_a_duplicate_for_a_reviewer_counts_once[note] if {
	some note, tc in {
		"verified, by a policy that reviews it": [{"parameters": {"duplicate_mode": "review"}}, "VERIFIED"],
		"unverified": [{"as_verified": [{"payments": _granted("VERIFIED")}]}, "UNVERIFIED"],
	}
	answer := given.decision("router-one", object.union(
		{
			"lots": [given.lot({}), given.used_lot(500, 0, {"id": "L2", "payment_id": "P2", "fee": 400})],
			"payments": _granted(tc[1]),
		},
		tc[0],
	))
	object.subset(answer, {"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 15200}})
}

_granted(duplicate) := [
	given.payment({}),
	given.payment({"id": "P2", "captured": 10400, "fee_own": 400, "duplicate": duplicate, "paid_for": ["L2"]}),
]

# a duplicate with a lot of which half is used and no record tells whether it is owed, while the order waits
_half_in_doubt(price, request) := given.both(given.from("DE"), {
	"request": request,
	"lots": [
		given.lot({"refund_pending": true}),
		given.used_lot(500, 0, {"id": "L2", "payment_id": "P2", "base_price": price, "consent": given.no_consent}),
	],
	"payments": [given.payment({}), given.payment({"id": "P2", "captured": price, "duplicate": "VERIFIED", "paid_for": ["L2"]})],
})

# what is certain of it is paid at once (ruling 47)
test_a_duplicate_in_doubt_while_the_rest_waits[note] if {
	some note, tc in {
		"half": [_half_in_doubt(10000, {}), 5000, 5000],
		"half, and a part of the rest is asked for": [_half_in_doubt(10000, {"amount": 6000}), 5000, 1000],
		"the least amount there is": [_half_in_doubt(3, {}), 1, 2],
	}
	answer := given.decision("router-one", tc[0])
	object.subset(answer, {"disposition": "CASH_REFUND", "amount": tc[1], "bounds": {"min": 0, "max": tc[2], "max_credits": 0}})
	given.adds_up(answer)
}
