"""What is checked in is what the protos and the tools give."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import protovalidate
import pytest
from google.protobuf.descriptor import FileDescriptor

import stubs
from decider.v1 import decision_service_pb2, error_reason_pb2, money_pb2, policy_service_pb2

CHECKED_IN = stubs.ROOT / "src" / "decider" / "v1"


def sources(folder: Path) -> dict[str, bytes]:
    """Return the content of every generated file below a folder, by its relative path."""
    generated = {".py", ".pyi", ".binpb"}
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.suffix in generated}


def test_checked_in_stubs_are_what_make_stubs_generates(tmp_path: Path) -> None:
    script = stubs.ROOT / "scripts" / "stubs.py"
    subprocess.run([sys.executable, script, "--out", tmp_path / "v1"], check=True, capture_output=True)
    generated = sources(tmp_path / "v1")

    assert {"decision_service_pb2_grpc.py", "contract.binpb"} <= generated.keys()
    assert sources(CHECKED_IN) == generated


def test_stubs_need_no_file_that_only_declares_options() -> None:
    imported = {
        dependency.name
        for file in (decision_service_pb2, policy_service_pb2, error_reason_pb2)
        for dependency in _all_dependencies(file.DESCRIPTOR)
    }

    assert {name for name in imported if not name.startswith("decider/")} == {
        "google/protobuf/any.proto",
        "google/protobuf/timestamp.proto",
        "google/rpc/status.proto",
    }


def test_rules_are_in_the_stubs_all_the_same() -> None:
    [violation] = protovalidate.collect_violations(money_pb2.Money(currency_code="usd"))

    assert violation.proto.rule_id == "string.pattern"


@pytest.mark.parametrize(
    "path", ["google/api/field_behavior.proto", "google/rpc/error_details.proto", "google/rpc/status.proto"]
)
def test_vendored_google_protos_are_those_of_the_package_at_run_time(path: str) -> None:
    packaged = next(file for file in files("googleapis-common-protos") or [] if str(file) == path)

    assert (stubs.PROTO / path).read_bytes() == packaged.read_binary()


def _all_dependencies(file: FileDescriptor) -> Iterator[FileDescriptor]:
    for dependency in file.dependencies:
        yield dependency
        yield from _all_dependencies(dependency)


def test_buf_sees_what_has_no_comment_and_a_rule_that_cannot_hold(tmp_path: Path) -> None:
    """`make lint` is able to fail: its configuration finds these."""
    (tmp_path / "buf.yaml").write_text((stubs.ROOT / "buf.yaml").read_text())
    (tmp_path / "proto" / "decider" / "v1").mkdir(parents=True)
    for imported in ("buf", "google"):
        (tmp_path / "proto" / imported).symlink_to(stubs.PROTO / imported, target_is_directory=True)
    (tmp_path / "proto" / "decider" / "v1" / "bad.proto").write_text(
        'syntax = "proto3"; package decider.v1; import "buf/validate/validate.proto";'
        "message Bare { int64 a = 1 [(buf.validate.field).string.min_len = 1]; }"
    )
    buf = Path(sys.executable).parent / "buf"
    lint = subprocess.run([buf, "lint"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert lint.returncode != 0
    assert "should have a non-empty comment" in lint.stdout
    assert "buf.validate.field" in lint.stdout
