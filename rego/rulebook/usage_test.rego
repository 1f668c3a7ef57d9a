package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_warns_of_reserved_credits[note] if {
	some note, tc in {
		"base": [{"lots": [given.lot({"base_reserved": 1})]}, {{"code": "credits_reserved"}}],
		"bonus": [{"lots": [given.lot({"bonus_reserved": 1})]}, {{"code": "credits_reserved"}}],
		"none": [{}, set()],
		"no refund asked": [given.both({"lots": [given.lot({"base_reserved": 1})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.warnings with input as given.grounded(tc[0])
	given.on({"credits_reserved"}, found) == tc[1]
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
	found := rulebook.refusals with input as given.grounded(tc[0])
	given.on({"partly_used_refused"}, found) == tc[1]
}

test_keeps_the_used_share_and_gives_back_the_rest[note] if {
	some note, tc in {
		"one credit used": [{"lots": [given.used_lot(1, 0, {})]}, {"L1"}],
		"unused": [{}, set()],
	}
	found := rulebook.proportions with input as given.grounded(tc[0])
	every ground in ["used", "unused_share"] {
		{proportion.item | some proportion in given.on({ground}, found)} == tc[1]
	}
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
	found := rulebook.reviews with input as given.grounded(tc[0])
	given.on({"partly_used_reviewed"}, found) == tc[1]
}

test_refuses_what_was_consumed[note] if {
	some note, tc in {
		"all": [{"lots": [given.used_lot(1000, 100, {})]}, {{"item": "L1", "code": "consumed"}}],
		"all but the bonus": [{"lots": [given.used_lot(1000, 99, {})]}, set()],
		"a part": [{"lots": [given.used_lot(999, 100, {})]}, set()],
	}
	found := rulebook.refusals with input as given.grounded(tc[0])
	given.on({"all_consumed"}, found) == tc[1]
}

test_refuses_bonus[note] if {
	some note, tc in {
		"only bonus left": [{"lots": [given.used_lot(1000, 99, {})]}, {{"item": "L1", "code": "consumed"}}],
		"nothing left": [{"lots": [given.used_lot(1000, 100, {})]}, set()],
		"promotional": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, {{"item": "L1", "code": "category"}}],
		"promotional, sold elsewhere": [{"lots": [given.lot({"category": "PROMOTIONAL", "sold_elsewhere": true})]}, set()],
	}
	found := rulebook.refusals with input as given.grounded(tc[0])
	given.on({"only_bonus_left", "promotional_credits"}, found) == tc[1]
}
