package conventions_test

import data.conventions

# one rule of a policy, as `opa parse` gives it, by name, keys of its element and METADATA
_rule(name, keys, custom) := {
	"annotations": [{"custom": custom}],
	"head": {"ref": [{"type": "var", "value": name}], "key": {"type": "object", "value": _pairs(keys)}},
	"location": {"row": 7},
}

_pairs(keys) := [[{"value": key}, {}] | some key in keys]

_tree(rule) := {"package": {"path": [{"value": "data"}, {"value": "policies"}, {"value": "shop"}]}, "rules": [rule]}

_given(rule) := {
	"files": {"rego/policies/shop/s1.rego": _tree(rule)},
	"clauses": {"shop": ["one"]},
	"parameters": {"shop": {}},
	"common": {},
	"schema": {"properties": {}},
	"named": ["shop/one"],
}

_found(rule) := {breach.message |
	breaches := conventions.breaches with input as _given(rule)
	some breach in breaches
	breach.row == 7
}

test_a_rule_as_it_should_be if {
	_found(_rule("holds", {"code", "cite"}, {"clause": "shop/one", "role": "BARS"})) == set()
}

test_an_unknown_clause if {
	_found(_rule("holds", {"code", "cite"}, {"clause": "shop/two", "role": "BARS"})) == {"holds: no clause shop/two"}
}

test_an_unknown_role if {
	_found(_rule("holds", {"code", "cite"}, {"clause": "shop/one", "role": "BAR"})) == {"holds: no role BAR"}
}

test_no_clause if {
	_found(_rule("holds", {"code", "cite"}, {})) == {"holds: no METADATA with clause and role"}
}

test_an_unknown_export if {
	_found(_rule("hold", {"code", "cite"}, {"clause": "shop/one", "role": "BARS"})) == {"hold: no such export"}
}

test_an_unknown_key if {
	found := _found(_rule("holds", {"kode", "cite"}, {"clause": "shop/one", "role": "BARS"}))
	found == {`holds: keys {"cite", "kode"}, not {"cite", "code"}`}
}
