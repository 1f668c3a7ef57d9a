package law.withdrawal_test

import data.law.withdrawal
import data.lib.fixture_test as given

test_periods[note] if {
	some note, tc in {
		"EU moves the end": ["DE", {}, given.full_consent, _ends.moved_ends, _ends.moved_ends],
		"EU moves the end of the twelve months": ["DE", {}, given.no_consent, _ends.moved_ends, _ends.extended_moved_ends],
		"UK does not": ["GB", {}, given.full_consent, _ends.ends, _ends.ends],
		"UK does not move the end of the twelve months": ["GB", {}, given.no_consent, _ends.ends, _ends.extended_ends],
		"a country the policy does not move": ["DE", {"DE": false}, given.no_consent, _ends.ends, _ends.extended_ends],
	}
	changes := {
		"customer": {"country": tc[0]},
		"parameters": {"statutory.rollover": tc[1]},
		"lots": [given.lot({"consent": tc[2]})],
	}
	periods := withdrawal.periods with input as given.yunxin(changes)
	periods.L1 == {"day_ends": _ends.ends, "ends": tc[3], "last": tc[4]}
}

test_in_time[note] if {
	some note, tc in {
		"the last instant": {"at": _ends.moved_ends - 1, "lot": {}, "want": {"L1": {"late": false}}},
		"the end": {"at": _ends.moved_ends, "lot": {}, "want": {}},
		"the end, without information": {
			"at": _ends.moved_ends,
			"lot": {"consent": given.no_consent},
			"want": {"L1": {"late": true}},
		},
		"the last instant of twelve months more": {
			"at": _ends.extended_moved_ends - 1,
			"lot": {"consent": given.no_consent},
			"want": {"L1": {"late": true}},
		},
		"the end of twelve months more": {"at": _ends.extended_moved_ends, "lot": {"consent": given.no_consent}, "want": {}},
		"the last instant, without information": {"at": _ends.moved_ends - 1, "lot": {"consent": given.no_consent}, "want": {"L1": {"late": false}}},
	}
	found := withdrawal.in_time with input as _german(given.both(given.at(tc.at), {"lots": [given.lot(tc.lot)]}))
	found == tc.want
}

test_a_renewal_is_in_time_only_where_the_consumer_was_not_told[note] if {
	some note, tc in {
		"told": [given.full_consent, {}, {}, {""}],
		"told, nothing else": [object.union(given.no_consent, {"information_given": true}), {}, {}, {""}],
		"not told, in the period": [_without("information_given").consent, {}, {"": {"late": true}}, set()],
		"not told, in the twelve months more": [given.no_consent, given.at(_ends.moved_ends), {"": {"late": true}}, set()],
		"not told, after them": [given.no_consent, given.at(_ends.extended_moved_ends), {}, set()],
	}
	renewal := given.plan({"first_period": false, "consent": tc[0]})
	facts := _german(given.both(tc[1], given.on_plan({"plans": [renewal]})))
	found := withdrawal.in_time with input as facts
	found == tc[2]
	spent := withdrawal.spent with input as facts
	spent == tc[3]
}

test_a_first_period_is_not_spent if {
	spent := withdrawal.spent with input as _german(given.on_plan({"plans": [given.plan({})]}))
	spent == set()
}

test_plan_of_a_customer_who_is_not_covered if {
	contracts := withdrawal.contracts with input as given.yunxin(given.on_plan({"plans": [given.plan({})]}))
	contracts == {}
}

test_until if {
	found := withdrawal.until with input as _german({})
	found == {"L1": _ends.moved_ends - given.second}
	not_told := withdrawal.until with input as _german({"lots": [given.lot({"consent": given.no_consent})]})
	not_told == {"L1": _ends.extended_moved_ends - given.second}
	worth_nothing := withdrawal.until with input as _german({"lots": [given.used_lot(1000, 100, {})]})
	worth_nothing == {}
}

test_lapsed[note] if {
	some note, tc in {
		"in time": [{}, {}],
		"over": [given.at(_ends.moved_ends), {"L1": _ends.moved_ends - given.second}],
		"over, without information": [
			given.both(given.at(_ends.extended_moved_ends), {"lots": [given.lot({"consent": given.no_consent})]}),
			{"L1": _ends.extended_moved_ends - given.second},
		],
		"used up before": [given.both(given.at(_ends.moved_ends), {"lots": [given.used_lot(1000, 100, {})]}), {}],
		"refunded": [given.both(given.at(_ends.moved_ends), {"lots": [given.lot({"refunded_all": 10000})]}), {}],
		"refunded but for 1": [
			given.both(given.at(_ends.moved_ends), {"lots": [given.lot({"refunded_all": 9999})]}),
			{"L1": _ends.moved_ends - given.second},
		],
		"a renewal": [given.both(given.at(_ends.moved_ends), given.on_plan({"plans": [given.plan({"first_period": false})]})), {}],
		"a renewal that the consumer was not told of": [
			given.both(
				given.at(_ends.extended_moved_ends),
				given.on_plan({"plans": [given.plan({"first_period": false, "consent": given.no_consent})]}),
			),
			{"": _ends.extended_moved_ends - given.second},
		],
	}
	found := withdrawal.lapsed with input as _german(tc[0])
	found == tc[1]
}

test_ends_that_move[note] if {
	some note, tc in {
		"a country that the map does not name": ["DE", {}, true],
		"a country that the map names": ["DE", {"DE": true}, true],
		"a country whose ends stay": ["DE", {"DE": false}, false],
		"UK, by the policy": ["GB", {}, false],
	}
	facts := given.yunxin({"customer": {"country": tc[0]}, "parameters": {"statutory.rollover": tc[1]}})
	_rolls_over(facts) == tc[2]
}

default _rolls_over(_) := false

_rolls_over(facts) if withdrawal.rolls_over with input as facts

test_ends_on_a_free_day[note] if {
	some note, tc in {
		"day 14": [_ends_moved(1, 0), _asked(0, {}), {"L1"}],
		"not day 14": [_ends_moved(0, 1), _asked(0, {}), set()],
		"day 14, when the twelve months more count": [_ends_moved(1, 0), _asked(1, given.no_consent), set()],
		"the end of the twelve months": [_ends_moved(0, 1), _asked(0, given.no_consent), {"L1"}],
		"the end of the twelve months, which a consumer who was told does not have": [
			_ends_moved(0, 1),
			_asked(0, given.full_consent),
			set(),
		],
		"the end of the twelve months, while day 14 counts": [_ends_moved(0, 1), _asked(-1, given.no_consent), set()],
		"day 14, asked before": [_ends_moved(1, 0), _asked(-1, given.no_consent), {"L1"}],
	}
	facts := _german(given.both(tc[0], tc[1]))
	found := withdrawal.ends_on_a_free_day with input as facts
	found == tc[2]
}

# day 14 and the end of the twelve months, moved by so much
_ends_moved(of_day_14, of_the_months) := {"calendar": {"withdrawal": {id: ends |
	some id in ["L1", ""]
	ends := {"moved_ends": _ends.ends + of_day_14, "extended_moved_ends": _ends.extended_ends + of_the_months}
}}}

# so long after the end of day 14
_asked(offset, consent) := given.both(given.at(_ends.ends + offset), {"lots": [given.lot({"consent": consent})]})

test_the_end_of_a_right_that_is_spent_does_not_matter if {
	renewal := given.on_plan({"plans": [given.plan({"first_period": false})]})
	found := withdrawal.ends_on_a_free_day with input as _german(given.both(renewal, _ends_moved(1, 1)))
	found == set()
}
