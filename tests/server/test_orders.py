"""Requests that name an order: the service loads the facts, and says whose fault a failure is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import grpc
import orjson
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from decider.engine import JSONObject
from decider.sources import Asked, Source, open_source
from decider.v1 import decision_pb2, decision_service_pb2, decision_service_pb2_grpc, request_pb2
from support import answers, sample
from support.billing import NOW, billing_source
from support.error_examples import promises
from support.fakes import FakeEngine, details, served, unpacked

Request = decision_service_pb2.EvaluateRefundRequest
Stub = decision_service_pb2_grpc.DecisionServiceStub


def denying() -> FakeEngine:
    return FakeEngine(lambda _: {**answers.denied(), "interpretations": []})


def asked(account_id: str, order_ref: str, /, **fields: object) -> Request:
    request = request_pb2.RefundRequest(
        policy_id="router-one",
        requested_at=Timestamp(seconds=NOW),
        channel=request_pb2.CHANNEL_IN_APP,
        sender_authenticated=True,
        **fields,  # type: ignore[arg-type]
    )
    order = decision_service_pb2.OrderKey(account_id=account_id, order_ref=order_ref)
    return Request(request=request, order=order, evaluate_at=Timestamp(seconds=NOW + 1))


@pytest.fixture
def folder(tmp_path: Path, seeded: Path) -> Path:
    return billing_source(tmp_path, seeded)


@pytest.fixture
def source(folder: Path) -> Iterator[Source]:
    with open_source(folder) as opened:
        yield opened


@pytest.fixture
async def channel(source: Source) -> AsyncIterator[grpc.aio.Channel]:
    async with served(denying(), facts=source) as channel:
        yield channel


async def refused(channel: grpc.aio.Channel, request: Request) -> tuple[grpc.StatusCode, str, dict[str, str]]:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await Stub(channel).EvaluateRefund(request)
    info, violations = details(raised.value)
    assert raised.value.code().name in promises()[info.reason].codes
    return raised.value.code(), info.reason, violations


@pytest.mark.parametrize("account_id", ["ben", ""])
async def test_an_order_is_evaluated_on_the_facts_of_its_account(source: Source, account_id: str) -> None:
    engine = denying()
    async with served(engine, facts=source) as channel:
        response = await Stub(channel).EvaluateRefund(asked(account_id, "ORD-BEN-1"))

    assert response.decision.disposition == decision_pb2.DISPOSITION_NOT_REFUNDABLE
    assert b'"lot-ben-1"' in engine.asked[0][0]


async def test_an_order_gets_the_decision_of_its_facts(source: Source) -> None:
    by_order, by_facts = asked("jan", "ORD-JAN-2"), asked("jan", "ORD-JAN-2", order_ref="ORD-JAN-2")
    loaded = await source.load(Asked.by(by_order), 30)
    by_facts.facts.CopyFrom(loaded.facts)
    engine = denying()
    async with served(engine, facts=source) as channel:
        for request in (by_order, by_facts):
            await Stub(channel).EvaluateRefund(request)

    inputs = [orjson.loads(documents[0]) for documents in engine.asked]
    for one in inputs:
        del one["ledger"]["age_ns"]  # the second was loaded earlier
    assert inputs[0] == inputs[1]


async def test_a_batch_takes_orders_and_facts_together(channel: grpc.aio.Channel) -> None:
    batch = decision_service_pb2.BatchEvaluateRefundsRequest(
        requests=[asked("ben", "ORD-BEN-1"), asked("ben", "ORD-ADA-1"), sample.request(), asked("jan", "ORD-JAN-3")]
    )

    results = (await Stub(channel).BatchEvaluateRefunds(batch)).results

    assert [one.WhichOneof("result") for one in results] == ["decision", "error", "decision", "decision"]
    assert unpacked(results[1].error)[0].reason == "ORDER_NOT_FOUND"


async def test_a_stream_takes_orders(channel: grpc.aio.Channel) -> None:
    async def requests() -> AsyncIterator[decision_service_pb2.StreamEvaluateRefundsRequest]:
        for order_ref in ("ORD-BEN-1", "ORD-ADA-1"):
            yield decision_service_pb2.StreamEvaluateRefundsRequest(request=asked("ben", order_ref))

    results = [response.result async for response in Stub(channel).StreamEvaluateRefunds(requests())]

    assert [one.WhichOneof("result") for one in results] == ["decision", "error"]
    assert unpacked(results[1].error)[0].reason == "ORDER_NOT_FOUND"


@pytest.mark.parametrize(("account_id", "order_ref"), [("kei", "ORD-X"), ("ada", "ORD-KEI-1"), ("x", "ORD-KEI-1")])
async def test_an_unknown_order_is_not_found(channel: grpc.aio.Channel, account_id: str, order_ref: str) -> None:
    found = await refused(channel, asked(account_id, order_ref))

    assert found == (grpc.StatusCode.NOT_FOUND, "ORDER_NOT_FOUND", {})


async def test_rows_of_the_wrong_shape_are_the_operators_fault(folder: Path) -> None:
    (folder / "risk.sql").write_text("SELECT 'maybe' AS fraud, 'x@example.com' AS tos_violation")
    with open_source(folder) as source:
        async with served(FakeEngine(), facts=source) as channel:
            found = await refused(channel, asked("ben", "ORD-BEN-1"))

    names = "needs one of none, suspected, confirmed, got"
    assert found == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "FACTS_INVALID",
        {
            "risk.sql row 1: fraud": f"{names} 'maybe'; map it with CASE",
            "risk.sql row 1: tos_violation": f"{names} a text with an address; map it with CASE",
        },
    )


async def test_facts_that_contradict_each_other_carry_both_paths(folder: Path) -> None:
    lots = folder / "lots.sql"
    lots.write_text(lots.read_text().replace("used_micros,", "base_micros + 1 AS used_micros,"))
    (folder / "customer.sql").write_text("SELECT 'consumer' AS type, 'XX' AS country_code")
    with open_source(folder) as source:
        async with served(FakeEngine(), facts=source) as channel:
            code, reason, violations = await refused(channel, asked("ada", "ORD-ADA-1"))

    assert (code, reason) == (grpc.StatusCode.FAILED_PRECONDITION, "FACTS_INVALID")
    assert violations.keys() == {
        "facts.lots[0].used_micros (lots.sql row 1)",
        "facts.customer.country_code (customer.sql row 1)",
    }


async def test_a_fault_that_the_policy_finds_in_loaded_facts_carries_both_paths(source: Source) -> None:
    fault: JSONObject = {"fault": {"field": "facts.agreement.minimum", "description": "no rate"}}
    async with served(FakeEngine(lambda _: fault), facts=source) as channel:
        found = await refused(channel, asked("zoe", "ORD-ZOE-1"))

    assert found[1:] == ("FACTS_INVALID", {"facts.agreement.minimum (agreement.sql row 1)": "no rate"})


async def test_a_database_that_is_away_is_unavailable(folder: Path, source: Source) -> None:
    (folder.parents[2] / "build" / "billing.db").unlink()
    async with served(FakeEngine(), facts=source) as channel:
        found = await refused(channel, asked("ada", "ORD-ADA-1"))

    assert found == (grpc.StatusCode.UNAVAILABLE, "FACTS_UNAVAILABLE", {})


async def test_a_service_without_a_source_says_so() -> None:
    async with served(FakeEngine()) as channel:
        found = await refused(channel, asked("ada", "ORD-ADA-1"))

    told = "this service has no source of facts (DECIDER_SOURCE); send the facts"
    assert found == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS", {"order": told})


BAD = {
    "no order": ({"order_ref": ""}, "order.order_ref"),
    "a control character": ({"order_ref": "a\nb"}, "order.order_ref"),
    "a long account": ({"account_id": "a" * 256}, "order.account_id"),
}


@pytest.mark.parametrize(("change", "field"), BAD.values(), ids=BAD.keys())
async def test_a_malformed_key_is_the_callers_fault(
    channel: grpc.aio.Channel, change: dict[str, str], field: str
) -> None:
    key = {"account_id": "ada", "order_ref": "ORD-ADA-1", **change}
    found = await refused(channel, asked(key["account_id"], key["order_ref"]))

    assert found[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS")
    assert found[2].keys() == {field}


async def test_the_request_may_name_no_other_order(channel: grpc.aio.Channel) -> None:
    found = await refused(channel, asked("ada", "ORD-ADA-1", order_ref="ORD-BEN-1"))

    assert found[1:] == ("INVALID_FACTS", {"request.order_ref": "must be order.order_ref, or absent"})


async def test_a_fault_of_the_request_alone_is_the_callers(channel: grpc.aio.Channel) -> None:
    code, reason, violations = await refused(channel, asked("ada", "ORD-ADA-1", lot_ids=["lot-x"]))

    assert (code, reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS")
    assert violations.keys() == {"request.lot_ids[0]"}


async def test_a_key_with_an_unknown_field_is_refused(channel: grpc.aio.Channel) -> None:
    request = asked("ada", "ORD-ADA-1")
    request.order.MergeFromString(b"\xf8\x3e\x01")  # field 1007

    found = await refused(channel, request)

    assert found[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FACTS")
    assert found[2].keys() == {"order"}
