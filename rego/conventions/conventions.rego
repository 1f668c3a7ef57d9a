# METADATA
# title: Conventions
# description: >-
#   Policy about policy: what `opa check` does not see. The input is what `decider gate` gathers, every path below rego/:
#   `files` (path to syntax tree), `clauses` (id to its file, row and whether it is a mere fact), `tested` and `worked`
#   (ids that a Rego test names, that a golden case cites), `rule_sets` (policy to the folders that its versions name),
#   `parameters` (policy to name to schema, and to row in `rows`), `common` (those of every policy), `schema` (of the
#   policies' input), `texts` (policy, or law, to kind to the codes that have a text) and `law_grounds` (regime to code to
#   citation). It answers with `breaches`, `clause_breaches` and `parameter_breaches`. No part of the served bundle.
# scope: package
package conventions

# What a policy exports, and the keys of each element beside `cite`.
exports := {
	"agreements": {"item", "terms"},
	"amendments": set(),
	"bars": {"code", "outcome"},
	"bonus_removals": {"item", "mode"},
	"cancellations": {"type", "when"},
	"consents": set(),
	"contested_bars": set(),
	"contested_reviews": {"event", "code", "credits"},
	"deductions": {"item", "code", "amount"},
	"duties": {"type", "on", "payment", "due", "not_before"},
	"entitlements": {"item", "amount", "gross", "paid", "taken", "fee", "tax"},
	"exceptions": {"code", "payment"},
	"exclusions": {"item", "code"},
	"faults": {"field", "description"},
	"grants": {"item"},
	"holds": {"code"},
	"losses": {"payment"},
	"missing": {"code"},
	"outages": set(),
	"overlays": set(),
	"proportions": {"item"},
	"readings": {"parameter"},
	"refusals": {"item", "code"},
	"restorations": {"event", "credits"},
	"retentions": {"payment", "amount"},
	"reversals": {"kind", "payment", "formless"},
	"reviews": {"item", "code"},
	"service_bars": set(),
	"service_credits": {"incident", "credits", "state"},
	"warnings": {"code"},
	"windows": {"item", "until"},
}

# What the law exports.
law_exports := {
	"duties": {"type", "due"},
	"findings": set(),
	"over_bars": set(),
	"over_terms": set(),
	"warnings": {"code"},
}

roles := {"GRANTS", "BARS", "LIMITS", "REQUIRES"}

# Parameters that no rule reads, since the calendars are facts: decider.context does.
read_by_context := {"window.tz", "window.days", "business_tz", "holidays"}

# The exports whose codes stand in a decision, each with the kind of its texts.
kinds_of_texts := {
	"deductions": "lines",
	"exclusions": "warnings",
	"holds": "warnings",
	"missing": "missing",
	"warnings": "warnings",
}

# Facts that are reported as a reading, since nobody told them (ruling 23).
read_facts := {"consumption_order"}

_files[path] := module if {
	some path, module in input.files
	not endswith(path, "_test.rego")
}

# path of a file -> the path of its package
_packages[path] := [part.value | some i, part in module.package.path; i > 0] if some path, module in _files

_rule_sets[path] := name if some path, ["policies", name] in _packages

_exports_of[path] := exports if some path, _ in _rule_sets

_exports_of[path] := law_exports if some path, ["law", "statute"] in _packages

# every rule of a policy or of the law that others read
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

# the citations that a rule can emit, each with clause and role: its METADATA's, and those of its ground in the law
_customs(rule) := array.concat(
	[annotation.custom | some annotation in object.get(rule, "annotations", []); annotation.custom],
	[cite | some code in _grounds(rule); some codes in input.law_grounds; cite := codes[code]],
)

# the codes that a rule of the law reads of `withdrawal.grounds`
_grounds(rule) := {node.value[2].value |
	walk(rule, [_, node])
	node.type == "ref"
	node.value[0].value == "withdrawal"
	node.value[1].value == "grounds"
}

_breach(path, row, message) := {"path": path, "row": row, "message": message}

# METADATA
# description: A rule that decides has a clause and a role.
breaches contains _breach(found.path, found.row, sprintf("%s: no METADATA with clause and role", [found.name])) if {
	some found in _deciding
	count([custom | some custom in _customs(found.rule); custom.clause; custom.role]) == 0
}

breaches contains _breach(found.path, found.row, sprintf("%s: no role %s", [found.name, custom.role])) if {
	some found in _deciding
	some custom in _customs(found.rule)
	not custom.role in roles
}

# METADATA
# description: Every regime has a ground for every rule of the law, and no others.
breaches contains _breach(found.path, found.row, sprintf("%s: no ground %s in law/grounds for %s", [found.name, code, regime])) if {
	some found in _deciding
	some code in _grounds(found.rule)
	some regime, codes in input.law_grounds
	not codes[code]
}

breaches contains _breach("law/grounds/data.yaml", 0, sprintf("%s: %s is the ground of no rule", [regime, code])) if {
	some regime, codes in input.law_grounds
	some code, _ in codes
	not code in {code | some found in _deciding; some code in _grounds(found.rule)}
}

# METADATA
# description: An export is in the closed list, and its elements have its keys.
breaches contains _breach(found.path, found.row, sprintf("%s: no such export", [found.name])) if {
	some found in _public
	not found.name in object.keys(_exports_of[found.path])
}

breaches contains _breach(found.path, found.row, sprintf("%s: keys %v, not %v", [found.name, keys, wanted])) if {
	some found in _deciding
	wanted := _exports_of[found.path][found.name] | {"cite"}
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
	some custom in _customs(found.rule)
	worded := object.get(input.texts, [split(custom.clause, "/")[0], kind], [])
	not pair[1].value in worded
}

# METADATA
# description: A rule set and the law have every export.
breaches contains _breach(folder, 0, sprintf("no export %s", [name])) if {
	some folder, paths in _folders
	some name, _ in _exports_of[paths[0]]
	count([found | some found in _public; found.name == name; found.path in paths]) == 0
}

_folders[folder] := [path | some path, _ in _exports_of; _folder(path) == folder] if {
	some folder in {_folder(path) | some path, _ in _exports_of}
}

_folder(path) := concat("/", array.slice(parts, 0, count(parts) - 1)) if parts := split(path, "/")

# METADATA
# description: The decider reads the closed list.
breaches contains _breach("decider/outcome/said.rego", 0, sprintf("reads %v, not %v", [read, wanted])) if {
	read := {ref[3].value |
		some path, module in _files
		startswith(path, "decider/")
		walk(module.rules, [_, node])
		node.type == "ref"
		ref := node.value
		ref[0].value == "data"
		ref[1].value == "policies"
		count(ref) == 4
	} - {"versions"}
	wanted := object.keys(exports)
	read != wanted
}

# METADATA
# description: A policy and what all policies share know nothing of the decider.
breaches contains _breach(path, node.location.row, "reads data.decider") if {
	some path, module in _files
	_packages[path][0] in {"policies", "law", "lib"}
	walk([module.rules, object.get(module, "imports", [])], [_, node])
	node.type == "ref"
	node.value[0].value == "data"
	node.value[1].value == "decider"
}
