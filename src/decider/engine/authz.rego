# Who may ask OPA what: only the service that started it (it alone knows the token), and only the two paths it uses.
# Beside the policies' bundle, never part of it: the supervisor adds the digest of a fresh token as data at every start.
package system.authz

default allow := false

allow if {
	_authenticated
	input.method == "POST"
	input.path == ["v1", "data", "decider", "decisions"]
}

allow if {
	_authenticated
	input.method == "GET"
	input.path == ["health"]
}

# The token itself is nowhere in OPA's memory but in the request.
_authenticated if crypto.sha256(input.identity) == data.system.token.sha256
