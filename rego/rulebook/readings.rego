package rulebook

import data.law.withdrawal
import data.lib.purchases
import data.lib.sender
import data.lib.window

# METADATA
# title: The parameters that were applied where the text may be read in more than one way, each with the clause that is read
readings contains {"parameter": name, "cite": {"clause": clause}} if {
	some name in (((_read_of_lots | _read_of_payments) | _read_of_request) | (_read_of_conduct | _read_of_law))
	clause := input.readings[name]
}

_read_of_lots contains name if {
	some lot in purchases.lots
	some name in ({"window.mode"} | _read_of(lot))
}

_read_of_lots contains "freshness_s" if {
	sender.balance_stale
	_details_asked
	some _ in purchases.lots
}

_read_of_lots contains "min_refund_minor" if {
	some entitlement in entitlements
	entitlement.amount < input.parameters.min_refund_minor
	entitlement.amount > 0
}

_read_of(lot) := {name |
	some name, tests in {
		"unused_mode": {true | window.open(lot)},
		"partial_use": {true | _partly_used(lot)},
		"refund_fee": {true | lot.fee > 0},
		"refund_tax": {true | lot.tax > 0},
		"deduct_consumed_bonus": {true | lot.bonus_used > 0},
		"bonus_removal": {true | lot.bonus_left > 0},
		"consumption_order": {true | _drawn_in_unknown_order(lot)},
	}
	tests[true]
}

_drawn_in_unknown_order(lot) if {
	input.ledger.consumption_order == "UNSPECIFIED"
	not lot.usage_split_told
}

_read_of_payments contains "duplicate_mode" if {
	some payment in input.payments
	payment.duplicate == "VERIFIED"
	purchases.refund_asked
}

_read_of_payments contains "non_refundable_methods" if {
	some source in input.refund_sources
	_takes_nothing_back(source)
	purchases.refund_asked
}

_read_of_payments contains "agreement.threshold_usd_minor" if {
	some agreement in input.agreements
	_by_threshold(agreement)
	some _ in purchases.lots
}

_read_of_payments contains "error_split" if {
	some event in _failed
	event.output_tokens == 0
}

_read_of_request contains "allowed_channels" if {
	_channel_in_doubt
	_channel_asked
}

# the text may be read either way for it, or it is none that the policy accepts
_channel_in_doubt if input.request.channel in input.parameters.channels_in_doubt

_channel_in_doubt if not sender.channel_allowed

_read_of_request contains "infer_order_ref" if {
	input.request.order_inferable
	_details_asked
}

_read_of_request contains "email_match" if {
	input.request.sender.is_payer_email
	not input.request.sender.is_verified_email
	_sender_asked
}

_read_of_conduct contains "account_state_as_of" if {
	input.account.changed_after_request
	purchases.refund_asked
}

_read_of_conduct contains "s8_mode" if {
	_any_confirmed
	purchases.refund_asked
}

_any_confirmed if input.risk.fraud == "CONFIRMED"

_any_confirmed if _violation_confirmed

_read_of_conduct contains "repeat_limit" if {
	_refunds_repeated
	purchases.refund_asked
}

_read_of_law contains "covered_countries" if withdrawal.covered

_read_of_law contains "unknown_as_consumer" if withdrawal.taken_for_a_consumer

_read_of_law contains "statutory.class" if some _ in withdrawal.in_time

_read_of_law contains "statutory.rollover" if some _ in withdrawal.ends_on_a_free_day

_read_of_law contains "statutory.fee_included" if {
	some id, _ in withdrawal.claims
	purchases.lots[id].fee > 0
}

_read_of_law contains "deemed_consent" if _used_in_time

_read_of_law contains "no_consent_mode" if {
	some stands in withdrawal.standing
	stands == "free"
}

_read_of_law contains "statutory_vs_disqualifier" if {
	bars != set()
	withdrawal.claimed
}
