package policies["router-one"]

import data.law
import data.law.withdrawal

# Where the country has no regime OPA's rule index passes over the rules that ask for it first.

# METADATA
# title: Credits are a digital service
# custom: {clause: router-one/1-digital-service, role: GRANTS}
readings contains {"parameter": "statutory.class", "cite": rego.metadata.rule().custom} if {
	law.regimes[input.customer.country]
	some _ in withdrawal.in_time
}
