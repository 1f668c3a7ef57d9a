package conventions

# METADATA
# description: A citation that a rule can emit is a clause of a list.
clause_breaches contains _breach(path, rule.location.row, message) if {
	some path, module in _files
	some rule in module.rules
	some custom in _customs(rule)
	not input.clauses[custom.clause]
	message := sprintf("%s cites %s, which no clause list holds", [_name(rule), custom.clause])
}

clause_breaches contains _breach(path, pair[1].location.row, sprintf("cites %s, which no clause list holds", [pair[1].value])) if {
	some path, module in _files
	walk(module.rules, [_, node])
	node.type == "object"
	some pair in node.value
	pair[0].value == "clause"
	pair[1].type == "string"
	not input.clauses[pair[1].value]
}

_emitted contains custom.clause if {
	some found in _deciding
	some custom in _customs(found.rule)
}

# METADATA
# description: A clause that is more than a fact is emitted by a rule, tested, and worked through in a case.
clause_breaches contains _breach(clause.file, clause.row, sprintf("%s: no rule emits it", [id])) if {
	some id, clause in input.clauses
	not clause.fact
	not id in _emitted
}

clause_breaches contains _breach(clause.file, clause.row, sprintf("%s: no Rego test names it", [id])) if {
	some id, clause in input.clauses
	not clause.fact
	not id in input.tested
}

clause_breaches contains _breach(clause.file, clause.row, sprintf("%s: no golden case cites it", [id])) if {
	some id, clause in input.clauses
	not clause.fact
	not id in input.worked
}

clause_breaches contains _breach(clause.file, clause.row, sprintf("%s: marked as a mere fact, yet a rule emits it", [id])) if {
	some id, clause in input.clauses
	clause.fact
	id in _emitted
}
