package policies["router-one"]

import data.lib.prorata
import data.lib.purchases
import data.lib.sender
import data.lib.window

# METADATA
# title: Within 14 days of the purchase
# custom: {clause: router-one/2.1-unused-base, role: GRANTS}
grants contains {"item": id, "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	window.open(lot)
}

# METADATA
# title: The end of the 14 days
# custom: {clause: router-one/2.1-unused-base, role: LIMITS}
windows contains {"item": id, "until": window.until(lot), "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
}

# METADATA
# title: More than 14 days after the purchase
# custom: {clause: router-one/2.1-unused-base, role: BARS}
refusals contains {"item": id, "code": "window", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	not window.open(lot)
}

# METADATA
# title: Days are counted as window.mode says
# custom: {clause: router-one/2.1-unused-base, role: LIMITS}
readings contains {"parameter": "window.mode", "cite": rego.metadata.rule().custom} if {
	some _ in purchases.lots
}

# METADATA
# title: A refund of the purchase is under way
# custom: {clause: router-one/2.1-unused-base, role: BARS}
holds contains {"code": "refund_in_progress", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.refund_pending
}

# METADATA
# title: A refund of the period is under way
# custom: {clause: router-one/2.1-unused-base, role: BARS}
holds contains {"code": "refund_in_progress", "cite": rego.metadata.rule().custom} if {
	some plan in purchases.plans
	plan.refund_pending
}

# METADATA
# title: A refund of the duplicate payment is under way
# custom: {clause: router-one/2.1-unused-base, role: BARS}
holds contains {"code": "refund_in_progress", "cite": rego.metadata.rule().custom} if {
	some payment in input.payments
	payment.duplicate != "NO"
	count(payment.paid_for) == 0
	not payment.paid_for_plan
	payment.refund_pending
}

# METADATA
# title: May is read as an entitlement or as a discretion
# custom: {clause: router-one/2.1-unused-base, role: LIMITS}
reviews contains {"item": id, "code": "unused_mode", "cite": rego.metadata.rule().custom} if {
	input.parameters.unused_mode == "review"
	some id, _ in purchases.lots
}

# METADATA
# title: May request is read as an entitlement
# custom: {clause: router-one/2.1-unused-base, role: GRANTS}
readings contains {"parameter": "unused_mode", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	window.open(lot)
}

# METADATA
# title: The address is none of the paying account
# custom: {clause: router-one/2.1-email, role: REQUIRES}
missing contains {"code": "sender_email", "cite": rego.metadata.rule().custom} if {
	not sender.address_fits
	_form_asked
}

# METADATA
# title: The sender is not authenticated
# custom: {clause: router-one/2.1-email, role: REQUIRES}
missing contains {"code": "verify_identity", "cite": rego.metadata.rule().custom} if {
	not input.request.sender.authenticated
	_form_asked
}

# METADATA
# title: The payer's address counts too
# custom: {clause: router-one/2.1-email, role: LIMITS}
readings contains {"parameter": "email_match", "cite": rego.metadata.rule().custom} if {
	input.request.sender.is_payer_email == true
	not input.request.sender.is_verified_email
	purchases.refund_asked
}

# what an e-mail is asked for: a refund or a cancellation, not credits that Router One restores by itself (ruling 7)
_form_asked if {
	not input.request.contested
	input.request.remedy in {"REFUND", "CANCEL_SUBSCRIPTION"}
}

# METADATA
# title: What was consumed is not known, or not recently enough
# custom: {clause: router-one/2.1-not-consumed, role: REQUIRES}
missing contains {"code": "fresh_balance", "cite": rego.metadata.rule().custom} if {
	not sender.balance_fresh
	some _ in purchases.lots
	_refund_by_form
}

# METADATA
# title: Credits held by running requests count as consumed
# custom: {clause: router-one/2.1-not-consumed, role: LIMITS}
warnings contains {"code": "credits_reserved", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.base_reserved + lot.bonus_reserved > 0
	purchases.refund_asked
}

# METADATA
# title: Bonus credits are drawn first where nobody says otherwise
# custom: {clause: router-one/2.1-not-consumed, role: LIMITS}
readings contains {"parameter": "consumption_order", "cite": rego.metadata.rule().custom} if {
	input.ledger.consumption_order == "UNSPECIFIED"
	some lot in purchases.lots
	not lot.usage_split_told
}

