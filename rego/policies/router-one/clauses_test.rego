package clauses["router-one_test"]

import data.law
import data.lib.fixture_test as given

test_scope[note] if {
	some note, tc in {
		"sold by somebody else": [{"lots": [given.lot({"sold_elsewhere": true})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"not_in_scope"}}],
		"a lot that nobody was charged for": [{"lots": [given.lot({"charged": false})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
		"a period that nobody was charged for": [given.on_plan({"plans": [given.plan({"charged": false})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_paid"}}],
	}
	given.of_clause("router-one/scope", tc[0]) == tc[1]
}

test_1_digital_service[note] if {
	some note, tc in {
		"a consumer in time": [given.from("DE"), {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"statutory.class"}}],
		"a country without the right": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/1-digital-service", tc[0]) == tc[1]
}

test_2_1_unused_base[note] if {
	some note, tc in {
		"in time": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "readings": {"unused_mode", "window.mode"}}],
		"too late": [{"lots": [given.lot({"age_ns": 15 * given.day})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}, "warnings": {"window_closed"}, "readings": {"window.mode"}}],
		"a refund of it is under way": [{"lots": [given.lot({"refund_pending": true})]}, {"disposition": "HOLD", "cited": {"BARS", "GRANTS"}, "warnings": {"refund_in_progress"}, "readings": {"unused_mode", "window.mode"}}],
		"a reviewer decides on every refund": [{"parameters": {"unused_mode": "review"}}, {"disposition": "MANUAL_REVIEW", "cited": {"GRANTS", "LIMITS"}, "questions": {"unused_mode"}, "readings": {"unused_mode", "window.mode"}}],
	}
	given.of_clause("router-one/2.1-unused-base", tc[0]) == tc[1]
}

test_2_1_email[note] if {
	some note, tc in {
		"the address of somebody else": [{"request": {"sender": {"address": "OTHER"}}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"sender_email"}}],
		"the sender is not authenticated": [{"request": {"sender": {"authenticated": false}}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"verify_identity"}}],
		"the payer's address": [{"request": {"sender": {"address": "PAYER"}}}, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"email_match"}}],
		"a contested deduction": [given.both(given.contested({}), {"request": {"sender": {"authenticated": false}}}), {"disposition": "RESTORE_CREDITS"}],
	}
	given.of_clause("router-one/2.1-email", tc[0]) == tc[1]
}

test_2_1_not_consumed[note] if {
	some note, tc in {
		"a balance of over a minute": [{"ledger": {"age_ns": 61 * given.second}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"fresh_balance"}, "readings": {"freshness_s"}}],
		"credits held by running requests": [{"lots": [given.lot({"base_reserved": 10, "unused": 990})]}, {"disposition": "CASH_REFUND", "amount": 9900, "cited": {"LIMITS"}, "warnings": {"credits_reserved"}, "readings": {"partial_use"}}],
		"a partly used lot": [{"lots": [given.used_lot(250, 0, {})]}, {"disposition": "CASH_REFUND", "amount": 7500, "readings": {"partial_use"}}],
		"nothing for a partly used lot": [given.both({"parameters": {"partial_use": "strict"}}, {"lots": [given.used_lot(250, 0, {})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}, "readings": {"partial_use"}}],
		"a reviewer for a partly used lot": [given.both({"parameters": {"partial_use": "review"}}, {"lots": [given.used_lot(250, 0, {})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "questions": {"partial_use"}, "readings": {"partial_use"}}],
		"nobody says which credits were drawn first": [given.unknown_order, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"consumption_order"}}],
	}
	given.of_clause("router-one/2.1-not-consumed", tc[0]) == tc[1]
}

test_2_1_prorata[note] if {
	some note, tc in {
		"an unused lot": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "lines": {"paid"}, "effects": {"REMOVE_CREDITS"}}],
		"a lot with a fee": [given.with_fee(200), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS", "LIMITS"}, "lines": {"fee", "paid"}, "effects": {"REMOVE_CREDITS"}, "readings": {"refund_fee"}}],
		"a lot with tax that is kept": [given.both({"parameters": {"refund_tax": false}}, given.with_tax(200)), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS", "LIMITS"}, "lines": {"paid", "tax"}, "effects": {"REMOVE_CREDITS"}, "readings": {"refund_tax"}}],
		"a part of the credits": [{"request": {"credits": 400}}, {"disposition": "CASH_REFUND", "amount": 4000, "cited": {"GRANTS", "LIMITS"}, "lines": {"not_requested", "paid"}, "effects": {"REMOVE_CREDITS"}}],
		"a lot that was refunded in part": [given.both({"lots": [given.lot({"refunded_unused": 700, "refunded_all": 700})]}, {"payments": [given.payment({"refunded": 700})]}), {"disposition": "CASH_REFUND", "amount": 9300, "cited": {"GRANTS", "LIMITS"}, "lines": {"already_refunded", "paid"}, "effects": {"REMOVE_CREDITS"}}],
		"less than the least amount": [{"parameters": {"min_refund_minor": 10001}}, {"disposition": "NOT_REFUNDABLE", "cited": {"GRANTS"}, "lines": {"barred", "paid"}, "readings": {"min_refund_minor"}}],
		"a duplicate of which credits were used": [given.both({"lots": [given.used_lot(250, 0, {})]}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}), {"disposition": "CASH_REFUND", "amount": 7500, "cited": {"LIMITS"}}],
	}
	given.of_clause("router-one/2.1-prorata", tc[0]) == tc[1]
}

