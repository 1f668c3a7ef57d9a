package decider_test

import data.decider
import data.lib.fixture_test as given

test_simple[note] if {
	some note, tc in {"a": "yunxin", "b": "router-one"}
	[decision] := decider.decisions with input as {"items": [given.facts(tc, {})]}
	decision.amount == 10000
}
