package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_pays_the_unused_share[note] if {
	some note, tc in {
		"all": [{}, {{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}}],
		"three quarters": [
			{"lots": [given.used_lot(250, 0, {})]},
			{{"item": "L1", "amount": 7500, "gross": 7500, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}},
		],
		"nothing": [{"lots": [given.used_lot(1000, 0, {})]}, {{"item": "L1", "amount": 0, "gross": 0, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}}],
		"fee and tax": [
			{"lots": [given.lot({"fee": 200, "tax": 50})]},
			{{"item": "L1", "amount": 10050, "gross": 10050, "paid": 10250, "taken": 0, "fee": 0, "tax": 50}},
		],
		"the fee of a third party": [
			given.both({"parameters": {"refund_fee": true}}, {"lots": [given.lot({"fee": 200, "fee_kept_by_third_party": true})]}),
			{{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10200, "taken": 0, "fee": 0, "tax": 0}},
		],
		"bonus adds nothing": [
			{"lots": [given.lot({"bonus": 500})]},
			{{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}},
		],
	}
	found := rulebook.entitlements with input as given.grounded(tc[0])
	_worth_by_item(given.on({"unused_worth"}, found)) == tc[1]
}

_worth_by_item(entitlements) := {object.union({"item": found.item}, object.remove(found.worth, {"off"})) | some found in entitlements}

test_takes_off_what_stays[note] if {
	some note, tc in {
		"nothing": [{}, set()],
		"the fee": [
			given.both({"parameters": {"refund_fee": false}}, {"lots": [given.lot({"fee": 200, "tax": 50})]}),
			{{"item": "L1", "code": "fee", "amount": -200}},
		],
		"the tax": [
			given.both({"parameters": {"refund_fee": true, "refund_tax": false}}, {"lots": [given.lot({"fee": 200, "tax": 50})]}),
			{{"item": "L1", "code": "tax", "amount": -50}},
		],
		"credits not asked for": [
			{"request": {"credits": 400}},
			{{"item": "L1", "code": "not_requested", "amount": -6000}},
		],
		"paid back before": [
			{"lots": [given.lot({"refunded_unused": 700})]},
			{{"item": "L1", "code": "already_refunded", "amount": -700}},
		],
		"a fee of 1": [given.both({"parameters": {"refund_fee": false}}, {"lots": [given.lot({"fee": 1})]}), {{"item": "L1", "code": "fee", "amount": -1}}],
		"a tax of 1": [given.both({"parameters": {"refund_tax": false}}, {"lots": [given.lot({"tax": 1})]}), {{"item": "L1", "code": "tax", "amount": -1}}],
		"1 not asked for": [{"request": {"credits": 999}, "lots": [given.lot({"base_price": 1000})]}, {{"item": "L1", "code": "not_requested", "amount": -1}}],
		"1 paid back before": [{"lots": [given.lot({"refunded_unused": 1})]}, {{"item": "L1", "code": "already_refunded", "amount": -1}}],
	}
	found := rulebook.deductions with input as given.grounded(tc[0])
	given.on({"fee", "tax", "not_requested", "already_refunded"}, found) == tc[1]
}

test_keeps_the_fee_out_of_the_cap[note] if {
	some note, tc in {
		"not refunded": [
			given.both({"parameters": {"refund_fee": false}}, {"payments": [given.payment({"fee_own": 200, "fee_third_party": 30})]}),
			{{"payment": "P1", "amount": 230}},
		],
		"refunded": [
			given.both({"parameters": {"refund_fee": true}}, {"payments": [given.payment({"fee_own": 200, "fee_third_party": 30})]}),
			{{"payment": "P1", "amount": 30}},
		],
	}
	found := rulebook.retentions with input as given.grounded(tc[0])
	found == tc[1]
}

test_takes_off_the_used_share[note] if {
	some note, tc in {
		"used": [{"lots": [given.used_lot(250, 0, {})]}, {{"item": "L1", "code": "used", "amount": -2500}}],
		"unused": [{}, set()],
		"1 used": [{"lots": [given.used_lot(1, 0, {"base_price": 1000})]}, {{"item": "L1", "code": "used", "amount": -1}}],
	}
	found := rulebook.deductions with input as given.grounded(tc[0])
	given.on({"used"}, found) == tc[1]
}

test_takes_off_used_bonus[note] if {
	some note, tc in {
		"used": [
			given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(0, 10, {})]}),
			{{"item": "L1", "code": "deducted_bonus", "amount": -100}},
		],
		"kept": [{"lots": [given.used_lot(0, 10, {})]}, set()],
		"more than is unused": [
			given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(950, 100, {})]}),
			{{"item": "L1", "code": "deducted_bonus", "amount": -500}},
		],
		"worth 1": [given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(0, 1, {"base_price": 1000})]}), {{"item": "L1", "code": "deducted_bonus", "amount": -1}}],
	}
	found := rulebook.deductions with input as given.grounded(tc[0])
	given.on({"deducted_bonus"}, found) == tc[1]
}

test_pays_the_unused_share_with_the_fee[note] if {
	some note, tc in {
		"all": [{}, {{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}}],
		"three quarters": [
			{"lots": [given.used_lot(250, 0, {})]},
			{{"item": "L1", "amount": 7500, "gross": 7500, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}},
		],
		"nothing": [{"lots": [given.used_lot(1000, 0, {})]}, {{"item": "L1", "amount": 0, "gross": 0, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}}],
		"fee and tax": [
			{"lots": [given.lot({"fee": 200, "tax": 50})]},
			{{"item": "L1", "amount": 10250, "gross": 10250, "paid": 10250, "taken": 0, "fee": 200, "tax": 50}},
		],
		"the fee of a third party": [
			given.both({"parameters": {"refund_fee": true}}, {"lots": [given.lot({"fee": 200, "fee_kept_by_third_party": true})]}),
			{{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10200, "taken": 0, "fee": 0, "tax": 0}},
		],
		"bonus adds nothing": [
			{"lots": [given.lot({"bonus": 500})]},
			{{"item": "L1", "amount": 10000, "gross": 10000, "paid": 10000, "taken": 0, "fee": 0, "tax": 0}},
		],
	}
	found := rulebook.entitlements with input as given.grounded_as("yunxin", tc[0])
	_worth_by_item(given.on({"unused_worth"}, found)) == tc[1]
}
