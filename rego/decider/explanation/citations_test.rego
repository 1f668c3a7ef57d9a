package decider.explanation_test

import data.lib.fixture_test as given

_also_paid := given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})

_merits := {"2.1-unused-base GRANTS", "2.1-prorata GRANTS"}

_outage := {"incidents": [given.incident({})]}

# the form and the promises that go with any answer aside
_cited(changes) := {cite |
	some found in given.decision("router-one", changes).citations
	cite := sprintf("%s %s", [trim_prefix(found.clause, "router-one/"), found.role])
	not startswith(cite, "4-")
}

test_what_decided_is_cited_and_nothing_else[note] if {
	some note, tc in {
		"the merits": [{}, (_merits | {"2.3-bonus-removed REQUIRES"})],
		"a duplicate": [{"payments": [given.payment({}), _also_paid]}, (_merits | {"2.2-reversal GRANTS", "2.3-bonus-removed REQUIRES"})],
		"a duplicate that does not wait": [
			{"payments": [given.payment({"dispute_open": true}), _also_paid]},
			{"2.2-reversal GRANTS", "6-open BARS"},
		],
		"a duplicate without a form": [
			{"payments": [given.payment({}), _also_paid], "request": {"channel": "OTHER"}},
			{"2.2-reversal GRANTS"},
		],
		"a contested request": [given.contested({}), {"2.2-reversal GRANTS"}],
		"a contested request in doubt": [given.contested({"error_origin": "UNSPECIFIED"}), {"2.2-reversal LIMITS"}],
		"a contested request that was served": [given.contested({"output_tokens": 1}), {"2.2-consumed BARS"}],
		"a part that a reviewer decides": [
			{"lots": [given.used_lot(500, 0, {})], "parameters": {"partial_use": "review"}},
			(_merits | {"2.1-not-consumed LIMITS", "2.2-consumed LIMITS"}),
		],
		"an unused lot beside a part that a reviewer would decide, and no more is asked for": [
			{
				"lots": [given.used_lot(500, 0, {}), given.lot({"id": "L2"})],
				"payments": [given.payment({"captured": 20000, "paid_for": ["L1", "L2"]})],
				"parameters": {"partial_use": "review"},
				"request": {"amount": 100},
			},
			(_merits | {"2.2-consumed LIMITS", "2.3-bonus-removed REQUIRES"}),
		],
		"the law despite fraud": [
			given.both(given.from("DE"), {"risk": {"fraud": "CONFIRMED"}, "parameters": {"statutory_vs_disqualifier": "allow"}}),
			{
				"3-withdrawal GRANTS", "8-fraud BARS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/13-1 REQUIRES",
				"law/eu/16 LIMITS", "law/eu/9 GRANTS",
			},
		],
		"an agreement": [{"agreements": [given.agreement({})]}, {"5-agreement LIMITS"}],
		"a cancellation": [
			given.both(given.on_plan({"plans": [given.plan({})]}), {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			{"2.4-cancel GRANTS"},
		],
		"a cancellation of what was not paid, after an outage": [
			given.both(
				given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0, "charged": false})]}),
				given.both(_outage, {"request": {"remedy": "CANCEL_SUBSCRIPTION"}}),
			),
			{"2.4-cancel REQUIRES", "scope BARS"},
		],
		"a cancellation of what was not paid": [
			given.both(
				given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0, "charged": false})]}),
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
			),
			{"2.4-cancel REQUIRES", "scope BARS"},
		],
		"a duplicate beside one in doubt": [
			{"payments": [given.payment({}), _also_paid, given.payment({"id": "P3", "duplicate": "UNVERIFIED", "paid_for": []})]},
			{"2.2-reversal GRANTS", "2.2-reversal LIMITS"},
		],
		"a duplicate beside one in doubt, and no more is asked for": [
			{
				"payments": [given.payment({}), _also_paid, given.payment({"id": "P3", "duplicate": "UNVERIFIED", "paid_for": []})],
				"request": {"amount": 3000},
			},
			{"2.2-reversal GRANTS"},
		],
		"what was bought elsewhere, of an account under investigation": [
			{"lots": [given.lot({"sold_elsewhere": true})], "account": {"status": "SUSPENDED", "status_reason": "UNDER_INVESTIGATION"}},
			{"scope BARS"},
		],
		"a duplicate that went back": [
			{"payments": [given.payment({}), object.union(_also_paid, {"refunded": 10000, "kept": 0})]},
			(_merits | {"2.3-bonus-removed REQUIRES"}),
		],
		"a plan that nobody paid for": [given.on_plan({"plans": [given.plan({"charged": false})]}), {"scope BARS"}],
		"cash, and service credits in doubt": [
			{"incidents": [given.incident({"verified": false})]},
			(_merits | {"2.3-bonus-removed REQUIRES"}),
		],
		"a cancellation of what went back": [
			given.both(
				given.on_plan({"plans": [given.plan({"started": false, "elapsed_s": 0, "refunded_unused": 3000})]}),
				{"request": {"remedy": "CANCEL_SUBSCRIPTION"}, "risk": {"fraud": "CONFIRMED"}},
			),
			{"2.4-cancel REQUIRES", "8-fraud BARS"},
		],
		"service credits": [given.both(_outage, {"request": {"remedy": "SERVICE_CREDIT"}}), {"7-outage GRANTS"}],
		"service credits in doubt": [
			{"request": {"remedy": "SERVICE_CREDIT"}, "incidents": [given.incident({"verified": false})]},
			{"7-outage LIMITS"},
		],
		"no service credits": [{"request": {"remedy": "SERVICE_CREDIT"}}, {"7-outage BARS"}],
		"service credits beside cash": [_outage, (_merits | {"2.3-bonus-removed REQUIRES", "7-outage GRANTS"})],
		"service credits instead of cash": [
			given.both(_outage, {"lots": [given.lot({"age_ns": 20 * given.day})]}),
			{"2.1-unused-base BARS", "7-outage GRANTS"},
		],
		"no service credits beside what waits": [
			given.both(_outage, {"payments": [given.payment({"dispute_open": true})]}),
			(_merits | {"6-open BARS"}),
		],
	}
	_cited(tc[0]) == tc[1]
}

