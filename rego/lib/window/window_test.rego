package lib.window_test

import data.lib.fixture_test as given
import data.lib.window

_calendar_mode := {"parameters": {"window.mode": "calendar"}}

_window_end := given.calendar.window_ends.L1

test_open[note] if {
	some note, tc in {
		"exactly 14 days": {"changes": {}, "lot": {"age_ns": 14 * given.day}},
		"before the end of the last day": {"changes": _asked_at(_window_end - 1), "lot": {}},
	}
	window.open(given.lot(tc.lot)) with input as given.router_one(tc.changes)
}

test_closed[note] if {
	some note, tc in {
		"a nanosecond more than 14 days": {"changes": {}, "lot": {"age_ns": (14 * given.day) + 1}},
		"a shorter window": {"changes": {"parameters": {"window.days": 13}}, "lot": {"age_ns": 14 * given.day}},
		"the end of the last day": {"changes": _asked_at(_window_end), "lot": {}},
	}
	not window.open(given.lot(tc.lot)) with input as given.router_one(tc.changes)
}

_asked_at(instant) := object.union(_calendar_mode, {"request": {"requested_at": instant}})

test_before if {
	window.before(given.bought) == given.bought - given.second
	window.before(given.bought + 1) == given.bought
	window.before(given.bought + 999999999) == given.bought
}

test_until[note] if {
	some note, tc in {
		"elapsed": {"changes": {}, "bought": given.bought, "want": given.bought + (14 * given.day)},
		"a fraction of a second is cut off": {
			"changes": {},
			"bought": given.bought + 999999999,
			"want": given.bought + (14 * given.day),
		},
		"calendar": {"changes": _calendar_mode, "bought": given.bought, "want": _window_end - given.second},
	}
	until := window.until(given.lot({"purchased_at": tc.bought})) with input as given.router_one(tc.changes)
	until == tc.want
}
