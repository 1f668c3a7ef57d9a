package conventions

# path of a file -> the parameters that its rules read; a whole value, so that every tree is walked once
_reads := {path: reads |
	some path, module in _files
	reads := {{"name": name, "row": row} | some [name, row] in _reads_of(module.rules)}
}

_reads_of(rules) := {[name, node.location.row] |
	walk(rules, [_, node])
	node.type == "ref"
	some i, part in node.value
	_of_terms(node.value, i, part.value)
	node.value[i + 1].type == "string"
	name := node.value[i + 1].value
}

_of_terms(ref, 1, "parameters") if ref[0].value == "input"

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

# the files whose reading of a parameter counts for a policy: its own, the decider, the law, and the libraries of all these
_read_for[policy] := (own | _shared) | {path | some by in (own | _shared); some lib in _imports[by]; some path in _libs[lib]} if {
	some policy, names in input.rule_sets
	own := {path | some path, name in _rule_sets; name in names}
}

_names_read := {policy: {read.name | some path in paths; some read in _reads[path]} | some policy, paths in _read_for}

# METADATA
# description: A parameter is read by a rule, or by the context; and what is read is a parameter.
parameter_breaches contains _breach(sprintf("policies/%s/parameters.json", [policy]), row, sprintf("%s: no rule reads it", [name])) if {
	some policy, parameters in input.parameters
	some name, _ in parameters
	row := input.rows[policy][name]
	not name in read_by_context
	not name in _names_read[policy]
}

parameter_breaches contains _breach(path, read.row, sprintf("%s: no parameter of %s", [read.name, policy])) if {
	some policy, parameters in input.parameters
	some path in _read_for[policy]
	some read in _reads[path]
	not read.name in object.keys(parameters)
}

parameter_breaches contains _breach(path, read.row, sprintf("%s: no parameter of every policy", [read.name])) if {
	some path in _shared
	some read in _reads[path]
	not read.name in object.keys(input.common)
}

parameter_breaches contains _breach(found.path, found.row, sprintf("readings: %s is no parameter of %s", [pair[1].value, policy])) if {
	some found in _deciding
	found.name == "readings"
	some pair in found.rule.head.key.value
	pair[0].value == "parameter"
	not pair[1].value in read_facts
	some policy, names in input.rule_sets
	_rule_sets[found.path] in names
	not pair[1].value in object.keys(input.parameters[policy])
}

# the last name of a fact, or the name of a parameter -> the values it may have; a whole value, so that it is made once
_enums := {name: {pair[1] | some pair in _names_and_values; pair[0] == name} |
	some [name, _] in _names_and_values
}

_names_and_values contains [path[count(path) - 1], value] if {
	walk(input.schema.properties, [path, node])
	some value in node.enum
}

_names_and_values contains [name, value] if {
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
	field := fact.value[count(fact.value) - 1].value
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

# lists of days by their number: beyond their end there is nothing, hence no error (ruling 43)
_lists_of_days := {"completion_days", "approval_day_starts", "approval_day_ends"}

# METADATA
# description: A policy takes a working day by lib.working_days, where a day beyond the calendar is an error.
breaches contains _breach(path, node.location.row, sprintf("reads input.calendar.%s", [name])) if {
	some path, _ in _rule_sets
	walk(_files[path].rules, [_, node])
	node.type == "ref"
	node.value[0].value == "input"
	node.value[1].value == "calendar"
	name := node.value[2].value
	name in _lists_of_days
}
