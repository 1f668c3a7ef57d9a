package decider.explanation_test

import data.lib.fixture_test as given

test_effects[note] if {
	some note, tc in {
		"all": ["router-one", {}, {["REMOVE_CREDITS", "L1", 1000, "", ""], ["REMOVE_BONUS", "L1", 100, "", ""]}],
		"an amount": [
			"router-one",
			{"request": {"amount": 2505}},
			{["REMOVE_CREDITS", "L1", 251, "", ""], ["REMOVE_BONUS", "L1", 100, "", ""]},
		],
		"an amount that only the law gives": [
			"router-one",
			given.both(
				given.both(given.from("DE"), {"lots": [given.used_lot(200, 0, {"age_ns": (14 * given.day) + 1})]}),
				{"request": {"amount": 1000}},
			),
			# 800 credits for 8181: 1000 of them are 97.8 credits
			{["REMOVE_CREDITS", "L1", 98, "", ""], ["REMOVE_BONUS", "L1", 100, "", ""]},
		],
		"credits": [
			"router-one",
			{"request": {"credits": 400}},
			{["REMOVE_CREDITS", "L1", 400, "", ""], ["REMOVE_BONUS", "L1", 100, "", ""]},
		],
		"bonus in proportion": [
			"router-one",
			given.both({"parameters": {"bonus_removal": "pro_rata"}}, {"request": {"credits": 405}}),
			{["REMOVE_CREDITS", "L1", 405, "", ""], ["REMOVE_BONUS", "L1", 40, "", ""]},
		],
		"bonus in proportion of no base": [
			"router-one",
			given.both(
				given.both(given.from("DE"), {"parameters": {"bonus_removal": "pro_rata"}}),
				{"lots": [given.used_lot(1000, 0, {})]},
			),
			{["REMOVE_BONUS", "L1", 100, "", ""]},
		],
		"a capped amount takes all": [
			"router-one",
			{"payments": [given.payment({"refunded": 4000})]},
			{["REMOVE_CREDITS", "L1", 1000, "", ""], ["REMOVE_BONUS", "L1", 100, "", ""]},
		],
		"a duplicate": [
			"router-one",
			given.both(
				{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
				{"lots": [given.lot({}), given.lot({"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
			),
			{
				["REMOVE_CREDITS", "L1", 1000, "", ""],
				["REMOVE_BONUS", "L1", 100, "", ""],
				["REMOVE_CREDITS", "L2", 1000, "", ""],
				["REMOVE_BONUS", "L2", 100, "", ""],
			},
		],
		"a part of a duplicate": [
			"router-one",
			given.both(
				given.both(
					{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})]},
					{"lots": [given.lot({}), given.lot({"id": "L2", "order_ref": "O2", "payment_id": "P2"})]},
				),
				{"request": {"amount": 3333}},
			),
			{["REMOVE_CREDITS", "L2", 334, "", ""], ["REMOVE_BONUS", "L2", 100, "", ""]},
		],
		"an overcharge takes none for itself": [
			"router-one",
			given.both(
				{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
				{"lots": [given.lot({"age_ns": 20 * given.day})]},
			),
			set(),
		],
		"restored": [
			"router-one",
			{"request": {"contested": true, "remedy": "RESTORE_CREDITS"}, "usage_events": [given.event({})]},
			{["RESTORE_CREDITS", "", 50, "E1", ""]},
		],
		"granted": [
			"router-one",
			given.both({"request": {"remedy": "SERVICE_CREDIT"}}, {"incidents": [given.incident({})]}),
			{["GRANT_SERVICE_CREDIT", "", 20, "", ""]},
		],
		"granted beside cash": [
			"router-one",
			given.both({"incidents": [given.incident({})]}, {"lots": [given.used_lot(0, 100, {})]}),
			{["REMOVE_CREDITS", "L1", 1000, "", ""], ["GRANT_SERVICE_CREDIT", "", 20, "", ""]},
		],
		"cancelled": [
			"router-one",
			given.both({"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, given.on_plan({"plans": [given.plan({})]})),
			{["CANCEL_AT_PERIOD_END", "", 0, "", "S1"], ["STOP_RENEWAL", "", 0, "", "S1"]},
		],
		"cancelled without an order": [
			"yunxin",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
				given.on_plan({"plans": [given.plan({"started": false, "charged": false, "order_ref": null})]}),
			),
			{["CANCEL_NOW", "", 0, "", ""]},
		],
		"cancelled before the period": [
			"yunxin",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
				given.on_plan({"plans": [given.plan({"started": false, "charged": false})]}),
			),
			{["CANCEL_NOW", "", 0, "", "S1"]},
		],
		"refunded period": [
			"yunxin",
			given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0})]}),
			{["CANCEL_NOW", "", 0, "", "S1"]},
		],
		"cancelled with money back": [
			"router-one",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
				given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0})]}),
			),
			{["CANCEL_NOW", "", 0, "", "S1"], ["STOP_RENEWAL", "", 0, "", "S1"]},
		],
		"cancelled, and only what was charged twice is paid": [
			"router-one",
			given.both(
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
				given.both(
					given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0, "refunded_unused": 3000, "refunded_all": 3000})]}),
					{"payments": [
						given.payment({"captured": 3000, "judged": 3000, "refunded": 3000, "paid_for": [], "paid_for_plan": true}),
						given.payment({"id": "P2", "captured": 3000, "judged": 3000, "duplicate": "VERIFIED", "paid_for": []}),
					]},
				),
			),
			{["CANCEL_NOW", "", 0, "", "S1"], ["STOP_RENEWAL", "", 0, "", "S1"]},
		],
		"charged late": [
			"router-one",
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{["CANCEL_NOW", "", 0, "", "S1"], ["STOP_RENEWAL", "", 0, "", "S1"]},
		],
		"charged late and too much": [
			"router-one",
			given.on_plan({
				"plans": [given.plan({"charged_after_cancellation": true})],
				"payments": [given.payment({"captured": 3500, "overcharged": 500, "paid_for": [], "paid_for_plan": true})],
			}),
			{["CANCEL_NOW", "", 0, "", "S1"], ["STOP_RENEWAL", "", 0, "", "S1"]},
		],
		"charged late, and only a duplicate is paid": [
			"router-one",
			{
				"lots": [], "plans": [given.plan({"charged_after_cancellation": true})],
				"payments": [
					given.payment({"captured": 3000, "judged": 3000, "paid_for": [], "paid_for_plan": true, "dispute_open": true}),
					given.payment({"id": "P2", "captured": 3000, "judged": 3000, "duplicate": "VERIFIED", "paid_for": []}),
				],
			},
			set(),
		],
		"cancelled by nobody knows whom, and a duplicate is paid": [
			"router-one",
			{
				"lots": [], "plans": [given.plan({"started": false, "elapsed_s": 0})],
				"payments": [
					given.payment({"captured": 3000, "judged": 3000, "paid_for": [], "paid_for_plan": true}),
					given.payment({"id": "P2", "captured": 3000, "judged": 3000, "duplicate": "VERIFIED", "paid_for": []}),
				],
				"request": {"remedy": "CANCEL_SUBSCRIPTION", "sender": {"address": "OTHER"}},
			},
			set(),
		],
		"a request contested, and nothing cancelled": [
			"router-one",
			{
				"lots": [], "plans": [given.plan({"started": false, "elapsed_s": 0})], "payments": [],
				"request": {"remedy": "CANCEL_SUBSCRIPTION", "contested": true},
				"usage_events": [given.event({"output_tokens": 1})],
			},
			set(),
		],
		"denied": ["router-one", {"lots": [given.lot({"age_ns": 20 * given.day})]}, set()],
	}
	answer := given.decision(tc[0], tc[1])
	{[effect.type, effect.lot, effect.credits, effect.event, effect.order] | some effect in answer.effects} == {want | some want in tc[2]}
}

