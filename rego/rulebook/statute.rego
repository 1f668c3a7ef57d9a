package rulebook

import data.law.withdrawal

# METADATA
# title: The right of withdrawal is considered
overlays contains {"cite": input.grounds.statutory_right} if withdrawal.covered

# METADATA
# title: The recorded consent decides what a consumer owes for what was used
consents contains {"cite": input.grounds.recorded_consent} if _used_in_time

_used_in_time if {
	some id, _ in withdrawal.in_time
	withdrawal.contracts[id].used > 0
}
