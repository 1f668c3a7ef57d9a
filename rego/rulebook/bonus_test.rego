package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_takes_the_bonus_left[note] if {
	some note, tc in {
		"left": [{}, {{"item": "L1", "mode": "all_remaining"}}],
		"none left": [{"lots": [given.used_lot(0, 100, {})]}, set()],
		"one credit left": [{"lots": [given.used_lot(0, 99, {})]}, {{"item": "L1", "mode": "all_remaining"}}],
	}
	found := rulebook.bonus_removals with input as given.grounded(tc[0])
	given.on({"bonus_removed"}, found) == tc[1]
}

test_keeps_used_bonus[note] if {
	some note, tc in {
		"used": [{"lots": [given.used_lot(0, 1, {})]}, {{"code": "consumed_bonus_kept"}}],
		"taken off": [given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(0, 1, {})]}), set()],
		"unused": [{}, set()],
		"no refund asked": [given.both({"lots": [given.used_lot(0, 1, {})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.warnings with input as given.grounded(tc[0])
	given.on({"used_bonus_kept"}, found) == tc[1]
}
