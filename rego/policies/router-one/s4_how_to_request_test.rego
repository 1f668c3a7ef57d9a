package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_asks_for_a_channel[note] if {
	some note, tc in {
		"social media": [{"request": {"channel": "SOCIAL_MEDIA"}}, {{"code": "channel"}}],
		"not told": [{"request": {"channel": "UNSPECIFIED"}}, {{"code": "channel"}}],
		"a ticket": [{"request": {"channel": "SUPPORT_TICKET"}}, {{"code": "channel"}}],
		"e-mail": [{}, set()],
		"in the account": [{"request": {"channel": "IN_APP"}}, set()],
		"a statutory claim": [given.both(given.from("DE"), {"request": {"channel": "SOCIAL_MEDIA"}}), set()],
		"a cancellation": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION"}}, set()],
		"contested": [{"request": {"channel": "OTHER", "contested": true}}, set()],
	}
	found := policy.missing with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-channel") == tc[1]
}

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
	}
	found := policy.missing with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-orderid") == tc[1]
}

test_reads_an_inferred_order[note] if {
	some note, tc in {
		"inferable": [{"request": {"order_named": false, "order_inferable": true}}, {{"parameter": "infer_order_ref"}}],
		"named": [{}, set()],
		"no refund asked": [given.both({"request": {"order_named": false, "order_inferable": true}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-orderid") == tc[1]
}

test_answers_in_time[note] if {
	some note, tc in {
		"a refund": [
			{},
			{{"type": "RESPOND_BY", "on": "answer", "payment": "", "due": given.calendar.completion_days[1] - given.second, "not_before": 0}},
		],
		"contested": [
			{"request": {"remedy": "RESTORE_CREDITS", "contested": true}},
			{{"type": "RESPOND_BY", "on": "answer", "payment": "", "due": given.calendar.completion_days[1] - given.second, "not_before": 0}},
		],
		"service credits": [{"request": {"remedy": "SERVICE_CREDIT"}}, set()],
		"a cancellation": [{"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := policy.duties with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-respond-2bd") == tc[1]
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
					"due": given.calendar.approval_day_ends[9] - given.second,
					"not_before": given.calendar.approval_day_starts[4],
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
					"due": given.calendar.approval_day_ends[9] - given.second,
					"not_before": given.calendar.approval_day_starts[4],
				},
				{"type": "MANUAL_PAYOUT", "on": "cash", "payment": "P1", "due": 0, "not_before": 0},
			},
		],
		"no refund": [{"request": {"remedy": "SERVICE_CREDIT"}}, set()],
		"by coin, no refund": [given.both({"payments": [given.payment({"method": "btc"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.duties with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-payout") == tc[1]
}

test_warns_of_no_reason[note] if {
	some note, tc in {
		"none": [{"request": {"has_reason": false}}, {{"code": "reason_missing"}}],
		"one": [{}, set()],
		"no refund asked": [given.both({"request": {"has_reason": false}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.warnings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-reason") == tc[1]
}

test_may_ask_for_more[note] if {
	some note, tc in {
		"not authenticated": [{"request": {"sender": {"authenticated": false}}}, {{"code": "verify_identity"}}],
		"authenticated": [{}, set()],
		"service credits": [given.both({"request": {"sender": {"authenticated": false}}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.missing with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-more-info") == tc[1]
}

test_reads_the_channels[note] if {
	some note, tc in {
		"one in question": [{"request": {"channel": "IN_APP"}}, {{"parameter": "allowed_channels"}}],
		"none": [{"request": {"channel": "OTHER"}}, {{"parameter": "allowed_channels"}}],
		"one that is named": [{"request": {"channel": "EMAIL"}}, set()],
		"a cancellation": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-channel") == tc[1]
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
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/4-payout") == tc[1]
}

test_answers_a_cancellation_that_pays if {
	found := policy.duties with input as given.router_one(given.both(
		{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
		given.on_plan({"plans": [given.plan({"started": false})]}),
	))
	"answer" in {duty.on | some duty in found}
}

# ruling 28
test_takes_nothing_back_by_coin_alone if given.parameters("router-one").non_refundable_methods == ["btc", "eth", "usdc", "usdt"]
