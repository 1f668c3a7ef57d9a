package decider.guard_test

import data.decider.guard
import data.lib.fixture_test as given

_full := {
	"plans": [given.plan({})],
	"usage_events": [given.event({})],
	"incidents": [given.incident({})],
}

_known := {"request": {"amount": 1, "credits": 1}, "ledger": {"age_ns": 1}}

_unknown := {"request": {"amount": null, "credits": null}, "ledger": {"age_ns": null}}

test_sound[note] if {
	some note, changes in {"plain": {}, "full": _full, "known": _known, "unknown": _unknown, "no base in a gift": {"lots": [given.lot({"category": "PROMOTIONAL", "base": 0})]}}
	guard.sound with input as given.yunxin(changes)
}

test_unsound[note] if {
	some note, changes in {
		"no such policy": {"policy_id": "none"},
		"an unknown remedy": {"request": {"remedy": "?"}},
		"an unknown status": {"account": {"status": "?"}},
		"an amount as a string": {"request": {"amount": "1"}},
		"a negative amount": {"request": {"amount": -1}},
		"credits as a boolean": {"request": {"credits": true}},
		"an age as a string": {"ledger": {"age_ns": "1"}},
		"a negative age": {"ledger": {"age_ns": -1}},
		"no time": {"request": {"requested_at": null}},
		"a time as a string": {"request": {"requested_at": "1"}},
		"a negative price": {"lots": [given.lot({"base_price": -1})]},
		"an unknown category": {"lots": [given.lot({"category": "?"})]},
		"no base to divide by": {"lots": [given.lot({"base": 0})]},
		"a period of no length": {"plans": [given.plan({"period_s": 0})]},
		"an unknown duplicate": {"payments": [given.payment({"duplicate": "?"})]},
		"a refund as a string": {"payments": [object.union(given.payment({}), {"refunded": "1"})]},
		"a negative deduction": {"usage_events": [given.event({"deducted": -1})]},
		"credits as a string": {"incidents": [given.incident({"sla_credit": "1"})]},
	}
	not guard.sound with input as given.yunxin(changes)
}
