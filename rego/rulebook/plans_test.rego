package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_cancels[note] if {
	some note, tc in {
		"a plan": [
			given.on_plan({"plans": [given.plan({})]}),
			{
				{"type": "CANCEL_AT_PERIOD_END", "when": "running"},
				{"type": "CANCEL_NOW", "when": "refunded"},
				{"type": "STOP_RENEWAL", "when": "running"},
				{"type": "STOP_RENEWAL", "when": "refunded"},
			},
		],
		"no plan": [{}, set()],
	}
	found := rulebook.cancellations with input as given.grounded(tc[0])
	given.on({"access_to_period_end", "renewal_stops", "refund_ends_period", "refund_stops_renewal"}, found) == tc[1]
}

test_refuses_a_started_period[note] if {
	some note, tc in {
		"started": [given.on_plan({"plans": [given.plan({})]}), {{"item": "", "code": "period"}}],
		"not started": [given.on_plan({"plans": [given.plan({"started": false})]}), set()],
		"not charged": [given.on_plan({"plans": [given.plan({"charged": false})]}), set()],
	}
	found := rulebook.refusals with input as given.grounded(tc[0])
	given.on({"period_started"}, found) == tc[1]
}

test_grants_a_period_that_has_not_started[note] if {
	some note, tc in {
		"started": [given.on_plan({"plans": [given.plan({})]}), set()],
		"not started": [given.on_plan({"plans": [given.plan({"started": false})]}), {{"item": ""}}],
	}
	found := rulebook.grants with input as given.grounded(tc[0])
	given.on({"before_period"}, found) == tc[1]
}

test_says_when_the_period_starts[note] if {
	some note, tc in {
		"started": [given.on_plan({"plans": [given.plan({})]}), {{"item": "", "until": given.bought - given.second}}],
		"within a second": [
			given.on_plan({"plans": [given.plan({"period_start": given.bought + 1})]}),
			{{"item": "", "until": given.bought}},
		],
		"not charged": [given.on_plan({"plans": [given.plan({"charged": false})]}), set()],
	}
	found := rulebook.windows with input as given.grounded(tc[0])
	found == tc[1]
}

test_pays_the_fee_of_a_period[note] if {
	some note, tc in {
		"all": [given.on_plan({"plans": [given.plan({})]}), {{"item": "", "amount": 3000, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}}],
		"the rest": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 1000})]}),
			{{"item": "", "amount": 2000, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}},
		],
		"never below nothing": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 3001})]}),
			{{"item": "", "amount": 0, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}},
		],
	}
	found := rulebook.entitlements with input as given.grounded(tc[0])
	_worth_by_item(given.on({"period_worth"}, found)) == tc[1]
}

test_takes_off_the_refunds_of_a_period[note] if {
	some note, tc in {
		"none": [given.on_plan({"plans": [given.plan({})]}), set()],
		"some": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 1000})]}),
			{{"item": "", "code": "already_refunded", "amount": -1000}},
		],
		"too many": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 3001})]}),
			{{"item": "", "code": "already_refunded", "amount": -3000}},
		],
		"1": [given.on_plan({"plans": [given.plan({"refunded_unused": 1})]}), {{"item": "", "code": "already_refunded", "amount": -1}}],
	}
	found := rulebook.deductions with input as given.grounded(tc[0])
	given.on({"period_already_refunded"}, found) == tc[1]
}

test_pays_the_rest_of_a_fee[note] if {
	some note, tc in {
		"all": [given.on_plan({"plans": [given.plan({})]}), {{"item": "", "amount": 3000, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}}],
		"nothing": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 3000})]}),
			{{"item": "", "amount": 0, "gross": 3000, "paid": 3000, "taken": 3000, "fee": 0, "tax": 0}},
		],
		"the rest": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 1000})]}),
			{{"item": "", "amount": 2000, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}},
		],
		"never below nothing": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 3001})]}),
			{{"item": "", "amount": 0, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}},
		],
	}
	found := rulebook.entitlements with input as given.grounded(tc[0])
	_worth_by_item(given.on({"period_worth"}, found)) == tc[1]
}
