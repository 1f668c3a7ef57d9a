package conventions

# path of a file -> the parameters that its rules read
_reads[path] contains {"name": name, "row": node.location.row} if {
	some path, module in _files
	walk(module.rules, [_, node])
	node.type == "ref"
	some i, part in node.value
	_of_terms(node.value, i, part.value)
	node.value[i + 1].type == "string"
	name := node.value[i + 1].value
}

_of_terms(ref, 1, "terms") if ref[0].value == "input"

_of_terms(_, i, "parameters") if i > 0

_imports[path] contains imported.path.value[2].value if {
	some path, module in _files
	some imported in object.get(module, "imports", [])
	imported.path.value[1].value == "lib"
}

_shared contains path if {
	some path, package_path in _packages
	package_path[0] in {"decider", "law"}
}

_libs[name] contains path if {
	some path, package_path in _packages
	package_path[0] == "lib"
	name := package_path[1]
}

# the files whose reading of a parameter counts for a rule set: its own, the decider, the law, and the libraries of all these
_read_for[name] := (own | _shared) | {path | some by in (own | _shared); some lib in _imports[by]; some path in _libs[lib]} if {
	some name in {rule_set | some rule_set in _rule_sets}
	own := {path | some path, rule_set in _rule_sets; rule_set == name}
}

# METADATA
# description: A parameter is read by a rule, or by the context; and what is read is a parameter.
breaches contains _breach(sprintf("rego/policies/%s/parameters.json", [policy]), 0, sprintf("%s: no rule reads it", [name])) if {
	some policy, parameters in input.parameters
	some name, _ in parameters
	not name in read_by_context
	not name in {read.name | some path in _read_for[policy]; some read in _reads[path]}
}

breaches contains _breach(path, read.row, sprintf("%s: no parameter of %s", [read.name, policy])) if {
	some policy, parameters in input.parameters
	some path in _read_for[policy]
	some read in _reads[path]
	not read.name in object.keys(parameters)
}

breaches contains _breach(path, read.row, sprintf("%s: no parameter of every policy", [read.name])) if {
	some path in _shared
	some read in _reads[path]
	not read.name in object.keys(input.common)
}

breaches contains _breach(found.path, found.row, sprintf("readings: %s is no parameter", [pair[1].value])) if {
	some found in _deciding
	found.name == "readings"
	some pair in found.rule.head.key.value
	pair[0].value == "parameter"
	not pair[1].value in read_facts
	not pair[1].value in object.keys(input.parameters[_rule_sets[found.path]])
}

# the last name of a fact -> the values it may have
_enums[name] contains value if {
	walk(input.schema.properties, [path, node])
	some value in node.enum
	name := path[count(path) - 1]
}

_enums[name] contains value if {
	some parameters in input.parameters
	some name, schema in parameters
	some value in schema.enum
}

# METADATA
# description: A value that a fact or a parameter is compared with is one it may have.
breaches contains _breach(path, term.location.row, sprintf("%s is never %q", [field, term.value])) if {
	some path, module in _files
	_packages[path][0] in {"policies", "law", "lib"}
	walk(module.rules, [_, terms])
	is_array(terms)
	some fact in terms
	fact.type == "ref"
	last := fact.value[count(fact.value) - 1].value
	field := object.get(aliases, last, last)
	_enums[field]
	some term in _strings(terms)
	not term.value in _enums[field]
}

_strings(terms) := {terms[i] | some i in [1, 2]; terms[i].type == "string"} if {
	count(terms) == 3
	terms[0].value[0].value in {"equal", "neq"}
}

_strings(terms) := {term |
	some term in terms[2].value
	term.type == "string"
} if {
	count(terms) == 3
	terms[0].value[1].value == "member_2"
	terms[2].type in {"set", "array"}
}
