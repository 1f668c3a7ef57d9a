package lib.money_test

import data.lib.money

test_quotient[note] if {
	some note, tc in {
		"exact": [12, 4, 3],
		"rounds down": [7, 2, 3],
		"of nothing": [0, 7, 0],
		"stays exact beyond 64 bits": [36893488147419103233, 2, 18446744073709551616],
	}
	money.quotient(tc[0], tc[1]) == tc[2]
}

test_share[note] if {
	some note, tc in {
		"floor": [100, 1, 3, "floor", 33],
		"floor of two thirds": [100, 2, 3, "floor", 66],
		"up": [100, 1, 3, "up", 34],
		"up of an exact share": [90, 1, 3, "up", 30],
		"half even, below the half": [100, 1, 3, "half_even", 33],
		"half even, above the half": [100, 2, 3, "half_even", 67],
		"half even, the half after an even number": [5, 1, 2, "half_even", 2],
		"half even, the half after an odd number": [7, 1, 2, "half_even", 4],
		"nothing of it": [100, 0, 3, "up", 0],
		"all of it": [100, 3, 3, "half_even", 100],
	}
	money.share(tc[0], tc[1], tc[2], tc[3]) == tc[4]
}

test_fit[note] if {
	some note, tc in {
		"nothing": [{}, 5, {}],
		"nothing of nothing": [{"a": 0}, 0, {"a": 0}],
		"what fits stays": [{"a": 3, "b": 2}, 5, {"a": 3, "b": 2}],
		"in proportion": [{"a": 6, "b": 4}, 5, {"a": 3, "b": 2}],
		"the rest to the largest remainder": [{"a": 1, "b": 2}, 2, {"a": 1, "b": 1}],
		"ties by id": [{"b": 1, "a": 1, "c": 1}, 2, {"a": 1, "b": 1, "c": 0}],
		"nothing to give": [{"a": 1, "b": 2}, 0, {"a": 0, "b": 0}],
	}
	money.fit(tc[0], tc[1]) == tc[2]
}

test_fit_sums_exactly if {
	every total in numbers.range(0, 30) {
		sum([amount | some amount in money.fit({"a": 7, "b": 11, "c": 3}, total)]) == min([total, 21])
	}
}
