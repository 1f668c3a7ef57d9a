package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_covers_an_order[note] if {
	some note, tc in {
		"named": [{"agreements": [given.agreement({})], "lots": [given.lot({})]}, {{"item": "L1", "terms": "NOT_MODELLED"}}],
		"not named": [{"agreements": [given.agreement({"order_refs": ["O2"]})], "lots": [given.lot({})]}, set()],
		"a named plan": [
			given.both(
				given.on_plan({"plans": [given.plan({"order_ref": "O1"})]}),
				{"agreements": [given.agreement({"terms": "REFUNDABLE"})]},
			),
			{{"item": "", "terms": "REFUNDABLE"}},
		],
		"of the least price": [
			{
				"agreements": [
					given.agreement({"order_refs": [], "minimum": {"currency": "USD", "amount": 10000}}),
				],
				"lots": [given.lot({})],
			},
			{{"item": "L1", "terms": "NOT_MODELLED"}},
		],
		"below it": [
			{
				"agreements": [
					given.agreement({"order_refs": [], "minimum": {"currency": "USD", "amount": 10001}}),
				],
				"lots": [given.lot({})],
			},
			set(),
		],
		"in another currency": [
			{
				"agreements": [given.agreement({"order_refs": [], "minimum": {"currency": "EUR", "amount": 1}})],
				"lots": [given.lot({})],
			},
			set(),
		],
		"not named, of the least price": [
			{
				"agreements": [
					given.agreement({"order_refs": ["O2"], "minimum": {"currency": "USD", "amount": 10000}}),
				],
				"lots": [given.lot({})],
			},
			{{"item": "L1", "terms": "NOT_MODELLED"}},
		],
		"of a Business top-up, while others are named": [
			{"agreements": [given.agreement({"order_refs": ["O2"]})], "lots": [given.lot({"order_base_price": 50000})]},
			set(),
		],
		"of a Business top-up": [
			{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({"order_base_price": 50000})]},
			{{"item": "L1", "terms": "NOT_MODELLED"}},
		],
		"below one": [
			{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({"order_base_price": 49999})]},
			set(),
		],
		"none": [{}, set()],
		"another plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"agreements": [given.agreement({})]}), set()],
		"a Business top-up that is not in dollars": [{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({"currency": "EUR", "order_base_price": 50000})]}, set()],
	}
	found := rulebook.agreements with input as given.grounded(tc[0])
	given.on({"separate_agreement"}, found) == tc[1]
}

test_needs_no_exchange_rate[note] if {
	some note, tc in {
		"the currency of the minimum": [
			{
				"agreements": [given.agreement({"order_refs": [], "minimum": {"currency": "USD", "amount": 1}})],
				"lots": [given.lot({})],
			},
			0,
		],
		"another": [
			{
				"agreements": [given.agreement({"order_refs": [], "minimum": {"currency": "EUR", "amount": 1}})],
				"lots": [given.lot({})],
			},
			1,
		],
		"dollars of the threshold": [{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({})]}, 0],
		"no dollars": [{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({"currency": "EUR"})]}, 1],
		"named": [{"agreements": [given.agreement({})], "lots": [given.lot({"currency": "EUR"})]}, 0],
		"named, though in another currency than the minimum": [{"agreements": [given.agreement({"minimum": {"currency": "EUR", "amount": 1}})], "lots": [given.lot({})]}, 0],
	}
	found := rulebook.faults with input as given.grounded(tc[0])
	count(found) == tc[1]
	every fault in found {
		fault.field == "facts.agreement.minimum"
	}
}
