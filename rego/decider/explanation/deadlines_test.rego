package decider.explanation_test

import data.lib.fixture_test as given

_window := given.bought + (14 * given.day)

_right := given.withdrawal_ends.moved_ends - given.second

_late := {"age_ns": 20 * given.day}

_german(changes) := given.both(given.from("DE"), changes)

# beside a purchase that is used up, a payment that is verified to be a duplicate, and the lot it granted
_duplicate(lot, changes) := {
	"lots": [given.used_lot(1000, 100, {}), given.both(lot, {"id": "L2", "order_ref": "O2", "payment_id": "P2"})],
	"payments": [
		given.payment({}),
		given.payment(object.union({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]}, changes)),
	],
}

test_refundable_until[note] if {
	some note, tc in {
		"the window": [{}, _window],
		"the statutory period": [given.from("DE"), _right],
		"the statutory period of a consumer who was not told": [
			_german({"lots": [given.lot({"consent": given.no_consent})]}),
			given.withdrawal_ends.extended_moved_ends - given.second,
		],
		"the twelve months more": [
			_german(given.both(
				given.at(given.withdrawal_ends.moved_ends),
				{"lots": [given.lot(object.union(_late, {"consent": given.no_consent}))]},
			)),
			given.withdrawal_ends.extended_moved_ends - given.second,
		],
		"too late by the window": [{"lots": [given.lot(_late)]}, _window],
		"too late by window and right": [_german(given.both(given.at(given.withdrawal_ends.moved_ends), {"lots": [given.lot(_late)]})), _right],
		"too late by window and right, of digital content that was not begun": [
			_german(given.both(given.at(given.withdrawal_ends.moved_ends), {
				"lots": [given.lot(_late)],
				"parameters": {"statutory.class": "digital_content"},
			})),
			_right,
		],
		"too late by window and right, of digital content that was begun": [
			_german(given.both(given.at(given.withdrawal_ends.moved_ends), {
				"lots": [given.used_lot(1, 0, _late)],
				"parameters": {"statutory.class": "digital_content"},
			})),
			_window,
		],
		"a period that has started": [given.on_plan({"plans": [given.plan({})]}), given.bought - given.second],
		"what a lost dispute left": [{"payments": [given.payment({"lost": 9999})]}, _window],
		"what is held": [{"payments": [given.payment({"dispute_open": true})]}, _window],
		"suspected": [{"risk": {"fraud": "SUSPECTED"}}, _window],
		"a right despite a bar": [_german({"risk": {"fraud": "CONFIRMED"}}), _right],
		"a used duplicate of which the law gives more": [
			_german(_duplicate(given.used_lot(500, 0, {}), {})),
			_right,
		],
		"a used duplicate of which the law gives a cent more": [
			_german(_duplicate(given.used_lot(500, 0, {"base_price": 10}), {"captured": 10, "judged": 10})),
			_right,
		],
	}
	given.decision("router-one", tc[0]).refundable_until == tc[1]
}

test_an_outage_is_considered_since_it_was_too_late if {
	answer := given.decision("yunxin", {"lots": [given.lot(_late)], "incidents": [given.incident({})]})
	answer.disposition == "MANUAL_REVIEW"
	answer.refundable_until == _window
}

test_hangs_on_no_time[note] if {
	some note, changes in {
		"used up": {"lots": [given.used_lot(1000, 100, {})]},
		"used up, with a right that went with it": _german({"lots": [given.used_lot(1000, 100, {})]}),
		"refunded": {"lots": [given.lot({"refunded_unused": 10000})]},
		"a lost dispute": {"payments": [given.payment({"lost": 10000})]},
		"late and used up": {"lots": [given.both(given.used_lot(1000, 100, {}), _late)]},
		"late and worth less than is paid": {"lots": [given.lot(object.union(_late, {"base_price": 1, "total": 1}))], "parameters": {"min_refund_minor": 2}},
		"late and forfeited": {"lots": [given.lot(_late)], "account": {"forfeited": true}},
		"partly used, and then nothing is paid": {"lots": [given.used_lot(1, 0, {})], "parameters": {"partial_use": "strict"}},
		"an agreement": {"lots": [given.lot(_late)], "agreements": [given.agreement({"terms": "REFUNDABLE"})]},
		"a duplicate": _duplicate(given.lot({}), {}),
		"a used duplicate": _duplicate(given.used_lot(500, 0, {}), {}),
		"an unused duplicate of a consumer": _german(_duplicate(given.lot({}), {})),
		"a used duplicate of which the law gives less": _german(_duplicate(given.used_lot(500, 100, {}), {})),
		"a used duplicate of which the law gives as much": _german(_duplicate(given.used_lot(500, 50, {}), {})),
		"a duplicate beside what a reviewer decides by the law": _german({
			"lots": [given.used_lot(500, 0, {"consent": given.no_consent})],
			"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})],
		}),
		"a business beyond the law": given.both(given.from("DE"), {"customer": {"type": "BUSINESS"}, "lots": [given.used_lot(1000, 100, {})]}),
		"no refund asked": {"request": {"remedy": "SERVICE_CREDIT"}},
	}
	given.decision("router-one", changes).refundable_until == 0
}

test_a_barred_purchase_ends_nothing if {
	answer := given.decision("router-one", {
		"lots": [given.lot({}), given.used_lot(1, 0, {"id": "L2", "purchased_at": given.bought + (2 * given.day)})],
		"payments": [given.payment({"captured": 20000, "paid_for": ["L1", "L2"]})],
		"parameters": {"partial_use": "strict"},
	})
	answer.amount == 10000
	answer.refundable_until == _window
}
