"""A policy is laid out whole, or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from decider.authoring.mutate import Mutation
from decider.authoring.opa import run
from decider.authoring.scaffold import PolicyRefused, scaffold
from decider.cli.app import main
from decider.engine.opa_binary import find_opa
from decider.errors import InvalidFacts
from decider.evaluation.validation.message_rules import require_valid
from decider.v1 import policy_service_pb2
from decider.workspace import Workspace
from support.shipped import REGO, ROOT

OPA = find_opa()


@pytest.fixture
def alone(tmp_path: Path) -> Workspace:
    """Policies alone: what lies in rego/, and nothing else."""
    shutil.copytree(REGO, tmp_path, dirs_exist_ok=True)
    return Workspace.find(tmp_path)


def contents(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_is_formatted_and_tested(alone: Workspace) -> None:
    ids = ("corner-shop", "shop2", "default")  # a name in brackets, a plain one, and a keyword of Rego
    for policy_id in ids:
        scaffold(alone, policy_id)
    # all that tests the one, and a test of each of the others, which differ in the names of their packages alone
    tests = r"^data\.clauses.*\b(corner-shop_test|(shop2|default)_test.*test_request$)"
    command: list[str | Path] = [OPA, "test", "--timeout=120s", "--bundle", ".", "--run", tests]

    assert run([OPA, "fmt", "--fail", "--list", "policies"], alone.root).stdout == ""
    tested = run([*command, "--format=json"], alone.root)
    assert (tested.returncode, len(json.loads(tested.stdout))) == (0, 8 + 2), tested.stdout


def test_has_tests_and_cases_that_notice_every_mistake(
    alone: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scaffold(alone, "corner-shop")
    kept = tmp_path_factory.mktemp("kept")
    mutation = Mutation(Workspace.find(alone.root), OPA, only=["policies/corner-shop"], results=kept)

    report = mutation.run(lambda _, __: None, jobs=1, inputs=False)

    assert [survivor.mutant.diff for survivor in report.survivors] == []


def test_is_written_beside_what_is_there(alone: Workspace) -> None:
    before = contents(alone.root)

    written = [alone.name(file) for file in scaffold(alone, "corner-shop")]

    after = contents(alone.root)
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == written
    assert "cases/corner_shop.yaml" in written
    assert "policies/corner-shop/clauses_test.rego" in written


PARAMETERS = "schemas/parameters.json"


def declare(workspace: Workspace, name: str, schema: Mapping[str, object]) -> None:
    file = workspace.rego / PARAMETERS
    document = json.loads(file.read_text())
    document["properties"][name] = schema
    file.write_text(json.dumps(document))


def test_sets_the_parameters_that_its_findings_need(alone: Workspace) -> None:
    patience = {"description": "How long.", "type": "integer", "default": 7}
    declare(alone, "patience_days", patience)
    declare(alone, "patience_of_others", {**patience, "needed_by": ["significant_outage"]})

    scaffold(alone, "corner-shop")

    versions = (alone.rego / "policies/corner-shop/versions/data.yaml").read_text()
    assert "    patience_days: 7\n" in versions
    assert "patience_of_others" not in versions


def _without_default(workspace: Workspace) -> str:
    declare(workspace, "holidays", {"description": "Days."})
    return "corner-shop"


def _without_parameters(workspace: Workspace) -> str:
    (workspace.rego / PARAMETERS).unlink()
    return "corner-shop"


def _without_codes(workspace: Workspace) -> str:
    (workspace.rego / "rulebook/codes/data.yaml").write_text("roles: none\n")
    return "corner-shop"


def _with_case(workspace: Workspace) -> str:
    (workspace.root / "cases").mkdir()
    (workspace.root / "cases" / "corner_shop.yaml").write_text("# somebody's\n")
    return "corner-shop"


MALFORMED = ["", "Corner-shop", "corner_shop", "corner--shop", "-shop", "shop-", "2shop", "../shop", "a" * 64]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        *((one, "is not a policy id: use lower-case letters") for one in MALFORMED),
        ("yunxin", "already exists: choose another id, or remove it first"),
        (_with_case, "already exists: choose another id, or remove it first"),
        ("law", "names something else in a policy repository"),
        ("readme", "names something else in a policy repository"),
        (_without_default, "no default for holidays"),
        (_without_parameters, "declares no parameters"),
        (_without_codes, "does not list the codes of the rulebook"),
    ],
)
def test_refuses_and_writes_nothing(asked: str | Callable[[Workspace], str], why: str, alone: Workspace) -> None:
    policy_id = asked(alone) if callable(asked) else asked
    workspace, before = Workspace.find(alone.root), contents(alone.root)

    with pytest.raises(PolicyRefused, match=why):
        scaffold(workspace, policy_id)

    assert contents(alone.root) == before


def command(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    return int(ended.value.code or 0)


def test_the_longest_id_is_the_longest_that_the_service_takes(alone: Workspace) -> None:
    longest = "a" * 63

    assert scaffold(alone, longest)
    require_valid(policy_service_pb2.GetPolicyRequest(policy_id=longest))
    with pytest.raises(InvalidFacts):
        require_valid(policy_service_pb2.GetPolicyRequest(policy_id=f"{longest}a"))


def test_command_writes_the_page_of_the_policy_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("rego", "docs", "tests/cases"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    before = contents(tmp_path)

    assert command("new-policy", "corner-shop", "--dir", tmp_path) == 0

    after = contents(tmp_path)
    written = {line.removesuffix(" written") for line in capsys.readouterr().out.splitlines()}
    assert written == {name for name, content in after.items() if before.get(name) != content}
    assert {"docs/policies/README.md", "docs/policies/corner-shop.md", "tests/cases/corner_shop.yaml"} < written
    assert "(corner-shop.md)" in (tmp_path / "docs/policies/README.md").read_text()


def test_command_says_why_it_refuses(alone: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("new-policy", "yunxin", "--dir", alone.root) == 2

    why = f"{alone.rego}/policies/yunxin already exists: choose another id, or remove it first\n"
    assert capsys.readouterr() == ("", why)


def test_command_needs_a_policy_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("new-policy", "corner-shop", "--dir", tmp_path) == 2

    assert capsys.readouterr() == ("", f"{tmp_path} contains neither policies/ nor rego/policies/\n")
