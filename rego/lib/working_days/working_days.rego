# METADATA
# title: Working days
# description: >-
#   The working days of a version's calendar by their number: the first is 1. A calendar reaches as far as the longest
#   term of its version (ruling 44). A day beyond it is a text that says so: a duty with such a text is an error (ruling 43).
# scope: package
package lib.working_days

# METADATA
# description: Last second of the working day with this number after the request was complete, in nanoseconds.
last_second_after_completion(number) := _day(input.calendar.completion_days, number, 1000000000)

# METADATA
# description: First instant of the working day with this number after the approval, in nanoseconds.
start_after_approval(number) := _day(input.calendar.approval_day_starts, number, 0)

# METADATA
# description: Last second of the working day with this number after the approval, in nanoseconds.
last_second_after_approval(number) := _day(input.calendar.approval_day_ends, number, 1000000000)

_day(days, number, less) := day - less if {
	day := days[number - 1]
} else := sprintf("working day %d is beyond the calendar, which lists %d", [number, count(days)])