test_2_2_consumed[note] if {
	some note, tc in {
		"all credits": [{"lots": [given.used_lot(1000, 100, {})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"used"}, "warnings": {"nothing_refundable"}}],
		"a quarter of the credits": [{"lots": [given.used_lot(250, 0, {})]}, {"disposition": "CASH_REFUND", "amount": 7500, "cited": {"LIMITS"}, "lines": {"used"}}],
		"a duplicate of which credits were used": [given.both({"lots": [given.used_lot(250, 0, {})]}, {"payments": [given.payment({"duplicate": "VERIFIED"})]}), {"disposition": "CASH_REFUND", "amount": 7500, "cited": {"LIMITS"}}],
		"a failed request that its provider billed": [given.contested({"error_origin": "UPSTREAM", "upstream_billed": true}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}}],
	}
	given.of_clause("router-one/2.2-consumed", tc[0]) == tc[1]
}

test_2_2_reversal[note] if {
	some note, tc in {
		"a verified duplicate": [{"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "lines": {"paid"}, "effects": {"REMOVE_BONUS", "REMOVE_CREDITS"}, "readings": {"duplicate_mode"}}],
		"a duplicate that nobody verified, too late": [given.both({"lots": [given.lot({"age_ns": 15 * given.day})]}, {"payments": [given.payment({"duplicate": "UNVERIFIED"})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"duplicate_unverified"}, "questions": {"duplicate_unverified"}}],
		"a charge beyond the price": [{"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}, {"disposition": "CASH_REFUND", "amount": 12000, "cited": {"GRANTS"}, "lines": {"overcharge"}}],
		"a charge after the cancellation": [given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}), {"disposition": "CASH_REFUND", "amount": 3000, "cited": {"GRANTS"}, "lines": {"paid"}}],
		"a failed request of the platform": [given.contested({}), {"disposition": "RESTORE_CREDITS", "cited": {"GRANTS"}, "effects": {"RESTORE_CREDITS"}, "readings": {"error_split"}}],
		"a failed request of unknown origin": [given.contested({"error_origin": "UNSPECIFIED"}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"error_origin_unknown"}, "questions": {"error_origin_unknown"}, "readings": {"error_split"}}],
		"a failed request that was settled before": [given.contested({"already_restored": true}), {"disposition": "NOT_REFUNDABLE", "cited": {"LIMITS"}, "warnings": {"already_restored"}}],
	}
	given.of_clause("router-one/2.2-reversal", tc[0]) == tc[1]
}

test_2_3_bonus_nr[note] if {
	some note, tc in {
		"only bonus credits are left": [{"lots": [given.used_lot(1000, 0, {})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_refundable"}}],
		"promotional credits": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_refundable"}}],
		"bonus credits were used": [{"lots": [given.used_lot(0, 10, {})]}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"LIMITS"}, "warnings": {"consumed_bonus_kept"}, "readings": {"deduct_consumed_bonus"}}],
		"bonus credits were used, and are deducted": [given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(0, 10, {})]}), {"disposition": "CASH_REFUND", "amount": 9900, "cited": {"LIMITS"}, "lines": {"deducted_bonus"}, "readings": {"deduct_consumed_bonus"}}],
	}
	given.of_clause("router-one/2.3-bonus-nr", tc[0]) == tc[1]
}

