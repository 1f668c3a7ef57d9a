package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_grants_14_days[note] if {
	some note, tc in {
		"exactly 14 days": [
			{"lots": [given.lot({"age_ns": 14 * given.day})]},
			{{"item": "L1"}},
		],
		"a nanosecond more": [{"lots": [given.lot({"age_ns": (14 * given.day) + 1})]}, set()],
		"no purchase": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, set()],
	}
	found := policy.grants with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-unused-base") == tc[1]
}

test_says_when_the_14_days_end[note] if {
	some note, tc in {
		"in time": [{}, {{"item": "L1", "until": given.bought + (14 * given.day)}}],
		"too late": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, {{"item": "L1", "until": given.bought + (14 * given.day)}}],
		"no purchase": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, set()],
	}
	found := policy.windows with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-unused-base") == tc[1]
}

test_refuses_after_14_days[note] if {
	some note, tc in {
		"exactly 14 days": [{"lots": [given.lot({"age_ns": 14 * given.day})]}, set()],
		"a nanosecond more": [{"lots": [given.lot({"age_ns": (14 * given.day) + 1})]}, {{"item": "L1", "code": "window"}}],
		"a shorter window": [
			given.both({"parameters": {"window.days": 3}}, {"lots": [given.lot({})]}),
			{{"item": "L1", "code": "window"}},
		],
	}
	found := policy.refusals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-unused-base") == tc[1]
}

