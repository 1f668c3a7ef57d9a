"""What is checked in is what the protos and the tools give."""

import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

import pytest

import stubs

CHECKED_IN = stubs.ROOT / "src" / "decider" / "v1"


def sources(folder: Path) -> dict[str, str]:
    """Return the text of every stub below a folder, by its relative path."""
    return {
        str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.suffix in {".py", ".pyi"}
    }


def test_checked_in_stubs_are_what_make_stubs_generates(tmp_path: Path) -> None:
    script = stubs.ROOT / "scripts" / "stubs.py"
    subprocess.run([sys.executable, script, "--out", tmp_path / "v1"], check=True, capture_output=True)
    generated = sources(tmp_path / "v1")

    assert "decision_service_pb2_grpc.py" in generated
    assert sources(CHECKED_IN) == generated


@pytest.mark.parametrize("path", ["google/api/field_behavior.proto", "google/rpc/status.proto"])
def test_vendored_google_protos_are_those_of_the_package_at_run_time(path: str) -> None:
    packaged = next(file for file in files("googleapis-common-protos") or [] if str(file) == path)

    assert (stubs.VENDOR / path).read_bytes() == packaged.read_binary()


def test_contract_is_clean_under_buf() -> None:
    buf = Path(sys.executable).parent / "buf"
    lint = subprocess.run([buf, "lint"], cwd=stubs.ROOT, capture_output=True, text=True, check=False)

    assert (lint.returncode, lint.stdout, lint.stderr) == (0, "", "")


def test_buf_sees_what_has_no_comment_and_a_rule_that_cannot_hold(tmp_path: Path) -> None:
    """The lint above is able to fail: the same configuration finds these."""
    (tmp_path / "buf.yaml").write_text((stubs.ROOT / "buf.yaml").read_text())
    (tmp_path / "proto" / "decider" / "v1").mkdir(parents=True)
    (tmp_path / "proto" / "vendor").symlink_to(stubs.VENDOR, target_is_directory=True)
    (tmp_path / "proto" / "decider" / "v1" / "bad.proto").write_text(
        'syntax = "proto3"; package decider.v1; import "buf/validate/validate.proto";'
        "message Bare { int64 a = 1 [(buf.validate.field).string.min_len = 1]; }"
    )
    buf = Path(sys.executable).parent / "buf"
    lint = subprocess.run([buf, "lint"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert lint.returncode != 0
    assert "should have a non-empty comment" in lint.stdout
    assert "buf.validate.field" in lint.stdout
