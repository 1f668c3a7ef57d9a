package policies.yunxin

import data.law.withdrawal
import data.lib.prorata
import data.lib.purchases
import data.lib.sender
import data.lib.window

# METADATA
# title: Within 14 days of the purchase
# custom: {clause: yunxin/unused-14d, role: GRANTS}
grants contains {"item": id, "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	window.open(lot)
}

# METADATA
# title: The end of the 14 days
# custom: {clause: yunxin/unused-14d, role: LIMITS}
windows contains {"item": id, "until": window.until(lot), "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
}

# METADATA
# title: The worth of what was not used
# custom: {clause: yunxin/unused-14d, role: GRANTS}
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
# title: May is read as an entitlement or as a discretion
# custom: {clause: yunxin/unused-14d, role: LIMITS}
reviews contains {"item": id, "code": "unused_mode", "cite": rego.metadata.rule().custom} if {
	input.parameters.unused_mode == "review"
	some id, _ in purchases.lots
}

# METADATA
# title: The exclusions are a closed list, so may is an entitlement
# custom: {clause: yunxin/unused-14d, role: GRANTS}
readings contains {"parameter": "unused_mode", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	window.open(lot)
}

# METADATA
# title: Paid back before
# custom: {clause: yunxin/unused-14d, role: LIMITS}
deductions contains {"item": id, "code": "already_refunded", "amount": worth.already_refunded, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.already_refunded < 0
}

# METADATA
# title: Less than the unused credits is asked for
# custom: {clause: yunxin/unused-14d, role: LIMITS}
deductions contains {"item": id, "code": "not_requested", "amount": worth.not_requested, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.not_requested < 0
}

# METADATA
# title: The fee is refunded as refund_fee says
# custom: {clause: yunxin/unused-14d, role: LIMITS}
deductions contains {"item": id, "code": "fee", "amount": worth.fee, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.fee < 0
}

# METADATA
# title: The tax is refunded as refund_tax says
# custom: {clause: yunxin/unused-14d, role: LIMITS}
deductions contains {"item": id, "code": "tax", "amount": worth.tax, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.tax < 0
}

# METADATA
# title: The fee stays out of the cap of the payment
# custom: {clause: yunxin/unused-14d, role: LIMITS}
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
# custom: {clause: yunxin/unused-14d, role: LIMITS}
retentions contains {"payment": payment.id, "amount": payment.fee_third_party, "cite": rego.metadata.rule().custom} if {
	input.parameters.refund_fee == true
	some payment in input.payments
}

# METADATA
# title: No text allows keeping the fee
# custom: {clause: yunxin/unused-14d, role: GRANTS}
readings contains {"parameter": "refund_fee", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.fee > 0
}

# METADATA
# title: No text allows keeping the tax
# custom: {clause: yunxin/unused-14d, role: GRANTS}
readings contains {"parameter": "refund_tax", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	lot.tax > 0
}

# METADATA
# title: Bonus left goes with a refunded purchase
# custom: {clause: yunxin/unused-14d, role: REQUIRES}
bonus_removals contains {"item": id, "mode": "all_remaining", "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.bonus_left > 0
}

_worth[id] := prorata.worth(lot, input.request, {
	"fee": _fee_back(lot),
	"tax": _tax_back(lot),
	"credits": lot.unused,
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

# METADATA
# title: Not by a support channel
# custom: {clause: yunxin/unused-channel, role: REQUIRES}
missing contains {"code": "channel", "cite": rego.metadata.rule().custom} if {
	input.request.remedy != "CANCEL_SUBSCRIPTION"
	not sender.channel_allowed
	not withdrawal.claimed
}

# METADATA
# title: The used portion
# custom: {clause: yunxin/unused-used-portion, role: LIMITS}
deductions contains {"item": id, "code": "used", "amount": worth.used, "cite": rego.metadata.rule().custom} if {
	some id, worth in _worth
	worth.used < 0
}

# METADATA
# title: A partly used purchase gives back the unused share
# custom: {clause: yunxin/unused-used-portion, role: GRANTS}
readings contains {"parameter": "partial_use", "cite": rego.metadata.rule().custom} if {
	some lot in purchases.lots
	_partly_used(lot)
}

# METADATA
# title: Partly used, and a reviewer decides
# custom: {clause: yunxin/unused-used-portion, role: LIMITS}
reviews contains {"item": id, "code": "partial_use", "cite": rego.metadata.rule().custom} if {
	input.parameters.partial_use == "review"
	some id, lot in purchases.lots
	_partly_used(lot)
}

_partly_used(lot) if {
	lot.unused > 0
	lot.unused < lot.base
}

# METADATA
# title: The least amount that is paid
# custom: {clause: yunxin/unused-14d, role: LIMITS}
readings contains {"parameter": "min_refund_minor", "cite": rego.metadata.rule().custom} if {
	some entitlement in entitlements
	entitlement.amount < input.parameters.min_refund_minor
	entitlement.amount > 0
}

# METADATA
# title: Of a used purchase the used portion is kept
# custom: {clause: yunxin/unused-used-portion, role: LIMITS}
proportions contains {"item": id, "cite": rego.metadata.rule().custom} if {
	some id, lot in purchases.lots
	lot.unused < lot.base
}
