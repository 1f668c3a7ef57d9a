package law.withdrawal_test

import data.law.withdrawal
import data.lib.fixture_test as given

_ends := given.withdrawal_ends

_german(changes) := given.router_one(given.both(given.from("DE"), changes))

test_covered[note] if {
	some note, customer in {
		"EU": {"country": "DE"},
		"EEA": {"country": "NO"},
		"UK": {"country": "GB"},
		"not told what": {"country": "GR", "type": "UNKNOWN"},
	}
	withdrawal.covered with input as given.yunxin({"customer": customer})
}

test_not_covered[note] if {
	some note, changes in {
		"business": {"customer": {"country": "DE", "type": "BUSINESS"}},
		"elsewhere": {"customer": {"country": "US"}},
		"nowhere": {"customer": {"country": null}},
		"a country without a regime": {"customer": {"country": "CH"}, "parameters": {"covered_countries": ["CH"]}},
		"a country the policy leaves out": {"customer": {"country": "DE"}, "parameters": {"covered_countries": ["GB"]}},
		"not told what, and taken for a business": {
			"customer": {"country": "DE", "type": "UNKNOWN"},
			"parameters": {"unknown_as_consumer": false},
		},
	}
	not withdrawal.covered with input as given.yunxin(changes)
	not withdrawal.grounds with input as given.yunxin(changes)
	contracts := withdrawal.contracts with input as given.yunxin(changes)
	contracts == {}
}

test_grounds_of_the_regime[note] if {
	some note, tc in {"EU": ["DE", "law/eu/9"], "EEA": ["IS", "law/eu/9"], "UK": ["GB", "law/uk/30"]}
	cite := withdrawal.grounds.in_time with input as given.yunxin(given.from(tc[0]))
	cite.clause == tc[1]
}

test_contract_of_a_lot[note] if {
	some note, tc in {
		"plain": {
			"lot": {},
			"changes": {},
			"says": {"total": 10000, "coverage": 1100, "asked": 1100, "used": 0, "renewal": false},
		},
		"fee and tax": {"lot": {"fee": 100, "tax": 30}, "changes": {}, "says": {"total": 10130}},
		"fee of a third party": {"lot": {"fee": 100, "fee_kept_by_third_party": true}, "changes": {}, "says": {"total": 10000}},
		"fee left out": {"lot": {"fee": 100}, "changes": {"parameters": {"statutory.fee_included": false}}, "says": {"total": 10000}},
		"refunds": {"lot": {"refunded_all": 30}, "changes": {}, "says": {"returned": 30}},
		"credits asked": {"lot": {}, "changes": _credits(300), "says": {"asked": 300}},
		"credits asked beside those taken": {
			"lot": {"base_taken": 200, "left": 800},
			"changes": _credits(900),
			"says": {"asked": 1000},
		},
		"consent of the record": {"lot": {"consent": given.no_consent}, "changes": {}, "says": {"express_request": false}},
		"consent by purchase": {
			"lot": {"consent": given.no_consent},
			"changes": {"parameters": {"deemed_consent": true}},
			"says": {"express_request": true, "loss_acknowledged": true, "confirmation_sent": false, "information_given": false},
		},
	}
	contracts := withdrawal.contracts with input as _german(given.both({"lots": [given.lot(tc.lot)]}, tc.changes))
	object.subset(contracts.L1, tc.says)
}

_credits(credits) := {"request": {"credits": credits}}

test_contract_of_a_plan[note] if {
	some note, tc in {
		"first period": [true, false],
		"renewal": [false, true],
	}
	changes := given.on_plan({"plans": [given.plan({"first_period": tc[0], "refunded_all": 3})]})
	contracts := withdrawal.contracts with input as _german(changes)
	object.subset(
		contracts[""],
		{"total": 3000, "used": 259200, "coverage": 2592000, "asked": 2592000, "returned": 3, "renewal": tc[1]},
	)
}

test_nothing_stands_out_of_time[note] if {
	some note, lot in {
		"unused": given.lot({}),
		"used": given.used_lot(1, 0, {}),
		"used, no request": given.used_lot(1, 0, _without("express_request")),
		"used up": given.used_lot(1000, 100, {}),
	}
	every class in ["service", "digital_content"] {
		facts := _german(given.both(given.at(_ends.extended_moved_ends), given.both(_class(class), {"lots": [lot]})))
		standing := withdrawal.standing with input as facts
		standing == {}
	}
}

_class(class) := {"parameters": {"statutory.class": class}}

_without(record) := {"consent": object.union(given.full_consent, {record: false})}

