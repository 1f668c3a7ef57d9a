package lib.working_days_test

import data.lib.fixture_test as given
import data.lib.working_days

_calendar := {"completion_days": [10 * given.second, 20 * given.second], "approval_day_starts": [30, 40], "approval_day_ends": [50 * given.second]}

test_counts_days_from_one[note] if {
	some note, tc in {
		"completion": [working_days.last_second_after_completion(2), 19 * given.second],
		"start": [working_days.start_after_approval(1), 30],
		"end": [working_days.last_second_after_approval(1), 49 * given.second],
	} with input.calendar as _calendar
	tc[0] == tc[1]
}

test_says_which_day_is_beyond_the_calendar[note] if {
	some note, tc in {
		"completion": [working_days.last_second_after_completion(3), "working day 3 is beyond the calendar, which lists 2"],
		"start": [working_days.start_after_approval(0), "working day 0 is beyond the calendar, which lists 2"],
		"end": [working_days.last_second_after_approval(2), "working day 2 is beyond the calendar, which lists 1"],
	} with input.calendar as _calendar
	tc[0] == tc[1]
}
