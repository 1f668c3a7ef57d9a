package lib.sender_test

import data.lib.fixture_test as given
import data.lib.sender

test_channel[note] if {
	some note, tc in {
		"allowed by both": ["EMAIL", true, true],
		"allowed by one": ["SUPPORT_TICKET", false, true],
		"the withdrawal function": ["WITHDRAWAL_FUNCTION", true, true],
		"not allowed": ["SOCIAL_MEDIA", false, false],
		"not told": ["UNSPECIFIED", false, false],
	}
	_channel_allowed("router-one", tc[0]) == tc[1]
	_channel_allowed("yunxin", tc[0]) == tc[2]
}

default _channel_allowed(_, _) := false

_channel_allowed(policy_id, channel) if {
	sender.channel_allowed with input as given.facts(policy_id, {"request": {"channel": channel}})
}

test_address_fits[note] if {
	some note, request in {
		"a verified address": {},
		"the payer's": {"sender": {"address": "PAYER"}},
		"none from within the account": {"channel": "IN_APP", "sender": _no_address},
		"none by the withdrawal function": {"channel": "WITHDRAWAL_FUNCTION", "sender": _no_address},
	}
	sender.address_fits with input as given.router_one({"request": request})
}

test_address_fits_not[note] if {
	some note, request in {
		"of somebody else": {"sender": {"address": "OTHER"}},
		"of somebody else, from within the account": {"channel": "IN_APP", "sender": {"address": "OTHER"}},
		"none by e-mail": {"sender": _no_address},
		"none without a session": {"channel": "IN_APP", "sender": object.union(_no_address, {"authenticated": false})},
	}
	not sender.address_fits with input as given.router_one({"request": request})
}

test_payer_is_not_verified_at_yunxin if {
	not sender.address_fits with input as given.yunxin({"request": {"sender": {"address": "PAYER"}}})
}

_no_address := {"address": null}

test_balance_fresh[note] if {
	some note, tc in {
		"new": {"ledger": {"age_ns": 0}},
		"as old as may be": {"ledger": {"age_ns": 60 * given.second}},
		"no lots": {"lots": []},
		"unknown use of a gift beside the lot": {"lots": [
			given.lot({}),
			given.lot({"id": "L2", "category": "PROMOTIONAL", "known_use": null}),
		]},
	}
	sender.balance_fresh with input as given.yunxin(tc)
}

test_balance_stale[note] if {
	some note, tc in {
		"a nanosecond older": {"ledger": {"age_ns": (60 * given.second) + 1}},
		"of no time": {"ledger": {"age_ns": null}},
		"unknown use of one lot": {"lots": [given.lot({}), given.lot({"id": "L2", "known_use": null})]},
	}
	not sender.balance_fresh with input as given.yunxin(tc)
}