test_standing[note] if {
	some note, tc in {
		"unused": ["service", given.lot({}), {"L1": "whole"}],
		"unused, no records": ["service", given.lot({"consent": given.no_consent}), {"L1": "whole"}],
		"used": ["service", given.used_lot(1, 0, {}), {"L1": "share"}],
		"used, no acknowledgement": ["service", given.used_lot(1000, 100, _without("loss_acknowledged")), {"L1": "share"}],
		"used, no request": ["service", given.used_lot(1, 0, _without("express_request")), {"L1": "free"}],
		"used, no information": ["service", given.used_lot(1, 0, _without("information_given")), {"L1": "free"}],
		"used up": ["service", given.used_lot(1000, 100, {}), {"L1": "performed"}],
		"used up but for the bonus": ["service", given.used_lot(1000, 99, {}), {"L1": "share"}],
		"digital content, unused": ["digital_content", given.lot({}), {"L1": "whole"}],
		"digital content, used": ["digital_content", given.used_lot(1, 0, {}), {"L1": "performed"}],
		"digital content, no request": ["digital_content", given.used_lot(1, 0, _without("express_request")), {"L1": "free"}],
		"digital content, no acknowledgement": [
			"digital_content",
			given.used_lot(1, 0, _without("loss_acknowledged")),
			{"L1": "free"},
		],
		"digital content, no confirmation": [
			"digital_content",
			given.used_lot(1, 0, _without("confirmation_sent")),
			{"L1": "free"},
		],
		"used up, no request": ["service", given.used_lot(1000, 100, _without("express_request")), {"L1": "free"}],
		"digital content, used up, no confirmation": ["digital_content", given.used_lot(1000, 100, _without("confirmation_sent")), {"L1": "free"}],
	}
	facts := _german(given.both(_class(tc[0]), {"lots": [tc[1]]}))
	standing := withdrawal.standing with input as facts
	standing == tc[2]
}

test_claims[note] if {
	some note, tc in {
		"whole": {"lot": given.lot({}), "changes": {}, "want": [10000, 10000, true, false]},
		"share, what is owed rounded down": {"lot": given.used_lot(333, 0, {}), "changes": {}, "want": [6973, 6973, true, false]},
		"less earlier refunds": {"lot": given.lot({"refunded_all": 4000}), "changes": {}, "want": [10000, 6000, true, false]},
		"never below nothing": {"lot": given.lot({"refunded_all": 10001}), "changes": {}, "want": [10000, 0, true, false]},
		"a part in credits": {"lot": given.lot({}), "changes": _credits(550), "want": [5000, 5000, true, false]},
		"free": {"lot": _free_lot, "changes": {}, "want": [10000, 10000, false, false]},
		"free, and paid": {
			"lot": _free_lot,
			"changes": {"parameters": {"no_consent_mode": "allow"}},
			"want": [10000, 10000, true, false],
		},
		"late": {
			"lot": given.lot({"consent": given.no_consent}),
			"changes": given.at(_ends.moved_ends),
			"want": [10000, 10000, false, true],
		},
		"of 1": {"lot": given.lot({"base_price": 1}), "changes": {}, "want": [1, 1, true, false]},
	}
	facts := _german(given.both(tc.changes, {"lots": [tc.lot]}))
	claims := withdrawal.claims with input as facts
	claim := claims.L1
	[claim.gross, claim.net, claim.certain, claim.late] == tc.want
	withdrawal.claimed with input as facts
}

_free_lot := given.used_lot(333, 0, {"consent": given.no_consent})

test_no_claim[note] if {
	some note, changes in {
		"used up": {"lots": [given.used_lot(1000, 100, {})]},
		"out of time": given.at(_ends.extended_moved_ends),
		"nothing requested": {"lots": []},
		"used up, no acknowledgement": {"lots": [given.used_lot(1000, 100, _without("loss_acknowledged"))]},
	}
	claims := withdrawal.claims with input as _german(changes)
	claims == {}
	not withdrawal.claimed with input as _german(changes)
	not withdrawal.repay_by with input as _german(changes)
}

test_order_known[note] if {
	some note, changes in {
		"named": {},
		"inferred by the policy": {"request": {"order_named": false, "order_inferable": true}, "parameters": {"infer_order_ref": true}},
		"inferred for a claim": given.both(given.from("DE"), {"request": {"order_named": false, "order_inferable": true}}),
	}
	withdrawal.order_known with input as given.router_one(changes)
}

test_order_unknown[note] if {
	some note, changes in {
		"not named": {"request": {"order_named": false, "order_inferable": true}},
		"not inferable": given.both(given.from("DE"), {"request": {"order_named": false}, "parameters": {"infer_order_ref": true}}),
	}
	not withdrawal.order_known with input as given.router_one(changes)
}

test_repaid_within_14_days if {
	found := withdrawal.repay_by with input as _german({"request": {"received_at": given.asked + 5}})
	found == (given.asked + 5) + (14 * given.day)
	of_1 := withdrawal.repay_by with input as _german({"lots": [given.lot({"refunded_all": 9999})]})
	of_1 == given.asked + (14 * given.day)
	not withdrawal.repay_by with input as _german({"lots": [given.lot({"refunded_all": 10000})]})
}

