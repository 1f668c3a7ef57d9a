package clauses.yunxin_test

import data.law
import data.lib.fixture_test as given

test_scope[note] if {
	some note, tc in {
		"sold by somebody else": [{"lots": [given.lot({"sold_elsewhere": true})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"not_in_scope"}}],
		"promotional credits": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
		"a lot that nobody was charged for": [{"lots": [given.lot({"charged": false})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
		"service credits are asked for": [{"request": {"remedy": "SERVICE_CREDIT"}}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}}],
	}
	given.of_clause("yunxin/scope", tc[0]) == tc[1]
}

test_unused_14d[note] if {
	some note, tc in {
		"in time": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS", "REQUIRES"}, "lines": {"paid"}, "effects": {"REMOVE_BONUS", "REMOVE_CREDITS"}, "readings": {"unused_mode"}}],
		"too late": [{"lots": [given.lot({"age_ns": 15 * given.day})]}, {"disposition": "NOT_REFUNDABLE", "lines": {"paid"}}],
		"a reviewer decides on every refund": [{"parameters": {"unused_mode": "review"}}, {"disposition": "MANUAL_REVIEW", "cited": {"GRANTS", "LIMITS"}, "lines": {"paid"}, "questions": {"unused_mode"}, "readings": {"unused_mode"}}],
		"a lot with a fee that is kept": [given.both({"parameters": {"refund_fee": false}}, given.with_fee(200)), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS", "LIMITS", "REQUIRES"}, "lines": {"fee", "paid"}, "effects": {"REMOVE_BONUS", "REMOVE_CREDITS"}, "readings": {"refund_fee", "unused_mode"}}],
		"a lot with tax that is kept": [given.both({"parameters": {"refund_tax": false}}, given.with_tax(200)), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS", "LIMITS", "REQUIRES"}, "lines": {"paid", "tax"}, "effects": {"REMOVE_BONUS", "REMOVE_CREDITS"}, "readings": {"refund_tax", "unused_mode"}}],
		"a part of the credits": [{"request": {"credits": 400}}, {"disposition": "CASH_REFUND", "amount": 4000, "cited": {"GRANTS", "LIMITS", "REQUIRES"}, "lines": {"not_requested", "paid"}, "effects": {"REMOVE_BONUS", "REMOVE_CREDITS"}, "readings": {"unused_mode"}}],
		"a lot that was refunded in part": [given.both({"lots": [given.lot({"refunded_unused": 700, "refunded_all": 700})]}, {"payments": [given.payment({"refunded": 700})]}), {"disposition": "CASH_REFUND", "amount": 9300, "cited": {"GRANTS", "LIMITS", "REQUIRES"}, "lines": {"already_refunded", "paid"}, "effects": {"REMOVE_BONUS", "REMOVE_CREDITS"}, "readings": {"unused_mode"}}],
		"less than the least amount": [{"parameters": {"min_refund_minor": 10001}}, {"disposition": "NOT_REFUNDABLE", "cited": {"GRANTS"}, "lines": {"barred", "paid"}, "readings": {"min_refund_minor", "unused_mode"}}],
	}
	given.of_clause("yunxin/unused-14d", tc[0]) == tc[1]
}

test_unused_channel[note] if {
	some note, tc in {
		"by social media": [{"request": {"channel": "SOCIAL_MEDIA"}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"channel"}, "readings": {"allowed_channels"}}],
		"by e-mail": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"allowed_channels"}}],
		"by a ticket": [{"request": {"channel": "SUPPORT_TICKET"}}, {"disposition": "CASH_REFUND", "amount": 10000}],
		"in the app": [{"request": {"channel": "IN_APP"}}, {"disposition": "CASH_REFUND", "amount": 10000}],
		"service credits, by social media": [{"request": {"remedy": "SERVICE_CREDIT", "channel": "SOCIAL_MEDIA"}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"channel"}, "readings": {"allowed_channels"}}],
	}
	given.of_clause("yunxin/unused-channel", tc[0]) == tc[1]
}

