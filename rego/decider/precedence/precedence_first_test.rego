package decider.precedence_test

import data.lib.fixture_test as given

_also_paid := given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})

test_who_decides_first[note] if {
	some note, tc in {
		"not covered, and no channel": [
			"router-one",
			{"lots": [given.lot({"sold_elsewhere": true})], "request": {"channel": "OTHER"}},
			{"disposition": "NOT_REFUNDABLE"},
		],
		"a plan that nobody paid for, and no channel": [
			"router-one",
			given.both(given.on_plan({"plans": [given.plan({"charged": false})]}), {"request": {"channel": "OTHER"}}),
			{"disposition": "NOT_REFUNDABLE"},
		],
		"a plan that nobody paid for, cancelled while the account is under investigation": [
			"router-one",
			given.both(
				given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0, "charged": false})]}),
				{
					"request": {"remedy": "CANCEL_SUBSCRIPTION"},
					"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
				},
			),
			{"disposition": "CANCELLATION"},
		],
		"not covered, and a duplicate while the account is under investigation": [
			"router-one",
			{
				"lots": [given.lot({"sold_elsewhere": true})],
				"payments": [given.payment({}), _also_paid],
				"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
			},
			{"disposition": "NOT_REFUNDABLE"},
		],
		"a duplicate without a form, while the order waits": [
			"router-one",
			{"payments": [given.payment({"dispute_open": true}), _also_paid], "request": {"channel": "OTHER"}},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"a running period, cancelled while the account is under investigation": [
			"router-one",
			given.both(given.on_plan({"plans": [given.plan({})]}), {
				"request": {"remedy": "CANCEL_SUBSCRIPTION"},
				"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
			}),
			{"disposition": "CANCELLATION"},
		],
		"not covered, and service credits asked for": [
			"router-one",
			{
				"lots": [given.lot({"sold_elsewhere": true})],
				"request": {"remedy": "SERVICE_CREDIT"}, "incidents": [given.incident({})],
			},
			{"disposition": "SERVICE_CREDIT"},
		],
		"not covered, and service credits in doubt": [
			"router-one",
			{
				"lots": [given.lot({"sold_elsewhere": true})],
				"request": {"remedy": "SERVICE_CREDIT"}, "incidents": [given.incident({"verified": false})],
			},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 0, "max_credits": 20}},
		],
		"a part that a reviewer decides": [
			"router-one",
			{"lots": [given.used_lot(500, 0, {})], "parameters": {"partial_use": "review"}},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 5000, "max_credits": 0}},
		],
		"one of two not covered": [
			"router-one",
			{"lots": [given.lot({}), given.lot({"id": "L2", "sold_elsewhere": true})]},
			{"disposition": "CASH_REFUND", "amount": 10000},
		],
		"a lot that is not covered, and a plan that is": [
			"router-one",
			{
				"lots": [given.lot({"sold_elsewhere": true})], "plans": [given.plan({})],
				"payments": [given.payment({"captured": 3000, "judged": 3000, "paid_for": [], "paid_for_plan": true})],
			},
			{"disposition": "NOT_REFUNDABLE", "breakdown": [
				{"code": "paid", "amount": 3000, "lot": "", "payment": "P1", "clause": "router-one/2.4-nr"},
				{"code": "barred", "amount": -3000, "lot": "", "payment": "P1", "clause": "router-one/2.4-nr"},
			]},
		],
		"one request to restore, one in doubt": [
			"router-one",
			{"request": {"contested": true}, "usage_events": [given.event({}), given.event({"id": "E2", "error_origin": "UNSPECIFIED"})]},
			{"disposition": "RESTORE_CREDITS"},
		],
		"a duplicate that does not wait, without Yunxin's form": [
			"yunxin",
			{"payments": [given.payment({"dispute_open": true}), _also_paid], "request": {"channel": "OTHER"}},
			{"disposition": "NEEDS_INFORMATION"},
		],
		"too late, and an agreement nobody modelled": [
			"router-one",
			{"lots": [given.lot({"age_ns": 20 * given.day})], "agreements": [given.agreement({})]},
			{"disposition": "MANUAL_REVIEW", "bounds": {"min": 0, "max": 10000, "max_credits": 0}},
		],
		"partly used against the policy, and an agreement nobody modelled": [
			"router-one",
			{"lots": [given.used_lot(500, 0, {})], "agreements": [given.agreement({})], "parameters": {"partial_use": "strict"}},
			{"disposition": "NOT_REFUNDABLE", "bounds": null},
		],
		"an unused duplicate that took more than its lot costs": [
			"router-one",
			{"payments": [given.payment({"captured": 10200, "duplicate": "VERIFIED"})]},
			{"disposition": "CASH_REFUND", "amount": 10200},
		],
	}
	answer := given.decision(tc[0], tc[1])
	object.subset(answer, tc[2])
	given.adds_up(answer)
}
