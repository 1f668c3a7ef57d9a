"""What is logged of a call, and what never is."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import grpc
import orjson
import pytest
import structlog

from decider.logs import configure_logs
from decider.settings import LogFormat
from decider.v1 import decision_service_pb2, decision_service_pb2_grpc
from support import answers, sample
from support.fakes import FakeEngine, send, served


@pytest.fixture
def written() -> Iterator[io.BytesIO]:
    """Log to a buffer at the level of a service, and put everything back."""
    before, level, handlers = structlog.get_config(), logging.root.level, logging.root.handlers[:]
    stream = io.BytesIO()
    configure_logs("info", "auto", stream)
    yield stream
    structlog.configure(**before)
    logging.root.setLevel(level)
    logging.root.handlers[:] = handlers


def lines(stream: io.BytesIO) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in stream.getvalue().splitlines()]


async def test_one_line_a_call_without_what_the_caller_told(written: io.BytesIO) -> None:
    secret = {"request.sender_email": "ada@example.com", "request.reason": "SECRETREASON"}
    wrong = sample.request({**secret, "request.policy_id": "secretpolicy"})
    async with served(FakeEngine()) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        await stub.EvaluateRefund(sample.request(secret))
        for request in (wrong, decision_service_pb2.EvaluateRefundRequest()):
            with pytest.raises(grpc.aio.AioRpcError):
                await stub.EvaluateRefund(request)
        with pytest.raises(grpc.aio.AioRpcError):
            await send(channel, "/decider.v1.PolicyService/GetPolicy", b"\xff")
        batch = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[sample.request(secret), wrong])
        await stub.BatchEvaluateRefunds(batch)

    told = lines(written)
    assert [(one["event"], one["method"].split("/")[1], one["code"], one.get("reason")) for one in told] == [
        ("call", "EvaluateRefund", "OK", None),
        ("call", "EvaluateRefund", "NOT_FOUND", "POLICY_NOT_FOUND"),
        ("call", "EvaluateRefund", "INVALID_ARGUMENT", "INVALID_FACTS"),
        ("call", "GetPolicy", "INVALID_ARGUMENT", "MALFORMED_REQUEST"),
        ("call", "BatchEvaluateRefunds", "OK", None),
    ]
    assert (told[0]["policy"], told[0]["disposition"]) == ("router-one", "DISPOSITION_CASH_REFUND")
    assert (told[4]["items"], told[4]["errors"]) == (2, 1)
    assert all(one["duration_ms"] >= 0 and one["level"] == "info" and one["timestamp"] for one in told)
    text = written.getvalue().decode()
    assert not re.search("@|SECRET|secretpolicy|10350|10000|USD|ORD-|lot-1", text)


async def test_a_withheld_answer_is_logged_with_what_finds_it(written: io.BytesIO) -> None:
    async with served(FakeEngine(lambda _: {**answers.cash(), "interpretations": [], "fee": 10349})) as channel:
        with pytest.raises(grpc.aio.AioRpcError):
            await decision_service_pb2_grpc.DecisionServiceStub(channel).EvaluateRefund(sample.request())

    defect, call = lines(written)
    assert (defect["event"], defect["level"], defect["reason"]) == ("policy.defect", "error", "DECISION_INVARIANT")
    assert defect["guards"] == "fee_and_tax_are_in_the_amount"
    assert re.fullmatch("sha256:[0-9a-f]{64}", defect["input_digest"])
    assert (defect["policy"], defect["bundle_digest"]) == ("router-one", "sha256:b0")
    assert call["code"] == "INTERNAL"
    assert "10349" not in written.getvalue().decode()


def test_libraries_are_logged_without_their_words(written: io.BytesIO) -> None:
    logging.getLogger("some.library").info("not at all")
    logging.getLogger("some.library").warning("about %s", "ada@example.com")
    failure = ValueError("ada@example.com")
    logging.getLogger("some.library").error("about ada@example.com", exc_info=failure)

    first, second = lines(written)
    assert (first["event"], first["logger"], first["level"]) == ("library", "some.library", "warning")
    assert (second["level"], second["exception"]) == ("error", "ValueError")
    assert b"ada" not in written.getvalue()


def logged(form: LogFormat, stream: io.BytesIO) -> bytes:
    configure_logs("info", form, stream)
    structlog.get_logger().info("serving", address="127.0.0.1:50051", name="a\x1b[31m\u202eb\nc", names=["\x1b", "x"])
    return stream.getvalue()


class Terminal(io.BytesIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("written")
def test_lines_for_people_on_a_terminal_and_json_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    line = re.compile(
        rb"\d\d:\d\d:\d\d \[info     \] serving +"
        rb"address=127\.0\.0\.1:50051 name='?a\\u001b\[31m\\u202eb\\u000ac'? names=\['\\x1b', 'x'\]\n"
    )

    assert line.fullmatch(logged("text", io.BytesIO()))
    assert line.fullmatch(logged("auto", Terminal()))
    for told in (logged("auto", io.BytesIO()), logged("json", Terminal()), logged("json", io.BytesIO())):
        assert orjson.loads(told)["address"] == "127.0.0.1:50051"


@pytest.mark.usefixtures("written")
def test_only_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert b"\x1b[" in logged("text", Terminal())
    assert b"\x1b" not in logged("text", io.BytesIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b" not in logged("text", Terminal())
