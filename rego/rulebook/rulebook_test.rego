package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

# an unused lot, a plan that has not started, and an agreement whose minimum is in another currency
_everything := {
	"plans": [given.plan({"started": false})],
	"agreements": [given.agreement({"order_refs": [], "minimum": {"currency": "EUR", "amount": 1}})],
}

test_finds_nothing_without_a_ground[note] if {
	some note, tc in {"grounded": [{}, 3], "not grounded": [{"grounds": null}, 0]}
	facts := object.union(given.grounded(_everything), tc[0])
	found := [rulebook.windows, rulebook.retentions, rulebook.faults] with input as facts
	count([findings | some findings in found; findings != set()]) == tc[1]
}
