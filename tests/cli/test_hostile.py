"""No command prints what steers a terminal, whoever sent it: a file, an argument, a policy or a service."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest
import yaml
from google.rpc import code_pb2, error_details_pb2, status_pb2  # type: ignore[import-untyped] # ships no py.typed
from grpc_status import rpc_status  # type: ignore[import-untyped] # ships no types

from decider.v1 import decision_service_pb2, decision_service_pb2_grpc, policy_service_pb2, policy_service_pb2_grpc
from support.hostile import STEERS, hostile_text
from support.messages import fill
from support.program import ROOT, Command, Run
from support.repositories import commit, git
from support.terminal import on_a_terminal

UNUSED = str(ROOT / "examples/yunxin-unused.yaml")
TEXT = hostile_text()
ARGUMENT = f"a{hostile_text(without='/')}\udc80"  # with a byte that is no UTF-8


class Decisions(decision_service_pb2_grpc.DecisionServiceServicer):
    """Answers with hostile texts: a decision, or an error where the request's reason asks for one."""

    def EvaluateRefund(  # noqa: N802 (as gRPC names it) (the name of the method)
        self, request: decision_service_pb2.EvaluateRefundRequest, context: grpc.ServicerContext
    ) -> decision_service_pb2.EvaluateRefundResponse:
        if request.request.reason == "fail":
            bad = error_details_pb2.BadRequest()
            bad.field_violations.add(field=TEXT, description=TEXT)
            status = status_pb2.Status(code=code_pb2.INVALID_ARGUMENT, message="faulty")
            status.details.add().Pack(bad)
            context.abort_with_status(rpc_status.to_status(status))
        if request.request.reason == "details":
            context.abort(grpc.StatusCode.INTERNAL, "\x1b[2J" + "".join(c for c in TEXT if c.isprintable()) + "\u202e")
        response = decision_service_pb2.EvaluateRefundResponse()
        fill(response, TEXT)
        return response

    def BatchEvaluateRefunds(  # noqa: N802 (as gRPC names it)
        self, request: decision_service_pb2.BatchEvaluateRefundsRequest, context: grpc.ServicerContext
    ) -> decision_service_pb2.BatchEvaluateRefundsResponse:
        raise NotImplementedError  # no command calls it

    def StreamEvaluateRefunds(  # noqa: N802 (as gRPC names it)
        self, requests: Iterator[decision_service_pb2.StreamEvaluateRefundsRequest], context: grpc.ServicerContext
    ) -> Iterator[decision_service_pb2.StreamEvaluateRefundsResponse]:
        raise NotImplementedError  # no command calls it


class Policies(policy_service_pb2_grpc.PolicyServiceServicer):
    """Answers with hostile texts."""

    def ListPolicies(  # noqa: N802 (as gRPC names it)
        self, _: policy_service_pb2.ListPoliciesRequest, __: grpc.ServicerContext
    ) -> policy_service_pb2.ListPoliciesResponse:
        response = policy_service_pb2.ListPoliciesResponse()
        fill(response, TEXT)
        return response

    def GetPolicy(  # noqa: N802 (as gRPC names it)
        self, _: policy_service_pb2.GetPolicyRequest, __: grpc.ServicerContext
    ) -> policy_service_pb2.GetPolicyResponse:
        response = policy_service_pb2.GetPolicyResponse()
        fill(response, TEXT)
        return response


