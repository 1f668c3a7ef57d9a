"""The decisions for the orders of examples/billing, which decisions.yaml holds.

    PYTHONPATH=tests .venv/bin/python tests/sources/test_decisions.py

writes the file from what the policies decide now.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import grpc
import yaml
from google.protobuf.timestamp_pb2 import Timestamp

from decider.enum_names import CHANNEL, DISPOSITION, REMEDY, VERDICT
from decider.sources import Asked, Source, open_source
from decider.v1 import decision_pb2, decision_service_pb2, decision_service_pb2_grpc, request_pb2
from support.billing import NOW, billing_source, seed_platform
from support.served import serve
from support.shipped import REGO

DECISIONS = Path(__file__).with_name("decisions.yaml")
POLICIES = ("router-one", "yunxin")
# The orders that something else than a refund is asked for as well.
REMEDIES = {
    "ORD-DEE-1": ("RESTORE_CREDITS", ("req-dee-1", "req-dee-2", "req-dee-3", "req-dee-4")),
    "ORD-ELI-1": ("SERVICE_CREDIT", ()),
    "SUB-UMA-1": ("CANCEL_SUBSCRIPTION", ()),
    "SUB-VIC-1": ("CANCEL_SUBSCRIPTION", ()),
    "SUB-WILL-1": ("CANCEL_SUBSCRIPTION", ()),
}
_ORDERS = (
    "SELECT order_ref FROM credit_lots WHERE order_ref IS NOT NULL UNION SELECT order_ref FROM subscriptions ORDER BY 1"
)


def requests(source: Source, database: Path) -> Iterator[tuple[str, decision_service_pb2.EvaluateRefundRequest]]:
    """Yield what is asked of each order, by a name, with its facts as of the seeding."""
    with sqlite3.connect(database) as connection:
        orders = [order for (order,) in connection.execute(_ORDERS)]
    connection.close()
    for order in orders:
        for remedy, events in (("REFUND", ()), *([REMEDIES[order]] if order in REMEDIES else [])):
            loaded = source.load_now(Asked("", order, Timestamp(seconds=NOW), tuple(events)), time.monotonic() + 60)
            loaded.facts.ledger.taken_at.FromSeconds(NOW)  # not the clock of the test
            for policy_id in POLICIES:
                request = request_pb2.RefundRequest(
                    policy_id=policy_id,
                    remedy=REMEDY.value(remedy),
                    requested_at=Timestamp(seconds=NOW),
                    channel=CHANNEL.value("IN_APP"),
                    sender_authenticated=True,
                    order_ref=order,
                    usage_event_ids=events,
                )
                yield (
                    f"{order} {policy_id} {remedy}",
                    decision_service_pb2.EvaluateRefundRequest(
                        request=request, facts=loaded.facts, evaluate_at=Timestamp(seconds=NOW)
                    ),
                )


def told(decision: decision_pb2.Decision) -> str:
    """Return the gist of a decision: what is decided, how much, and why."""
    money = f"{decision.amount.currency_code} {decision.amount.amount_minor}"
    least, most = decision.bounds.min.amount_minor, decision.bounds.max.amount_minor
    bounds = f" ({least} to {most})" if decision.HasField("bounds") else ""
    why = ", ".join(citation.clause_id for citation in decision.citations)
    return f"{VERDICT.name(decision.verdict)} {DISPOSITION.name(decision.disposition)} {money}{bounds}: {why}"


async def decided(database: Path, folder: Path) -> dict[str, str]:
    """Decide all orders by the shipped policies."""
    with open_source(billing_source(folder, database)) as source:
        named: Sequence[tuple[str, decision_service_pb2.EvaluateRefundRequest]] = list(requests(source, database))
    async with serve(REGO) as channel:
        batch = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[request for _, request in named])
        response = await _stub(channel).BatchEvaluateRefunds(batch, timeout=120)
    found = {}
    for (name, _), result in zip(named, response.results, strict=True):
        assert result.HasField("decision"), f"{name}: {result.error.message}"
        found[name] = told(result.decision)
    return found


def _stub(channel: grpc.aio.Channel) -> decision_service_pb2_grpc.DecisionServiceAsyncStub:
    return decision_service_pb2_grpc.DecisionServiceStub(channel)


async def test_the_decisions_are_those_of_the_file(seeded: Path, tmp_path: Path) -> None:
    expected = yaml.safe_load(DECISIONS.read_text())

    found = await decided(seeded, tmp_path)

    assert {name: text for name, text in found.items() if expected.get(name) != text} == {}
    assert found.keys() == expected.keys()


def test_every_disposition_that_an_order_decides_is_among_them() -> None:
    dispositions = {text.split()[1] for text in yaml.safe_load(DECISIONS.read_text()).values()}

    # The request decides whether information is missing.
    assert dispositions == set(DISPOSITION.names) - {"UNSPECIFIED", "NEEDS_INFORMATION"}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        seed_platform(Path(made) / "seeded.db")
        all_decided = asyncio.run(decided(Path(made) / "seeded.db", Path(made) / "copy"))
    DECISIONS.write_text(yaml.safe_dump(all_decided, sort_keys=True, width=1000))