test_2_3_bonus_removed[note] if {
	some note, tc in {
		"bonus credits are left": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "effects": {"REMOVE_BONUS"}, "readings": {"bonus_removal"}}],
		"none are left": [{"lots": [given.used_lot(0, 100, {})]}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/2.3-bonus-removed", tc[0]) == tc[1]
}

test_2_4_cancel[note] if {
	some note, tc in {
		"a running plan is cancelled": [given.both({"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, given.on_plan({"plans": [given.plan({})]})), {"disposition": "CANCELLATION", "cited": {"GRANTS"}, "effects": {"CANCEL_AT_PERIOD_END", "STOP_RENEWAL"}}],
		"a period that has not started is refunded": [given.on_plan({"plans": [given.plan({"started": false})]}), {"disposition": "CASH_REFUND", "amount": 3000, "cited": {"REQUIRES"}, "effects": {"CANCEL_NOW", "STOP_RENEWAL"}}],
	}
	given.of_clause("router-one/2.4-cancel", tc[0]) == tc[1]
}

test_2_4_nr[note] if {
	some note, tc in {
		"a running period": [given.on_plan({"plans": [given.plan({})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred", "paid"}}],
		"a period that has not started": [given.on_plan({"plans": [given.plan({"started": false})]}), {"disposition": "CASH_REFUND", "amount": 3000, "cited": {"GRANTS"}, "lines": {"paid"}}],
		"a period that was refunded in part": [given.on_plan({"plans": [given.plan({"started": false, "refunded_unused": 1000, "refunded_all": 1000})]}), {"disposition": "CASH_REFUND", "amount": 2000, "cited": {"GRANTS", "LIMITS"}, "lines": {"already_refunded", "paid"}}],
	}
	given.of_clause("router-one/2.4-nr", tc[0]) == tc[1]
}

test_3_withdrawal[note] if {
	some note, tc in {
		"a consumer in the EU": [given.from("DE"), {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "readings": {"covered_countries", "statutory.rollover"}}],
		"perhaps a consumer": [{"customer": {"country": "DE", "type": "UNKNOWN"}}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"GRANTS"}, "readings": {"covered_countries", "statutory.rollover", "unknown_as_consumer"}}],
		"a consumer who is barred": [given.both(given.from("DE"), {"risk": {"fraud": "CONFIRMED"}}), {"disposition": "MANUAL_REVIEW", "cited": {"GRANTS"}, "readings": {"covered_countries", "statutory.rollover", "statutory_vs_disqualifier"}}],
		"a country without the right": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/3-withdrawal", tc[0]) == tc[1]
}

test_3_consent[note] if {
	some note, tc in {
		"used with consent": [given.both(given.from("DE"), {"lots": [given.used_lot(250, 0, {})]}), {"disposition": "CASH_REFUND", "amount": 7728, "cited": {"LIMITS"}, "readings": {"deemed_consent"}}],
		"used without consent": [given.both(given.from("DE"), {"lots": [given.used_lot(250, 0, {"consent": given.no_consent})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "readings": {"deemed_consent", "no_consent_mode"}}],
		"not used": [given.from("DE"), {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/3-consent", tc[0]) == tc[1]
}

test_3_unused_kept[note] if {
	some note, tc in {
		"a consumer paid a fee": [given.both(given.from("DE"), given.with_fee(200)), {"disposition": "CASH_REFUND", "amount": 10200, "readings": {"statutory.fee_included"}}],
		"a consumer paid none": [given.from("DE"), {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/3-unused-kept", tc[0]) == tc[1]
}

test_4_channel[note] if {
	some note, tc in {
		"by social media": [{"request": {"channel": "SOCIAL_MEDIA"}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"channel"}, "readings": {"allowed_channels"}}],
		"from within the account": [{"request": {"channel": "IN_APP"}}, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"allowed_channels"}}],
		"by e-mail": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/4-channel", tc[0]) == tc[1]
}

test_4_orderid[note] if {
	some note, tc in {
		"no order is named": [{"request": {"order_named": false}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"order_ref"}}],
		"an order could be inferred": [{"request": {"order_named": false, "order_inferable": true}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"order_ref"}, "readings": {"infer_order_ref"}}],
	}
	given.of_clause("router-one/4-orderid", tc[0]) == tc[1]
}

test_4_reason[note] if {
	some note, tc in {
		"no reason": [{"request": {"has_reason": false}}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"LIMITS"}, "warnings": {"reason_missing"}}],
		"a reason": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/4-reason", tc[0]) == tc[1]
}

test_4_respond_2bd[note] if {
	some note, tc in {
		"a refund": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"RESPOND_BY"}}],
	}
	given.of_clause("router-one/4-respond-2bd", tc[0]) == tc[1]
}

test_4_payout[note] if {
	some note, tc in {
		"to a card": [{}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"ORIGINAL_PAYMENT_METHOD", "PAY_BY"}}],
		"to a wallet": [{"payments": [given.payment({"method": "btc"})]}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"REQUIRES"}, "duties": {"MANUAL_PAYOUT", "PAY_BY"}, "readings": {"non_refundable_methods"}}],
	}
	given.of_clause("router-one/4-payout", tc[0]) == tc[1]
}

test_4_more_info[note] if {
	some note, tc in {
		"the sender is not authenticated": [{"request": {"sender": {"authenticated": false}}}, {"disposition": "NEEDS_INFORMATION", "cited": {"REQUIRES"}, "missing": {"verify_identity"}}],
	}
	given.of_clause("router-one/4-more-info", tc[0]) == tc[1]
}

test_5_agreement[note] if {
	some note, tc in {
		"an agreement names the order": [{"agreements": [given.agreement({})]}, {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"governed_by_agreement"}, "questions": {"governed_by_agreement"}}],
		"a Business top-up": [{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({"order_base_price": 50000})]}, {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"governed_by_agreement"}, "questions": {"governed_by_agreement"}, "readings": {"agreement.threshold_usd_minor"}}],
	}
	given.of_clause("router-one/5-agreement", tc[0]) == tc[1]
}

