package policies.yunxin_test

import data.law
import data.lib.fixture_test as given
import data.policies.yunxin as policy

test_excludes_a_period_not_billed[note] if {
	some note, tc in {
		"not charged": [given.on_plan({"plans": [given.plan({"charged": false})]}), {{"item": "", "code": "nothing_paid"}}],
		"charged": [given.on_plan({"plans": [given.plan({})]}), set()],
		"not charged, not asked": [given.both(given.on_plan({"plans": [given.plan({"charged": false})]}), {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := policy.exclusions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-billed") == tc[1]
}

test_cancels[note] if {
	some note, tc in {
		"a plan": [
			given.on_plan({"plans": [given.plan({})]}),
			{{"type": "CANCEL_AT_PERIOD_END", "when": "running"}, {"type": "CANCEL_NOW", "when": "refunded"}},
		],
		"no plan": [{}, set()],
	}
	found := policy.cancellations with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-cancel") == tc[1]
}

test_refuses_a_started_period[note] if {
	some note, tc in {
		"started": [given.on_plan({"plans": [given.plan({})]}), {{"item": "", "code": "period"}}],
		"not started": [given.on_plan({"plans": [given.plan({"started": false})]}), set()],
		"not charged": [given.on_plan({"plans": [given.plan({"charged": false})]}), set()],
	}
	found := policy.refusals with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-nr") == tc[1]
}

test_grants_a_period_that_has_not_started[note] if {
	some note, tc in {
		"started": [given.on_plan({"plans": [given.plan({})]}), set()],
		"not started": [given.on_plan({"plans": [given.plan({"started": false})]}), {{"item": ""}}],
	}
	found := policy.grants with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-nr") == tc[1]
}

test_says_when_the_period_starts[note] if {
	some note, tc in {
		"started": [given.on_plan({"plans": [given.plan({})]}), {{"item": "", "until": given.bought - given.second}}],
		"within a second": [
			given.on_plan({"plans": [given.plan({"period_start": given.bought + 1})]}),
			{{"item": "", "until": given.bought}},
		],
		"not charged": [given.on_plan({"plans": [given.plan({"charged": false})]}), set()],
	}
	found := policy.windows with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-nr") == tc[1]
}

test_pays_the_fee_of_a_period[note] if {
	some note, tc in {
		"all": [given.on_plan({"plans": [given.plan({})]}), {{"item": "", "amount": 3000, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}}],
		"nothing": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 3000})]}),
			{{"item": "", "amount": 0, "gross": 3000, "paid": 3000, "taken": 3000, "fee": 0, "tax": 0}},
		],
		"the rest": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 1000})]}),
			{{"item": "", "amount": 2000, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}},
		],
		"never below nothing": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 3001})]}),
			{{"item": "", "amount": 0, "gross": 3000, "paid": 3000, "taken": 0, "fee": 0, "tax": 0}},
		],
	}
	found := policy.entitlements with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-nr") == tc[1]
}

test_takes_off_the_refunds_of_a_period[note] if {
	some note, tc in {
		"none": [given.on_plan({"plans": [given.plan({})]}), set()],
		"some": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 1000})]}),
			{{"item": "", "code": "already_refunded", "amount": -1000}},
		],
		"too many": [
			given.on_plan({"plans": [given.plan({"refunded_unused": 3001})]}),
			{{"item": "", "code": "already_refunded", "amount": -3000}},
		],
		"1": [given.on_plan({"plans": [given.plan({"refunded_unused": 1})]}), {{"item": "", "code": "already_refunded", "amount": -1}}],
	}
	found := policy.deductions with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-nr") == tc[1]
}

test_lets_the_law_in[note] if {
	some note, tc in {
		"a consumer": [given.from("DE"), {{}}],
		"elsewhere": [{}, set()],
	}
	found := policy.overlays with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-nr-law") == tc[1]
}

test_asks_the_consent[note] if {
	some note, tc in {
		"used": [given.both(given.from("DE"), {"lots": [given.used_lot(1, 0, {})]}), {{}}],
		"unused": [given.from("DE"), set()],
		"elsewhere": [{"lots": [given.used_lot(1, 0, {})]}, set()],
		"used, too late": [given.both(given.from("DE"), given.both(given.at(given.withdrawal_ends.moved_ends), {"lots": [given.used_lot(1, 0, {})]})), set()],
	}
	found := policy.consents with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/sub-nr-law") == tc[1]
}

test_reads_the_consent[note] if {
	some note, tc in {
		"recorded": [
			given.both(given.from("DE"), {"lots": [given.used_lot(1, 0, {})]}),
			{"deemed_consent", "statutory.class"},
		],
		"not recorded": [
			given.both(given.from("DE"), {"lots": [given.used_lot(1, 0, {"consent": given.no_consent})]}),
			{"deemed_consent", "no_consent_mode", "statutory.class"},
		],
		"unused": [given.from("DE"), {"statutory.class"}],
		"with a fee": [
			given.both(given.from("DE"), {"lots": [given.lot({"fee": 100})]}),
			{"statutory.class", "statutory.fee_included"},
		],
		"elsewhere": [{}, set()],
		"used, too late": [given.both(given.from("DE"), given.both(given.at(given.withdrawal_ends.moved_ends), {"lots": [given.used_lot(1, 0, {})]})), set()],
		"a fee of 1": [given.both(given.from("DE"), {"lots": [given.lot({"fee": 1})]}), {"statutory.class", "statutory.fee_included"}],
		"a fee of a lot that is used up": [given.both(given.from("DE"), {"lots": [given.used_lot(1000, 100, {"fee": 1})]}), {"deemed_consent", "statutory.class"}],
	}
	found := policy.readings with input as given.yunxin(tc[0])
	read := {reading.parameter | some reading in given.said_by(found, "yunxin/sub-nr-law")}
	read - {"covered_countries", "statutory.rollover"} == tc[1]
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
	found := policy.readings with input as given.yunxin(tc[0])
	read := {reading.parameter | some reading in given.said_by(found, "yunxin/sub-nr-law")}
	read & {"covered_countries", "statutory.rollover", "unknown_as_consumer", "statutory_vs_disqualifier"} == tc[1]
}

# territories of the Union with codes of their own are not covered
test_covers_the_countries_that_have_the_right if {
	territories := {"GP", "MQ", "GF", "RE", "YT", "MF", "AX"}
	{country | some country in given.parameters("yunxin").covered_countries} == object.keys(law.regimes) - territories
}
