"""`decider serve` through the real program, and what it says at its start."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
from pathlib import Path

import pytest

from decider.cli.serve import greeting
from decider.settings import Settings
from support.program import DECIDER, ROOT, Command, Run
from support.terminal import on_a_terminal

EXAMPLE = "examples/router-one-partly-used.json"


def call(settings: Settings, checkout: Path, address: str = "127.0.0.1:50051") -> list[str]:
    lines = greeting(address, "sha256:ab", settings, checkout, checkout)
    assert lines[5:] == ["", "Ctrl-C stops."]
    return shlex.split(lines[4])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Lay out what a greeting looks for in a checkout."""
    for file in (".tools/bin/grpcurl", EXAMPLE, "proto/x"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
    return tmp_path


def test_greets_with_a_call_to_copy(checkout: Path) -> None:
    end = ["-d", "@", "127.0.0.1:50051", "decider.v1.DecisionService/EvaluateRefund", "<", EXAMPLE]

    assert call(Settings(reflection=True), checkout) == [".tools/bin/grpcurl", "-plaintext", *end]
    protos = ["-import-path", "proto", "-proto", "decider/v1/decision_service.proto"]
    assert call(Settings(), checkout) == [".tools/bin/grpcurl", "-plaintext", *protos, *end]


def test_greets_with_a_call_that_works_where_no_grpcurl_is(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout / ".tools/bin/grpcurl").rename(checkout / "grpcurl")
    (checkout / "grpcurl").chmod(0o755)
    monkeypatch.setenv("PATH", str(checkout))
    assert call(Settings(reflection=True), checkout)[:2] == ["grpcurl", "-plaintext"]

    monkeypatch.setenv("PATH", "")
    with_decider = [str(DECIDER), "evaluate", "--address"]
    assert call(Settings(reflection=True), checkout) == [*with_decider, "127.0.0.1:50051", EXAMPLE]


def test_greets_without_a_checkout(tmp_path: Path) -> None:
    listing = [str(DECIDER), "policies", "--address"]

    assert call(Settings(reflection=True), tmp_path) == [*listing, "127.0.0.1:50051"]
    assert call(Settings(), tmp_path, "unix:/run/x") == [*listing, "unix:/run/x"]


def test_greets_with_its_own_program_at_a_socket(checkout: Path) -> None:
    assert call(Settings(), checkout, "unix:/run/x") == [str(DECIDER), "evaluate", "--address", "unix:/run/x", EXAMPLE]


def test_its_call_works_and_control_c_stops_it() -> None:
    with subprocess.Popen(
        [DECIDER, "serve", "--address", "127.0.0.1:0", "--reflection"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = list(iter(process.stdout.readline, "Ctrl-C stops.\n"))
        done = subprocess.run(["bash", "-c", lines[4]], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607 (bash is a user's shell)
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=20) == 0
    assert '"verdict": "VERDICT_ALLOW"' in done.stdout


def test_bad_parameters_keep_it_from_starting(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "parameters.yaml"
    file.write_text("yunxin: {window.days: -1, window: 2}\nzunxin: {}\n")

    done = command("serve", "--address", "127.0.0.1:0", "--parameters", file)

    assert done.returncode == 2
    assert done.stdout == ""
    for said in ("yunxin.window.days: -1 is less than", "yunxin.window: no such parameter", "zunxin: no such policy"):
        assert said in done.stderr


def test_a_folder_that_is_not_there(command: Command) -> None:
    done = command("serve", "--address", "127.0.0.1:0", "--rego", "nowhere")

    assert done.returncode == 2
    assert "nowhere: no such folder" in done.stderr


def test_a_taken_port(run: Run, address: str) -> None:
    done = run("serve", "--address", address)

    assert done.returncode == 5
    assert done.stderr.splitlines()[-1].startswith(f"cannot listen on {address}")
    assert all(line.startswith("{") for line in done.stderr.splitlines()[:-1])  # the log; gRPC's own is off


def test_a_terminal_gets_log_lines_for_people(address: str) -> None:
    done = on_a_terminal("serve", "--address", address)

    *log, last = done.text.splitlines()
    assert done.exit_code == 5
    assert last.startswith(f"cannot listen on {address}")
    assert log
    assert all(re.match(r"\d\d:\d\d:\d\d \[\w+ *\] ", line) for line in log)


def test_the_form_of_the_log_can_be_set(run: Run, address: str) -> None:
    done = run("serve", "--address", address, "--log-format", "text")

    assert done.stderr
    assert not any(line.startswith("{") for line in done.stderr.splitlines())
    wrong = run("serve", "--log-format", "xml")
    assert wrong.returncode == 2
    assert "--log-format" in wrong.stderr


def test_parameters_change_the_bundle_digest(command: Command, address: str) -> None:
    shipped = command("evaluate", "--verbose", "--address", address, "examples/yunxin-unused.yaml").stdout
    otherwise = command("evaluate", "--verbose", "--set", "window.days=15", "examples/yunxin-unused.yaml").stdout

    digests = [line for text in (shipped, otherwise) for line in text.splitlines() if line.startswith("  bundle")]
    assert len(set(digests)) == 2


def test_an_address_that_other_machines_reach_must_be_meant(command: Command) -> None:
    done = command("serve", "--address", "0.0.0.0:0")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "--insecure" in done.stderr
    meant = command("serve", "--address", "0.0.0.0:0", "--insecure", "--rego", "nowhere")
    assert "nowhere: no such folder" in meant.stderr


def test_a_variable_that_sets_nothing(command: Command) -> None:
    done = command("serve", "--address", "127.0.0.1:0", DECIDER_ADRESS="x")

    assert done.returncode == 2
    assert "DECIDER_ADRESS: no such setting; did you mean DECIDER_ADDRESS?" in done.stderr


@pytest.mark.parametrize("kibibytes", [0, 8])
def test_a_full_temporary_folder(kibibytes: int) -> None:
    """A limit on the size of files has the effect of a full disk: at the first file, or at the first rule."""
    done = subprocess.run(  # noqa: S602 (bash is what sets the limit)
        f"ulimit -f {kibibytes}; exec {shlex.quote(str(DECIDER))} serve --address 127.0.0.1:0",
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 5
    assert done.stderr.startswith("no temporary files can be written (")
    assert len(done.stderr.splitlines()) == 1
