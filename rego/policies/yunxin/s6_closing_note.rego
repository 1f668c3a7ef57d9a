package policies.yunxin

# METADATA
# title: The policy changed between the purchase and the request, or its version is not known
# custom: {clause: yunxin/version, role: LIMITS}
amendments contains {"cite": rego.metadata.rule().custom} if {
	input.policy_id
}
