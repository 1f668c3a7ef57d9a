# METADATA
# title: The Yunxin refund policy
# description: The clauses of the Yunxin refund policy, a file a section, in the order of the text.
# scope: package
# schemas:
#   - input: schema.input
#   - input.parameters: schema.policies["yunxin"]
package policies.yunxin

import data.lib.purchases

# METADATA
# title: Sold by somebody else
# custom: {clause: yunxin/scope, role: BARS}
exclusions contains {"item": lot.id, "code": "not_in_scope", "cite": rego.metadata.rule().custom} if {
	some lot in input.lots
	lot.sold_elsewhere
	purchases.refund_asked
}

# METADATA
# title: Given, not bought
# custom: {clause: yunxin/scope, role: BARS}
exclusions contains {"item": lot.id, "code": "nothing_paid", "cite": rego.metadata.rule().custom} if {
	some lot in input.lots
	lot.category != "PAID"
	not lot.sold_elsewhere
	purchases.refund_asked
}

# METADATA
# title: Nobody was charged for the lot
# custom: {clause: yunxin/scope, role: BARS}
exclusions contains {"item": lot.id, "code": "nothing_paid", "cite": rego.metadata.rule().custom} if {
	some lot in input.lots
	lot.category == "PAID"
	not lot.sold_elsewhere
	not lot.charged
	purchases.refund_asked
}

# METADATA
# title: No service credits are promised
# custom: {clause: yunxin/scope, role: BARS}
service_bars contains {"cite": rego.metadata.rule().custom} if {
	input.request.remedy == "SERVICE_CREDIT"
}
