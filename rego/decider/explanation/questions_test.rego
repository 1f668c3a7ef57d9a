package decider.explanation_test

import data.lib.fixture_test as given

_suspected := {"risk": {"fraud": "SUSPECTED"}}

_unrecorded(base_used) := given.both(
	given.from("DE"),
	{"lots": [given.used_lot(base_used, 0, {"consent": given.no_consent})]},
)

_overcharged := {"payments": [given.payment({"captured": 12000, "overcharged": 2000})]}

_unverified := {"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []})]}

# ruling 40
test_questions_of_a_review[note] if {
	some note, tc in {
		"fraud suspected": ["router-one", _suspected, {"fraud_suspected"}],
		"fraud confirmed, for a reviewer": [
			"router-one",
			{"risk": {"fraud": "CONFIRMED"}, "parameters": {"s8_mode": "review"}},
			{"fraud_confirmed"},
		],
		"a violation suspected": ["router-one", {"risk": {"tos_violation": "SUSPECTED"}}, {"violation_suspected"}],
		"a violation confirmed, for a reviewer": [
			"router-one",
			{"risk": {"tos_violation": "CONFIRMED"}, "parameters": {"s8_mode": "review"}},
			{"violation_confirmed"},
		],
		"both suspected": [
			"router-one",
			{"risk": {"fraud": "SUSPECTED", "tos_violation": "SUSPECTED"}},
			{"fraud_suspected", "violation_suspected"},
		],
		"repeated refunds": ["router-one", {"risk": {"approved_refunds_90d": 3}}, {"repeated_refunds"}],
		"a dispute won, and unauthorized": [
			"router-one",
			{"payments": [given.payment({"dispute": "WON", "dispute_unauthorized": true})]},
			{"unauthorized_dispute"},
		],
		"terminated for an unknown reason": ["router-one", {"account": {"status": "TERMINATED"}}, {"status_reason_unknown"}],
		"suspended for an unknown reason at Yunxin": ["yunxin", {"account": {"status": "SUSPENDED"}}, {"status_reason_unknown"}],
		"an agreement nobody modelled": ["router-one", {"agreements": [given.agreement({})]}, {"governed_by_agreement"}],
		"an agreement nobody modelled beside one that refunds": [
			"router-one",
			{"agreements": [given.agreement({}), given.agreement({"terms": "REFUNDABLE"})]},
			{"governed_by_agreement"},
		],
		"an unverified duplicate": ["yunxin", _unverified, {"duplicate_unverified"}],
		"a charge too high at Yunxin": ["yunxin", _overcharged, {"incorrect_charge"}],
		"an unverified duplicate beside a charge too high that was paid back": [
			"yunxin",
			{
				"lots": [given.lot({"age_ns": 20 * given.day, "refunded_unused": 2000, "refunded_all": 2000})],
				"payments": [
					given.payment({"captured": 12000, "overcharged": 2000, "refunded": 2000}),
					given.payment({"id": "P2", "duplicate": "UNVERIFIED", "paid_for": []}),
				],
			},
			{"duplicate_unverified"},
		],
		"a charge after the cancellation at Yunxin": [
			"yunxin",
			given.on_plan({"plans": [given.plan({"charged_after_cancellation": true})]}),
			{"incorrect_charge"},
		],
		"what P4 asks, and not what bars the rest": [
			"router-one",
			object.union(_unverified, _suspected),
			{"duplicate_unverified"},
		],
		"unused credits for a reviewer": ["yunxin", {"parameters": {"unused_mode": "review"}}, {"unused_mode"}],
		"a partial use for a reviewer": [
			"yunxin",
			{"lots": [given.used_lot(500, 100, {})], "parameters": {"partial_use": "review"}},
			{"partial_use"},
		],
		"an outage": [
			"yunxin",
			{"lots": [given.lot({"age_ns": 20 * given.day})], "incidents": [given.incident({})]},
			{"outage_disruption"},
		],
		"an incident nobody verified": [
			"router-one",
			{"request": {"remedy": "SERVICE_CREDIT"}, "incidents": [given.incident({"verified": false}), given.incident({"id": "I2"})]},
			set(),
		],
		"only an incident nobody verified": [
			"router-one",
			{"request": {"remedy": "SERVICE_CREDIT"}, "incidents": [given.incident({"verified": false})]},
			{"incident_unverified"},
		],
		"an error of unknown origin": ["router-one", given.contested({"error_origin": "UNSPECIFIED"}), {"error_origin_unknown"}],
		"an error of the platform at Yunxin": ["yunxin", given.contested({}), {"technical_error"}],
		"an error of unknown origin at Yunxin": [
			"yunxin",
			given.contested({"error_origin": "UNSPECIFIED"}),
			{"error_origin_unknown"},
		],
		"an error of unknown origin after some output at Yunxin": [
			"yunxin",
			given.contested({"error_origin": "UNSPECIFIED", "output_tokens": 1}),
			{"technical_error"},
		],
		"the statute despite a bar": [
			"router-one",
			given.both(given.from("DE"), {"risk": {"fraud": "CONFIRMED"}}),
			{"statutory_right_despite_disqualifier"},
		],
		"the statute, which is paid despite a bar, and a record is missing": [
			"router-one",
			given.both(_unrecorded(300), {"risk": {"fraud": "CONFIRMED"}, "parameters": {"statutory_vs_disqualifier": "allow"}}),
			{"no_consent_record", "withdrawal_information_not_given"},
		],
		"no consent on record": ["router-one", _unrecorded(300), {"no_consent_record", "withdrawal_information_not_given"}],
		"no confirmation on record, digital content": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.used_lot(300, 0, {"consent": object.union(given.full_consent, {"confirmation_sent": false})})],
				"parameters": {"statutory.class": "digital_content"},
			}),
			{"no_confirmation_record"},
		],
		"no information, after the period": [
			"router-one",
			object.union(given.at(given.bought + (100 * given.day)), given.both(given.from("DE"), {"lots": [given.lot({
				"age_ns": 100 * given.day,
				"consent": object.union(given.full_consent, {"information_given": false}),
			})]})),
			{"withdrawal_information_not_given"},
		],
		"an overcharge paid at once, the rest under review": [
			"router-one",
			object.union(_overcharged, _suspected),
			{"fraud_suspected"},
		],
		"a duplicate in doubt for want of a record": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.used_lot(500, 0, {"consent": given.no_consent})],
				"payments": [given.payment({"duplicate": "VERIFIED"})],
			}),
			{"no_consent_record", "withdrawal_information_not_given"},
		],
		"a duplicate in doubt for want of a record, and fraud confirmed that bars the rest": [
			"router-one",
			given.both(given.from("DE"), {
				"risk": {"fraud": "CONFIRMED"}, "parameters": {"statutory_vs_disqualifier": "ignore"},
				"lots": [given.lot({}), given.used_lot(500, 0, {"id": "L2", "payment_id": "P2", "consent": given.no_consent})],
				"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": ["L2"]})],
			}),
			{"no_consent_record", "withdrawal_information_not_given"},
		],
		"an overcharge paid at once, fraud suspected before a record matters": [
			"router-one",
			object.union(given.both(_unrecorded(300), _overcharged), _suspected),
			{"fraud_suspected"},
		],
		"the least amount there is, which a record decides": [
			"router-one",
			given.both(given.from("DE"), {
				"parameters": {"statutory.class": "digital_content"},
				"lots": [given.used_lot(500, 0, {
					"base_price": 1, "age_ns": 20 * given.day,
					"consent": object.union(given.full_consent, {"loss_acknowledged": false}),
				})],
				"payments": [given.payment({"captured": 1, "judged": 1})],
			}),
			{"no_consent_record"},
		],
		"a duplicate of the least amount there is, in doubt for want of a record": [
			"router-one",
			given.both(given.from("DE"), {
				"lots": [given.lot({}), given.used_lot(1000, 100, {
					"id": "L2", "payment_id": "P2", "base_price": 1,
					"consent": given.no_consent,
				})],
				"payments": [given.payment({}), given.payment({"id": "P2", "captured": 1, "duplicate": "VERIFIED", "paid_for": ["L2"]})],
			}),
			{"no_consent_record", "withdrawal_information_not_given"},
		],
		"all is paid": ["router-one", {}, set()],
		"all is refused": ["router-one", {"lots": [given.used_lot(1000, 100, {})]}, set()],
		"it waits": ["router-one", object.union({"payments": [given.payment({"dispute_open": true})]}, _suspected), set()],
		"something is missing": ["router-one", object.union({"request": {"channel": "OTHER"}}, _suspected), set()],
	}
	answer := given.decision(tc[0], tc[1])
	{question.code | some question in answer.questions} == tc[2]
}

# the record of one purchase, not that of another which the policy pays whole (ruling 48)
test_only_records_that_matter_are_asked_for if {
	answer := given.decision("router-one", given.both(given.from("DE"), {
		"lots": [
			given.used_lot(0, 100, {"consent": object.union(given.full_consent, {"information_given": false})}),
			given.used_lot(300, 0, {"id": "L2", "consent": object.union(given.no_consent, {"information_given": true})}),
		],
		"payments": [given.payment({"captured": 20000, "judged": 20000, "paid_for": ["L1", "L2"]})],
	}))
	{question.code | some question in answer.questions} == {"no_consent_record"}
}
