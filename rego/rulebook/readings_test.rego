package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_reads_the_class[note] if {
	some note, tc in {
		"in time": [given.from("DE"), {{"parameter": "statutory.class"}}],
		"elsewhere": [{}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"statutory.class"}, found) == tc[1]
}

test_reads_the_payer[note] if {
	some note, tc in {
		"the payer": [
			{"request": {"sender": {"address": "PAYER"}}},
			{{"parameter": "email_match"}},
		],
		"no refund asked": [given.both({"request": {"sender": {"address": "PAYER"}}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"neither": [{"request": {"sender": {"address": "OTHER"}}}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"email_match"}, found) == tc[1]
}

test_reads_the_draw_order[note] if {
	some note, tc in {
		"unknown": [
			given.both({"lots": [given.lot({"known_use": "TOTAL"})]}, {"ledger": {"consumption_order": "UNSPECIFIED"}}),
			{{"parameter": "consumption_order"}},
		],
		"known": [{"lots": [given.lot({"known_use": "TOTAL"})]}, set()],
		"not needed for the split": [{"ledger": {"consumption_order": "UNSPECIFIED"}}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"consumption_order", "partial_use", "freshness_s"}, found) == tc[1]
}

test_reads_partial_use[note] if {
	some note, tc in {
		"partly used": [{"lots": [given.used_lot(1, 0, {})]}, {{"parameter": "partial_use"}}],
		"unused": [{}, set()],
		"used up": [{"lots": [given.used_lot(1000, 0, {})]}, set()],
		"all but one credit used": [{"lots": [given.used_lot(999, 0, {})]}, {{"parameter": "partial_use"}}],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"consumption_order", "partial_use", "freshness_s"}, found) == tc[1]
}

test_reads_fee_and_tax[note] if {
	some note, tc in {
		"fee": [{"lots": [given.lot({"fee": 1})]}, {{"parameter": "refund_fee"}}],
		"tax": [{"lots": [given.lot({"tax": 1})]}, {{"parameter": "refund_tax"}}],
		"neither": [{}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"refund_fee", "refund_tax", "min_refund_minor"}, found) == tc[1]
}

test_reads_the_least_amount[note] if {
	some note, tc in {
		"less than it": [given.both({"parameters": {"min_refund_minor": 10001}}, {"lots": [given.lot({})]}), {"min_refund_minor"}],
		"just it": [given.both({"parameters": {"min_refund_minor": 10000}}, {"lots": [given.lot({})]}), set()],
		"1 of 2": [given.both({"parameters": {"min_refund_minor": 2}}, {"lots": [given.lot({"base_price": 1})]}), {"min_refund_minor"}],
		"nothing": [
			given.both({"parameters": {"min_refund_minor": 10001}}, {"lots": [given.used_lot(1000, 0, {})]}),
			set(),
		],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	read := {reading.parameter | some reading in given.on({"refund_fee", "refund_tax", "min_refund_minor"}, found)}
	read & {"min_refund_minor"} == tc[1]
}

test_reads_how_old_a_balance_may_be[note] if {
	some note, tc in {
		"as old as may be": [{"ledger": {"age_ns": 60 * given.second}}, set()],
		"older": [{"ledger": {"age_ns": (60 * given.second) + 1}}, {"freshness_s"}],
		"of a plan": [given.on_plan({"plans": [given.plan({})], "ledger": {"age_ns": (60 * given.second) + 1}}), set()],
		"of no time": [{"ledger": {"age_ns": null}}, set()],
		"of a cancellation": [
			given.both({"ledger": {"age_ns": (60 * given.second) + 1}}, {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			set(),
		],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	read := {reading.parameter | some reading in given.on({"consumption_order", "partial_use", "freshness_s"}, found)}
	read & {"freshness_s"} == tc[1]
}

test_reads_the_window[note] if {
	some note, tc in {
		"a lot": [{}, {{"parameter": "window.mode"}, {"parameter": "unused_mode"}}],
		"a plan": [given.on_plan({"plans": [given.plan({})]}), set()],
		"a lot, too late": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, {{"parameter": "window.mode"}}],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"window.mode", "unused_mode"}, found) == tc[1]
}

test_reads_the_error_split[note] if {
	some note, tc in {
		"an error": [given.contested({}), {{"parameter": "error_split"}}],
		"an error after some output": [given.contested({"output_tokens": 1}), set()],
		"none": [{}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"duplicate_mode", "error_split"}, found) == tc[1]
}

test_reads_duplicates[note] if {
	some note, tc in {
		"verified": [{"payments": [given.payment({"duplicate": "VERIFIED"})]}, {{"parameter": "duplicate_mode"}}],
		"unverified": [{"payments": [given.payment({"duplicate": "UNVERIFIED"})]}, set()],
		"not asked": [given.both({"payments": [given.payment({"duplicate": "VERIFIED"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"duplicate_mode", "error_split"}, found) == tc[1]
}

test_reads_used_bonus[note] if {
	some note, tc in {
		"used": [{"lots": [given.used_lot(0, 1, {})]}, {{"parameter": "deduct_consumed_bonus"}}],
		"unused": [{}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"deduct_consumed_bonus"}, found) == tc[1]
}

test_reads_the_removal[note] if {
	some note, tc in {
		"left": [{}, {{"parameter": "bonus_removal"}}],
		"none left": [{"lots": [given.used_lot(0, 100, {})]}, set()],
		"one credit left": [{"lots": [given.used_lot(0, 99, {})]}, {{"parameter": "bonus_removal"}}],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"bonus_removal"}, found) == tc[1]
}

test_reads_the_consent[note] if {
	some note, tc in {
		"recorded": [given.both(given.from("DE"), {"lots": [given.used_lot(1, 0, {})]}), {{"parameter": "deemed_consent"}}],
		"not recorded": [
			given.both(given.from("DE"), {"lots": [given.used_lot(1, 0, {"consent": given.no_consent})]}),
			{{"parameter": "deemed_consent"}, {"parameter": "no_consent_mode"}},
		],
		"unused": [given.from("DE"), set()],
		"elsewhere": [{}, set()],
		"used, too late": [given.both(given.from("DE"), given.both(given.at(given.withdrawal_ends.moved_ends), {"lots": [given.used_lot(1, 0, {})]})), set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"deemed_consent", "no_consent_mode"}, found) == tc[1]
}

test_reads_the_fee[note] if {
	some note, tc in {
		"a fee": [given.both(given.from("DE"), {"lots": [given.lot({"fee": 1})]}), {{"parameter": "statutory.fee_included"}}],
		"no fee": [given.from("DE"), set()],
		"elsewhere": [{"lots": [given.lot({"fee": 1})]}, set()],
		"a fee of a lot without a claim": [given.both(given.from("DE"), {"lots": [given.lot({}), given.used_lot(1000, 100, {"id": "L2", "fee": 1})]}), set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"statutory.fee_included"}, found) == tc[1]
}

test_reads_the_law[note] if {
	some note, tc in {
		"a consumer": [given.from("DE"), {"covered_countries", "statutory.rollover"}],
		"perhaps a consumer": [
			{"customer": {"country": "DE", "type": "UNKNOWN"}},
			{"covered_countries", "statutory.rollover", "unknown_as_consumer"},
		],
		"a period that ends on a working day": [
			given.both(given.from("DE"), {"calendar": {"withdrawal": {"L1": {"moved_ends": given.withdrawal_ends.ends}}}}),
			{"covered_countries"},
		],
		"barred": [
			given.both(given.from("DE"), {"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}}),
			{"covered_countries", "statutory.rollover", "statutory_vs_disqualifier"},
		],
		"barred elsewhere": [{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}}, set()],
		"elsewhere": [{"customer": {"type": "UNKNOWN"}}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	read := {reading.parameter | some reading in given.on({"covered_countries", "unknown_as_consumer", "statutory.rollover", "statutory_vs_disqualifier"}, found)}
	read & {"covered_countries", "statutory.rollover", "unknown_as_consumer", "statutory_vs_disqualifier"} == tc[1]
}

test_reads_an_inferred_order[note] if {
	some note, tc in {
		"inferable": [{"request": {"order_named": false, "order_inferable": true}}, {{"parameter": "infer_order_ref"}}],
		"named": [{}, set()],
		"no refund asked": [given.both({"request": {"order_named": false, "order_inferable": true}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"infer_order_ref"}, found) == tc[1]
}

test_reads_the_channels[note] if {
	some note, tc in {
		"one in question": [{"request": {"channel": "IN_APP"}}, {{"parameter": "allowed_channels"}}],
		"none": [{"request": {"channel": "OTHER"}}, {{"parameter": "allowed_channels"}}],
		"one that is named": [{"request": {"channel": "EMAIL"}}, set()],
		"a cancellation": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"allowed_channels"}, found) == tc[1]
}

test_reads_the_methods[note] if {
	some note, tc in {
		"one that takes nothing back": [{"payments": [given.payment({"method": "btc"})]}, {{"parameter": "non_refundable_methods"}}],
		"a card": [{}, set()],
		"no refund": [
			given.both({"request": {"remedy": "RESTORE_CREDITS", "contested": true}}, {"payments": [given.payment({"method": "btc"})]}),
			set(),
		],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"non_refundable_methods"}, found) == tc[1]
}

test_reads_the_threshold[note] if {
	some note, tc in {
		"by it": [
			{"agreements": [given.agreement({"order_refs": []})], "lots": [given.lot({})]},
			{{"parameter": "agreement.threshold_usd_minor"}},
		],
		"by a minimum": [
			{
				"agreements": [given.agreement({"order_refs": [], "minimum": {"currency": "USD", "amount": 1}})],
				"lots": [given.lot({})],
			},
			set(),
		],
		"by name": [{"agreements": [given.agreement({})], "lots": [given.lot({})]}, set()],
		"of a plan": [given.both(given.on_plan({"plans": [given.plan({})]}), {"agreements": [given.agreement({"order_refs": []})]}), set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"agreement.threshold_usd_minor"}, found) == tc[1]
}

test_reads_the_account_as_of[note] if {
	some note, tc in {
		"changed since": [{"account": {"changed_after_request": true}}, {{"parameter": "account_state_as_of"}}],
		"as it was": [{}, set()],
		"no refund asked": [given.both({"account": {"changed_after_request": true}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"account_state_as_of"}, found) == tc[1]
}

test_reads_the_mode[note] if {
	some note, tc in {
		"fraud": [{"risk": {"fraud": "CONFIRMED"}}, {{"parameter": "s8_mode"}}],
		"violation": [{"risk": {"tos_violation": "CONFIRMED"}}, {{"parameter": "s8_mode"}}],
		"closed for one": [{"account": {"status": "TERMINATED", "status_reason": "TOS_VIOLATION"}}, {{"parameter": "s8_mode"}}],
		"suspected": [{"risk": {"fraud": "SUSPECTED"}}, set()],
		"no refund asked": [given.both({"risk": {"fraud": "CONFIRMED"}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
		"suspended for one": [{"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION"}}, {{"parameter": "s8_mode"}}],
		"suspended for another reason": [{"account": {"status": "SUSPENDED", "status_reason": "SECURITY"}}, set()],
		"suspended since, read at the request": [given.both({"parameters": {"account_state_as_of": "request"}}, {"account": {"status": "SUSPENDED", "status_reason": "TOS_VIOLATION", "changed_after_request": true}}), set()],
		"active again after one": [{"account": {"status": "ACTIVE", "status_reason": "TOS_VIOLATION"}}, set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"s8_mode"}, found) == tc[1]
}

test_reads_the_limit[note] if {
	some note, tc in {
		"three": [{"risk": {"approved_refunds_90d": 3}}, {{"parameter": "repeat_limit"}}],
		"two": [{"risk": {"approved_refunds_90d": 2}}, set()],
		"no refund asked": [given.both({"risk": {"approved_refunds_90d": 3}}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.readings with input as given.grounded(tc[0])
	given.on({"repeat_limit"}, found) == tc[1]
}

test_reads_the_payer_of_every_request[note] if {
	some note, tc in {
		"the payer": [
			{"request": {"sender": {"address": "PAYER"}}},
			{{"parameter": "email_match"}},
		],
		"neither": [{"request": {"sender": {"address": "OTHER"}}}, set()],
	}
	found := rulebook.readings with input as given.grounded_as("yunxin", tc[0])
	given.on({"infer_order_ref", "email_match"}, found) == tc[1]
}

test_reads_other_channels[note] if {
	some note, tc in {
		"one in question": [{"request": {"channel": "EMAIL"}}, {{"parameter": "allowed_channels"}}],
		"none": [{"request": {"channel": "OTHER"}}, {{"parameter": "allowed_channels"}}],
		"one that is named": [{"request": {"channel": "SUPPORT_TICKET"}}, set()],
		"a cancellation": [{"request": {"channel": "OTHER", "remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := rulebook.readings with input as given.grounded_as("yunxin", tc[0])
	given.on({"allowed_channels"}, found) == tc[1]
}