test_credits_go_by_the_clause_that_pays[note] if {
	some note, tc in {
		"the policy": [{}, "router-one/2.1-prorata"],
		"the law": [given.both(given.from("DE"), {"lots": [given.lot({"age_ns": 20 * given.day})]}), "law/eu/13-1"],
		"the law despite a bar": [
			given.both(given.from("DE"), {"risk": {"fraud": "CONFIRMED"}, "parameters": {"statutory_vs_disqualifier": "allow"}}),
			"law/eu/13-1",
		],
	}
	answer := given.decision("router-one", tc[0])
	{effect.clause | some effect in answer.effects; effect.type == "REMOVE_CREDITS"} == {tc[1]}
}

test_two_incidents_grant_twice if {
	answer := given.decision("router-one", {
		"request": {"remedy": "SERVICE_CREDIT"},
		"incidents": [given.incident({}), given.incident({"id": "I2"})],
	})
	[effect.credits | some effect in answer.effects] == [20, 20]
}

# the original, whose own charge came back whole, beside a duplicate of it
_repaid(second, changes) := object.union(
	{
		"lots": [given.lot({"left": 300})],
		"payments": [
			given.payment({"refunded": 10000}),
			given.payment(object.union({"id": "P2", "duplicate": "VERIFIED", "paid_for": []}, second)),
		],
		"refund_sources": [
			{"payment_id": "P1", "group": "P1", "method": "card", "left": 0},
			{"payment_id": "P2", "group": "P1", "method": "card", "left": 10000},
		],
		"repaid_lots": [{"id": "L1", "group": "P1", "left": 300, "bonus_left": 100}],
	},
	changes,
)

