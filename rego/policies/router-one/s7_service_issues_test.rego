package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_promises_no_cash_instead_of_credits[note] if {
	some note, tc in {
		"asked for": [{"request": {"remedy": "SERVICE_CREDIT"}}, {{}}],
		"not asked for": [{}, set()],
	}
	found := policy.service_bars with input as given.router_one(tc[0])
	given.said_by(found, "router-one/7-outage") == tc[1]
}

test_earns_service_credits[note] if {
	some note, tc in {
		"ours": [{"incidents": [given.incident({})]}, {{"incident": "I1", "credits": 20, "state": "due"}}],
		"not verified": [
			{"incidents": [given.incident({"verified": false})]},
			{{"incident": "I1", "credits": 20, "state": "review"}},
		],
		"not attributed": [
			{"incidents": [given.incident({"attribution": "UNSPECIFIED"})]},
			{{"incident": "I1", "credits": 20, "state": "review"}},
		],
		"upstream": [{"incidents": [given.incident({"attribution": "UPSTREAM"})]}, set()],
		"upstream, not verified": [{"incidents": [given.incident({"attribution": "UPSTREAM", "verified": false})]}, set()],
		"granted before": [{"incidents": [given.incident({"already_granted": true})]}, set()],
		"of no credits": [{"incidents": [given.incident({"sla_credit": 0})]}, set()],
		"not attributed, granted before": [{"incidents": [given.incident({"attribution": "UNSPECIFIED", "already_granted": true})]}, set()],
		"not verified, granted before": [{"incidents": [given.incident({"verified": false, "already_granted": true})]}, set()],
		"one credit": [{"incidents": [given.incident({"sla_credit": 1})]}, {{"incident": "I1", "credits": 1, "state": "due"}}],
	}
	found := policy.service_credits with input as given.router_one(tc[0])
	given.said_by(found, "router-one/7-outage") == tc[1]
}

test_warns_of_credits_granted_before[note] if {
	some note, tc in {
		"asked for": [
			given.both({"incidents": [given.incident({"already_granted": true})]}, {"request": {"remedy": "SERVICE_CREDIT"}}),
			{{"code": "already_granted"}},
		],
		"not asked for": [{"incidents": [given.incident({"already_granted": true})]}, set()],
		"asked for, never granted": [given.both({"incidents": [given.incident({})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.warnings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/7-outage") == tc[1]
}

test_is_not_cash[note] if {
	some note, tc in {
		"service credits": [{"lots": [given.lot({"category": "SERVICE"})]}, {{"item": "L1", "code": "category"}}],
		"sold elsewhere": [{"lots": [given.lot({"category": "SERVICE", "sold_elsewhere": true})]}, set()],
		"paid": [{}, set()],
	}
	found := policy.refusals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/7-not-cash") == tc[1]
}
