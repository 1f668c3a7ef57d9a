# METADATA
# title: The refund window
# description: Whether a request falls within the days after a purchase.
# scope: package
package lib.window

_length_ns := input.parameters["window.days"] * 86400000000000

# METADATA
# description: The request for the lot is in time.
open(lot) if {
	input.parameters["window.mode"] == "elapsed"
	lot.age_ns <= _length_ns
}

open(lot) if {
	input.parameters["window.mode"] == "calendar"
	input.request.requested_at < input.calendar.window_ends[lot.id]
}

# METADATA
# description: Last whole second at which a request for the lot is in time, nanoseconds since 1970-01-01T00:00:00Z.
until(lot) := _second(lot.purchased_at + _length_ns) if input.parameters["window.mode"] == "elapsed"

until(lot) := before(input.calendar.window_ends[lot.id]) if input.parameters["window.mode"] == "calendar"

# METADATA
# description: Last whole second before an instant, nanoseconds since 1970-01-01T00:00:00Z.
before(instant) := _second(instant - 1)

_second(instant) := instant - (instant % 1000000000)
