package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_reads_the_window[note] if {
	some note, tc in {
		"a lot": [{}, {{"parameter": "window.mode"}, {"parameter": "unused_mode"}}],
		"a plan": [given.on_plan({"plans": [given.plan({})]}), set()],
		"a lot, too late": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, {{"parameter": "window.mode"}}],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-unused-base") == tc[1]
}

test_takes_off_the_used_share[note] if {
	some note, tc in {
		"used": [{"lots": [given.used_lot(250, 0, {})]}, {{"item": "L1", "code": "used", "amount": -2500}}],
		"unused": [{}, set()],
		"1 used": [{"lots": [given.used_lot(1, 0, {"base_price": 1000})]}, {{"item": "L1", "code": "used", "amount": -1}}],
	}
	found := policy.deductions with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-consumed") == tc[1]
}

test_refuses_what_was_consumed[note] if {
	some note, tc in {
		"all": [{"lots": [given.used_lot(1000, 100, {})]}, {{"item": "L1", "code": "consumed"}}],
		"all but the bonus": [{"lots": [given.used_lot(1000, 99, {})]}, set()],
		"a part": [{"lots": [given.used_lot(999, 100, {})]}, set()],
	}
	found := policy.refusals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-consumed") == tc[1]
}

test_warns_of_an_error_of_unknown_origin[note] if {
	some note, tc in {
		"unknown": [given.contested({"error_origin": "UNSPECIFIED"}), {{"code": "error_origin_unknown"}}],
		"ours": [given.contested({}), set()],
		"with output": [given.contested({"error_origin": "UNSPECIFIED", "output_tokens": 1}), set()],
		"nothing deducted": [given.contested({"error_origin": "UNSPECIFIED", "deducted": 0}), set()],
		"restored before": [
			given.contested({"error_origin": "UNSPECIFIED", "already_restored": true}),
			{{"code": "already_restored"}},
		],
		"a success": [given.contested({"error_origin": "UNSPECIFIED", "outcome": "SUCCESS"}), set()],
		"one credit": [given.contested({"error_origin": "UNSPECIFIED", "deducted": 1}), {{"code": "error_origin_unknown"}}],
	}
	found := policy.warnings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}

test_reviews_errors[note] if {
	some note, tc in {
		"unknown": [given.contested({"error_origin": "UNSPECIFIED"}), {{"event": "E1", "code": "error_origin_unknown", "credits": 50}}],
		"ours": [given.contested({}), set()],
		"upstream": [given.contested({"error_origin": "UPSTREAM"}), set()],
		"a success": [given.contested({"outcome": "SUCCESS"}), set()],
	}
	found := policy.contested_reviews with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}

test_bars_what_was_delivered[note] if {
	some note, tc in {
		"contested": [{"request": {"contested": true}}, {{}}],
		"not contested": [{}, set()],
	}
	found := policy.contested_bars with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-consumed") == tc[1]
}

test_restores_credits[note] if {
	some note, tc in {
		"ours": [given.contested({}), {{"event": "E1", "credits": 50}}],
		"ours, billed upstream": [given.contested({"upstream_billed": true}), {{"event": "E1", "credits": 50}}],
		"ours, billed, and that wins": [
			given.both(
				{"parameters": {"error_split": "upstream_billed_wins"}},
				given.contested({"upstream_billed": true}),
			),
			set(),
		],
		"ours, not billed, though that would win": [
			given.both({"parameters": {"error_split": "upstream_billed_wins"}}, given.contested({})),
			{{"event": "E1", "credits": 50}},
		],
		"upstream": [given.contested({"error_origin": "UPSTREAM"}), {{"event": "E1", "credits": 50}}],
		"upstream, billed": [given.contested({"error_origin": "UPSTREAM", "upstream_billed": true}), set()],
		"with output": [given.contested({"output_tokens": 1}), set()],
		"restored before": [given.contested({"already_restored": true}), set()],
		"a success": [given.contested({"outcome": "SUCCESS"}), set()],
		"one credit": [given.contested({"deducted": 1}), {{"event": "E1", "credits": 1}}],
	}
	found := policy.restorations with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}

test_reads_the_error_split[note] if {
	some note, tc in {
		"an error": [given.contested({}), {{"parameter": "error_split"}}],
		"none": [{}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}

test_reverses_a_verified_duplicate[note] if {
	some note, tc in {
		"verified": [
			{"payments": [given.payment({"duplicate": "VERIFIED"})]},
			{{"kind": "duplicate", "payment": "P1", "formless": true}},
		],
		"unverified": [{"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, set()],
		"by a reviewer": [
			given.both({"parameters": {"duplicate_mode": "review"}}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}),
			set(),
		],
		"not asked": [
			given.both({"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
	}
	found := policy.reversals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}

test_reviews_a_duplicate_in_doubt[note] if {
	some note, tc in {
		"unverified": [
			{"payments": [given.payment({"duplicate": "UNVERIFIED"})]},
			{{"code": "duplicate_unverified", "payment": "P1"}},
		],
		"by a reviewer": [
			given.both({"parameters": {"duplicate_mode": "review"}}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}),
			{{"code": "duplicate_unverified", "payment": "P1"}},
		],
		"verified": [{"payments": [given.payment({"duplicate": "VERIFIED"})]}, set()],
		"none": [{}, set()],
		"not asked": [given.both({"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"none, by a reviewer": [{"parameters": {"duplicate_mode": "review"}}, set()],
	}
	found := policy.exceptions with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}

test_reads_duplicates[note] if {
	some note, tc in {
		"verified": [{"payments": [given.payment({"duplicate": "VERIFIED"})]}, {{"parameter": "duplicate_mode"}}],
		"unverified": [{"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, set()],
		"not asked": [given.both({"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}

test_settles_wrong_charges[note] if {
	some note, tc in {
		"more than the order": [
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
			{{"kind": "overcharge", "payment": "P1", "formless": false}},
		],
		"what the order cost": [{}, set()],
		"a duplicate of more": [
			{"payments": [given.payment({"overcharged": 2000, "duplicate": "VERIFIED"})]},
			{{"kind": "duplicate", "payment": "P1", "formless": true}},
		],
		"after the cancellation": [
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{{"kind": "late_charge", "payment": "P1", "formless": false}},
		],
		"before it": [given.on_plan({"plans": [given.plan({})]}), set()],
		"1 more than the order": [{"payments": [given.payment({"captured": 10001, "overcharged": 1})]}, {{"kind": "overcharge", "payment": "P1", "formless": false}}],
		"more than the order, not asked": [given.both({"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"after the cancellation, not asked": [given.both(given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}), {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.reversals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.2-reversal") == tc[1]
}
