package conventions

# METADATA
# description: Every citation names a clause of a policy or of the law.
clause_breaches contains _breach("law/grounds/data.yaml", 0, sprintf("%s cites %s, which no clause list holds", [code, cite.clause])) if {
	some codes in input.law_grounds
	some code, cite in codes
	not input.clauses[cite.clause]
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

_bound contains id if {
	some id, clause in input.clauses
	clause.bound
}

_bound contains cite.clause if {
	some codes in input.law_grounds
	some cite in codes
}

# METADATA
# description: A clause that is more than a fact has a ground or a reading, is tested, and worked through in a case.
clause_breaches contains _breach(clause.file, clause.row, sprintf("%s: no ground and no reading", [id])) if {
	some id, clause in input.clauses
	not clause.fact
	not id in _bound
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

clause_breaches contains _breach(clause.file, clause.row, sprintf("%s: marked as a mere fact, yet with a ground or a reading", [id])) if {
	some id, clause in input.clauses
	clause.fact
	id in _bound
}
