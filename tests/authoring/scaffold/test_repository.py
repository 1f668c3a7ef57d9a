"""`decider new-repository` writes a repository of policies alone, and the gate holds there without this checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from decider.authoring.mutate.plan import make_plan
from decider.authoring.mutate.policy_files import Policies
from decider.authoring.scaffold import RepositoryRefused, new_repository, scaffold
from decider.authoring.scaffold.repository import FILES
from decider.authoring.shipped_files import LIST
from decider.shipped import shipped
from decider.tools import TOOLS
from decider.tools.go_tools import pinned
from decider.workspace import Workspace
from support.policy_copies import edit, findings
from support.repositories import commit, git
from support.shipped import OPA, ROOT
from support.wheels import build_wheel, installed

BUILT = ROOT / ".tools" / "bin"
NOT_HIDDEN = "--ignore=.?*"
# A fault for each check that is a program's, as the rest of a file of tests.
FAULTS = {
    "strict": "test_fault if data.nowhere.at_all(1)",
    "tests": "test_fault if 1 == 2",
    "regal": "test_fault if {\n\tcamelCase := 1\n\tcamelCase == 1\n}",
}


@dataclass(frozen=True)
class Repository:
    """A repository that the installed program wrote; commands run in it with nothing of this checkout but OPA."""

    root: Path
    programs: Path
    cache: Path

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(self.programs), str(self.cache / "path"), os.environ["PATH"]])
        return subprocess.run(
            command,
            cwd=self.root,
            env={"PATH": path, "XDG_CACHE_HOME": str(self.cache)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def decider(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(self.programs / "decider", *arguments)


@pytest.fixture
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Install the wheel, and write a repository with one policy. OPA is on PATH, Regal is built."""
    wheel = build_wheel(tmp_path_factory.mktemp("wheel"))
    folder = tmp_path_factory.mktemp("policies")
    programs = installed(folder / "venv", "--constraint", "constraints.txt", f"{wheel}[authoring]")
    root = folder / "shop"
    root.mkdir()
    written = Repository(root, programs, folder / "cache")
    (written.cache / "path").mkdir(parents=True)
    (written.cache / "path" / "opa").symlink_to(OPA)
    regal = written.cache / "decider" / "tools" / pinned(shipped("tools") / "regal").version / "regal"
    regal.parent.mkdir(parents=True)
    shutil.copy(BUILT / "regal", regal)

    for arguments in (["tools", "install"], ["new-repository", "."], ["new-policy", "corner-shop"]):
        done = written.decider(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root)
    return written


def by_hand(repository: Repository, check: str) -> subprocess.CompletedProcess[str]:
    commands: dict[str, Sequence[str | Path]] = {
        "strict": [OPA, "check", "--strict", NOT_HIDDEN, "--bundle", "rego"],
        "tests": [OPA, "test", "--timeout=120s", NOT_HIDDEN, "--bundle", "rego"],
        "regal": [BUILT / "regal", "lint", "rego"],
    }
    return repository.run(*commands[check])


def test_holds_from_end_to_end(repository: Repository, tmp_path: Path) -> None:
    """One test, because the installation takes longest: the programs, the files, the gate, and the programs by hand."""
    tools = [Path(line) for line in repository.decider("tools", "install").stdout.splitlines()]
    assert [tool.name for tool in tools] == [*TOOLS]
    assert all(tool.is_relative_to(repository.cache) and os.access(tool, os.X_OK) for tool in tools)
    for name in new_repository(tmp_path / "from-a-checkout"):
        assert (repository.root / name).read_bytes() == (tmp_path / "from-a-checkout" / name).read_bytes(), name

    gate = repository.decider("gate")
    assert gate.returncode == 0, gate.stdout
    passed = {*re.findall(r"(?m)^ok +(\S+)", gate.stdout)}
    assert {"files", "strict", "regal", "clauses", "conventions", "tests", "coverage", "cases"} <= passed
    assert git(repository.root, "status", "--short") == ""

    for check, fault in FAULTS.items():
        clean = by_hand(repository, check)
        assert clean.returncode == 0, clean.stdout + clean.stderr
        faulty = repository.root / "rego" / "policies" / "corner-shop" / "faulty_test.rego"
        faulty.write_text(f"package clauses.faulty_test\n\n{fault}\n")
        told, gate = by_hand(repository, check), repository.decider("gate", "--only", check)
        faulty.unlink()
        assert told.returncode != 0
        assert gate.returncode == 1
        assert all(faulty.name in text for text in (told.stdout + told.stderr, gate.stdout))


def as_here(text: str) -> str:
    """Return a file of a repository with the installation, the command and the folders of this project."""
    text = text.replace('pip install "refund-decider[authoring]" && decider tools install', "make setup")
    text = text.replace("^(rego|cases|", "^(rego|tests/cases|proto|")
    return re.sub(r"(run:|entry:|-) decider gate\b", r"\1 .venv/bin/decider gate", text)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".yml", ".yaml"))])
def test_the_ci_of_this_project_is_that_of_a_repository_and_its_tests(name: str, tmp_path: Path) -> None:
    new_repository(tmp_path)

    gate, own = as_here((tmp_path / name).read_text()), (ROOT / name).read_text()
    assert own.startswith(gate)
    assert own.removeprefix(gate).lstrip().partition("\n")[0] in {"", "test:"}


@pytest.fixture
def written(tmp_path: Path) -> Workspace:
    new_repository(tmp_path)
    workspace = Workspace.find(tmp_path)
    scaffold(workspace, "corner-shop")
    return Workspace.find(tmp_path)


def test_a_changed_shared_file_needs_tests_here(written: Workspace) -> None:
    assert findings(written.root, "coverage") == []
    edit(written.rego / "rulebook" / "form.rego", "package rulebook\n", "package rulebook\n\n")
    edit(written.rego / "law" / "clauses" / "data.yaml", "\n", "\n\n")

    uncovered, untested = findings(written.root, "coverage"), findings(written.root, "clauses")

    assert uncovered
    assert {line.partition(":")[0] for line in uncovered} == {"rego/rulebook/form.rego"}
    assert any("law/eu/16m: no golden case cites it" in line for line in untested)
    assert any("law/eu/16m: no Rego test names it" in line for line in untested)


def test_shared_files_are_mutated_only_where_they_changed(written: Workspace) -> None:
    def mutated() -> set[str]:
        return {mutant.file.split("/")[0] for mutant in make_plan(Policies.read(written.rego), OPA).mutants}

    assert mutated() == {"policies"}
    (written.rego / LIST).unlink()
    assert {"rulebook", "law", "decider", "policies"} <= mutated()


def test_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "notes").touch()

    with pytest.raises(RepositoryRefused, match="is not empty: take a new folder"):
        new_repository(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


def test_refuses_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "notes").touch()

    with pytest.raises(RepositoryRefused, match="cannot be written: Not a directory"):
        new_repository(tmp_path / "notes" / "shop")
