package policies["router-one_test"]

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
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/3-consent") == tc[1]
}

test_reads_the_fee[note] if {
	some note, tc in {
		"a fee": [given.both(given.from("DE"), {"lots": [given.lot({"fee": 1})]}), {{"parameter": "statutory.fee_included"}}],
		"no fee": [given.from("DE"), set()],
		"elsewhere": [{"lots": [given.lot({"fee": 1})]}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/3-unused-kept") == tc[1]
}
