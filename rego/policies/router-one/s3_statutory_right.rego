package policies["router-one"]

import data.law.withdrawal
import data.lib.purchases

# METADATA
# title: The right of withdrawal is looked at
# custom: {clause: router-one/3-withdrawal, role: GRANTS}
overlays contains {"cite": rego.metadata.rule().custom} if {
	withdrawal.covered
}

# METADATA
# title: The recorded consent decides
# custom: {clause: router-one/3-consent, role: LIMITS}
consents contains {"cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.in_time
	withdrawal.contracts[id].used > 0
}

# METADATA
# title: An absent record is no consent
# custom: {clause: router-one/3-consent, role: LIMITS}
readings contains {"parameter": "deemed_consent", "cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.in_time
	withdrawal.contracts[id].used > 0
}

# METADATA
# title: The consumer may owe nothing
# custom: {clause: router-one/3-consent, role: LIMITS}
readings contains {"parameter": "no_consent_mode", "cite": rego.metadata.rule().custom} if {
	some stands in withdrawal.standing
	stands == "free"
}

# METADATA
# title: The statutory amount has the fee in it
# custom: {clause: router-one/3-unused-kept, role: GRANTS}
readings contains {"parameter": "statutory.fee_included", "cite": rego.metadata.rule().custom} if {
	some id, _ in withdrawal.claims
	purchases.lots[id].fee > 0
}

# METADATA
# title: Whoever is not known to be a business is a consumer
# custom: {clause: router-one/3-withdrawal, role: GRANTS}
readings contains {"parameter": "unknown_as_consumer", "cite": rego.metadata.rule().custom} if {
	withdrawal.taken_for_a_consumer
}

# METADATA
# title: The countries whose law is let in
# custom: {clause: router-one/3-withdrawal, role: GRANTS}
readings contains {"parameter": "covered_countries", "cite": rego.metadata.rule().custom} if {
	withdrawal.covered
}

# METADATA
# title: A period that ends on a non-working day may be prolonged
# custom: {clause: router-one/3-withdrawal, role: GRANTS}
readings contains {"parameter": "statutory.rollover", "cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.ends_on_a_free_day
}

# METADATA
# title: The right stands against a bar of the policy
# custom: {clause: router-one/3-withdrawal, role: LIMITS}
readings contains {"parameter": "statutory_vs_disqualifier", "cite": rego.metadata.rule().custom} if {
	some _ in bars
	withdrawal.claimed
}
