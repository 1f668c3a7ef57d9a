package conventions_test

import data.conventions

# one rule of the rulebook, as `opa parse` gives it, by name, keys of its element and the codes that it reads
_rule(name, keys, codes) := {
	"head": {"ref": [{"type": "var", "value": name}], "key": {"type": "object", "value": _pairs(keys)}},
	"body": [{"terms": _ref(["input", "grounds", code])} | some code in codes],
	"location": {"row": 7},
}

_pairs(keys) := [[{"value": key}, {}] | some key in keys]

_ref(names) := {
	"type": "ref",
	"location": {"row": 7},
	"value": [part | some i, name in names; part := {"type": ["var", "string"][min([i, 1])], "value": name}],
}

_module(path, rule) := {"package": {"path": [{"value": part} | some part in array.concat(["data"], path)]}, "rules": [rule]}

_hold := _rule("holds", {"code", "cite"}, ["sold_out"])

_given(rule) := {
	"files": {"rulebook/shop.rego": _module(["rulebook"], rule)},
	"codes": {"": ["sold_out"], "shop": ["shop_closed"]},
	"clauses": {"shop/one": {"file": "policies/shop/clauses/data.yaml", "row": 3, "fact": false, "bound": true}},
	"tested": ["shop/one"],
	"worked": ["shop/one"],
	"parameters": {"shop": {}},
	"schema": {"properties": {}},
	"texts": {"law": {"warnings": ["sold_out"]}, "shop": {"warnings": ["sold_out", "closed"]}},
	"law_grounds": {},
}

_found_in(given) := {breach.message |
	breaches := conventions.breaches with input as given
	some breach in breaches
	breach.row == 7
}

_found(rule) := _found_in(_given(rule))

test_a_rule_as_it_should_be if _found(_hold) == set()

test_a_ground[note] if {
	some note, tc in {
		"none": [[], {"holds: no ground, or several"}],
		"two": [["sold_out", "sold_off"], {"holds: no ground, or several", "holds: no such code: sold_off"}],
		"one that is not listed": [["sold_off"], {"holds: no such code: sold_off"}],
		"one that another policy lists": [["shop_closed"], {"holds: no such code: shop_closed"}],
	}
	_found(_rule("holds", {"code", "cite"}, tc[0])) == tc[1]
}

test_a_policy_of_its_own[note] if {
	some note, tc in {
		"its own code": ["rulebook", _rule("holds", {"code", "cite"}, ["shop_closed"]), set()],
		"a code of the rulebook": ["rulebook", _hold, {"holds: no such code: sold_out"}],
		"a helper": ["rulebook", _rule("_shop_open", set(), []), set()],
		"a helper without its name": ["rulebook", _rule("_open", set(), []), {"_open: does not begin with _shop_"}],
		"another package": ["policies", _rule("_shop_open", set(), []), {"its rules are no part of the rulebook"}],
	}
	given := object.union(_given(_hold), {"files": {"policies/shop/shop.rego": _module([tc[0]], tc[1])}})
	breaches := conventions.breaches with input as given
	{breach.message | some breach in breaches; breach.path == "policies/shop/shop.rego"} == tc[2]
}

test_a_code_without_a_rule if {
	breaches := conventions.breaches with input as _given(_hold)
	{breach | some breach in breaches; contains(breach.path, "codes")} == {{
		"path": "policies/shop/codes/data.yaml", "row": 0, "message": "shop_closed: no rule has this ground",
	}}
}

test_an_unknown_export if _found(_rule("hold", {"code", "cite"}, ["sold_out"])) == {"hold: no such export"}

test_an_unknown_key if {
	found := _found(_rule("holds", {"kode", "cite"}, ["sold_out"]))
	found == {`holds: keys {"cite", "kode"}, not {"cite", "code"}`}
}

test_what_the_decider_reads if {
	reads := {"files": {"decider/said.rego": _module(["decider"], {
		"head": {"ref": [{"type": "var", "value": "said"}]},
		"body": [{"terms": _ref(["data", "rulebook", "holds"])}, {"terms": _ref(["rulebook", "bars"])}],
	})}}
	breaches := conventions.breaches with input as object.union(_given(_hold), reads)
	some breach in breaches
	breach.path == "decider"
	startswith(breach.message, `reads {"bars", "holds"} of the rulebook, not {"agreements", "bars"`)
}