test_waits_for_a_refund_under_way[note] if {
	some note, tc in {
		"of the lot": [{"lots": [given.lot({"refund_pending": true})]}, {{"code": "refund_in_progress"}}],
		"of the period": [given.on_plan({"plans": [given.plan({"refund_pending": true})]}), {{"code": "refund_in_progress"}}],
		"of a duplicate": [
			{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": [], "refund_pending": true})]},
			{{"code": "refund_in_progress"}},
		],
		"of a duplicate that paid for something": [{"payments": [given.payment({"duplicate": "VERIFIED", "pending": 1})]}, set()],
		"of a duplicate of the plan": [
			{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": [], "pending": 1, "paid_for_plan": true})]},
			set(),
		],
		"none": [{}, set()],
		"of a payment for nothing, no duplicate": [{"payments": [given.payment({"paid_for": [], "pending": 1})]}, set()],
		"of a duplicate, settled": [{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": []})]}, set()],
	}
	found := policy.holds with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-unused-base") == tc[1]
}

test_may_be_a_discretion[note] if {
	some note, tc in {
		"as shipped": [{}, set()],
		"by a reviewer": [{"parameters": {"unused_mode": "review"}}, {{"item": "L1", "code": "unused_mode"}}],
	}
	found := policy.reviews with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-unused-base") == tc[1]
}

test_asks_for_the_address[note] if {
	some note, tc in {
		"another address": [{"request": {"sender": {"is_verified_email": false}}}, {{"code": "sender_email"}}],
		"the payer": [{"request": {"sender": {"is_verified_email": false, "is_payer_email": true}}}, set()],
		"contested": [{"request": {"contested": true, "sender": {"is_verified_email": false}}}, set()],
		"service credits": [
			given.both({"request": {"sender": {"is_verified_email": false}}}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
		"a cancellation": [
			given.both({"request": {"sender": {"is_verified_email": false}}}, {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			{{"code": "sender_email"}},
		],
		"its own": [{}, set()],
	}
	found := policy.missing with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-email") == tc[1]
}

test_asks_who_it_is[note] if {
	some note, tc in {
		"not authenticated": [{"request": {"sender": {"authenticated": false}}}, {{"code": "verify_identity"}}],
		"authenticated": [{}, set()],
		"contested": [{"request": {"contested": true, "sender": {"authenticated": false}}}, set()],
		"service credits": [given.both({"request": {"sender": {"authenticated": false}}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.missing with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-email") == tc[1]
}

test_reads_the_payer[note] if {
	some note, tc in {
		"the payer": [
			{"request": {"sender": {"is_verified_email": false, "is_payer_email": true}}},
			{{"parameter": "email_match"}},
		],
		"a verified payer": [{"request": {"sender": {"is_payer_email": true}}}, set()],
		"no refund asked": [given.both({"request": {"sender": {"is_verified_email": false, "is_payer_email": true}}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"neither": [{"request": {"sender": {"is_verified_email": false}}}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-email") == tc[1]
}

test_asks_for_a_fresh_balance[note] if {
	some note, tc in {
		"a minute old": [{"ledger": {"age_ns": 60 * given.second}}, set()],
		"older": [{"ledger": {"age_ns": (60 * given.second) + 1}}, {{"code": "fresh_balance"}}],
		"use not told": [{"lots": [given.lot({"usage_told": false})]}, {{"code": "fresh_balance"}}],
		"of a plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"ledger": {"taken_at_told": false}}), set()],
		"no refund asked": [given.both({"ledger": {"taken_at_told": false}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.missing with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-not-consumed") == tc[1]
}

test_warns_of_reserved_credits[note] if {
	some note, tc in {
		"base": [{"lots": [given.lot({"base_reserved": 1})]}, {{"code": "credits_reserved"}}],
		"bonus": [{"lots": [given.lot({"bonus_reserved": 1})]}, {{"code": "credits_reserved"}}],
		"none": [{}, set()],
		"no refund asked": [given.both({"lots": [given.lot({"base_reserved": 1})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.warnings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-not-consumed") == tc[1]
}

test_reads_the_draw_order[note] if {
	some note, tc in {
		"not told": [
			given.both({"lots": [given.lot({"usage_split_told": false})]}, {"ledger": {"consumption_order": "UNSPECIFIED"}}),
			{{"parameter": "consumption_order"}},
		],
		"told": [{"lots": [given.lot({"usage_split_told": false})]}, set()],
		"split told": [{"ledger": {"consumption_order": "UNSPECIFIED"}}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-not-consumed") == tc[1]
}

test_reads_partial_use[note] if {
	some note, tc in {
		"partly used": [{"lots": [given.used_lot(1, 0, {})]}, {{"parameter": "partial_use"}}],
		"unused": [{}, set()],
		"used up": [{"lots": [given.used_lot(1000, 0, {})]}, set()],
		"all but one credit used": [{"lots": [given.used_lot(999, 0, {})]}, {{"parameter": "partial_use"}}],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-not-consumed") == tc[1]
}

test_refuses_partial_use_where_strict[note] if {
	some note, tc in {
		"strict": [
			given.both({"parameters": {"partial_use": "strict"}}, {"lots": [given.used_lot(1, 0, {})]}),
			{{"item": "L1", "code": "strict"}},
		],
		"strict, unused": [{"parameters": {"partial_use": "strict"}}, set()],
		"in proportion": [{"lots": [given.used_lot(1, 0, {})]}, set()],
	}
	found := policy.refusals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-not-consumed") == tc[1]
}

test_reviews_partial_use[note] if {
	some note, tc in {
		"by a reviewer": [
			given.both({"parameters": {"partial_use": "review"}}, {"lots": [given.used_lot(1, 0, {})]}),
			{{"item": "L1", "code": "partial_use"}},
		],
		"unused": [{"parameters": {"partial_use": "review"}}, set()],
		"in proportion": [{"lots": [given.used_lot(1, 0, {})]}, set()],
	}
	found := policy.reviews with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-not-consumed") == tc[1]
}

test_pays_the_unused_share[note] if {
	some note, tc in {
		"all": [{}, {{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}}],
		"three quarters": [
			{"lots": [given.used_lot(250, 0, {})]},
			{{"item": "L1", "amount": 7500, "gross": 7500, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}},
		],
		"nothing": [{"lots": [given.used_lot(1000, 0, {})]}, {{"item": "L1", "amount": 0, "gross": 0, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}}],
		"fee and tax": [
			{"lots": [given.lot({"fee": 200, "tax": 50})]},
			{{"item": "L1", "amount": 10050, "gross": 10050, "paid": 10250, "taken": 0, "fee": 0, "tax": 50}},
		],
		"the fee of a third party": [
			given.both({"parameters": {"refund_fee": true}}, {"lots": [given.lot({"fee": 200, "fee_kept_by_third_party": true})]}),
			{{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10200, "taken": 0, "fee": 0, "tax": 0}},
		],
		"bonus adds nothing": [
			{"lots": [given.lot({"bonus": 500})]},
			{{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}},
		],
	}
	found := policy.entitlements with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-prorata") == tc[1]
}

test_takes_off_what_stays[note] if {
	some note, tc in {
		"nothing": [{}, set()],
		"the fee": [
			given.both({"parameters": {"refund_fee": false}}, {"lots": [given.lot({"fee": 200, "tax": 50})]}),
			{{"item": "L1", "code": "fee", "amount": -200}},
		],
		"the tax": [
			given.both({"parameters": {"refund_fee": true, "refund_tax": false}}, {"lots": [given.lot({"fee": 200, "tax": 50})]}),
			{{"item": "L1", "code": "tax", "amount": -50}},
		],
		"credits not asked for": [
			{"request": {"asked": "CREDITS", "credits": 400}},
			{{"item": "L1", "code": "not_requested", "amount": -6000}},
		],
		"paid back before": [
			{"lots": [given.lot({"refunded_unused": 700})]},
			{{"item": "L1", "code": "already_refunded", "amount": -700}},
		],
		"a fee of 1": [given.both({"parameters": {"refund_fee": false}}, {"lots": [given.lot({"fee": 1})]}), {{"item": "L1", "code": "fee", "amount": -1}}],
		"a tax of 1": [given.both({"parameters": {"refund_tax": false}}, {"lots": [given.lot({"tax": 1})]}), {{"item": "L1", "code": "tax", "amount": -1}}],
		"1 not asked for": [{"request": {"asked": "CREDITS", "credits": 999}, "lots": [given.lot({"base_price": 1000})]}, {{"item": "L1", "code": "not_requested", "amount": -1}}],
		"1 paid back before": [{"lots": [given.lot({"refunded_unused": 1})]}, {{"item": "L1", "code": "already_refunded", "amount": -1}}],
	}
	found := policy.deductions with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-prorata") == tc[1]
}

test_keeps_the_fee_out_of_the_cap[note] if {
	some note, tc in {
		"not refunded": [
			given.both({"parameters": {"refund_fee": false}}, {"payments": [given.payment({"fee_own": 200, "fee_third_party": 30})]}),
			{{"payment": "P1", "amount": 230}},
		],
		"refunded": [
			given.both({"parameters": {"refund_fee": true}}, {"payments": [given.payment({"fee_own": 200, "fee_third_party": 30})]}),
			{{"payment": "P1", "amount": 30}},
		],
	}
	found := policy.retentions with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-prorata") == tc[1]
}

test_reads_fee_and_tax[note] if {
	some note, tc in {
		"fee": [{"lots": [given.lot({"fee": 1})]}, {{"parameter": "refund_fee"}}],
		"tax": [{"lots": [given.lot({"tax": 1})]}, {{"parameter": "refund_tax"}}],
		"neither": [{}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.1-prorata") == tc[1]
}

test_reads_the_least_amount[note] if {
	some note, tc in {
		"less than it": [given.both({"parameters": {"min_refund_minor": 10001}}, {"lots": [given.lot({})]}), {"min_refund_minor"}],
		"just it": [given.both({"parameters": {"min_refund_minor": 10000}}, {"lots": [given.lot({})]}), set()],
		"1 of 2": [given.both({"parameters": {"min_refund_minor": 2}}, {"lots": [given.lot({"base_price": 1})]}), {"min_refund_minor"}],
		"nothing": [
			given.both({"parameters": {"min_refund_minor": 10001}}, {"lots": [given.used_lot(1000, 0, {})]}),
			set(),
		],
	}
	found := policy.readings with input as given.router_one(tc[0])
	read := {reading.parameter | some reading in given.said_by(found, "router-one/2.1-prorata")}
	read & {"min_refund_minor"} == tc[1]
}

test_reads_how_old_a_balance_may_be[note] if {
	some note, tc in {
		"as old as may be": [{"ledger": {"age_ns": 60 * given.second}}, set()],
		"older": [{"ledger": {"age_ns": (60 * given.second) + 1}}, {"freshness_s"}],
		"of a plan": [given.on_plan({"plans": [given.plan({})], "ledger": {"age_ns": (60 * given.second) + 1}}), set()],
		"of no time": [{"ledger": {"taken_at_told": false, "age_ns": (60 * given.second) + 1}}, set()],
		"of a cancellation": [
			given.both({"ledger": {"age_ns": (60 * given.second) + 1}}, {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			set(),
		],
	}
	found := policy.readings with input as given.router_one(tc[0])
	read := {reading.parameter | some reading in given.said_by(found, "router-one/2.1-not-consumed")}
	read & {"freshness_s"} == tc[1]
}
