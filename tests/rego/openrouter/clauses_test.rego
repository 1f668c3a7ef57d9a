package clauses.openrouter_test

import data.lib.fixture_test as given

_lots(changes) := {"lots": [given.lot(object.union({"age_ns": given.day}, changes))]}

_used(credits) := {"lots": [given.used_lot(credits, 0, {"age_ns": given.day})]}

_in_time := given.both({"request": {"channel": "IN_APP"}}, _lots({}))

_asked(changes) := given.both(_in_time, changes)

test_unused_24h[note] if {
	some note, tc in {
		"all credits are left": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "lines": {"paid"}, "effects": {"REMOVE_CREDITS"}}],
		"a quarter was used": [_used(250), {"disposition": "CASH_REFUND", "amount": 7500, "cited": {"GRANTS", "LIMITS"}, "lines": {"paid", "used"}, "effects": {"REMOVE_CREDITS"}}],
		"all were used": [{"lots": [given.used_lot(1000, 100, {"age_ns": given.day})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"paid", "used"}, "warnings": {"nothing_refundable"}}],
		"only bonus credits are left": [_used(1000), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"paid", "used"}, "warnings": {"nothing_refundable"}}],
		"a tax that is kept": [given.both({"parameters": {"refund_tax": false}}, given.both(given.with_tax(200), _lots({"tax": 200}))), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS", "LIMITS"}, "lines": {"paid", "tax"}, "effects": {"REMOVE_CREDITS"}}],
		"a part of the credits": [{"request": {"credits": 400}}, {"disposition": "CASH_REFUND", "amount": 4000, "cited": {"GRANTS", "LIMITS"}, "lines": {"not_requested", "paid"}, "effects": {"REMOVE_CREDITS"}}],
		"refunded in part": [_lots({"refunded_unused": 700, "refunded_all": 700}), {"disposition": "CASH_REFUND", "amount": 9300, "cited": {"GRANTS", "LIMITS"}, "lines": {"already_refunded", "paid"}, "effects": {"REMOVE_CREDITS"}}],
		"a balance of over a minute": [{"ledger": {"age_ns": 61 * given.second}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"fresh_balance"}}],
		"sold by somebody else": [_lots({"sold_elsewhere": true}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"not_in_scope"}}],
		"given away": [_lots({"category": "PROMOTIONAL"}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
		"a lot that nobody was charged for": [_lots({"charged": false}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
		"a period that nobody was charged for": [given.on_plan({"plans": [given.plan({"charged": false})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
		"a contested deduction": [given.contested({}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}}],
		"service credits are asked for": [{"request": {"remedy": "SERVICE_CREDIT"}}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}}],
	}
	given.of_clause("openrouter/unused-24h", _asked(tc[0])) == tc[1]
}

test_after_24h[note] if {
	some note, tc in {
		"the last instant": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"window.mode"}}],
		"a nanosecond more": [_lots({"age_ns": given.day + 1}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}, "warnings": {"window_closed"}, "readings": {"window.mode"}}],
	}
	given.of_clause("openrouter/after-24h", _asked(tc[0])) == tc[1]
}

test_button[note] if {
	some note, tc in {
		"by support ticket": [{"request": {"channel": "SUPPORT_TICKET"}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"channel"}}],
		"no order is named": [{"request": {"order_named": false}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"order_ref"}}],
		"the sender is not authenticated": [{"request": {"sender": {"authenticated": false}}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"verify_identity"}}],
	}
	given.of_clause("openrouter/button", _asked(tc[0])) == tc[1]
}

test_payment_method[note] if {
	some note, tc in {
		"to a card": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"ORIGINAL_PAYMENT_METHOD"}}],
		"a refund of it is under way": [_lots({"refund_pending": true}), {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"refund_in_progress"}}],
		"a dispute over the payment is open": [{"payments": [given.payment({"dispute": "UNDER_REVIEW", "dispute_open": true})]}, {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"await_dispute_outcome"}}],
		"a lost dispute returned a part": [{"payments": [given.payment({"dispute": "LOST", "lost": 300})]}, {"disposition": "CASH_REFUND", "amount": 9700, "cited": {"LIMITS", "REQUIRES"}, "lines": {"disputed"}, "duties": {"ORIGINAL_PAYMENT_METHOD"}}],
		"a consumer in the EU paid from a wallet": [given.both(given.from("DE"), {"payments": [given.payment({"method": "btc"})]}), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"MANUAL_PAYOUT"}}],
	}
	given.of_clause("openrouter/payment-method", _asked(tc[0])) == tc[1]
}

test_fees[note] if {
	some note, tc in {
		"a fee": [given.both(given.with_fee(200), _lots({"fee": 200})), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"LIMITS"}, "lines": {"fee"}}],
		"no fee": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("openrouter/fees", _asked(tc[0])) == tc[1]
}

test_crypto[note] if {
	some note, tc in {
		"from a wallet": [{"payments": [given.payment({"method": "btc"})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}}],
		"by card": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("openrouter/crypto", _asked(tc[0])) == tc[1]
}

test_law[note] if {
	some note, tc in {
		"a consumer in the EU, too late for the policy": [given.both(given.from("DE"), _lots({"age_ns": 2 * given.day})), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}}],
		"used with consent": [given.both(given.from("DE"), _used(250)), {"disposition": "CASH_REFUND", "amount": 7728, "cited": {"GRANTS", "LIMITS"}}],
		"a country without the right": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("openrouter/law", _asked(tc[0])) == tc[1]
}

test_changes[note] if {
	some note, tc in {
		"bought before the first version": [{"request": {"purchased_at": given.bought - (1000 * given.day)}, "lots": [given.lot({"age_ns": given.day, "purchased_at": given.bought - (1000 * given.day)})]}, {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"policy_version_unknown"}, "questions": {"policy_version_unknown"}, "readings": {"version_rule"}}],
		"bought since": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("openrouter/changes", _asked(tc[0])) == tc[1]
}
