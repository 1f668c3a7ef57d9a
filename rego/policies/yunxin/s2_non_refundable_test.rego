package policies.yunxin_test

import data.lib.fixture_test as given
import data.policies.yunxin as policy

test_refuses_what_was_consumed[note] if {
	some note, tc in {
		"all base": [{"lots": [given.used_lot(1000, 0, {})]}, {{"item": "L1", "code": "consumed"}}],
		"a part": [{"lots": [given.used_lot(999, 100, {})]}, set()],
	}
	found := policy.refusals with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-consumed") == tc[1]
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
	found := policy.refusals with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-consumed") == tc[1]
}

test_asks_for_a_fresh_balance[note] if {
	some note, tc in {
		"a minute old": [{"ledger": {"age_ns": 60 * given.second}}, set()],
		"older": [{"ledger": {"age_ns": (60 * given.second) + 1}}, {{"code": "fresh_balance"}}],
		"use not told": [{"lots": [given.lot({"usage_told": false})]}, {{"code": "fresh_balance"}}],
		"of a plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"ledger": {"taken_at_told": false}}), set()],
		"no refund asked": [given.both({"ledger": {"taken_at_told": false}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.missing with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-consumed") == tc[1]
}

test_warns_of_reserved_credits[note] if {
	some note, tc in {
		"base": [{"lots": [given.lot({"base_reserved": 1})]}, {{"code": "credits_reserved"}}],
		"bonus": [{"lots": [given.lot({"bonus_reserved": 1})]}, {{"code": "credits_reserved"}}],
		"none": [{}, set()],
		"no refund asked": [given.both({"lots": [given.lot({"base_reserved": 1})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.warnings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-consumed") == tc[1]
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
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-consumed") == tc[1]
}

test_bars_what_was_delivered[note] if {
	some note, tc in {
		"contested": [{"request": {"contested": true}}, {{}}],
		"not contested": [{}, set()],
	}
	found := policy.contested_bars with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-consumed") == tc[1]
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
	found := policy.refusals with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-14d") == tc[1]
}

test_reads_the_window[note] if {
	some note, tc in {
		"a lot": [{}, {{"parameter": "window.mode"}}],
		"a plan": [given.on_plan({"plans": [given.plan({})]}), set()],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-14d") == tc[1]
}

test_reads_the_account_as_of[note] if {
	some note, tc in {
		"changed since": [{"account": {"changed_after_request": true}}, {{"parameter": "account_state_as_of"}}],
		"as it was": [{}, set()],
		"of a plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"account": {"changed_after_request": true}}), set()],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-suspended") == tc[1]
}

test_bars_a_closed_account[note] if {
	some note, tc in {
		"suspended": [
			{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}},
			{{"code": "violation_confirmed", "outcome": "deny"}},
		],
		"terminated": [
			{"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}},
			{{"code": "violation_confirmed", "outcome": "deny"}},
		],
		"nobody says why": [
			{"account": {"status": "SUSPENDED", "status_reason": "UNSPECIFIED"}},
			{{"code": "status_reason_unknown", "outcome": "review"}},
		],
		"another reason": [{"account": {"status": "SUSPENDED", "status_reason": "OWN_REQUEST"}}, set()],
		"active again after one": [{"account": {"status": "ACTIVE", "status_reason": "TOS_VIOLATION"}}, set()],
		"suspended since, read at the request": [given.both({"parameters": {"account_state_as_of": "request"}}, {"account": {"status": "SUSPENDED", "status_reason": "UNSPECIFIED", "changed_after_request": true}}), set()],
		"a plan": [
			given.both(
				given.on_plan({"plans": [given.plan({})]}),
				{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}},
			),
			set(),
		],
	}
	found := policy.bars with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-suspended") == tc[1]
}

test_waits_for_an_investigation[note] if {
	some note, tc in {
		"suspended": [
			{"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}},
			{{"code": "account_under_investigation"}},
		],
		"terminated": [
			{"account": {"status": "TERMINATED", "status_reason": "UNDER_INVESTIGATION"}},
			{{"code": "account_under_investigation"}},
		],
		"only a duplicate": [
			{
				"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
				"payments": [given.payment({"duplicate": "VERIFIED"})],
			},
			set(),
		],
		"a duplicate for a reviewer": [
			given.both(
				{"parameters": {"duplicate_mode": "review"}},
				{
					"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"},
					"payments": [given.payment({"duplicate": "VERIFIED"})],
				},
			),
			{{"code": "account_under_investigation"}},
		],
		"active": [{}, set()],
		"active again after one": [{"account": {"status": "ACTIVE", "status_reason": "UNDER_INVESTIGATION"}}, set()],
		"of a plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}}), set()],
	}
	found := policy.holds with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/nr-suspended") == tc[1]
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
	found := policy.readings with input as given.yunxin(tc[0])
	read := {reading.parameter | some reading in given.said_by(found, "yunxin/nr-consumed")}
	read & {"freshness_s"} == tc[1]
}
