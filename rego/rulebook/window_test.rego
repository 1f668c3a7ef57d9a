package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_grants_14_days[note] if {
	some note, tc in {
		"exactly 14 days": [
			{"lots": [given.lot({"age_ns": 14 * given.day})]},
			{{"item": "L1"}},
		],
		"a nanosecond more": [{"lots": [given.lot({"age_ns": (14 * given.day) + 1})]}, set()],
		"no purchase": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, set()],
	}
	found := rulebook.grants with input as given.grounded(tc[0])
	given.on({"within_window"}, found) == tc[1]
}

test_says_when_the_14_days_end[note] if {
	some note, tc in {
		"in time": [{}, {{"item": "L1", "until": given.bought + (14 * given.day)}}],
		"too late": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, {{"item": "L1", "until": given.bought + (14 * given.day)}}],
		"no purchase": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, set()],
	}
	found := rulebook.windows with input as given.grounded(tc[0])
	found == tc[1]
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
	found := rulebook.refusals with input as given.grounded(tc[0])
	given.on({"after_window"}, found) == tc[1]
}

test_may_be_a_discretion[note] if {
	some note, tc in {
		"as shipped": [{}, set()],
		"by a reviewer": [{"parameters": {"unused_mode": "review"}}, {{"item": "L1", "code": "unused_mode"}}],
	}
	found := rulebook.reviews with input as given.grounded(tc[0])
	given.on({"unused_reviewed"}, found) == tc[1]
}
