package policies["router-one_test"]

import data.lib.fixture_test as given
import data.policies["router-one"] as policy

test_amends[note] if {
	some note, tc in {
		"always": [{}, {{}}],
	}
	found := policy.amendments with input as given.router_one(tc[0])
	given.said_by(found, "router-one/9-changes") == tc[1]
}
