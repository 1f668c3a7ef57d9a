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
	"files": {"policies/shop/s1.rego": _tree(rule)},
	"clauses": {"shop/one": {"file": "policies/shop/clauses/data.yaml", "row": 3, "fact": false}},
	"tested": ["shop/one"],
	"worked": ["shop/one"],
	"rule_sets": {"shop": ["shop"]},
	"parameters": {"shop": {}},
	"rows": {"shop": {}},
	"common": {},
	"schema": {"properties": {}},
	"texts": {"shop": {"warnings": ["sold_out"]}},
}

_found(rule) := {breach.message |
	breaches := conventions.breaches with input as _given(rule)
	some breach in breaches
	breach.row == 7
}

test_a_rule_as_it_should_be if {
	_found(_rule("holds", {"code", "cite"}, {"clause": "shop/one", "role": "BARS"})) == set()
}

_of_clauses(changes) := {breach.message |
	given := object.union(_given(_rule("holds", {"code", "cite"}, {"clause": "shop/one", "role": "BARS"})), changes)
	breaches := conventions.clause_breaches with input as given
	some breach in breaches
}

test_a_clause_as_it_should_be if {
	_of_clauses({}) == set()
}

test_an_unknown_clause if {
	rule := _rule("holds", {"code", "cite"}, {"clause": "shop/two", "role": "BARS"})
	breaches := conventions.clause_breaches with input as _given(rule)
	{breach.message | some breach in breaches; breach.row == 7} == {"holds cites shop/two, which no clause list holds"}
	{breach.message | some breach in breaches; breach.row == 3} == {"shop/one: no rule emits it"}
}

test_a_clause_without_a_test if {
	_of_clauses({"tested": []}) == {"shop/one: no Rego test names it"}
}

test_a_clause_without_a_case if {
	_of_clauses({"worked": []}) == {"shop/one: no golden case cites it"}
}

test_a_mere_fact_needs_neither if {
	_of_clauses({"clauses": {"shop/two": {"file": "policies/shop/clauses/data.yaml", "row": 5, "fact": true}}}) == set()
}

test_a_mere_fact_that_a_rule_emits if {
	_of_clauses({"clauses": {"shop/one": {"fact": true}}}) == {"shop/one: marked as a mere fact, yet a rule emits it"}
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

test_a_working_day_without_the_library[note] if {
	some note, tc in {
		"a list of days": ["completion_days", {"reads input.calendar.completion_days"}],
		"another fact of the calendar": ["window_ends", set()],
	}
	read := {"type": "ref", "location": {"row": 7}, "value": [{"type": "var", "value": "input"}, _string("calendar"), _string(tc[0])]}
	rule := object.union(_rule("holds", {"code", "cite"}, {"clause": "shop/one", "role": "BARS"}), {"body": [{"terms": read}]})
	_found(rule) == tc[1]
}

_string(text) := {"type": "string", "value": text}

test_a_code_without_a_text[note] if {
	some note, tc in {
		"a text": ["holds", "sold_out", set()],
		"no text": ["holds", "sold_off", {"holds: no text for sold_off"}],
		"a text of another kind": ["missing", "sold_out", {"missing: no text for sold_out"}],
		"a code of its own": ["refusals", "sold_off", {`refusals: keys {"cite", "code"}, not {"cite", "code", "item"}`}],
	}
	rule := _rule(tc[0], set(), {"clause": "shop/one", "role": "BARS"})
	pairs := [[_string("code"), _string(tc[1])], [_string("cite"), {}]]
	_found(object.union(rule, {"head": {"key": {"value": pairs}}})) == tc[2]
}

# a rule of the law that cites the ground of a code
_of_law(code) := {
	"head": {"ref": [{"type": "var", "value": "findings"}], "key": {"type": "object", "value": _pairs({"cite"})}},
	"body": [{"terms": [{}, {}, {"type": "ref", "value": [{"type": "var", "value": "withdrawal"}, _string("grounds"), _string(code)]}]}],
	"location": {"row": 7},
}

test_grounds_of_the_law[note] if {
	some note, tc in {
		"a ground in each regime": ["in_time", {"eu": {"in_time": {"clause": "law/1", "role": "GRANTS"}}}, set()],
		"a regime without it": [
			"in_time",
			{"eu": {"in_time": {"clause": "law/1", "role": "GRANTS"}}, "uk": {}},
			{"findings: no ground in_time in law/grounds for uk"},
		],
		"no regime has it": [
			"in_tyme",
			{"eu": {"in_time": {"clause": "law/1", "role": "GRANTS"}}},
			{
				"findings: no METADATA with clause and role", "findings: no ground in_tyme in law/grounds for eu",
				"eu: in_time is the ground of no rule",
			},
		],
		"no such role": ["in_time", {"eu": {"in_time": {"clause": "law/1", "role": "GRANT"}}}, {"findings: no role GRANT"}],
	}
	tree := {"package": {"path": [{"value": "data"}, {"value": "law"}, {"value": "statute"}]}, "rules": [_of_law(tc[0])]}
	breaches := conventions.breaches with input as {"files": {"law/statute/statute.rego": tree}, "law_grounds": tc[1], "texts": {}}
	{breach.message | some breach in breaches; not startswith(breach.message, "no export"); breach.path != "decider/outcome/said.rego"} == tc[2]
}
