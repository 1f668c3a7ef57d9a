package lib.prorata_test

import data.lib.fixture_test as given
import data.lib.prorata

_worth(lot, request, options) := prorata.worth(lot, request, object.union(
	{"fee": lot.fee, "tax": lot.tax, "credits": lot.unused, "rounding": "floor"},
	options,
))

_all := {"credits": null}

test_portion[note] if {
	some note, tc in {
		"all that is unused": {"request": _all, "lot": {"base_taken": 100}, "want": 1000},
		"an amount": {"request": {"amount": 5, "credits": null}, "lot": {}, "want": 1000},
		"credits": {"request": {"credits": 300}, "lot": {}, "want": 300},
		"credits beside those taken back": {
			"request": {"credits": 300},
			"lot": {"base_taken": 100},
			"want": 400,
		},
		"at most the unused": {"request": {"credits": 1001}, "lot": {}, "want": 1000},
	}
	prorata.portion(given.lot(tc.lot), tc.request) == tc.want
}

test_worth[note] if {
	some note, tc in {
		"of an unused lot": {"lot": given.lot({}), "says": {"paid": 10000, "gross": 10000, "amount": 10000}},
		"of a used one": {"lot": given.used_lot(250, 0, {}), "says": {"used": -2500, "amount": 7500}},
		"rounded down": {"lot": given.used_lot(333, 0, {"base_price": 999}), "says": {"used": -333, "amount": 666}},
		"fee and tax in proportion": {
			"lot": given.used_lot(500, 0, {"fee": 100, "tax": 300}),
			"says": {"paid": 10400, "fee": 0, "tax": 0, "used": -5200, "amount": 5200},
		},
		"net of refunds": {
			"lot": given.lot({"refunded_unused": 4000}),
			"says": {"refunded": -4000, "amount": 6000, "gross": 10000},
		},
		"net of more than it was worth": {
			"lot": given.used_lot(500, 0, {"refunded_unused": 6000}),
			"says": {"refunded": -5000, "amount": 0},
		},
		"of nothing unused": {"lot": given.used_lot(1000, 0, {}), "says": {"used": -10000, "amount": 0}},
		"with a tax of 1": {"lot": given.lot({"tax": 1}), "says": {"paid": 10001, "amount": 10001}},
	}
	worth := _worth(tc.lot, _all, {})
	object.subset(_flat(worth), tc.says)
	_sums(worth)
}

test_worth_by_options[note] if {
	some note, tc in {
		"the fee stays": {"options": {"fee": 0}, "says": {"fee": -100, "tax": 0, "amount": 5150}},
		"the tax stays": {"options": {"tax": 0}, "says": {"fee": 0, "tax": -300, "amount": 5050}},
		"bonus is taken off": {"options": {"credits": 400}, "says": {"deducted_bonus": -1040, "amount": 4160}},
		"bonus takes all of it off": {"options": {"credits": 0}, "says": {"deducted_bonus": -5200, "amount": 0}},
		"rounded up": {"options": {"rounding": "up"}, "says": {"amount": 5200}},
	}
	lot := given.used_lot(500, 0, {"fee": 100, "tax": 300})
	worth := _worth(lot, _all, tc.options)
	object.subset(_flat(worth), tc.says)
	_sums(worth)
}

test_worth_of_credits if {
	worth := _worth(given.used_lot(250, 0, {}), {"credits": 500}, {})
	object.subset(_flat(worth), {"used": -2500, "not_requested": -2500, "amount": 5000, "gross": 5000})
	_sums(worth)
}

test_splitting_a_refund_never_changes_its_total if {
	lot := {"base_price": 1001, "fee": 7, "tax": 13}
	every first in [1, 333, 500, 999] {
		part := _worth(given.lot(lot), {"credits": first}, {}).amount
		taken := object.union(lot, {"base_taken": first, "left": 1000 - first, "refunded_unused": part})
		_worth(given.lot(taken), _all, {}).amount + part == 1021
	}
}

# what was paid, with all that came off it, is what is due
_sums(worth) if {
	worth.paid + sum([amount | some amount in worth.off]) == worth.amount
}

# amounts, and what comes off under its own name
_flat(worth) := object.union(worth, worth.off)
