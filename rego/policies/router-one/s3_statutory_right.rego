package policies["router-one"]

import data.law.withdrawal

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
	some lot in input.lots
	lot.id == id
	lot.fee > 0
}
