package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_reads_the_class[note] if {
	some note, tc in {
		"in time": [given.from("DE"), {{"parameter": "statutory.class"}}],
		"elsewhere": [{}, set()],
	}
	found := policy.readings with input as given.router_one(tc[0])
	given.said_by(found, "router-one/1-digital-service") == tc[1]
}
