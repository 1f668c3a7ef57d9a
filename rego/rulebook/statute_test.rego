package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_lets_the_law_in[note] if {
	some note, tc in {
		"a consumer": [given.from("DE"), {{}}],
		"elsewhere": [{}, set()],
	}
	found := rulebook.overlays with input as given.grounded(tc[0])
	given.on({"statutory_right"}, found) == tc[1]
}

test_asks_the_consent[note] if {
	some note, tc in {
		"used": [given.both(given.from("DE"), {"lots": [given.used_lot(1, 0, {})]}), {{}}],
		"unused": [given.from("DE"), set()],
		"elsewhere": [{"lots": [given.used_lot(1, 0, {})]}, set()],
		"used, too late": [given.both(given.from("DE"), given.both(given.at(given.withdrawal_ends.moved_ends), {"lots": [given.used_lot(1, 0, {})]})), set()],
	}
	found := rulebook.consents with input as given.grounded(tc[0])
	given.on({"recorded_consent"}, found) == tc[1]
}
