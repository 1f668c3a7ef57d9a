package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_refuses_cryptocurrency[note] if {
	some note, tc in {
		"from a wallet": ["btc", {{"item": "L1", "code": "openrouter_crypto"}}],
		"by card": ["card", set()],
	}
	found := rulebook.refusals with input as given.grounded({"payments": [given.payment({"method": tc[0]})]})
	given.on({"openrouter_crypto"}, found) == tc[1]
}
