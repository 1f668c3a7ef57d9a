"""The plain wheel is a client: installed alone, with protobuf 6 as with 7, it makes the README's call."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

import stubs
from support.pages import README, blocks
from support.shipped import ROOT
from support.wheels import build_wheel, installed

[CALL] = [one for one in blocks(README.read_text()) if one.language == "python"]


@dataclass(frozen=True)
class Environment:
    """A virtual environment without pip; `foreign` is a folder with another version of buf/validate."""

    programs: Path
    foreign: Path

    def run(self, program: str, *arguments: str | Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run one of its programs from the project's root, whose own packages it does not see."""
        return subprocess.run(
            [self.programs / program, *arguments],
            cwd=ROOT,
            env={"PYTHONPATH": str(path)} if path else {},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate buf/validate/validate_pb2.py from another version of the proto, as a package of others ships it."""
    folder = tmp_path_factory.mktemp("foreign")
    proto = folder / "buf" / "validate" / "validate.proto"
    proto.parent.mkdir(parents=True)
    text = (stubs.PROTO / "buf" / "validate" / "validate.proto").read_text()
    proto.write_text(f"{text}\nmessage OfAnotherVersion {{}}\n")
    stubs.protoc(f"-I{folder}", f"--python_out={folder}", "buf/validate/validate.proto")
    return folder


@pytest.fixture(scope="session", params=[6, 7], ids=lambda major: f"protobuf-{major}")
def environment(
    request: pytest.FixtureRequest, wheel: Path, foreign: Path, tmp_path_factory: pytest.TempPathFactory
) -> Environment:
    folder = tmp_path_factory.mktemp(f"protobuf-{request.param}") / "venv"
    return Environment(installed(folder, wheel, f"protobuf=={request.param}.*"), foreign)


@pytest.mark.parametrize("beside", ["", "before", "after"])
def test_makes_the_call_of_the_readme(environment: Environment, address: str, beside: str) -> None:
    """Alone, and in a process that registers another version of buf/validate before or after the stubs."""
    call = CALL.text.replace("127.0.0.1:50051", address)
    foreign = "from buf.validate.validate_pb2 import OfAnotherVersion\n"
    program = {"": call, "before": foreign + call, "after": call + foreign}[beside]

    done = environment.run("python", "-c", program, path=environment.foreign if beside else None)

    assert (done.stderr, done.stdout) == ("", CALL.answer)


def test_reads_errors(environment: Environment, address: str) -> None:
    program = f"""
import grpc
from decider.client import CallFailed, readable_errors
from decider.v1 import decision_service_pb2, decision_service_pb2_grpc
with grpc.insecure_channel("{address}") as channel:
    try:
        with readable_errors():
            stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
            stub.EvaluateRefund(decision_service_pb2.EvaluateRefundRequest())
    except CallFailed as failed:
        print(failed.reason, [one.field for one in failed.violations])
"""
    done = environment.run("python", "-c", program)

    assert (done.stderr, done.stdout) == ("", "INVALID_FACTS ['request', 'source']\n")


def test_brings_nothing_that_a_caller_does_not_need(environment: Environment) -> None:
    names = "from importlib.metadata import distributions; print(*sorted(one.name for one in distributions()))"

    done = environment.run("python", "-c", names)

    assert done.stdout.split() == [
        "googleapis-common-protos",
        "grpcio",
        "protobuf",
        "refund-decider",
        "typing_extensions",
    ]


def test_no_text_names_the_distribution_of_another_project() -> None:
    """PyPI's `decider` is not this one."""
    done = subprocess.run(
        [shutil.which("git") or "git", "grep", "-lE", "pip install +[\"']?decider", "--", ".", ":!tests/clients"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")  # 1: nothing found


def test_the_command_says_what_to_install(environment: Environment) -> None:
    done = environment.run("decider", "policies")

    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.endswith('pip install "refund-decider[server]"')
