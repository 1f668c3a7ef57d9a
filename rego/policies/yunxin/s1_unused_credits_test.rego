package policies.yunxin_test

import data.lib.fixture_test as given
import data.policies.yunxin as policy

test_grants_14_days[note] if {
	some note, tc in {
		"exactly 14 days": [
			{"lots": [given.lot({"age_ns": 14 * given.day})]},
			{{"item": "L1"}},
		],
		"a nanosecond more": [{"lots": [given.lot({"age_ns": (14 * given.day) + 1})]}, set()],
		"no purchase": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, set()],
	}
	found := policy.grants with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
}

test_says_when_the_14_days_end[note] if {
	some note, tc in {
		"in time": [{}, {{"item": "L1", "until": given.bought + (14 * given.day)}}],
		"too late": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, {{"item": "L1", "until": given.bought + (14 * given.day)}}],
		"no purchase": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, set()],
	}
	found := policy.windows with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
}

test_may_be_a_discretion[note] if {
	some note, tc in {
		"as shipped": [{}, set()],
		"by a reviewer": [{"parameters": {"unused_mode": "review"}}, {{"item": "L1", "code": "unused_mode"}}],
	}
	found := policy.reviews with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
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
			{{"item": "L1", "amount": 10250, "gross": 10250, "paid": 10250, "taken": 0, "fee": 200, "tax": 50}},
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
	found := policy.entitlements with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
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
	found := policy.deductions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
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
	found := policy.retentions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
}

test_reads_fee_and_tax[note] if {
	some note, tc in {
		"fee": [{"lots": [given.lot({"fee": 1})]}, {{"parameter": "refund_fee"}, {"parameter": "unused_mode"}}],
		"tax": [{"lots": [given.lot({"tax": 1})]}, {{"parameter": "refund_tax"}, {"parameter": "unused_mode"}}],
		"neither": [{}, {{"parameter": "unused_mode"}}],
		"too late": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, set()],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
}

test_takes_the_bonus_left[note] if {
	some note, tc in {
		"left": [{}, {{"item": "L1", "mode": "all_remaining"}}],
		"none left": [{"lots": [given.used_lot(0, 100, {})]}, set()],
		"one credit left": [{"lots": [given.used_lot(0, 99, {})]}, {{"item": "L1", "mode": "all_remaining"}}],
	}
	found := policy.bonus_removals with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-14d") == tc[1]
}

test_asks_for_a_channel[note] if {
	some note, tc in {
		"social media": [{"request": {"channel": "SOCIAL_MEDIA"}}, {{"code": "channel"}}],
		"not told": [{"request": {"channel": "UNSPECIFIED"}}, {{"code": "channel"}}],
		"a ticket": [{"request": {"channel": "SUPPORT_TICKET"}}, set()],
		"e-mail": [{}, set()],
		"in the account": [{"request": {"channel": "IN_APP"}}, set()],
		"a statutory claim": [given.both(given.from("DE"), {"request": {"channel": "SOCIAL_MEDIA"}}), set()],
		"a cancellation": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := policy.missing with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-channel") == tc[1]
}

test_takes_off_the_used_share[note] if {
	some note, tc in {
		"used": [{"lots": [given.used_lot(250, 0, {})]}, {{"item": "L1", "code": "used", "amount": -2500}}],
		"unused": [{}, set()],
		"1 used": [{"lots": [given.used_lot(1, 0, {"base_price": 1000})]}, {{"item": "L1", "code": "used", "amount": -1}}],
	}
	found := policy.deductions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-used-portion") == tc[1]
}

test_reads_partial_use[note] if {
	some note, tc in {
		"partly used": [{"lots": [given.used_lot(1, 0, {})]}, {{"parameter": "partial_use"}}],
		"unused": [{}, set()],
		"used up": [{"lots": [given.used_lot(1000, 0, {})]}, set()],
		"all but one credit used": [{"lots": [given.used_lot(999, 0, {})]}, {{"parameter": "partial_use"}}],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-used-portion") == tc[1]
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
	found := policy.reviews with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-used-portion") == tc[1]
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
	found := policy.readings with input as given.yunxin(tc[0])
	read := {reading.parameter | some reading in given.said_by(found, "yunxin/unused-14d")}
	read & {"min_refund_minor"} == tc[1]
}
