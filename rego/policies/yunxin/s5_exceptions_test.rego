package policies.yunxin_test

import data.lib.fixture_test as given
import data.policies.yunxin as policy

test_settles_wrong_charges[note] if {
	some note, tc in {
		"more than the order": [
			{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]},
			{{"code": "overcharge", "payment": "P1"}},
		],
		"what the order cost": [{}, set()],
		"a duplicate of more": [{"payments": [given.payment({"overcharged": 2000, "duplicate": "VERIFIED"})]}, set()],
		"after the cancellation": [
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{{"code": "late_charge", "payment": "P1"}},
		],
		"before it": [given.on_plan({"plans": [given.plan({})]}), set()],
		"1 more than the order": [{"payments": [given.payment({"captured": 10001, "overcharged": 1})]}, {{"code": "overcharge", "payment": "P1"}}],
		"more than the order, not asked": [given.both({"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"after the cancellation, not asked": [given.both(given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}), {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.exceptions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/exc-technical") == tc[1]
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
	found := policy.warnings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/exc-technical") == tc[1]
}

test_reviews_errors[note] if {
	some note, tc in {
		"unknown": [given.contested({"error_origin": "UNSPECIFIED"}), {{"event": "E1", "code": "error_origin_unknown", "credits": 50}}],
		"unknown, after some output": [
			given.contested({"error_origin": "UNSPECIFIED", "output_tokens": 1}),
			{{"event": "E1", "code": "technical_error", "credits": 50}},
		],
		"ours": [given.contested({}), {{"event": "E1", "code": "technical_error", "credits": 50}}],
		"upstream": [given.contested({"error_origin": "UPSTREAM"}), set()],
		"a success": [given.contested({"outcome": "SUCCESS"}), set()],
		"one credit": [given.contested({"deducted": 1}), {{"event": "E1", "code": "technical_error", "credits": 1}}],
		"nothing deducted": [given.contested({"deducted": 0}), set()],
		"restored before": [given.contested({"already_restored": true}), set()],
	}
	found := policy.contested_reviews with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/exc-technical") == tc[1]
}

test_reverses_a_verified_duplicate[note] if {
	some note, tc in {
		"verified": [
			{"payments": [given.payment({"duplicate": "VERIFIED"})]},
			{{"kind": "duplicate", "payment": "P1", "formless": false}},
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
	found := policy.reversals with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/exc-duplicate") == tc[1]
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
	found := policy.exceptions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/exc-duplicate") == tc[1]
}

test_reads_duplicates[note] if {
	some note, tc in {
		"verified": [{"payments": [given.payment({"duplicate": "VERIFIED"})]}, {{"parameter": "duplicate_mode"}}],
		"unverified": [{"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, set()],
		"not asked": [given.both({"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/exc-duplicate") == tc[1]
}

test_considers_an_outage[note] if {
	some note, tc in {
		"significant": [{"incidents": [given.incident({})]}, {{}}],
		"not significant": [{"incidents": [given.incident({"significant": false})]}, set()],
		"not verified": [{"incidents": [given.incident({"verified": false})]}, set()],
	}
	found := policy.outages with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/exc-outage") == tc[1]
}
