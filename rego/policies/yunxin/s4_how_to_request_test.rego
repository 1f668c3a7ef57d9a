package policies.yunxin_test

import data.lib.fixture_test as given
import data.policies.yunxin as policy

test_asks_for_the_order[note] if {
	some note, tc in {
		"not named": [{"request": {"order_named": false}}, {{"code": "order_ref"}}],
		"inferable": [{"request": {"order_named": false, "order_inferable": true}}, {{"code": "order_ref"}}],
		"inferred": [
			given.both({"parameters": {"infer_order_ref": true}}, {"request": {"order_named": false, "order_inferable": true}}),
			set(),
		],
		"a statutory claim": [given.both(given.from("DE"), {"request": {"order_named": false, "order_inferable": true}}), set()],
		"named": [{}, set()],
		"not named, no refund asked": [given.both({"request": {"order_named": false}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"not named, contested": [{"request": {"order_named": false, "contested": true, "remedy": "RESTORE_CREDITS"}}, {{"code": "order_ref"}}],
	}
	found := policy.missing with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/req-details") == tc[1]
}

test_reads_an_inferred_order[note] if {
	some note, tc in {
		"inferable": [{"request": {"order_named": false, "order_inferable": true}}, {{"parameter": "infer_order_ref"}}],
		"named": [{}, set()],
		"no refund asked": [given.both({"request": {"order_named": false, "order_inferable": true}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/req-details") == tc[1]
}

test_asks_for_the_address[note] if {
	some note, tc in {
		"another address": [{"request": {"sender": {"is_verified_email": false}}}, {{"code": "sender_email"}}],
		"the payer": [{"request": {"sender": {"is_verified_email": false, "is_payer_email": true}}}, {{"code": "sender_email"}}],
		"contested": [{"request": {"contested": true, "sender": {"is_verified_email": false}}}, {{"code": "sender_email"}}],
		"service credits": [
			given.both({"request": {"sender": {"is_verified_email": false}}}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			{{"code": "sender_email"}},
		],
		"a cancellation": [
			given.both({"request": {"sender": {"is_verified_email": false}}}, {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			{{"code": "sender_email"}},
		],
		"its own": [{}, set()],
	}
	found := policy.missing with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/req-details") == tc[1]
}

test_asks_who_it_is[note] if {
	some note, tc in {
		"not authenticated": [{"request": {"sender": {"authenticated": false}}}, {{"code": "verify_identity"}}],
		"authenticated": [{}, set()],
	}
	found := policy.missing with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/req-details") == tc[1]
}

test_reads_the_payer[note] if {
	some note, tc in {
		"the payer": [
			{"request": {"sender": {"is_verified_email": false, "is_payer_email": true}}},
			{{"parameter": "email_match"}},
		],
		"a verified payer": [{"request": {"sender": {"is_payer_email": true}}}, set()],
		"neither": [{"request": {"sender": {"is_verified_email": false}}}, set()],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/req-details") == tc[1]
}

test_answers_in_time[note] if {
	some note, tc in {
		"a refund": [
			{},
			{{"type": "REVIEW_BY", "on": "answer", "payment": "", "due": given.calendar.completion_days[4] - given.second, "not_before": 0}},
		],
		"contested": [
			{"request": {"remedy": "RESTORE_CREDITS", "contested": true}},
			{{"type": "REVIEW_BY", "on": "answer", "payment": "", "due": given.calendar.completion_days[4] - given.second, "not_before": 0}},
		],
		"service credits": [{"request": {"remedy": "SERVICE_CREDIT"}}, set()],
		"a cancellation": [{"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := policy.duties with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/review-5bd") == tc[1]
}

test_pays_in_time_by_the_same_method[note] if {
	some note, tc in {
		"by card": [
			{},
			{
				{
					"type": "PAY_BY",
					"on": "cash",
					"payment": "",
					"due": given.calendar.approval_day_ends[13] - given.second,
					"not_before": given.calendar.approval_day_starts[6],
				},
				{"type": "ORIGINAL_PAYMENT_METHOD", "on": "cash", "payment": "P1", "due": 0, "not_before": 0},
			},
		],
		"by coin": [
			{"payments": [given.payment({"method": "btc"})]},
			{
				{
					"type": "PAY_BY",
					"on": "cash",
					"payment": "",
					"due": given.calendar.approval_day_ends[13] - given.second,
					"not_before": given.calendar.approval_day_starts[6],
				},
				{"type": "MANUAL_PAYOUT", "on": "cash", "payment": "P1", "due": 0, "not_before": 0},
			},
		],
		"no refund": [{"request": {"remedy": "SERVICE_CREDIT"}}, set()],
		"by coin, no refund": [given.both({"payments": [given.payment({"method": "btc"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.duties with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/payout") == tc[1]
}

test_waits_for_a_refund_or_a_dispute[note] if {
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
		"open": [{"payments": [given.payment({"dispute_open": true})]}, {{"code": "await_dispute_outcome"}}],
		"of a payment for nothing, no duplicate": [{"payments": [given.payment({"paid_for": [], "pending": 1})]}, set()],
		"of a duplicate, settled": [{"payments": [given.payment({"duplicate": "VERIFIED", "paid_for": []})]}, set()],
	}
	found := policy.holds with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/payout") == tc[1]
}

test_takes_off_a_lost_dispute[note] if {
	some note, tc in {
		"some": [{"payments": [given.payment({"lost": 300})]}, {{"payment": "P1"}}],
		"none": [{}, set()],
		"of one of two": [{"payments": [given.payment({"lost": 1}), given.payment({"id": "P2"})]}, {{"payment": "P1"}}],
	}
	found := policy.losses with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/payout") == tc[1]
}

test_reads_the_channels[note] if {
	some note, tc in {
		"one in question": [{"request": {"channel": "EMAIL"}}, {{"parameter": "allowed_channels"}}],
		"none": [{"request": {"channel": "OTHER"}}, {{"parameter": "allowed_channels"}}],
		"one that is named": [{"request": {"channel": "SUPPORT_TICKET"}}, set()],
		"a cancellation": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/unused-channel") == tc[1]
}

test_reads_the_methods[note] if {
	some note, tc in {
		"one that takes nothing back": [{"payments": [given.payment({"method": "btc"})]}, {{"parameter": "non_refundable_methods"}}],
		"a card": [{}, set()],
		"no refund": [
			given.both({"request": {"remedy": "RESTORE_CREDITS", "contested": true}}, {"payments": [given.payment({"method": "btc"})]}),
			set(),
		],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/payout") == tc[1]
}

test_answers_a_cancellation_that_pays if {
	found := policy.duties with input as given.yunxin(given.both(
		{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
		given.on_plan({"plans": [given.plan({"started": false})]}),
	))
	"answer" in {duty.on | some duty in found}
}

# ruling 28
test_takes_nothing_back_by_coin_alone if given.parameters("yunxin").non_refundable_methods == ["btc", "eth", "usdc", "usdt"]
