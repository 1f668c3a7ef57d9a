"""`decider policies` through the real program; and what the README says about changing and adding policies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from support.program import ROOT, Command, Run


def test_lists_every_version(run: Run, address: str) -> None:
    done = run("policies", "--address", address)

    heading, *rows, _, bundle = done.stdout.splitlines()
    assert heading.split()[:5] == ["policy", "version", "in", "force", "from"]
    assert [row.split()[:3] for row in rows] == [
        ["router-one", "2026-05-16", "2026-05-16"],
        ["yunxin", "2026-04", "2026-04-01"],
    ]
    assert bundle.startswith("bundle sha256:")
    assert done.returncode == 0


def test_shows_parameters_and_clauses_of_one(command: Command, address: str) -> None:
    for version in ([], ["2026-05-16"]):
        out = command("policies", "router-one", *version, "--address", address).stdout

        assert out.startswith(
            "router-one: Router One refund policy\nversion 2026-05-16, in force from 2026-05-16 00:00:00 UTC\n"
        )
        rows = [line.split() for line in out.splitlines()]
        assert any(row[:3] == ["window.days", "14", "same"] for row in rows)
        assert any(row[:1] == ["router-one/2.1-prorata"] for row in rows)


def test_json_is_the_answer_of_the_service(command: Command, address: str) -> None:
    listed = json.loads(command("policies", "--json", "--address", address).stdout)
    shown = json.loads(command("policies", "--json", "yunxin", "--address", address).stdout)

    assert [one["policy_id"] for one in listed["policies"]] == ["router-one", "yunxin"]
    assert shown["policy"]["versions"][0]["parameters"][0].keys() == {
        "name",
        "value_json",
        "default_json",
        "description",
    }


def test_what_is_not_loaded(command: Command, address: str) -> None:
    for arguments, hint in (
        (["zunxin"], "did you mean yunxin?"),
        (["yunxin", "2026-05"], "did you mean 2026-04?"),
        (["another"], "`decider policies`"),
    ):
        done = command("policies", *arguments, "--address", address)

        assert done.returncode == 4
        assert "is not loaded; " in done.stderr
        assert hint in done.stderr


def test_a_new_version_is_a_new_entry(command: Command, tmp_path: Path) -> None:
    rego = tmp_path / "rego"
    shutil.copytree(ROOT / "rego", rego)
    file = rego / "policies/yunxin/versions/data.yaml"
    parameters = yaml.safe_load(file.read_text())["2026-04"]["parameters"] | {"window.days": 7}
    entry = {"effective_from": "2026-07-01T00:00:00Z", "rules": "yunxin", "parameters": parameters}
    file.write_text(file.read_text() + yaml.safe_dump({"2026-07": entry}))

    done = command("policies", "--local", "yunxin", "2026-07", DECIDER_REGO=str(rego))

    assert done.stderr == ""
    assert ["window.days", "7", "14"] in [line.split()[:3] for line in done.stdout.splitlines()]


def test_a_new_policy_is_a_new_folder(command: Command, tmp_path: Path) -> None:
    rego = tmp_path / "rego"
    shutil.copytree(ROOT / "rego", rego)
    shutil.copytree(rego / "policies/yunxin", rego / "policies/acme")
    for file in (rego / "policies/acme").rglob("*"):
        if file.suffix in {".rego", ".yaml", ".json"}:
            file.write_text(file.read_text().replace("yunxin", "acme"))
    facts = tmp_path / "facts.yaml"
    facts.write_text((ROOT / "examples/yunxin-unused.yaml").read_text().replace("yunxin", "acme"))

    done = command("evaluate", "--local", facts, DECIDER_REGO=str(rego))

    assert done.stderr == ""
    assert done.stdout.splitlines()[1] == "ALLOW  USD 50.00  cash refund"
    assert "acme 2026-04, in force at the purchase" in done.stdout


def test_what_is_wrong_with_a_folder_is_said(command: Command, tmp_path: Path) -> None:
    rego = tmp_path / "rego"
    shutil.copytree(ROOT / "rego", rego)
    (rego / "policies/yunxin/policy/data.yaml").unlink()

    done = command("policies", "--local", DECIDER_REGO=str(rego))

    assert done.returncode == 2
    assert "policies/yunxin/policy/data.yaml: " in done.stderr
