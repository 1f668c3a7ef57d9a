package rulebook

import data.lib.purchases
import data.lib.window

# METADATA
# title: The request came within the refund window
grants contains {"item": id, "cite": input.grounds.within_window} if {
	some id, lot in purchases.lots
	window.open(lot)
}

# METADATA
# title: The refund window has closed
refusals contains {"item": id, "code": "window", "cite": input.grounds.after_window} if {
	some id, lot in purchases.lots
	not window.open(lot)
}

# METADATA
# title: The last second of the refund window
windows contains {"item": id, "until": window.until(lot)} if {
	input.grounds.within_window
	some id, lot in purchases.lots
}

# METADATA
# title: A refund of unused credits is at the discretion of a reviewer
reviews contains {"item": id, "code": "unused_mode", "cite": input.grounds.unused_reviewed} if {
	input.parameters.unused_mode == "review"
	some id, _ in purchases.lots
}
