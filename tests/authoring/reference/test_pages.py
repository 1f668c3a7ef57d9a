"""The reference says all that there is to say: every clause, parameter and step, with links that lead somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest

from decider.authoring.reference.stages import LAW_SETS, ROLES, SETS, STAGES
from decider.bundle import load_catalog
from decider.bundle.parameters import declared_in
from decider.bundle.yaml_core import parse_yaml
from decider.workspace import Workspace
from support.shipped import REGO, ROOT

CATALOG = load_catalog(REGO)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_checked_in_pages_are_as_the_policies_are(workspace: Workspace, made: Mapping[str, str]) -> None:
    assert {file.name: file.read_text() for file in workspace.docs.glob("*.md")} == made


def page_of(clause_id: str, made: Mapping[str, str]) -> str:
    return made[f"{clause_id.partition('/')[0]}.md"]


@pytest.mark.parametrize("clause_id", CATALOG.clauses)
def test_every_clause_has_its_entry(clause_id: str, made: Mapping[str, str]) -> None:
    clause = CATALOG.clauses[clause_id]
    entry = page_of(clause_id, made).partition(f"`{clause_id}`, section {clause.section}")[2].partition("<a id=")[0]

    assert clause.summary in entry
    assert clause.ambiguity in entry
    assert clause.note in entry
    assert "**What it does**" in entry
    assert "**Rego tests:** [" in entry
    assert f"| [{clause_id}](#" in page_of(clause_id, made)


def test_clauses_stand_in_the_order_of_the_text(made: Mapping[str, str]) -> None:
    for policy_id, policy in CATALOG.policies.items():
        listed = re.findall(r"^`(\S+/\S+)`, section ", made[f"{policy_id}.md"], flags=re.MULTILINE)
        assert listed == [clause.clause_id for clause in policy.clauses]


@pytest.mark.parametrize("policy_id", CATALOG.policies)
def test_every_parameter_is_explained_with_its_domain_and_its_readers(policy_id: str, made: Mapping[str, str]) -> None:
    schemas = declared_in(REGO, policy_id)
    for name in CATALOG.policies[policy_id].versions[0].parameters:
        schema = schemas[name]
        entry = made[f"{policy_id}.md"].partition(f'<a id="parameter-{name}"></a>')[2].partition("<a id=")[0]
        assert str(schema["description"]) in entry
        assert str(schema.get("note", "")) in entry
        assert re.search(r"^- May be: .+\. Default: `.*`\.$", entry, flags=re.MULTILINE)
        assert re.search(r"^- Read by: .+\.$", entry, flags=re.MULTILINE)


def test_a_clause_names_the_parameters_that_its_rules_read_through_what_they_call(made: Mapping[str, str]) -> None:
    entry = made["yunxin.md"].partition('<a id="nr-14d"></a>')[2].partition("<a id=")[0]

    assert re.findall(r"^\| \[`([\w.]+)`\]", entry, flags=re.MULTILINE) == ["window.days", "window.mode", "window.tz"]


def test_a_reading_is_shown_with_what_it_could_be_instead(made: Mapping[str, str]) -> None:
    entry = made["yunxin.md"].partition('<a id="unused-used-portion"></a>')[2].partition("<a id=")[0]

    assert "[`partial_use`](#parameter-partial_use) is `pro_rata`; it could be `strict`, `review`." in entry


@pytest.mark.parametrize("name", [*(f"{policy_id}.md" for policy_id in CATALOG.policies), "law.md", "README.md"])
def test_every_link_leads_somewhere(name: str, workspace: Workspace, made: Mapping[str, str]) -> None:
    links = _LINK.findall(made[name])
    assert links
    assert [link for link in links if not _leads_somewhere(link, name, workspace, made)] == []


def _leads_somewhere(link: str, page: str, workspace: Workspace, made: Mapping[str, str]) -> bool:
    target, _, fragment = link.partition("#")
    if not target or target in made:
        return not fragment or f'<a id="{fragment}"></a>' in made[target or page]
    file = workspace.docs / target
    if not fragment:
        return file.exists()
    return file.is_file() and 1 <= int(fragment.removeprefix("L")) <= len(file.read_text().splitlines())


def test_links_to_rules_lead_to_the_rule(made: Mapping[str, str]) -> None:
    [line] = re.findall(r"\[All credits were consumed\]\(\.\./\.\./(rego/\S+)#L(\d+)\)", made["yunxin.md"])
    assert (ROOT / line[0]).read_text().splitlines()[int(line[1]) - 1].startswith("refusals contains ")


def test_what_nobody_checked_is_marked_on_the_pages(made: Mapping[str, str]) -> None:
    for name in (*(f"{policy_id}.md" for policy_id in CATALOG.policies), "law.md"):
        for parameter in ("covered_countries", "statutory.rollover", "unknown_as_consumer"):
            entry = made[name].partition(f'<a id="parameter-{parameter}"></a>')[2].partition("<a id=")[0]
            assert "(unverified)" in entry


def _keys(name: str, conventions: str) -> list[str]:
    """The keys of an object of rego/conventions, a line each."""
    return re.findall(r'^\t"(\w+)":', conventions.partition(f"\n{name} := {{\n")[2].partition("\n}")[0], re.MULTILINE)


def test_the_steps_know_every_set_that_a_policy_exports() -> None:
    conventions = (REGO / "conventions" / "conventions.rego").read_text()

    assert sorted(SETS) == _keys("exports", conventions)
    assert sorted(name for stage in STAGES for name in stage.sets) == sorted(SETS)
    assert sorted(LAW_SETS) == _keys("law_exports", conventions)
    assert f"roles := {{{', '.join(map(json.dumps, ROLES))}}}" in conventions


def test_versions_stand_with_their_dates(made: Mapping[str, str]) -> None:
    for policy_id in CATALOG.policies:
        versions = parse_yaml((REGO / "policies" / policy_id / "versions" / "data.yaml").read_bytes())
        assert isinstance(versions, dict)
        for version, entry in versions.items():
            assert isinstance(entry, dict)
            assert f"| `{version}` | {entry['effective_from']} |" in made[f"{policy_id}.md"]