test_the_law_is_heard_of_a_consumers_refund[note] if {
	some note, tc in {
		"no consent on record": [
			{"lots": [given.used_lot(500, 0, {"consent": given.no_consent})]},
			(_merits | {
				"2.2-consumed LIMITS", "3-withdrawal GRANTS", "3-consent LIMITS",
				"law/eu/9 GRANTS", "law/eu/1182 GRANTS", "law/eu/10 LIMITS", "law/eu/13-1 GRANTS", "law/eu/13-1 REQUIRES",
				"law/eu/14-4a GRANTS", "law/eu/14-4a LIMITS", "law/eu/16m LIMITS", "law/eu/25 LIMITS",
			}),
		],
		"an agreement": [
			{"agreements": [given.agreement({"terms": "REFUNDABLE"})]},
			(_merits | {
				"2.3-bonus-removed REQUIRES", "3-withdrawal GRANTS", "5-agreement LIMITS",
				"law/eu/9 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/13-1 REQUIRES", "law/eu/25 LIMITS",
			}),
		],
		"neither agreement nor anything that the law adds": [
			{},
			(_merits | {
				"2.3-bonus-removed REQUIRES", "3-withdrawal GRANTS",
				"law/eu/9 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/13-1 REQUIRES",
			}),
		],
		"fraud": [
			{"risk": {"fraud": "CONFIRMED"}},
			{
				"3-withdrawal GRANTS", "8-fraud BARS",
				"law/eu/9 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/13-1 REQUIRES", "law/eu/16 LIMITS",
			},
		],
		"fraud, and one cent": [
			{
				"risk": {"fraud": "CONFIRMED"},
				"lots": [given.lot({"base_price": 1})], "payments": [given.payment({"captured": 1, "judged": 1})],
			},
			{
				"3-withdrawal GRANTS", "8-fraud BARS",
				"law/eu/9 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS", "law/eu/13-1 REQUIRES", "law/eu/16 LIMITS",
			},
		],
		"fraud, refunded before": [
			{
				"risk": {"fraud": "CONFIRMED"},
				"lots": [given.lot({"refunded_all": 10000, "refunded_unused": 10000})],
				"payments": [given.payment({"refunded": 10000})],
			},
			{
				"2.1-prorata GRANTS", "3-withdrawal GRANTS", "8-fraud BARS",
				"law/eu/9 GRANTS", "law/eu/1182 GRANTS", "law/eu/13-1 GRANTS",
			},
		],
		"fraud, used up": [
			{"risk": {"fraud": "CONFIRMED"}, "lots": [given.used_lot(1000, 100, {})]},
			{
				"2.3-bonus-nr LIMITS", "3-withdrawal GRANTS", "3-consent LIMITS", "8-fraud BARS",
				"law/eu/9 GRANTS", "law/eu/1182 GRANTS", "law/eu/16a BARS",
			},
		],
		"service credits": [given.both(_outage, {"request": {"remedy": "SERVICE_CREDIT"}}), {"7-outage GRANTS"}],
		"fraud, and service credits": [
			{"risk": {"fraud": "CONFIRMED"}, "request": {"remedy": "SERVICE_CREDIT"}},
			{"7-outage BARS"},
		],
		"a gift": [{"lots": [given.lot({"category": "PROMOTIONAL"})]}, {"2.3-bonus-nr BARS"}],
		"sold elsewhere": [{"lots": [given.lot({"sold_elsewhere": true})]}, {"scope BARS"}],
	}
	_cited(given.both(given.from("DE"), tc[0])) == tc[1]
}