test_acknowledged[note] if {
	some note, tc in {
		"by the function": ["WITHDRAWAL_FUNCTION", "DE", 20260619, true],
		"the day before it is mandatory": ["WITHDRAWAL_FUNCTION", "DE", 20260618, false],
		"by e-mail": ["EMAIL", "DE", 20260619, false],
		"from elsewhere": ["WITHDRAWAL_FUNCTION", "US", 20260619, false],
	}
	facts := given.yunxin({"request": {"channel": tc[0]}, "customer": {"country": tc[1]}, "calendar": {"requested_on": tc[2]}})
	_acknowledged(facts) == tc[3]
}

default _acknowledged(_) := false

_acknowledged(facts) if withdrawal.acknowledged_duty with input as facts

test_record_matters[note] if {
	some note, tc in {
		"unused": [_german({}), set()],
		"used": [_german({"lots": [given.used_lot(1, 0, {})]}), {"L1"}],
		"late": [_german(given.both(given.at(_ends.moved_ends), {"lots": [given.lot({"consent": given.no_consent})]})), {"L1"}],
		"used up": [_german({"lots": [given.used_lot(1000, 100, {})]}), set()],
	}
	found := withdrawal.record_matters with input as tc[0]
	found == tc[1]
}

test_consent_recorded if {
	withdrawal.consent_recorded(given.full_consent)
	not withdrawal.consent_recorded(_without("express_request").consent)
	not withdrawal.consent_recorded(_without("loss_acknowledged").consent)
}

_least(changes) := least if {
	least := withdrawal.least with input as _german(changes)
}

# ruling 48
test_least_that_an_open_legal_call_gives[note] if {
	some note, tc in {
		"nothing used": [given.lot({}), {}, 10000],
		"a recorded consent": [given.used_lot(300, 0, {}), {}, 7273],
		"no consent on record": [given.used_lot(300, 0, {"consent": given.no_consent}), {}, 7273],
		"no consent on record, and a part was paid back": [
			given.used_lot(300, 0, {"consent": given.no_consent, "refunded_all": 1000}),
			{},
			6273,
		],
		"no consent on record, and all was paid back": [
			given.used_lot(300, 0, {"consent": given.no_consent, "refunded_all": 10000}),
			{},
			0,
		],
		"no consent on record, and the policy pays it": [
			given.used_lot(300, 0, {"consent": given.no_consent}),
			{"parameters": {"no_consent_mode": "allow"}},
			10000,
		],
		"digital content without a consent on record": [
			given.used_lot(300, 0, {"consent": given.no_consent}),
			{"parameters": {"statutory.class": "digital_content"}},
			0,
		],
		"in time through the twelve months only": [
			given.lot({"consent": given.no_consent}),
			given.at(_ends.moved_ends),
			0,
		],
	}
	least := _least(given.both({"lots": [tc[0]]}, tc[1]))
	least.L1.due == tc[2]
}

_record(missing) := object.union(given.full_consent, {name: false | some name in missing})

# ruling 40
test_records_that_an_open_legal_call_hangs_on[note] if {
	some note, tc in {
		"all recorded": [[], "service", set()],
		"no express request": [["express_request"], "service", {"no_consent_record"}],
		"no acknowledgement, of which a service keeps the share": [["loss_acknowledged"], "service", set()],
		"no confirmation, of which a service keeps the share": [["confirmation_sent"], "service", set()],
		"no information": [["information_given"], "service", {"withdrawal_information_not_given"}],
		"no information and no acknowledgement, which a service does not ask for": [
			["information_given", "loss_acknowledged"],
			"service",
			{"withdrawal_information_not_given"},
		],
		"no record at all": [
			["express_request", "loss_acknowledged", "confirmation_sent", "information_given"],
			"service",
			{"no_consent_record", "withdrawal_information_not_given"},
		],
		"digital content, all recorded": [[], "digital_content", set()],
		"digital content, no express request": [["express_request"], "digital_content", {"no_consent_record"}],
		"digital content, no acknowledgement": [["loss_acknowledged"], "digital_content", {"no_consent_record"}],
		"digital content, no confirmation": [["confirmation_sent"], "digital_content", {"no_confirmation_record"}],
	}
	asked := withdrawal.records_asked with input as _german({
		"lots": [given.used_lot(300, 0, {"consent": _record(tc[0])})],
		"parameters": {"statutory.class": tc[1]},
	})
	{code | some code in asked.L1} == tc[2]
}

# where nothing was used, only a claim in time through the twelve months hangs on a record
test_records_asked_where_nothing_was_used[note] if {
	some note, tc in {
		"in time": [given.asked, set()],
		"in time through the twelve months": [_ends.moved_ends, {"withdrawal_information_not_given"}],
	}
	asked := withdrawal.records_asked with input as _german(object.union(
		{"lots": [given.lot({"consent": given.no_consent})]},
		given.at(tc[0]),
	))
	{code | some code in asked.L1} == tc[1]
}
