"""What breaks those who rely on the contract fails; what only adds to it passes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from decider.authoring.gate import proto_compatibility as breaking
from decider.authoring.gate.checks import contract
from decider.authoring.gate.checks.contract import DECISION, INPUT
from decider.authoring.gate.report import NotApplicable
from decider.workspace import Workspace
from support.policy_copies import context, copy_of, edit

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return copy_of(tmp_path_factory.mktemp("base"), proto=True)


def change(workspace: Workspace, name: str, how: Change) -> None:
    file = workspace.rego / name
    schema = json.loads(file.read_text())
    how(schema)
    file.write_text(json.dumps(schema, indent=2))


def test_a_removed_field_is_found_whatever_buf_yaml_says(tmp_path: Path, base: Workspace) -> None:
    workspace = copy_of(tmp_path, proto=True)
    edit(tmp_path / "proto/decider/v1/decision.proto", "  string input_digest = 17;\n", "")
    with (tmp_path / "buf.yaml").open("a") as settings:
        settings.write("breaking:\n  ignore:\n    - proto/decider\n")

    found = contract.run(context(workspace, base)).findings

    assert {one.file for one in found} == {"proto/decider/v1/decision.proto"}
    assert any('with name "input_digest" on message "Decision" was deleted' in one.message for one in found)
    assert all(one.line for one in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "money",
            "(buf.validate.field).int64.gte = 0",
            "(buf.validate.field).int64.lte = 9",
            "decider.v1.Money.amount_minor: the bound int64.gte 0 is gone",
        ),
        (
            "facts",
            "repeated.max_items = 1000",
            "repeated.max_items = 1001",
            "decider.v1.RefundFacts.lots: the bound repeated.maxItems was 1000, and is 1001",
        ),
    ],
)
def test_a_bound_that_is_gone_or_looser_is_found_with_its_field(
    tmp_path: Path, base: Workspace, file: str, old: str, new: str, told: str
) -> None:
    workspace = copy_of(tmp_path, proto=True)
    name = f"proto/decider/v1/{file}.proto"
    edit(tmp_path / name, old, new)

    [finding] = contract.run(context(workspace, base)).findings

    assert (finding.file, finding.message) == (name, told)
    assert told.split(".")[3].partition(":")[0] in (tmp_path / name).read_text().splitlines()[finding.line - 1]


def test_a_missing_buf_is_a_failure(tmp_path: Path, base: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaking, "_find_buf", lambda: None)

    [finding] = contract.run(context(copy_of(tmp_path, proto=True), base)).findings

    assert "pip install buf-bin" in finding.hint


@pytest.mark.parametrize(
    ("name", "how", "told"),
    [
        (INPUT, lambda it: it["properties"]["request"]["properties"].pop("channel"), "request.channel is gone"),
        (INPUT, lambda it: it["properties"]["policy_id"].update(type="integer"), "policy_id: string is gone from"),
        (INPUT, lambda it: it["required"].remove("risk"), "risk may be absent now"),
        (DECISION, lambda it: it["required"].append("note"), "note must be there now"),
        (
            DECISION,
            lambda it: it["properties"]["disposition"]["enum"].remove("HOLD"),
            "disposition: HOLD is not",
        ),
    ],
)
def test_a_breaking_change_of_a_schema(tmp_path: Path, base: Workspace, name: str, how: Change, told: str) -> None:
    workspace = copy_of(tmp_path)
    change(workspace, name, how)

    # Without its protos: what buf says of them is tested above, and takes its time.
    [finding] = contract.run(context(workspace, replace(base, proto=None))).findings

    assert finding.message.startswith(told)
    assert finding.file == f"rego/{name}"
    assert finding.line > 1


def test_additions_pass(tmp_path: Path, base: Workspace) -> None:
    workspace = copy_of(tmp_path, proto=True)
    last = "  string input_digest = 17;\n"
    edit(tmp_path / "proto/decider/v1/decision.proto", last, f"{last}\n  // Is new.\n  string more = 1000;\n")
    change(workspace, INPUT, lambda it: it["properties"].update(more={"type": "string"}))
    change(workspace, INPUT, lambda it: it["required"].append("more"))
    change(workspace, DECISION, lambda it: it["properties"].update(more={"type": "string"}))

    outcome = contract.run(context(workspace, base))

    assert outcome.findings == []
    assert outcome.summary == "proto/, schemas/input.json, schemas/decision.json against the base of this test"


def test_what_is_gone_or_not_yet_there(tmp_path: Path, base: Workspace) -> None:
    workspace = copy_of(tmp_path)
    (workspace.rego / DECISION).unlink()

    gone = contract.run(context(workspace, base))
    new = contract.run(context(base, workspace))

    assert sorted(one.file for one in gone.findings) == ["proto", f"rego/{DECISION}"]
    assert new.findings == []
    assert new.summary.endswith("not in the base: proto/, schemas/decision.json")


def test_without_a_base_there_is_nothing_to_check(tmp_path: Path, base: Workspace) -> None:
    bare = copy_of(tmp_path)
    shutil.rmtree(bare.rego / "schemas")

    with pytest.raises(NotApplicable, match="no base in this test"):
        contract.run(context(base))
    with pytest.raises(NotApplicable, match="holds no contract"):
        contract.run(context(base, bare))