test_6_open[note] if {
	some note, tc in {
		"a dispute over the payment is open": [{"payments": [given.payment({"dispute": "UNDER_REVIEW", "dispute_open": true})]}, {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"await_dispute_outcome"}}],
		"suspended while a dispute is open": [{"account": {"status": "SUSPENDED", "status_reason": "SECURITY"}, "disputes": {"any_open": true}}, {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"await_dispute_outcome"}}],
		"suspended while investigated": [{"account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}}, {"disposition": "HOLD", "cited": {"BARS"}, "warnings": {"account_under_investigation"}}],
		"a lost dispute returned a part": [{"payments": [given.payment({"dispute": "LOST", "lost": 300})]}, {"disposition": "CASH_REFUND", "amount": 9700, "cited": {"LIMITS"}, "lines": {"disputed"}}],
		"a dispute over another payment is open": [{"disputes": {"open_elsewhere": true}}, {"disposition": "CASH_REFUND", "amount": 10000, "cited": {"LIMITS"}, "warnings": {"dispute_on_other_payment"}}],
		"the account changed after the request": [{"account": {"changed_after_request": true}}, {"disposition": "CASH_REFUND", "amount": 10000, "readings": {"account_state_as_of"}}],
	}
	given.of_clause("router-one/6-open", tc[0]) == tc[1]
}

test_6_unauthorized[note] if {
	some note, tc in {
		"the credits were forfeited": [{"account": {"forfeited": true}}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}}],
		"an unauthorized chargeback was won": [{"payments": [given.payment({"dispute": "WON", "dispute_unauthorized": true})]}, {"disposition": "MANUAL_REVIEW", "cited": {"BARS"}, "questions": {"unauthorized_dispute"}}],
	}
	given.of_clause("router-one/6-unauthorized", tc[0]) == tc[1]
}

