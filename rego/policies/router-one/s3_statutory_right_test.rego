package policies["router-one_test"]

import data.law
import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_lets_the_law_in[note] if {
	some note, tc in {
		"a consumer": [given.from("DE"), {{}}],
		"elsewhere": [{}, set()],
	}
	found := policy.overlays with input as given.router_one(tc[0])
	given.said_by(found, "router-one/3-withdrawal") == tc[1]
}

test_asks_the_consent[note] if {
	some note, tc in {
		"used": [given.both(given.from("DE"), {"lots": [given.used_lot(1, 0, {})]}), {{}}],
		"unused": [given.from("DE"), set()],
		"elsewhere": [{"lots": [given.used_lot(1, 0, {})]}, set()],
		"used, too late": [given.both(given.from("DE"), given.both(given.at(given.withdrawal_ends.moved_ends), {"lots": [given.used_lot(1, 0, {})]})), set()],
	}
	found := policy.consents with input as given.router_one(tc[0])
	given.said_by(found, "router-one/3-consent") == tc[1]
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
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/3-consent") == tc[1]
}

test_reads_the_fee[note] if {
	some note, tc in {
		"a fee": [given.both(given.from("DE"), {"lots": [given.lot({"fee": 1})]}), {{"parameter": "statutory.fee_included"}}],
		"no fee": [given.from("DE"), set()],
		"elsewhere": [{"lots": [given.lot({"fee": 1})]}, set()],
		"a fee of a lot without a claim": [given.both(given.from("DE"), {"lots": [given.lot({}), given.used_lot(1000, 100, {"id": "L2", "fee": 1})]}), set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/3-unused-kept") == tc[1]
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
	found := policy.readings with input as given.router_one(tc[0])
	read := {reading.parameter | some reading in given.said_by(found, "router-one/3-withdrawal")}
	read & {"covered_countries", "statutory.rollover", "unknown_as_consumer", "statutory_vs_disqualifier"} == tc[1]
}

# territories of the Union with codes of their own are not covered
test_covers_the_countries_that_have_the_right if {
	territories := {"GP", "MQ", "GF", "RE", "YT", "MF", "AX"}
	{country | some country in given.parameters("router-one").covered_countries} == object.keys(law.regimes) - territories
}
