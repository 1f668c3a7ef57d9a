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

# METADATA
# description: A parameter is read by a rule, or by the building of the policy input; and what is read is a parameter.
parameter_breaches contains _breach(_file_of_parameters(owner), 0, sprintf("%s: no rule reads it", [name])) if {
	some owner, parameters in input.parameters
	some name, _ in parameters
	_declares(owner, name)
	not name in read_by_context
	not name in {read.name | some reads in _reads; some read in reads}
}

_declares("", _)

_declares(_, name) if not input.parameters[""][name]

_file_of_parameters("") := "schemas/parameters.json"

_file_of_parameters(owner) := sprintf("policies/%s/parameters.json", [owner]) if owner != ""

parameter_breaches contains _breach(path, read.row, sprintf("%s: no parameter", [read.name])) if {
	some path, reads in _reads
	some read in reads
	not read.name in {name | some parameters in input.parameters; some name, _ in parameters}
}

# METADATA
# description: Rules outside the policies read only parameters that every policy sets.
parameter_breaches contains _breach(path, read.row, sprintf("%s: no parameter of every policy", [read.name])) if {
	some path, reads in _reads
	_packages[path][0] in {"decider", "law"}
	some read in reads
	some parameters in input.parameters
	count(object.get(parameters, [read.name, "needed_by"], [])) > 0
}

# the last name of a fact, or the name of a parameter -> the values it may have; a whole value, so that it is made once
_enums := {name: {pair[1] | some pair in _names_and_values; pair[0] == name} |
	some [name, _] in _names_and_values
}

_names_and_values contains [names[count(names) - 1], value] if {
	walk(input.schema.properties, [path, node])
	some value in node.enum

	# a value that may be null is one of two alternatives
	names := [name | some name in path; not name in {"anyOf", 0}]
}

_names_and_values contains [name, value] if {
	some parameters in input.parameters
	some name, schema in parameters
	some value in schema.enum
}

# METADATA
# description: A fact or a parameter is compared only with values that its schema allows.
breaches contains _breach(path, term.location.row, sprintf("%s is never %q", [field, term.value])) if {
	some path, module in _files
	_packages[path][0] in {"rulebook", "law", "lib"}
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
# description: A rule takes a working day by lib.working_days, where a day beyond the calendar is an error.
breaches contains _breach(path, node.location.row, sprintf("reads input.calendar.%s", [name])) if {
	some path, _ in _files
	_in_rulebook(path)
	walk(_files[path].rules, [_, node])
	node.type == "ref"
	node.value[0].value == "input"
	node.value[1].value == "calendar"
	name := node.value[2].value
	name in _lists_of_days
}
