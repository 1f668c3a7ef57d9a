package rulebook

import data.law.withdrawal
import data.lib.purchases
import data.lib.sender
import data.lib.window

# METADATA
# title: The parameters that were applied where the text may be read in more than one way, each with the clause that is read
readings contains {"parameter": name, "cite": {"clause": clause}} if {
	some name in _applied
	clause := input.readings[name]
}

_applied contains name if {
	some lot in purchases.lots
	some name, amount in {
		"refund_fee": lot.fee,
		"refund_tax": lot.tax,
		"deduct_consumed_bonus": lot.bonus_used,
		"bonus_removal": lot.bonus_left,
	}
	amount > 0
}

_applied contains "window.mode" if some _ in purchases.lots

_applied contains "unused_mode" if {
	some lot in purchases.lots
	window.open(lot)
}

_applied contains "partial_use" if {
	some lot in purchases.lots
	_partly_used(lot)
}

_applied contains "consumption_order" if {
	input.ledger.consumption_order == "UNSPECIFIED"
	some lot in purchases.lots
	lot.known_use != "SPLIT"
}

_applied contains "freshness_s" if {
	sender.balance_stale
	_details_asked
	some _ in purchases.lots
}

_applied contains "min_refund_minor" if {
	some entitlement in entitlements
	entitlement.worth.amount < input.parameters.min_refund_minor
	entitlement.worth.amount > 0
}

_applied contains "duplicate_mode" if {
	some payment in input.payments
	payment.duplicate == "VERIFIED"
	purchases.refund_asked
}

_applied contains "non_refundable_methods" if {
	_takes_nothing_back != set()
	purchases.refund_asked
}

_applied contains "agreement.threshold_usd_minor" if {
	some agreement in input.agreements
	_by_threshold(agreement)
	some _ in purchases.lots
}

_applied contains "error_split" if {
	some event in _failed
	event.output_tokens == 0
}

_applied contains "allowed_channels" if {
	_channel_in_doubt
	_channel_asked
}

# the text may be read either way for it, or it is none that the policy accepts
_channel_in_doubt if input.request.channel in input.parameters.channels_in_doubt

_channel_in_doubt if not sender.channel_allowed

_applied contains "infer_order_ref" if {
	input.request.order_inferable
	_details_asked
}

_applied contains "email_match" if {
	input.request.sender.address == "PAYER"
	_sender_asked
}

_applied contains "account_state_as_of" if {
	input.account.changed_after_request
	purchases.refund_asked
}

_applied contains "s8_mode" if {
	_any_confirmed
	purchases.refund_asked
}

_any_confirmed if input.risk.fraud == "CONFIRMED"

_any_confirmed if _violation_confirmed

_applied contains "repeat_limit" if {
	_refunds_repeated
	purchases.refund_asked
}

_applied contains "covered_countries" if withdrawal.covered

_applied contains "unknown_as_consumer" if withdrawal.taken_for_a_consumer

_applied contains "statutory.class" if some _ in withdrawal.in_time

_applied contains "statutory.rollover" if some _ in withdrawal.ends_on_a_free_day

_applied contains "statutory.fee_included" if {
	some id, _ in withdrawal.claims
	purchases.lots[id].fee > 0
}

_applied contains "deemed_consent" if _used_in_time

_applied contains "no_consent_mode" if {
	some stands in withdrawal.standing
	stands == "free"
}

_applied contains "statutory_vs_disqualifier" if {
	bars != set()
	withdrawal.claimed
}
