package decider.explanation_test

import data.lib.fixture_test as given

test_warnings[note] if {
	some note, tc in {
		"none": ["router-one", {}, set()],
		"excluded": ["router-one", {"lots": [given.lot({"sold_elsewhere": true})]}, {"not_in_scope"}],
		"held": ["router-one", {"payments": [given.payment({"dispute_open": true})]}, {"await_dispute_outcome"}],
		"duplicate in doubt": [
			"router-one",
			{"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []})]},
			{"duplicate_unverified"},
		],
		"agreement": [
			"router-one",
			{"agreements": [given.agreement({"terms": "NOT_MODELLED"})], "lots": [given.lot({})]},
			{"governed_by_agreement"},
		],
		"law despite a bar": [
			"router-one",
			given.both(given.from("DE"), {"risk": {"fraud": "CONFIRMED"}}),
			{"statutory_right_despite_disqualifier"},
		],
		"law despite a bar that a reviewer decides": [
			"router-one",
			given.both(given.from("DE"), {"risk": {"fraud": "SUSPECTED"}}),
			{"statutory_right_despite_disqualifier"},
		],
		"refunded before": ["router-one", {"lots": [given.lot({"refunded_unused": 10000})]}, {"already_refunded"}],
		"returned before": ["router-one", {"payments": [given.payment({"lost": 10000})]}, {"already_returned"}],
		"too late": ["router-one", {"lots": [given.lot({"age_ns": 20 * given.day})]}, {"window_closed"}],
		"too late, and used up": [
			"router-one",
			{"lots": [given.used_lot(1000, 0, {"bonus": 0, "bonus_left": 0, "age_ns": 20 * given.day})]},
			{"window_closed", "nothing_refundable"},
		],
		"less than the least amount that is paid": ["router-one", {"parameters": {"min_refund_minor": 10001}}, set()],
		"refunded out of goodwill": [
			"router-one",
			{"payments": [given.payment({"refunded": 10000, "goodwill": 10000})]},
			{"already_refunded"},
		],
		"nothing left, and nothing refunded": [
			"router-one",
			{"payments": [given.payment({"captured": 0, "judged": 0})]},
			{"nothing_refundable"},
		],
		"refunded out of goodwill but for a fee that is kept": [
			"router-one",
			{
				"lots": [given.lot({"fee": 400})],
				"payments": [given.payment({"captured": 10400, "judged": 10400, "fee_own": 400, "refunded": 10400, "goodwill": 10400})],
				"parameters": {"refund_fee": false},
			},
			{"already_refunded"},
		],
		"worth less than a cent, and refunded out of goodwill": [
			"router-one",
			{
				"lots": [given.used_lot(999, 0, {"base_price": 1})],
				"payments": [given.payment({"captured": 1, "judged": 1, "refunded": 1, "goodwill": 1})],
			},
			{"nothing_refundable"},
		],
		"used up, and refunded out of goodwill": [
			"router-one",
			{"lots": [given.used_lot(1000, 0, {"bonus": 0})], "payments": [given.payment({"refunded": 10000, "goodwill": 10000})]},
			{"nothing_refundable"},
		],
		"worth nothing": [
			"router-one",
			given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(950, 100, {})]}),
			{"nothing_refundable"},
		],
		"too much asked": ["router-one", {"request": {"amount": 10001}}, {"capped_to_entitlement"}],
		"too many credits asked": ["router-one", {"request": {"credits": 1001}}, {"capped_to_entitlement"}],
		"suspended, nobody says why": ["router-one", {"account": {"status": "SUSPENDED"}}, {"status_reason_unknown"}],
		"suspended, nobody says why, and a dispute": [
			"yunxin",
			{"account": {"status": "SUSPENDED"}, "payments": [given.payment({"dispute_open": true})]},
			{"status_reason_unknown", "await_dispute_outcome"},
		],
		"suspended, nobody says why, and a fraud": [
			"router-one",
			{"account": {"status": "SUSPENDED"}, "risk": {"fraud": "CONFIRMED"}},
			{"status_reason_unknown"},
		],
		"suspended, nobody says why, too late": [
			"yunxin",
			{"account": {"status": "SUSPENDED"}, "lots": [given.lot({"age_ns": 20 * given.day})]},
			{"window_closed"},
		],
		"suspended, nobody says why, no refund asked": [
			"router-one",
			{"account": {"status": "SUSPENDED"}, "request": {"remedy": "SERVICE_CREDIT"}},
			set(),
		],
		"records": [
			"router-one",
			given.both(given.from("DE"), {"lots": [given.used_lot(500, 0, {"consent": given.no_consent})]}),
			{"no_consent_record", "no_confirmation_record", "withdrawal_information_not_given"},
		],
	}
	answer := given.decision(tc[0], tc[1])
	{warning.code | some warning in answer.warnings} == {want | some want in tc[2]}
}

test_nothing_refundable_means_that_nothing_is_left[note] if {
	some note, tc in {
		"a bar": [{"risk": {"fraud": "CONFIRMED"}}, set()],
		"an agreement": [
			{"agreements": [given.agreement({"terms": "NOT_REFUNDABLE"})], "lots": [given.lot({})]},
			set(),
		],
		"a bar before an agreement": [
			{"risk": {"fraud": "CONFIRMED"}, "agreements": [given.agreement({"terms": "NOT_REFUNDABLE"})]},
			set(),
		],
		"worth nothing under an agreement": [
			{"lots": [given.used_lot(1000, 0, {})], "agreements": [given.agreement({"terms": "REFUNDABLE"})]},
			{"2.3-bonus-nr"},
		],
		"a window that closed": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, set()],
		"worth nothing": [
			given.both({"parameters": {"deduct_consumed_bonus": true}}, {"lots": [given.used_lot(950, 100, {})]}),
			{"2.1-prorata"},
		],
	}
	answer := given.decision("router-one", tc[0])
	clauses := {split(warning.clause, "/")[1] | some warning in answer.warnings; warning.code == "nothing_refundable"}
	clauses == {clause | some clause in tc[1]}
}

test_what_went_back_is_said_by_whom_it_was_taken[note] if {
	some note, tc in {
		"a refund": [{"lots": [given.lot({"refunded_unused": 10000})]}, "router-one/2.1-prorata"],
		"a lost dispute": [{"payments": [given.payment({"lost": 10000})]}, "router-one/6-open"],
	}
	answer := given.decision("router-one", tc[0])
	{warning.clause | some warning in answer.warnings} == {tc[1]}
}

# an unused duplicate whose charge was lost in a dispute is returned, not worth nothing (ruling 46)
test_a_duplicate_lost_in_a_dispute_was_returned[note] if {
	some note, tc in {
		"Router One": ["router-one", "router-one/6-open"],
		"Yunxin": ["yunxin", "yunxin/payout"],
	}
	answer := given.decision(tc[0], {"payments": [given.payment({"duplicate": "VERIFIED", "lost": 10000, "dispute": "LOST"})]})
	answer.disposition == "NOT_REFUNDABLE"
	{[warning.code, warning.clause] | some warning in answer.warnings} == {["already_returned", tc[1]]}
	tc[1] in {cite.clause | some cite in answer.citations}
}
