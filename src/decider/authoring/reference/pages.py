"""The pages of the reference: a page a policy, one for the law, and an index, as Markdown by file name."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from decider.authoring.reference.findings import Case, Rule, Test, cases_of, rules_of, tests_of
from decider.authoring.reference.parameter_entries import Change, ParameterEntry, changes_of, entries_of
from decider.authoring.reference.reads import CALENDAR, LAW, Reads
from decider.authoring.reference.rendering import Link, render
from decider.authoring.reference.stages import STAGES, Stage
from decider.authoring.rego_syntax import Module, files_that_decide, parse_each
from decider.bundle import Catalog, Clause, PolicyInfo, load_catalog
from decider.workspace import Workspace

__all__ = ["INDEX", "pages"]

INDEX = "README.md"


@dataclass
class ClauseEntry:
    """One clause with all that stands behind it; `readings` are the parameters that settle how the text is read.

    The entry of a reading is None where it is no parameter but a fact.
    """

    clause: Clause
    anchor: str
    rules: list[Rule]
    readings: list[tuple[str, ParameterEntry | None]]
    parameters: list[ParameterEntry]
    asks_law: bool
    tests: list[Test]
    cases: list[Case]


@dataclass
class VersionEntry:
    """One version, its day, and what it changed against the one before it."""

    version: str
    since: str
    rules: str
    changes: Sequence[Change] = field(default_factory=list)


class _Sources:
    """Everything that the pages are made of, read once."""

    def __init__(self, workspace: Workspace, opa: Path) -> None:
        self.workspace = workspace
        self.catalog: Catalog = load_catalog(workspace.rego)
        self.modules: Sequence[Module] = parse_each(opa, workspace.rego, files_that_decide(workspace.rego))
        self.decides = [module for module in self.modules if not module.is_test]
        self.reads = Reads(self.decides)
        self.rules = rules_of(workspace, self.decides, self.catalog, self.reads)
        self.tests = tests_of(workspace, self.modules, self.catalog.clauses)
        self.cases = cases_of(workspace, self.catalog.clauses)
        self.entries = {policy_id: entries_of(workspace, policy) for policy_id, policy in self.catalog.policies.items()}
        self.read_by_law = self._read_by(LAW)
        self.read_by_decider = self._read_by("decider")

    def clause(self, clause: Clause, parameters: Mapping[str, ParameterEntry]) -> ClauseEntry:
        """Gather what stands behind a clause; `parameters` are those of the page."""
        rules = [rule for rule in self.rules if rule.clause_id == clause.clause_id]
        rules.sort(key=lambda rule: clause.grounds.index(rule.code) if rule.code in clause.grounds else 0)
        named = {clause.clause_id, *clause.grounds, *clause.readings}
        names = {name for rule in rules for name in rule.read.parameters} | set(clause.readings)
        return ClauseEntry(
            clause=clause,
            anchor=_anchor(clause.clause_id),
            rules=rules,
            readings=[(name, parameters.get(name)) for name in clause.readings],
            parameters=[entry for name, entry in parameters.items() if name in names],
            asks_law=any(rule.read.asks_law for rule in rules),
            tests=[test for test in self.tests if named & test.names],
            cases=[case for case in self.cases if clause.clause_id in case.clauses],
        )

    def _read_by(self, folder: str) -> frozenset[str]:
        """Return the parameters that the rules of a folder of rego/ read."""
        modules = [module for module in self.decides if module.package.split(".")[0] == folder]
        found = [self.reads.of(module, module.rules) for module in modules]
        return frozenset().union(*(one.parameters for one in found))


def pages(workspace: Workspace, opa: Path) -> dict[str, str]:
    """Return every page by its file name, as it should be. Raises BundleInvalid and DocumentInvalid."""
    sources = _Sources(workspace, opa)
    policies = list(sources.catalog.policies.values())
    made = {f"{policy.policy_id}.md": _policy_page(sources, policy) for policy in policies}
    made[f"{LAW}.md"] = _law_page(sources)
    index = {
        "policies": [(policy, _versions(policy)) for policy in policies],
        "stages": STAGES,
        "law_clauses": len(_law_clauses(sources.catalog)),
        "regimes": sorted(sources.catalog.periods),
    }
    made[INDEX] = render("index.md.j2", _link(workspace), index)
    return made


def _policy_page(sources: _Sources, policy: PolicyInfo) -> str:
    parameters = sources.entries[policy.policy_id]
    clauses = [sources.clause(clause, parameters) for clause in policy.clauses]
    context = {
        "policy": policy,
        "versions": _versions(policy),
        "clauses": clauses,
        "stages": [(stage, _speaking(stage, clauses)) for stage in STAGES],
        "parameters": [(entry, _readers(sources, clauses, entry.name)) for entry in parameters.values()],
        "folder": sources.workspace.name(sources.workspace.rego / "policies" / policy.policy_id),
    }
    return render("policy.md.j2", _link(sources.workspace), context)


def _law_page(sources: _Sources) -> str:
    parameters = _law_parameters(sources)
    context = {
        "clauses": [sources.clause(clause, parameters) for clause in _law_clauses(sources.catalog)],
        "parameters": [
            (entry, [(policy_id, entries[entry.name].now) for policy_id, entries in sources.entries.items()])
            for entry in parameters.values()
        ],
        "regimes": {
            regime: [country for country, of in sources.catalog.regimes.items() if of == regime]
            for regime in sources.catalog.periods
        },
        "periods": sources.catalog.periods,
        "aliases": sources.catalog.country_aliases,
        "treated_as_holidays": sources.catalog.holidays.treated,
        "policies": list(sources.catalog.policies.values()),
        "folder": sources.workspace.name(sources.workspace.rego / LAW),
    }
    return render("law.md.j2", _link(sources.workspace), context)


def _law_clauses(catalog: Catalog) -> list[Clause]:
    return [clause for clause in catalog.clauses.values() if clause.clause_id.startswith(f"{LAW}/")]


def _law_parameters(sources: _Sources) -> dict[str, ParameterEntry]:
    """Those that the law reads, as the first policy describes them: every policy has them."""
    first = next(iter(sources.entries.values()))
    return {name: entry for name, entry in first.items() if name in sources.read_by_law}


def _speaking(stage: Stage, clauses: Sequence[ClauseEntry]) -> list[ClauseEntry]:
    """The clauses that have a say at a step; readings and warnings go with whatever they are about."""
    sets = set(stage.sets) - {"readings", "warnings"}
    return [entry for entry in clauses if any(rule.adds_to in sets for rule in entry.rules)]


def _readers(sources: _Sources, clauses: Sequence[ClauseEntry], name: str) -> tuple[list[ClauseEntry], list[str]]:
    """The clauses that read a parameter, and what else does."""
    others = [
        ("the law", name in sources.read_by_law),
        ("every decision", name in sources.read_by_decider),
        ("the calendars", any(name in names for names in CALENDAR.values())),
    ]
    reading = [entry for entry in clauses if any(one.name == name for one in entry.parameters)]
    return reading, [who for who, does in others if does]


def _versions(policy: PolicyInfo) -> list[VersionEntry]:
    made, before = [], None
    for version in policy.versions:
        since = datetime.fromtimestamp(version.effective_from_ns // 10**9, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        changes = changes_of(before, version) if before else list[Change]()
        made.append(VersionEntry(version.version, since, version.rules, changes))
        before = version
    return made


def _anchor(clause_id: str) -> str:
    """Return the anchor of a clause on its page: its id without the policy's."""
    return clause_id.partition("/")[2].replace("/", "-")


def _link(workspace: Workspace) -> Link:
    """Return what turns a file, by its name in reports, and a line of it into the target of a link from a page."""
    up = Path(os.path.relpath(workspace.root, workspace.docs)).as_posix()

    def link(file: str, line: int = 0) -> str:
        return f"{up}/{file}" + (f"#L{line}" if line else "")

    return link
