# METADATA
# title: Conventions
# description: >-
#   Rules about the source of the policies that `opa check` and the build of a bundle cannot check. The input is what
#   `decider gate` gathers, every path below rego/: `files` (path to syntax tree), `codes` (rule set, or empty for the
#   rulebook, to the codes that it lists), `clauses` (id to its file, row, whether it is a mere fact, and whether it has a
#   ground or a reading), `tested` and `worked` (ids that a Rego test names, that a golden case cites), `parameters`
#   (policy, or empty for what all have, to name to schema), `schema` (of the policies' input), `texts` (policy, or law, to
#   kind to the codes that have a text) and `law_grounds` (regime to code to citation). It answers with `breaches`,
#   `clause_breaches` and `parameter_breaches`. No part of the served bundle.
# scope: package
package conventions

# What the rulebook exports, and the keys of each element.
exports := {
	"agreements": {"item", "terms", "cite"},
	"bars": {"code", "outcome", "cite"},
	"bonus_removals": {"item", "mode", "cite"},
	"cancellations": {"type", "when", "cite"},
	"consents": {"cite"},
	"contested_bars": {"cite"},
	"contested_reviews": {"event", "code", "credits", "cite"},
	"deductions": {"item", "code", "amount", "cite"},
	"duties": {"type", "on", "due", "not_before", "cite"},
	"entitlements": {"item", "worth", "cite"},
	"exceptions": {"code", "payment", "cite"},
	"exclusions": {"item", "code", "cite"},
	"faults": {"field", "description"},
	"grants": {"item", "cite"},
	"holds": {"code", "cite"},
	"losses": {"payment", "cite"},
	"missing": {"code", "cite"},
	"outages": {"cite"},
	"overlays": {"cite"},
	"payouts": {"type", "payment", "cite"},
	"proportions": {"item", "cite"},
	"readings": {"parameter", "cite"},
	"refusals": {"item", "code", "cite"},
	"restorations": {"event", "credits", "cite"},
	"retentions": {"payment", "amount"},
	"reversals": {"kind", "payment", "formless", "cite"},
	"reviews": {"item", "code", "cite"},
	"service_bars": {"cite"},
	"service_credit_reviews": {"incident", "credits", "cite"},
	"service_credits": {"incident", "credits", "cite"},
	"warnings": {"code", "cite"},
	"windows": {"item", "until"},
}

# What the law exports.
law_exports := {
	"duties": {"type", "due", "cite"},
	"findings": {"cite"},
	"over_bars": {"cite"},
	"over_terms": {"cite"},
	"warnings": {"code", "cite"},
}

roles := {"GRANTS", "BARS", "LIMITS", "REQUIRES"}

# Parameters that no rule reads, since the calendars are facts: the policy input is built by them.
read_by_context := {"window.tz", "window.days", "business_tz", "holidays"}

# The exports whose codes stand in a decision, each with the kind of its texts.
kinds_of_texts := {
	"deductions": "lines",
	"exclusions": "warnings",
	"holds": "warnings",
	"missing": "missing",
	"warnings": "warnings",
}

_files[path] := module if {
	some path, module in input.files
	not endswith(path, "_test.rego")
}

# path of a file -> the path of its package
_packages[path] := [part.value | some i, part in module.package.path; i > 0] if some path, module in _files

# path of a file with rules of a policy's own -> the policy
_owners[path] := owner if {
	some path, _ in _files
	["policies", owner] = array.slice(split(path, "/"), 0, 2)
}

_in_rulebook(path) if _packages[path] == ["rulebook"]

_exports_of[path] := exports if {
	some path, _ in _files
	_in_rulebook(path)
}

_exports_of[path] := law_exports if some path, ["law", "statute"] in _packages

# every rule of the rulebook or of the law that others read
_public contains {"path": path, "row": rule.location.row, "name": _name(rule), "rule": rule} if {
	some path, _ in _exports_of
	some rule in _files[path].rules
	not startswith(_name(rule), "_")
}

_name(rule) := rule.head.ref[0].value

_deciding contains found if {
	some found in _public
	found.rule.head.key
}

_keys(found) := {pair[0].value | some pair in found.rule.head.key.value} if found.rule.head.key.type == "object"

# the codes that a rule reads of `input.grounds`, or, of the law, of `withdrawal.grounds`
_grounds(rule) := {node.value[2].value |
	walk(rule, [_, node])
	node.type == "ref"
	node.value[0].value in {"input", "withdrawal"}
	node.value[1].value == "grounds"
}

_listed := {code | some codes in input.codes; some code in codes}

_breach(path, row, message) := {"path": path, "row": row, "message": message}

# METADATA
# description: >-
#   A finding has one ground, which a clause can name; the readings, which name a clause each, have none. What a policy alone
#   says is named after it.
breaches contains _breach(found.path, found.row, sprintf("%s: no ground, or several", [found.name])) if {
	some found in _deciding
	found.name != "readings"
	count(_grounds(found.rule)) != 1
}

