package policies["router-one"]

# METADATA
# title: The policy changed between the purchase and the request, or its version is not known
# custom: {clause: router-one/9-changes, role: LIMITS}
amendments contains {"cite": rego.metadata.rule().custom} if {
	input.policy_id
}
