# The entrypoint as rego/ has it, and a policy with one input for each way in which an evaluation can go wrong.
package decider

decisions := [result |
	some item in input.items
	result := _total with input as item
]

default _total := {"error": {"code": "undefined", "message": "no answer for this input"}}

_total := answer if {
	answer := data.policies[_version.rules].answer with input.parameters as _version.parameters
}

_version := data.policies[input.policy].versions[input.version]
