"""docs/calling.md tells the truth: its programs print what stands under them, and its tables hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import grpc
import pytest
from google.protobuf import json_format

from decider.evaluation.decision.to_proto import NOT_YET
from decider.v1 import decision_pb2, decision_service_pb2, decision_service_pb2_grpc
from support.error_examples import promises
from support.pages import Block, blocks
from support.shipped import ROOT

PAGE = (ROOT / "docs" / "calling.md").read_text()
BLOCKS = blocks(PAGE)
MINIMAL = json.loads((ROOT / "examples" / "minimal.json").read_text())
CODE_FILES = {"go": "examples/clients/go/main.go", "typescript": "examples/clients/typescript/evaluate.ts"}
Path = tuple[str | int, ...]


def leaves(tree: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value of a document."""
    if not isinstance(tree, dict | list):
        yield path
        return
    for key, below in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from leaves(below, (*path, key))


def without(path: Path) -> dict[str, Any]:
    """Return the minimal request without one value; an object that only held it goes too."""
    document = deepcopy(MINIMAL)
    *above, last = path
    holder = document
    for key in above:
        holder = holder[key]
    del holder[last]
    return without(tuple(above)) if not holder else document


def rows(heading: str) -> list[list[str]]:
    """Return the rows of the first table below a heading, without its head."""
    section = PAGE.partition(f"\n{heading}\n")[2]
    table = re.search(r"^\|.*\n\|---.*\n((?:\|.*\n)+)", section, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()]


def outcome(address: str, document: dict[str, Any]) -> str:
    """Return the disposition of the answer, or the status of the error."""
    request = json_format.ParseDict(document, decision_service_pb2.EvaluateRefundRequest())
    with grpc.insecure_channel(address) as channel:
        try:
            response = decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(request, timeout=20)
        except grpc.RpcError as error:
            return str(error.code().name)
    return decision_pb2.Disposition.Name(response.decision.disposition)


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.language == "python"], ids=["call", "error"])
def test_a_program_prints_what_stands_under_it(block: Block, address: str) -> None:
    program = block.text.replace("127.0.0.1:50051", address)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.stderr, done.stdout) == ("", block.answer)


@pytest.mark.parametrize("language", CODE_FILES)
def test_other_programs_are_parts_of_the_clients_that_the_tests_run(language: str) -> None:
    [shown] = [one.text for one in BLOCKS if one.language == language]

    assert shown in (ROOT / CODE_FILES[language]).read_text()


def test_the_minimal_request_has_so_many_values() -> None:
    [count] = re.findall(r"It has (\d+) values", PAGE)

    assert len([path for path in leaves(MINIMAL) if path != ("evaluate_at",)]) == int(count)


@pytest.mark.parametrize("path", [path for path in leaves(MINIMAL) if path != ("evaluate_at",)], ids=str)
def test_each_value_of_the_minimal_request_is_needed(path: Path, address: str) -> None:
    assert outcome(address, MINIMAL) == "DISPOSITION_CASH_REFUND"
    assert outcome(address, without(path)) in {"INVALID_ARGUMENT", "DISPOSITION_NEEDS_INFORMATION"}


def test_every_disposition_has_its_row() -> None:
    told = {name: (verdict, final) for name, verdict, final, _ in rows("## Read the answer")}
    names = [value.name.removeprefix("DISPOSITION_") for value in decision_pb2.Disposition.DESCRIPTOR.values[1:]]

    assert sorted(told) == sorted(names)
    for name, (verdict, final) in told.items():
        assert (final == "no") == (name in NOT_YET), name
        assert (verdict == "DENY") == (name in {*NOT_YET, "NOT_REFUNDABLE"}), name


def test_every_part_of_a_decision_is_explained_or_obvious() -> None:
    explained = {field for part, _ in rows("### What each part is for") for field in re.findall(r"`(\w+)`", part)}
    known = {field.name for field in decision_pb2.Decision.DESCRIPTOR.fields}

    assert explained <= known
    assert {name for name in known - explained if f"`{name}`" not in PAGE} == {
        "decision_id",
        "evaluated_at",
        "refundable_until",
    }


def test_every_reason_stands_by_its_statuses() -> None:
    told: dict[str, set[str]] = {}
    for status, reasons, _ in rows("## Deadlines and retries"):
        for reason in re.findall(r"[A-Z_]{6,}", reasons):
            told.setdefault(reason, set()).add(status)

    assert told == {name: set(promise.codes) for name, promise in promises().items()}


class Unready(grpc.GenericRpcHandler):
    """A service that is unavailable at first, and then answers with an empty decision."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls = 0

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes] | None:
        del handler_call_details
        return grpc.unary_unary_rpc_method_handler(self._answer)

    def _answer(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        del request
        self.calls += 1
        if self.calls <= self.failures:
            context.abort(grpc.StatusCode.UNAVAILABLE, "starting")
        return b""


@pytest.mark.parametrize(("method", "attempts"), [("EvaluateRefund", 4), ("BatchEvaluateRefunds", 3)])
def test_the_service_config_retries_so_often(method: str, attempts: int) -> None:
    [config] = [one.text for one in BLOCKS if one.language == "json"]
    asked = {
        "EvaluateRefund": decision_service_pb2.EvaluateRefundRequest(),
        "BatchEvaluateRefunds": decision_service_pb2.BatchEvaluateRefundsRequest(),
    }[method]
    for failures in (attempts - 1, attempts):
        handler = Unready(failures)
        server = grpc.server(ThreadPoolExecutor(1), handlers=[handler])
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        options = [("grpc.service_config", json.dumps(json.loads(config)))]
        with grpc.insecure_channel(f"127.0.0.1:{port}", options=options) as channel:
            call = getattr(decision_service_pb2_grpc.DecisionServiceStub(channel), method)
            if failures < attempts:
                call(asked)
            else:
                with pytest.raises(grpc.RpcError, match="starting"):
                    call(asked)
        server.stop(None).wait()

        assert handler.calls == attempts


def test_no_text_names_another_distribution() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

    assert [page.name for page in pages if re.search(r"pip3? install (?:-\S+ )*decider\b", page.read_text())] == []