# ruling 34
test_a_lot_that_was_paid_back_whole_keeps_no_credits[note] if {
	some note, tc in {
		"the duplicate pays": [_repaid({}, {}), {["REMOVE_CREDITS", "L1", 300], ["REMOVE_BONUS", "L1", 100]}],
		"no bonus is left": [
			_repaid({}, {"repaid_lots": [{"id": "L1", "group": "P1", "left": 300, "bonus_left": 0}]}),
			{["REMOVE_CREDITS", "L1", 300]},
		],
		"only bonus is left": [
			_repaid({}, {"repaid_lots": [{"id": "L1", "group": "P1", "left": 0, "bonus_left": 100}]}),
			{["REMOVE_BONUS", "L1", 100]},
		],
		"the duplicate pays the least amount there is": [
			_repaid({}, {"request": {"amount": 1}}),
			{["REMOVE_CREDITS", "L1", 300], ["REMOVE_BONUS", "L1", 100]},
		],
		"the duplicate has nothing left": [_repaid({"refunded": 10000}, {}), set()],
		"the duplicate waits": [_repaid({"dispute_open": true}, {}), set()],
		"the duplicate is for a reviewer": [_repaid({"duplicate": "UNVERIFIED"}, {}), set()],
		"only another group pays": [
			_repaid({"refunded": 10000}, {
				"lots": [given.lot({"left": 300}), given.used_lot(0, 100, {"id": "L3", "payment_id": "P3"})],
				"payments": [
					given.payment({"refunded": 10000}),
					given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": [], "refunded": 10000}),
					given.payment({"id": "P3", "paid_for": ["L3"]}),
				],
				"refund_sources": [
					{"payment_id": "P1", "group": "P1", "method": "card", "left": 0},
					{"payment_id": "P2", "group": "P1", "method": "card", "left": 0},
					{"payment_id": "P3", "group": "P3", "method": "card", "left": 10000},
				],
			}),
			{["REMOVE_CREDITS", "L3", 1000]},
		],
	}
	answer := given.decision("router-one", tc[0])
	{[effect.type, effect.lot, effect.credits] | some effect in answer.effects} == tc[1]
}

# ruling 26: in proportion, of what is paid alone
test_the_least_amount_removes_credits_of_one_lot if {
	answer := given.decision("router-one", {
		"request": {"amount": 1},
		"lots": [given.lot({}), given.lot({"id": "L2"})],
		"payments": [given.payment({"captured": 20000, "judged": 20000, "paid_for": ["L1", "L2"]})],
	})
	answer.amount == 1
	[[effect.type, effect.lot, effect.credits] | some effect in answer.effects] == [["REMOVE_BONUS", "L1", 100], ["REMOVE_CREDITS", "L1", 1]]
}

# the clause of what pays: a reversal, or the lot of a duplicate that the policy itself pays
test_credits_of_a_lot_that_was_paid_back_go_by_the_clause_that_pays[note] if {
	some note, tc in {
		"a reversal": [_repaid({}, {}), "router-one/2.2-reversal"],
		"the merits": [
			_repaid({"duplicate": "NO", "paid_for": ["L2"]}, {"lots": [given.lot({"id": "L2", "payment_id": "P2"})]}),
			"router-one/2.1-prorata",
		],
	}
	answer := given.decision("router-one", tc[0])
	{effect.clause | some effect in answer.effects; effect.lot == "L1"} == {tc[1]}
}
