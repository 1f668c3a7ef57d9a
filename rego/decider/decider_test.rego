package decider_test

import data.decider
import data.lib.fixture_test as given

test_items_in_their_order if {
	items := [given.router_one({}), {}, given.yunxin({"risk": {"fraud": "NONE"}, "lots": [given.used_lot(250, 0, {})]})]
	[first, second, third] := decider.decisions with input as {"items": items}
	first.amount == 10000
	second.error.code == "undefined"
	third.amount == 7500
}

test_no_items if {
	answers := decider.decisions with input as {"items": []}
	answers == []
}