test_7_outage[note] if {
	some note, tc in {
		"an outage of the platform": [given.both({"request": {"remedy": "SERVICE_CREDIT"}}, {"incidents": [given.incident({})]}), {"disposition": "SERVICE_CREDIT", "cited": {"GRANTS"}, "effects": {"GRANT_SERVICE_CREDIT"}}],
		"an outage that nobody verified": [given.both({"request": {"remedy": "SERVICE_CREDIT"}}, {"incidents": [given.incident({"verified": false})]}), {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "questions": {"incident_unverified"}}],
		"no outage": [{"request": {"remedy": "SERVICE_CREDIT"}}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}}],
		"an outage that was credited before": [given.both({"request": {"remedy": "SERVICE_CREDIT"}}, {"incidents": [given.incident({"already_granted": true})]}), {"disposition": "NOT_REFUNDABLE", "cited": {"BARS", "LIMITS"}, "warnings": {"already_granted"}}],
	}
	given.of_clause("router-one/7-outage", tc[0]) == tc[1]
}

test_7_not_cash[note] if {
	some note, tc in {
		"service credits": [{"lots": [given.lot({"category": "SERVICE"})]}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "warnings": {"nothing_refundable"}}],
	}
	given.of_clause("router-one/7-not-cash", tc[0]) == tc[1]
}

test_8_fraud[note] if {
	some note, tc in {
		"confirmed": [{"risk": {"fraud": "CONFIRMED"}}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}, "readings": {"s8_mode"}}],
		"suspected": [{"risk": {"fraud": "SUSPECTED"}}, {"disposition": "MANUAL_REVIEW", "cited": {"BARS"}, "questions": {"fraud_suspected"}}],
	}
	given.of_clause("router-one/8-fraud", tc[0]) == tc[1]
}

test_8_violation[note] if {
	some note, tc in {
		"confirmed": [{"risk": {"tos_violation": "CONFIRMED"}}, {"disposition": "NOT_REFUNDABLE", "cited": {"BARS"}, "lines": {"barred"}}],
		"suspected": [{"risk": {"tos_violation": "SUSPECTED"}}, {"disposition": "MANUAL_REVIEW", "cited": {"BARS"}, "questions": {"violation_suspected"}}],
		"closed for a reason that nobody knows": [{"account": {"status": "TERMINATED"}}, {"disposition": "MANUAL_REVIEW", "cited": {"BARS"}, "warnings": {"status_reason_unknown"}, "questions": {"status_reason_unknown"}}],
	}
	given.of_clause("router-one/8-violation", tc[0]) == tc[1]
}

test_8_repeat[note] if {
	some note, tc in {
		"a third refund within 90 days": [{"risk": {"approved_refunds_90d": 3}}, {"disposition": "MANUAL_REVIEW", "cited": {"BARS"}, "questions": {"repeated_refunds"}, "readings": {"repeat_limit"}}],
		"a second": [{"risk": {"approved_refunds_90d": 2}}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/8-repeat", tc[0]) == tc[1]
}

test_9_changes[note] if {
	some note, tc in {
		"bought before the first version": [given.before_the_first_version, {"disposition": "MANUAL_REVIEW", "cited": {"LIMITS"}, "warnings": {"policy_version_unknown"}, "questions": {"policy_version_unknown"}, "readings": {"version_rule"}}],
		"bought since": [{}, {"disposition": "CASH_REFUND", "amount": 10000}],
	}
	given.of_clause("router-one/9-changes", tc[0]) == tc[1]
}

test_terms_in_days if {
	answer := given.decision("router-one", {})
	{duty.type: [duty.not_before, duty.due_at] | some duty in answer.obligations; duty.due_at > 0} == {
		"RESPOND_BY": [0, given.calendar.completion_days[1] - given.second],
		"PAY_BY": [given.calendar.approval_day_starts[4], given.calendar.approval_day_ends[9] - given.second],
	}
}

# territories of the Union with codes of their own are not covered
test_covers_the_countries_that_have_the_right if {
	territories := {"GP", "MQ", "GF", "RE", "YT", "MF", "AX"}
	{country | some country in given.parameters("router-one").covered_countries} == object.keys(law.regimes) - territories
}

# ruling 28
test_takes_nothing_back_by_coin_alone if given.parameters("router-one").non_refundable_methods == ["btc", "eth", "usdc", "usdt"]