# METADATA
# title: A partly used purchase gives back the unused share
# custom: {clause: router-one/2.1-not-consumed, role: LIMITS}
readings contains {"parameter": "partial_use", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	_partly_used(lot)
}

# METADATA
# title: Partly used, and nothing is given back for it
# custom: {clause: router-one/2.1-not-consumed, role: BARS}
refusals contains {"item": id, "code": "strict", "cite": rego.metadata.rule().custom} if {
	input.parameters.partial_use == "strict"
	some id, lot in purchases.lots
	_partly_used(lot)
}

# METADATA
# title: Partly used, and a reviewer decides
# custom: {clause: router-one/2.1-not-consumed, role: LIMITS}
reviews contains {"item": id, "code": "partial_use", "cite": rego.metadata.rule().custom} if {
	input.parameters.partial_use == "review"
	some id, lot in purchases.lots
	_partly_used(lot)
}

_partly_used(lot) if {
	lot.unused > 0
	lot.unused < lot.base
}

_worth[id] := prorata.worth(lot, input.request, {
	"fee": _fee_back(lot),
	"tax": _tax_back(lot),
	"credits": _credits(lot),
	"rounding": input.parameters.rounding,
}) if {
	some id, lot in purchases.lots
}

default _fee_back(_) := 0

_fee_back(lot) := lot.fee if {
	input.parameters.refund_fee
	not lot.fee_kept_by_third_party
}

default _tax_back(_) := 0

_tax_back(lot) := lot.tax if input.parameters.refund_tax

_credits(lot) := lot.unused if input.parameters.deduct_consumed_bonus == false

_credits(lot) := max([0, lot.unused - (lot.bonus_used + lot.bonus_reserved)]) if input.parameters.deduct_consumed_bonus == true

# METADATA
# title: The unused share of the base purchase
# custom: {clause: router-one/2.1-prorata, role: GRANTS}
entitlements contains {
	"item": id,
	"amount": worth.amount,
	"gross": worth.gross,
	"taken": worth.taken,
	"fee": worth.fee_due,
	"tax": worth.tax_due,
	"paid": worth.paid,
	"cite": rego.metadata.rule().custom,
} if {
	some id, worth in _worth
}

# METADATA
# title: The transaction fee stays
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
deductions contains {"item": id, "code": "fee", "amount": worth.fee, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.fee < 0
}

# METADATA
# title: The tax stays
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
deductions contains {"item": id, "code": "tax", "amount": worth.tax, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.tax < 0
}

# METADATA
# title: Less than the unused credits is asked for
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
deductions contains {"item": id, "code": "not_requested", "amount": worth.not_requested, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.not_requested < 0
}

# METADATA
# title: Paid back before
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
deductions contains {"item": id, "code": "already_refunded", "amount": worth.already_refunded, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.already_refunded < 0
}

# METADATA
# title: The fee stays out of the cap of the payment
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
retentions contains {
	"payment": payment.id,
	"amount": payment.fee_own + payment.fee_third_party,
	"cite": rego.metadata.rule().custom,
} if {
	input.parameters.refund_fee == false
	some payment in input.payments
}

# METADATA
# title: A fee that a third party kept stays out of it anyway
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
retentions contains {"payment": payment.id, "amount": payment.fee_third_party, "cite": rego.metadata.rule().custom} if {
	input.parameters.refund_fee == true
	some payment in input.payments
}

# METADATA
# title: Tax is refunded as refund_tax says
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
readings contains {"parameter": "refund_tax", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.tax > 0
}

# METADATA
# title: The fee is refunded as refund_fee says
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
readings contains {"parameter": "refund_fee", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.fee > 0
}

# METADATA
# title: The least amount that is paid
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
readings contains {"parameter": "min_refund_minor", "cite": rego.metadata.rule().custom} if {
	some entitlement in entitlements
	entitlement.amount < input.parameters.min_refund_minor
	entitlement.amount > 0
}

# METADATA
# title: How old a balance may be
# custom: {clause: router-one/2.1-not-consumed, role: LIMITS}
readings contains {"parameter": "freshness_s", "cite": rego.metadata.rule().custom} if {
	sender.balance_stale
	some _ in purchases.lots
	_refund_by_form
}

# METADATA
# title: Of a used purchase the unused share is given back
# custom: {clause: router-one/2.1-prorata, role: LIMITS}
proportions contains {"item": id, "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.unused < lot.base
}
