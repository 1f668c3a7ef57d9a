package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_asks_for_the_address[note] if {
	some note, tc in {
		"another address": [{"request": {"sender": {"address": "OTHER"}}}, {{"code": "sender_email"}}],
		"the payer": [{"request": {"sender": {"address": "PAYER"}}}, set()],
		"contested": [{"request": {"contested": true, "sender": {"address": "OTHER"}}}, set()],
		"service credits": [
			given.both({"request": {"sender": {"address": "OTHER"}}}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			set(),
		],
		"a cancellation": [
			given.both({"request": {"sender": {"address": "OTHER"}}}, {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			{{"code": "sender_email"}},
		],
		"its own": [{}, set()],
	}
	found := rulebook.missing with input as given.grounded(tc[0])
	given.on({"wrong_address", "not_authenticated"}, found) == tc[1]
}

test_asks_who_it_is[note] if {
	some note, tc in {
		"not authenticated": [{"request": {"sender": {"authenticated": false}}}, {{"code": "verify_identity"}}],
		"authenticated": [{}, set()],
		"contested": [{"request": {"contested": true, "sender": {"authenticated": false}}}, set()],
		"service credits": [given.both({"request": {"sender": {"authenticated": false}}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.missing with input as given.grounded(tc[0])
	given.on({"wrong_address", "not_authenticated"}, found) == tc[1]
}

test_asks_for_a_fresh_balance[note] if {
	some note, tc in {
		"a minute old": [{"ledger": {"age_ns": 60 * given.second}}, set()],
		"older": [{"ledger": {"age_ns": (60 * given.second) + 1}}, {{"code": "fresh_balance"}}],
		"unknown use": [{"lots": [given.lot({"known_use": null})]}, {{"code": "fresh_balance"}}],
		"of a plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"ledger": {"age_ns": null}}), set()],
		"no refund asked": [given.both({"ledger": {"age_ns": null}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.missing with input as given.grounded(tc[0])
	given.on({"balance_not_fresh"}, found) == tc[1]
}

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
	found := rulebook.missing with input as given.grounded(tc[0])
	given.on({"wrong_channel"}, found) == tc[1]
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
	found := rulebook.missing with input as given.grounded(tc[0])
	given.on({"order_not_named"}, found) == tc[1]
}

test_warns_of_no_reason[note] if {
	some note, tc in {
		"none": [{"request": {"has_reason": false}}, {{"code": "reason_missing"}}],
		"one": [{}, set()],
		"no refund asked": [given.both({"request": {"has_reason": false}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.warnings with input as given.grounded(tc[0])
	given.on({"no_reason"}, found) == tc[1]
}

test_may_ask_for_more[note] if {
	some note, tc in {
		"not authenticated": [{"request": {"sender": {"authenticated": false}}}, {{"code": "verify_identity"}}],
		"authenticated": [{}, set()],
		"service credits": [given.both({"request": {"sender": {"authenticated": false}}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.missing with input as given.grounded(tc[0])
	given.on({"more_information"}, found) == tc[1]
}

test_asks_every_request_for_a_channel[note] if {
	some note, tc in {
		"social media": [{"request": {"channel": "SOCIAL_MEDIA"}}, {{"code": "channel"}}],
		"not told": [{"request": {"channel": "UNSPECIFIED"}}, {{"code": "channel"}}],
		"a ticket": [{"request": {"channel": "SUPPORT_TICKET"}}, set()],
		"e-mail": [{}, set()],
		"in the account": [{"request": {"channel": "IN_APP"}}, set()],
		"a statutory claim": [given.both(given.from("DE"), {"request": {"channel": "SOCIAL_MEDIA"}}), set()],
		"a cancellation": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION"}}, set()],
		"a cancellation that contests deductions": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION", "contested": true}}, set()],
	}
	found := rulebook.missing with input as given.grounded_as("yunxin", tc[0])
	given.on({"wrong_channel"}, found) == tc[1]
}

test_asks_a_contested_request_for_the_order[note] if {
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
	found := rulebook.missing with input as given.grounded_as("yunxin", tc[0])
	given.on({"order_not_named", "wrong_address", "not_authenticated"}, found) == tc[1]
}

test_asks_every_request_for_the_address[note] if {
	some note, tc in {
		"another address": [{"request": {"sender": {"address": "OTHER"}}}, {{"code": "sender_email"}}],
		"the payer": [{"request": {"sender": {"address": "PAYER"}}}, {{"code": "sender_email"}}],
		"contested": [{"request": {"contested": true, "sender": {"address": "OTHER"}}}, {{"code": "sender_email"}}],
		"service credits": [
			given.both({"request": {"sender": {"address": "OTHER"}}}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			{{"code": "sender_email"}},
		],
		"a cancellation": [
			given.both({"request": {"sender": {"address": "OTHER"}}}, {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			{{"code": "sender_email"}},
		],
		"its own": [{}, set()],
	}
	found := rulebook.missing with input as given.grounded_as("yunxin", tc[0])
	given.on({"order_not_named", "wrong_address", "not_authenticated"}, found) == tc[1]
}

test_asks_of_every_request_who_it_is[note] if {
	some note, tc in {
		"not authenticated": [{"request": {"sender": {"authenticated": false}}}, {{"code": "verify_identity"}}],
		"authenticated": [{}, set()],
	}
	found := rulebook.missing with input as given.grounded_as("yunxin", tc[0])
	given.on({"not_authenticated"}, found) == tc[1]
}