test_a_working_day_without_the_library[note] if {
	some note, tc in {
		"a list of days": ["completion_days", {"reads input.calendar.completion_days"}],
		"another fact of the calendar": ["window_ends", set()],
	}
	read := {"terms": _ref(["input", "calendar", tc[0]])}
	_found(object.union(_hold, {"body": array.concat(_hold.body, [read])})) == tc[1]
}

test_a_code_without_a_text[note] if {
	some note, tc in {
		"a text": ["holds", "sold_out", set()],
		"no text": ["holds", "sold_off", {"holds: no text for sold_off"}],
		"a text of another kind": ["missing", "sold_out", {"missing: no text for sold_out"}],
		"a code of its own": ["refusals", "sold_off", {`refusals: keys {"cite", "code"}, not {"cite", "code", "item"}`}],
	}
	pairs := [[{"type": "string", "value": "code"}, {"type": "string", "value": tc[1]}], [{"value": "cite"}, {}]]
	_found(object.union(_rule(tc[0], set(), ["sold_out"]), {"head": {"key": {"value": pairs}}})) == tc[2]
}

test_a_clause[note] if {
	some note, tc in {
		"as it should be": [{}, set()],
		"without a ground": [{"clauses": {"shop/one": {"bound": false}}}, {"shop/one: no ground and no reading"}],
		"without a test": [{"tested": []}, {"shop/one: no Rego test names it"}],
		"without a case": [{"worked": []}, {"shop/one: no golden case cites it"}],
		"that is a mere fact": [
			{"clauses": {"shop/two": {"file": "policies/shop/clauses/data.yaml", "row": 5, "fact": true, "bound": false}}},
			set(),
		],
		"that is a mere fact with a ground": [
			{"clauses": {"shop/one": {"fact": true}}},
			{"shop/one: marked as a mere fact, yet with a ground or a reading"},
		],
		"of the law that no list holds": [
			{"law_grounds": {"eu": {"in_time": {"clause": "law/eu/9", "role": "GRANTS"}}}},
			{"in_time cites law/eu/9, which no clause list holds"},
		],
	}
	breaches := conventions.clause_breaches with input as object.union(_given(_hold), tc[0])
	{breach.message | some breach in breaches} == tc[1]
}

# a rule of the law that cites the ground of a code
_of_law(code) := {
	"head": {"ref": [{"type": "var", "value": "findings"}], "key": {"type": "object", "value": _pairs({"cite"})}},
	"body": [{"terms": _ref(["withdrawal", "grounds", code])}],
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
			{"findings: no ground in_tyme in law/grounds for eu", "eu: in_time is the ground of no rule"},
		],
		"no such role": ["in_time", {"eu": {"in_time": {"clause": "law/1", "role": "GRANT"}}}, {"eu: in_time: no role GRANT"}],
	}
	file := {"law/statute/statute.rego": _module(["law", "statute"], _of_law(tc[0]))}
	breaches := conventions.breaches with input as {"files": file, "codes": {}, "law_grounds": tc[1], "texts": {}}
	{breach.message | some breach in breaches; startswith(breach.path, "law/")} == tc[2]
}

test_parameters[note] if {
	some note, tc in {
		"one that is read": ["rulebook", {"fee": {}}, set()],
		"one that is not": ["rulebook", {"fee": {}, "tax": {}}, {"tax: no rule reads it"}],
		"one that is read and is none": ["rulebook", {}, {"fee: no parameter"}],
		"one that the decider reads": ["decider", {"fee": {}}, set()],
		"one that the decider reads and that some policies lack": [
			"decider",
			{"fee": {"needed_by": ["sold_out"]}},
			{"fee: no parameter of every policy"},
		],
	}
	rule := {"head": {"ref": [{"type": "var", "value": "_fee"}]}, "body": [{"terms": _ref(["input", "parameters", "fee"])}]}
	breaches := conventions.parameter_breaches with input as {
		"files": {"a.rego": _module([tc[0]], rule)},
		"parameters": {"shop": tc[1]},
	}
	{breach.message | some breach in breaches} == tc[2]
}
