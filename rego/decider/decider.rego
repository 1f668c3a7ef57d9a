# METADATA
# title: The decider
# description: >-
#   The only entrypoint of the bundle. Nothing in it names a policy: a new policy is a new folder under policies/.
# scope: package
package decider

import data.decider.guard
import data.decider.versions

# METADATA
# description: One decision for each of input.items, in their order; an item without an answer is an error in its own place.
decisions := [answer |
	some item in input.items
	answer := _total with input as item
]

default _total := {"error": {"code": "undefined", "message": "the policy gives no answer for these facts"}}

_total := versions.decision if guard.sound
