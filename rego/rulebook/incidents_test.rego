package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_promises_no_cash_instead_of_credits[note] if {
	some note, tc in {
		"asked for": [{"request": {"remedy": "SERVICE_CREDIT"}}, {{}}],
		"not asked for": [{}, set()],
	}
	found := rulebook.service_bars with input as given.grounded(tc[0])
	given.on({"no_service_credits"}, found) == tc[1]
}

test_earns_service_credits[note] if {
	some note, tc in {
		"ours": [{"incidents": [given.incident({})]}, {{"incident": "I1", "credits": 20}}, set()],
		"not verified": [
			{"incidents": [given.incident({"verified": false})]},
			set(),
			{{"incident": "I1", "credits": 20}},
		],
		"not attributed": [
			{"incidents": [given.incident({"attribution": "UNSPECIFIED"})]},
			set(),
			{{"incident": "I1", "credits": 20}},
		],
		"upstream": [{"incidents": [given.incident({"attribution": "UPSTREAM"})]}, set(), set()],
		"upstream, not verified": [{"incidents": [given.incident({"attribution": "UPSTREAM", "verified": false})]}, set(), set()],
		"granted before": [{"incidents": [given.incident({"already_granted": true})]}, set(), set()],
		"of no credits": [{"incidents": [given.incident({"sla_credit": 0})]}, set(), set()],
		"not attributed, granted before": [{"incidents": [given.incident({"attribution": "UNSPECIFIED", "already_granted": true})]}, set(), set()],
		"not verified, granted before": [{"incidents": [given.incident({"verified": false, "already_granted": true})]}, set(), set()],
		"one credit": [{"incidents": [given.incident({"sla_credit": 1})]}, {{"incident": "I1", "credits": 1}}, set()],
	}
	credits := rulebook.service_credits with input as given.grounded(tc[0])
	reviews := rulebook.service_credit_reviews with input as given.grounded(tc[0])
	[given.on({"outage_credited"}, credits), given.on({"outage_credit_reviewed"}, reviews)] == [tc[1], tc[2]]
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
	found := rulebook.warnings with input as given.grounded(tc[0])
	given.on({"already_credited"}, found) == tc[1]
}

test_considers_an_outage[note] if {
	some note, tc in {
		"significant": [{"incidents": [given.incident({})]}, {{}}],
		"not significant": [{"incidents": [given.incident({"significant": false})]}, set()],
		"not verified": [{"incidents": [given.incident({"verified": false})]}, set()],
	}
	found := rulebook.outages with input as given.grounded(tc[0])
	given.on({"significant_outage"}, found) == tc[1]
}
