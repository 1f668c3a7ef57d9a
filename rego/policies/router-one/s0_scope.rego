# METADATA
# title: The Router One refund policy
# description: The clauses of the Router One refund policy, a file a section, in the order of the text.
# scope: package
# schemas:
#   - input: schema.input
#   - input.parameters: schema.policies["router-one"]
package policies["router-one"]

import data.lib.purchases

# METADATA
# title: Sold by somebody else
# custom: {clause: router-one/scope, role: BARS}
exclusions contains {"item": lot.id, "code": "not_in_scope", "cite": rego.metadata.rule().custom} if {
	some lot in input.lots
	lot.sold_elsewhere
	purchases.refund_asked
}

# METADATA
# title: Nobody was charged for the lot
# custom: {clause: router-one/scope, role: BARS}
exclusions contains {"item": lot.id, "code": "nothing_paid", "cite": rego.metadata.rule().custom} if {
	some lot in input.lots
	not lot.charged
	not lot.sold_elsewhere
	lot.category == "PAID"
	purchases.refund_asked
}

# METADATA
# title: Nobody was charged for the period
# custom: {clause: router-one/scope, role: BARS}
exclusions contains {"item": "", "code": "nothing_paid", "cite": rego.metadata.rule().custom} if {
	plan := input.plans[0]
	not plan.charged
	purchases.refund_asked
}