breaches contains _breach(found.path, found.row, sprintf("%s: no such code: %s", [found.name, code])) if {
	some found in _deciding
	_in_rulebook(found.path)
	some code in _grounds(found.rule)
	not code in object.get(input.codes, object.get(_owners, found.path, ""), [])
}

breaches contains _breach(path, rule.location.row, sprintf("%s: does not begin with %s", [_name(rule), prefix])) if {
	some path, owner in _owners
	prefix := sprintf("_%s_", [replace(owner, "-", "_")])
	some rule in _files[path].rules
	not exports[_name(rule)]
	not startswith(_name(rule), prefix)
}

breaches contains _breach(path, 0, "its rules are no part of the rulebook") if {
	some path, _ in _owners
	not _in_rulebook(path)
}

# METADATA
# description: Every code of a list is the ground of a rule.
breaches contains _breach(_file_of_codes(owner), 0, sprintf("%s: no rule has this ground", [code])) if {
	some owner, codes in input.codes
	some code in codes
	not code in _read_codes
}

_read_codes contains code if {
	some module in _files
	walk(module.rules, [_, node])
	node.type == "ref"
	some i, part in node.value
	part.value == "grounds"
	code := node.value[i + 1].value
}

_file_of_codes("") := "rulebook/codes/data.yaml"

_file_of_codes(owner) := sprintf("policies/%s/codes/data.yaml", [owner]) if owner != ""

# METADATA
# description: Every regime has a ground for every rule of the law, and no others.
breaches contains _breach(found.path, found.row, sprintf("%s: no ground %s in law/grounds for %s", [found.name, code, regime])) if {
	some found in _deciding
	not _in_rulebook(found.path)
	some code in _grounds(found.rule)
	some regime, codes in input.law_grounds
	not codes[code]
}

breaches contains _breach("law/grounds/data.yaml", 0, sprintf("%s: %s is the ground of no rule", [regime, code])) if {
	some regime, codes in input.law_grounds
	some code, _ in codes
	not code in {code | some found in _deciding; some code in _grounds(found.rule)}
}

breaches contains _breach("law/grounds/data.yaml", 0, sprintf("%s: %s: no role %s", [regime, code, cite.role])) if {
	some regime, codes in input.law_grounds
	some code, cite in codes
	not cite.role in roles
}

# METADATA
# description: An export is in the closed list, and its elements have its keys.
breaches contains _breach(found.path, found.row, sprintf("%s: no such export", [found.name])) if {
	some found in _public
	not found.name in object.keys(_exports_of[found.path])
}

breaches contains _breach(found.path, found.row, sprintf("%s: keys %v, not %v", [found.name, keys, wanted])) if {
	some found in _deciding
	wanted := _exports_of[found.path][found.name]
	keys := _keys(found)
	keys != wanted
}

breaches contains _breach(found.path, found.row, sprintf("%s: its elements are no objects", [found.name])) if {
	some found in _deciding
	found.rule.head.key.type != "object"
}

# METADATA
# description: A code that stands in a decision can be put in words (ruling 43).
breaches contains _breach(found.path, found.row, sprintf("%s: no text for %s", [found.name, pair[1].value])) if {
	some found in _deciding
	kind := kinds_of_texts[found.name]
	some pair in found.rule.head.key.value
	pair[0].value == "code"
	pair[1].type == "string"
	worded := object.get(input.texts, [object.get(_owners, found.path, "law"), kind], [])
	not pair[1].value in worded
}

# METADATA
# description: The decider reads the closed lists, and each of them has a rule.
breaches contains _breach("rulebook", 0, sprintf("no export %s", [name])) if {
	some name in (object.keys(exports) - {found.name | some found in _deciding; _in_rulebook(found.path)})
}

breaches contains _breach("decider", 0, sprintf("reads %v of the rulebook, not %v", [_read_of_rulebook, wanted])) if {
	wanted := object.keys(exports)
	_read_of_rulebook != wanted
}

_read_of_rulebook contains parts[i + 1] if {
	some path, module in _files
	startswith(path, "decider/")
	walk(module.rules, [_, node])
	node.type == "ref"
	parts := [part.value | some part in node.value]
	some i, "rulebook" in parts
	i < 2
}

# METADATA
# description: The rulebook and what it rests on know nothing of the decider, nor of any policy.
breaches contains _breach(path, node.location.row, sprintf("reads data.%s", [name])) if {
	some path, module in _files
	_packages[path][0] in {"rulebook", "law", "lib"}
	walk([module.rules, object.get(module, "imports", [])], [_, node])
	node.type == "ref"
	node.value[0].value == "data"
	name := node.value[1].value
	name in {"decider", "policies"}
}
