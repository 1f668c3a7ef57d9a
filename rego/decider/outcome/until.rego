package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   Last whole second at which the same request is in time, or would have been: the later of window and statutory period;
#   0 where the answer does not depend on time (ruling 31).
refundable_until := max(_untils | {0})

_untils contains window.until if {
	_time_counts
	some window in said.windows
	_timely(window.item)
	_is_part(window.item)
	not _denied_by_bar
}

_untils contains until if {
	some item, until in withdrawal.until
	_time_counts
	_law_counts
	withdrawal.claims[item].net > 0
	not reversed_items[item]
	_is_part(item)
}

# a used duplicate is paid at any age, unless the law gives more of it (ruling 11)
_untils contains until if {
	some item, until in withdrawal.until
	lot := purchases.lots[item]
	reversed[lot.payment_id] > 0
	withdrawal.claims[item].due > _share(lot)
}

# the right that is over would have paid
_untils contains until if {
	_denied
	_law_counts
	some item, until in withdrawal.lapsed
	not reversed_items[item]
}

_time_counts if {
	final.disposition in {"CASH_REFUND", "MANUAL_REVIEW", "HOLD", "NEEDS_INFORMATION"}
	purchases.refund_asked
}

# it would have been paid in time
_time_counts if {
	_denied
	settle(pays_without(_lateness), {}).amount > 0
}

_lateness := {"window", "period"}

_denied_by_bar if {
	some bar in said.bars
	bar.outcome == "deny"
}

_law_counts if not _denied_by_bar

_law_counts if input.parameters.statutory_vs_disqualifier != "ignore"

# what the policy pays in time, whatever becomes of it later: an agreement knows no window (ruling 16)
_timely(item) if {
	not reversed_items[item]
	not agreed[item]
	object.get(refused, item, set()) - _lateness == set()
	_left_of(item, entitled[item]) > 0
}

# of what is paid, if anything is
_is_part(_) if final.disposition != "CASH_REFUND"

_is_part(item) if final.paid.due[item] > 0