test_unused_used_portion[note] if {
	some note, tc in {
		"a quarter of the credits": [{"lots": [given.used_lot(250, 0, {})]}, {"disposition": "CASH_REFUND", "amount": 7500, "cited": {"LIMITS"}, "lines": {"used"}, "readings": {"partial_use"}}],
		"a reviewer for a partly used lot": [given.both({"parameters": {"partial_use": "review"}}, {"lots": [given.used_lot(250, 0, {})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "lines": {"used"}, "questions": {"partial_use"}, "readings": {"partial_use"}}],
		"a duplicate of which credits were used": [given.both({"lots": [given.used_lot(250, 0, {})]}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}), {"disposition": "CASH_REFUND", "amount": 7500, "cited": {"LIMITS"}, "readings": {"partial_use"}}],
	}
	given.of_clause("yunxin/unused-used-portion", tc[0]) == tc[1]
}

test_nr_consumed[note] if {
	some note, tc in {
		"all credits": [{"lots": [given.used_lot(1000, 100, {})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_refundable"}}],
		"only bonus credits are left": [{"lots": [given.used_lot(1000, 0, {})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_refundable"}}],
		"nothing for a partly used lot": [given.both({"parameters": {"partial_use": "strict"}}, {"lots": [given.used_lot(250, 0, {})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}}],
		"a balance of over a minute": [{"ledger": {"age_ns": 61 * given.second}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"fresh_balance"}, "readings": {"freshness_s"}}],
		"credits held by running requests": [{"lots": [given.lot({"base_reserved": 10, "unused": 990})]}, {"disposition": "CASH_REFUND", "amount": 9900, "cited": {"LIMITS"}, "warnings": {"credits_reserved"}}],
		"nobody says which credits were drawn first": [given.unknown_order, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"consumption_order"}}],
		"a failed request of the provider": [given.contested({"error_origin": "UPSTREAM"}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}}],
	}
	given.of_clause("yunxin/nr-consumed", tc[0]) == tc[1]
}

test_nr_14d[note] if {
	some note, tc in {
		"too late": [{"lots": [given.lot({"age_ns": 15 * given.day})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}, "warnings": {"window_closed"}, "readings": {"window.mode"}}],
		"in time": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"window.mode"}}],
	}
	given.of_clause("yunxin/nr-14d", tc[0]) == tc[1]
}

test_nr_suspended[note] if {
	some note, tc in {
		"closed for a violation": [{"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}}],
		"closed for a reason that nobody knows": [{"account": {"status": "SUSPENDED"}}, {"disposition": "MANUAL_REVIEW", "cited": {"BARS"}, "warnings": {"status_reason_unknown"}, "questions": {"status_reason_unknown"}}],
		"under investigation": [{"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}}, {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"account_under_investigation"}}],
		"closed for a violation, a plan": [given.both({"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}}, given.on_plan({"plans": [given.plan({"started": false})]})), {"disposition": "CASH_REFUND", "amount": 3000}],
		"the account changed after the request": [{"account": {"changed_after_request": true}}, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"account_state_as_of"}}],
	}
	given.of_clause("yunxin/nr-suspended", tc[0]) == tc[1]
}

test_sub_billed[note] if {
	some note, tc in {
		"a period that nobody was charged for": [given.on_plan({"plans": [given.plan({"charged": false})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
	}
	given.of_clause("yunxin/sub-billed", tc[0]) == tc[1]
}

test_sub_cancel[note] if {
	some note, tc in {
		"a running plan is cancelled": [given.both({"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, given.on_plan({"plans": [given.plan({})]})), {"disposition": "CANCELLATION", "cited": {"GRANTS"}, "effects": {"CANCEL_AT_PERIOD_END"}}],
		"a period that has not started is refunded": [given.on_plan({"plans": [given.plan({"started": false})]}), {"disposition": "CASH_REFUND", "amount": 3000, "cited": {"REQUIRES"}, "effects": {"CANCEL_NOW"}}],
	}
	given.of_clause("yunxin/sub-cancel", tc[0]) == tc[1]
}

test_sub_nr[note] if {
	some note, tc in {
		"a running period": [given.on_plan({"plans": [given.plan({})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred", "paid"}}],
		"a period that has not started": [given.on_plan({"plans": [given.plan({"started": false})]}), {"disposition": "CASH_REFUND", "amount": 3000, "cited": {"GRANTS"}, "lines": {"paid"}}],
		"a period that was refunded in part": [given.on_plan({"plans": [given.plan({"started": false, "refunded_unused": 1000, "refunded_all": 1000})]}), {"disposition": "CASH_REFUND", "amount": 2000, "cited": {"GRANTS", "LIMITS"}, "lines": {"already_refunded", "paid"}}],
	}
	given.of_clause("yunxin/sub-nr", tc[0]) == tc[1]
}

test_sub_nr_law[note] if {
	some note, tc in {
		"a consumer in the EU": [given.from("DE"), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "readings": {"covered_countries", "statutory.class", "statutory.rollover"}}],
		"perhaps a consumer": [{"customer": {"country": "DE", "type": "UNKNOWN"}}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "readings": {"covered_countries", "statutory.class", "statutory.rollover", "unknown_as_consumer"}}],
		"a consumer who is barred": [given.both(given.from("DE"), {"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}}), {"disposition": "MANUAL_REVIEW", "cited": {"GRANTS"}, "readings": {"covered_countries", "statutory.class", "statutory.rollover", "statutory_vs_disqualifier"}}],
		"used with consent": [given.both(given.from("DE"), {"lots": [given.used_lot(250, 0, {})]}), {"disposition": "CASH_REFUND", "amount": 7728, "cited": {"GRANTS", "LIMITS"}, "readings": {"covered_countries", "deemed_consent", "statutory.class", "statutory.rollover"}}],
		"used without consent": [given.both(given.from("DE"), {"lots": [given.used_lot(250, 0, {"consent": given.no_consent})]}), {"disposition": "MANUAL_REVIEW", "cited": {"GRANTS", "LIMITS"}, "readings": {"covered_countries", "deemed_consent", "no_consent_mode", "statutory.class", "statutory.rollover"}}],
		"a consumer paid a fee": [given.both(given.from("DE"), given.with_fee(200)), {"disposition": "CASH_REFUND", "amount": 10200, "cited": {"GRANTS"}, "readings": {"covered_countries", "statutory.class", "statutory.fee_included", "statutory.rollover"}}],
		"a country without the right": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("yunxin/sub-nr-law", tc[0]) == tc[1]
}

test_req_details[note] if {
	some note, tc in {
		"no order is named": [{"request": {"order_named": false}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"order_ref"}}],
		"an order could be inferred": [{"request": {"order_named": false, "order_inferable": true}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"order_ref"}, "readings": {"infer_order_ref"}}],
		"the address of somebody else": [{"request": {"sender": {"address": "OTHER"}}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"sender_email"}}],
		"the payer's address": [{"request": {"sender": {"address": "PAYER"}}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"sender_email"}, "readings": {"email_match"}}],
		"the sender is not authenticated": [{"request": {"sender": {"authenticated": false}}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"verify_identity"}}],
		"a contested deduction": [given.both(given.contested({}), {"request": {"sender": {"authenticated": false}}}), {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"verify_identity"}}],
		"a contested deduction, no order named": [given.both(given.contested({}), {"request": {"order_named": false}}), {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"order_ref"}}],
		"service credits, no order named": [{"request": {"remedy": "SERVICE_CREDIT", "order_named": false}}, {"disposition": "NOT_REFUNDABLE"}],
		"a cancellation, the sender not authenticated": [given.both(given.on_plan({"plans": [given.plan({})]}), {"request": {"remedy": "CANCEL_SUBSCRIPTION", "sender": {"authenticated": false}}}), {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"verify_identity"}}],
	}
	given.of_clause("yunxin/req-details", tc[0]) == tc[1]
}

test_review_5bd[note] if {
	some note, tc in {
		"a refund": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"REVIEW_BY"}}],
	}
	given.of_clause("yunxin/review-5bd", tc[0]) == tc[1]
}

test_payout[note] if {
	some note, tc in {
		"to a card": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"ORIGINAL_PAYMENT_METHOD", "PAY_BY"}}],
		"to a wallet": [{"payments": [given.payment({"method": "btc"})]}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"MANUAL_PAYOUT", "PAY_BY"}, "readings": {"non_refundable_methods"}}],
		"a refund of it is under way": [{"lots": [given.lot({"refund_pending": true})]}, {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"refund_in_progress"}}],
		"a dispute over the payment is open": [{"payments": [given.payment({"dispute": "UNDER_REVIEW", "dispute_open": true})]}, {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"await_dispute_outcome"}}],
		"a lost dispute returned a part": [{"payments": [given.payment({"dispute": "LOST", "lost": 300})]}, {"disposition": "CASH_REFUND", "amount": 9700, "cited": {"LIMITS", "REQUIRES"}, "lines": {"disputed"}, "duties": {"ORIGINAL_PAYMENT_METHOD", "PAY_BY"}}],
	}
	given.of_clause("yunxin/payout", tc[0]) == tc[1]
}

test_exc_technical[note] if {
	some note, tc in {
		"a charge beyond the price, too late": [given.both({"lots": [given.lot({"age_ns": 15 * given.day})]}, {"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "questions": {"incorrect_charge"}}],
		"a charge after the cancellation": [given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "questions": {"incorrect_charge"}}],
		"a failed request of the platform": [given.contested({}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "questions": {"technical_error"}}],
		"a failed request of unknown origin": [given.contested({"error_origin": "UNSPECIFIED"}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"error_origin_unknown"}, "questions": {"error_origin_unknown"}}],
		"a failed request that was settled before": [given.contested({"already_restored": true}), {"disposition": "NOT_REFUNDABLE", "cited": {"LIMITS"}, "warnings": {"already_restored"}}],
	}
	given.of_clause("yunxin/exc-technical", tc[0]) == tc[1]
}

test_exc_outage[note] if {
	some note, tc in {
		"a significant outage, too late": [given.both({"lots": [given.lot({"age_ns": 15 * given.day})]}, {"incidents": [given.incident({})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "questions": {"outage_disruption"}}],
		"an outage that is not significant": [given.both({"lots": [given.lot({"age_ns": 15 * given.day})]}, {"incidents": [given.incident({"significant": false})]}), {"disposition": "NOT_REFUNDABLE"}],
	}
	given.of_clause("yunxin/exc-outage", tc[0]) == tc[1]
}

test_exc_duplicate[note] if {
	some note, tc in {
		"a verified duplicate": [{"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "lines": {"paid"}, "effects": {"REMOVE_BONUS", "REMOVE_CREDITS"}, "readings": {"duplicate_mode"}}],
		"a verified duplicate, by social media": [given.both({"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"request": {"channel": "SOCIAL_MEDIA"}}), {"disposition": "NEEDS_INFORMATION", "readings": {"duplicate_mode"}}],
		"a duplicate that nobody verified, too late": [given.both({"lots": [given.lot({"age_ns": 15 * given.day})]}, {"payments": [given.payment({"duplicate": "UNVERIFIED"})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"duplicate_unverified"}, "questions": {"duplicate_unverified"}}],
	}
	given.of_clause("yunxin/exc-duplicate", tc[0]) == tc[1]
}

test_version[note] if {
	some note, tc in {
		"bought before the first version": [given.before_the_first_version, {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"policy_version_unknown"}, "questions": {"policy_version_unknown"}, "readings": {"version_rule"}}],
		"bought since": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("yunxin/version", tc[0]) == tc[1]
}

test_terms_in_days if {
	answer := given.decision("yunxin", {})
	{duty.type: [duty.not_before, duty.due_at] | some duty in answer.obligations; duty.due_at > 0} == {
		"REVIEW_BY": [0, given.calendar.completion_days[4] - given.second],
		"PAY_BY": [given.calendar.approval_day_starts[6], given.calendar.approval_day_ends[13] - given.second],
	}
}

# territories of the Union with codes of their own are not covered
test_covers_the_countries_that_have_the_right if {
	territories := {"GP", "MQ", "GF", "RE", "YT", "MF", "AX"}
	{country | some country in given.parameters("yunxin").covered_countries} == object.keys(law.regimes) - territories
}

# ruling 28
test_takes_nothing_back_by_coin_alone if given.parameters("yunxin").non_refundable_methods == ["btc", "eth", "usdc", "usdt"]
