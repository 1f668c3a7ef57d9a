package policies["router-one"]

import data.law.withdrawal

# METADATA
# title: Credits are a digital service
# custom: {clause: router-one/1-digital-service, role: GRANTS}
readings contains {"parameter": "statutory.class", "cite": rego.metadata.rule().custom} if {
	some _ in withdrawal.in_time
}
