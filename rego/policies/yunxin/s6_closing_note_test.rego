package policies.yunxin_test

import data.lib.fixture_test as given
import data.policies.yunxin as policy

test_amends[note] if {
	some note, tc in {
		"always": [{}, {{}}],
	}
	found := policy.amendments with input as given.yunxin(tc[0])
	given.said_by(found, "yunxin/version") == tc[1]
}