@pytest.fixture(scope="module")
def hostile_service() -> Iterator[str]:
    """Serve hostile answers; give the address."""
    server = grpc.server(ThreadPoolExecutor(2))
    decision_service_pb2_grpc.add_DecisionServiceServicer_to_server(Decisions(), server)
    policy_service_pb2_grpc.add_PolicyServiceServicer_to_server(Policies(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(None).wait()


def facts(folder: Path, name: str = "facts.yaml", **request: str) -> Path:
    document = yaml.safe_load(Path(UNUSED).read_text())
    document["request"] |= request
    file = folder / name
    file.write_text(json.dumps(document))
    return file


@pytest.mark.parametrize(
    "words", [["evaluate", UNUSED], ["evaluate", "--verbose", UNUSED], ["policies"], ["policies", "yunxin"]]
)
def test_a_services_answers(words: list[str], command: Command, hostile_service: str) -> None:
    plain = command(*words, "--address", hostile_service)
    terminal = on_a_terminal(*words, "--address", hostile_service)
    as_json = command(*words, "--json", "--address", hostile_service)

    assert r"\u001b[2J\u001b[31m" in plain.stdout
    assert plain.stderr == ""
    assert not STEERS.search(plain.stdout)
    assert not STEERS.search(terminal.text)
    assert "\x1b[2J" not in terminal.output
    assert not STEERS.search(as_json.stdout)
    assert TEXT in set(texts(json.loads(as_json.stdout)))


def texts(document: object) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    for below in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from texts(below)


@pytest.mark.parametrize("reason", ["fail", "details"])
def test_a_services_errors(reason: str, command: Command, hostile_service: str, tmp_path: Path) -> None:
    file = facts(tmp_path, reason=reason)
    done = command("evaluate", "--address", hostile_service, file)
    told = command("evaluate", "--json", "--address", hostile_service, file)

    assert done.stdout == ""
    assert "\\u001b[2J" in done.stderr
    assert not STEERS.search(done.stderr)
    assert len(done.stderr.splitlines()) == (2 if reason == "fail" else 1)
    assert not STEERS.search(told.stdout)
    assert json.loads(told.stdout)["error"]["message"]


def test_names_of_files(run: Run, address: str, tmp_path: Path) -> None:
    file = facts(tmp_path, f"{ARGUMENT}.yaml")

    done = run("evaluate", "--address", address, file)
    told = run("evaluate", "--json", "--address", address, file)
    absent = run("evaluate", "--address", address, f"{file}x")

    assert (done.returncode, done.stderr) == (0, "")
    assert not STEERS.search(done.stdout)
    assert "\nALLOW  USD 50.00  cash refund\n" in done.stdout
    assert not STEERS.search(told.stdout)
    assert json.loads(told.stdout)["file"] == str(file).encode(errors="replace").decode()
    assert absent.returncode == 2
    assert not STEERS.search(absent.stderr)
    assert len(absent.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({f"a{TEXT}": 1, "request": {TEXT: 1}}),
        json.dumps({"request": {"channel": TEXT, "requested_at": TEXT, "order_ref": [TEXT]}}),
        f'"a{json.dumps(TEXT)[1:-1]}": 1\n"a{json.dumps(TEXT)[1:-1]}": 2\n',
        "a: 1.5\u202e\u200b\n",
        "? [\u202e\u200b]\n: 1\n",
        "\u202e: [\n",
    ],
)
@pytest.mark.parametrize("name", ["facts.yaml", "facts.json"])
def test_keys_and_values_of_files(content: str, name: str, command: Command, address: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(content)

    done = command("evaluate", "--address", address, file)
    told = command("evaluate", "--json", "--address", address, file)

    assert done.returncode == 2
    assert done.stderr.startswith(str(file))
    assert not STEERS.search(done.stderr)
    assert not STEERS.search(told.stdout)
    assert json.loads(told.stdout)["error"]


def test_facts_that_the_service_quotes(command: Command, address: str, tmp_path: Path) -> None:
    for request in ({"policy_id": "a\u202e"}, {"order_ref": "a\u202e\u200b"}, {"reason": "\u2066\x1b[31m"}):
        done = command("evaluate", "--address", address, facts(tmp_path, **request))

        assert not STEERS.search(done.stdout + done.stderr), request


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "evaluate --{} x",
        "evaluate --set={}=1 {file}",
        "evaluate --set partial_use={} {file}",
        "evaluate --set {} x",
        "evaluate --address {} x",
        "evaluate --rego {} x",
        "policies {}",
        "gate {}",
        "gate --only {}",
        "gate --format {}",
        "gate --base {}",
        "gate --as-of {}",
        "mutate {}",
        "mutate --changed {}",
        "mutate --jobs {}",
        "reference {}",
        "new-policy {}",
        "new-policy shop --dir {}",
        "serve --address {}",
        "serve --parameters {}",
        "serve --log-format {}",
        "tools {}",
    ],
)
@pytest.mark.parametrize("text", [TEXT.replace("/", ""), "\udc80"], ids=["steers", "no UTF-8"])
def test_arguments(line: str, text: str, command: Command, address: str) -> None:
    done = command(*(word.format(text, file=UNUSED) for word in line.split()), DECIDER_ADDRESS=address)

    assert done.returncode in {2, 4}
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not STEERS.search(done.stdout + done.stderr)


def test_policies_that_cannot_be_served(command: Command, tmp_path: Path) -> None:
    rego = tmp_path / f"a{hostile_text(without='/')}"
    shutil.copytree(ROOT / "rego", rego)
    (rego / "policies/yunxin/versions/data.yaml").write_text(json.dumps({TEXT: {TEXT: TEXT}}))
    parameters = tmp_path / "parameters.yaml"
    parameters.write_text(json.dumps({f"a{TEXT}": 1}))

    for done in (
        command("evaluate", "--rego", rego, UNUSED),
        command("serve", "--address", "127.0.0.1:0", "--rego", rego),
        command("serve", "--address", "127.0.0.1:0", "--parameters", parameters),
    ):
        assert done.returncode == 2
        assert not STEERS.search(done.stderr)
        assert r"\u001b[2J" in done.stderr


def test_findings_of_the_gate(command: Command, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, policies__keep="")
    (tmp_path / "lib").mkdir()
    (tmp_path / f"lib/a{hostile_text(without='/')}.rego").write_text(f"package lib.pair\n\none  := `{TEXT}`\n")
    (tmp_path / "lib/b.rego").write_text(f"package lib.pair\n\ntwo  := {TEXT}\n")
    commit(tmp_path)

    for form in ("text", "json", "junit", "sarif", "markdown"):
        done = command("gate", tmp_path, "--only", "fmt,strict", "--format", form)

        assert done.returncode == 1, form
        assert not STEERS.search(done.stdout + done.stderr), form
        if form in {"json", "sarif"}:
            assert json.loads(done.stdout)


def test_an_encoding_that_lacks_a_character(run: Run, address: str, tmp_path: Path) -> None:
    done = run("evaluate", "--address", address, facts(tmp_path, "注文.yaml"), PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert done.stdout.splitlines()[0].endswith(r"\u6ce8\u6587.yaml")
