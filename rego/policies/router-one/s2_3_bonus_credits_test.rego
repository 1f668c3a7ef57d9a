package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_takes_the_bonus_left[note] if {
	some note, tc in {
		"left": [{}, {{"item": "L1", "mode": "all_remaining"}}],
		"none left": [{"lots": [given.used_lot(0, 100, {})]}, set()],
		"one credit left": [{"lots": [given.used_lot(0, 99, {})]}, {{"item": "L1", "mode": "all_remaining"}}],
	}
	found := policy.bonus_removals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.3-bonus-removed") == tc[1]
}

test_refuses_bonus[note] if {
	some note, tc in {
		"only bonus left": [{"lots": [given.used_lot(1000, 99, {})]}, {{"item": "L1", "code": "consumed"}}],
		"nothing left": [{"lots": [given.used_lot(1000, 100, {})]}, set()],
		"promotional": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, {{"item": "L1", "code": "category"}}],
		"promotional, sold elsewhere": [{"lots": [given.lot({"category": "PROMOTIONAL", "sold_elsewhere": true})]}, set()],
	}
	found := policy.refusals with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.3-bonus-nr") == tc[1]
}

test_keeps_used_bonus[note] if {
	some note, tc in {
		"used": [{"lots": [given.used_lot(0, 1, {})]}, {{"code": "consumed_bonus_kept"}}],
		"taken off": [given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(0, 1, {})]}), set()],
		"unused": [{}, set()],
		"no refund asked": [given.both({"lots": [given.used_lot(0, 1, {})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.warnings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.3-bonus-nr") == tc[1]
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
	found := policy.deductions with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.3-bonus-nr") == tc[1]
}

test_reads_used_bonus[note] if {
	some note, tc in {
		"used": [{"lots": [given.used_lot(0, 1, {})]}, {{"parameter": "deduct_consumed_bonus"}}],
		"unused": [{}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.3-bonus-nr") == tc[1]
}

test_reads_the_removal[note] if {
	some note, tc in {
		"left": [{}, {{"parameter": "bonus_removal"}}],
		"none left": [{"lots": [given.used_lot(0, 100, {})]}, set()],
		"one credit left": [{"lots": [given.used_lot(0, 99, {})]}, {{"parameter": "bonus_removal"}}],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/2.3-bonus-removed") == tc[1]
}
