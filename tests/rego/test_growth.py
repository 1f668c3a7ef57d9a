"""The work of a decision grows with the number of purchases, not with its square. Operations of OPA are counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from decider.authoring.cases import changed, to_message
from decider.bundle import LoadedBundle, load_bundle
from decider.engine import find_opa
from decider.evaluation.policy_input import canonical_json
from support.building import policy_input
from support.processes import until
from support.shipped import REGO, base_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SIZES = (10, 20, 30)
LATE = "2026-08-11T09:30:00Z"


def usd(amount: int) -> dict[str, Any]:
    return {"currency_code": "USD", "amount_minor": amount}


def refund(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"re-{number}", "amount": usd(100), "status": "SUCCEEDED", "lot_id": f"lot-{number}", **fields}


def nothing(_: int) -> dict[str, Any]:
    return {}


def after_the_first(fields: dict[str, Any]) -> Callable[[int], dict[str, Any]]:
    return lambda number: fields if number else {}


@dataclass(frozen=True)
class Scenario:
    """What differs from a purchase that is refunded: lots and payments by number, then the document by dotted paths."""

    lot: Callable[[int], dict[str, Any]] = nothing
    payment: Callable[[int], dict[str, Any]] = nothing
    change: dict[str, Any] = field(default_factory=dict)


USED = after_the_first({"used_micros": 1_000_000})
LOST = {"dispute": {"status": "LOST", "amount": usd(100)}}
DUPLICATE = {"duplicate_of": "pay-0", "duplicate_verified": True}
SCENARIOS = {
    "partly used": Scenario(USED),
    "no consent on record": Scenario(lambda _: {"used_micros": 1_000_000, "consent": {}}),
    "late": Scenario(USED, change={"evaluate_at": LATE, "request.requested_at": LATE, "facts.ledger.taken_at": LATE}),
    "before the first version": Scenario(lambda _: {"purchased_at": "2026-03-20T09:00:00Z"}),
    "given away": Scenario(after_the_first({"category": "PROMOTIONAL"})),
    "sold elsewhere": Scenario(after_the_first({"sold_by": "a reseller"})),
    "refunded in part": Scenario(payment=lambda number: {"refunds": [refund(number, credits_micros=1_000_000)]}),
    "refund under way": Scenario(payment=lambda number: {"refunds": [refund(number, status="PENDING")]}),
    "disputes lost": Scenario(USED, lambda _: LOST),
    "disputes open": Scenario(USED, lambda _: {"dispute": {"status": "UNDER_REVIEW"}}),
    "overcharged": Scenario(payment=lambda _: {"expected": usd(1000)}),
    "duplicates": Scenario(USED, after_the_first(DUPLICATE)),
    "duplicates in doubt": Scenario(USED, after_the_first({"duplicate_of": "pay-0"})),
    "all of one payment": Scenario(lambda _: {"payment_id": "pay-0"}, lambda _: LOST),
    "an amount": Scenario(USED, change={"request.requested_amount": usd(5000)}),
    "suspended": Scenario(USED, change={"facts.account.status": "SUSPENDED"}),
    "an outage": Scenario(change={"facts.incidents": [{"id": "i", "verified": True, "significant": True}]}),
    "refundable by agreement": Scenario(USED, change={"facts.agreement": {"id": "a", "terms": "REFUNDABLE"}}),
    "not refundable by agreement": Scenario(USED, change={"facts.agreement": {"id": "a", "terms": "NOT_REFUNDABLE"}}),
    "agreement not modelled": Scenario(USED, change={"facts.agreement": {"id": "a", "terms": "NOT_MODELLED"}}),
}


def document(base: Mapping[str, Any], scenario: Scenario, size: int) -> dict[str, Any]:
    """Return a German's request for an order of so many lots, each with a payment."""
    order = {"order_ref": "ORD-1"}
    lot, payment = base["facts"]["lots"][0], base["facts"]["payments"][0]
    lots = [
        {**lot, **order, "id": f"lot-{one}", "payment_id": f"pay-{one}", **scenario.lot(one)} for one in range(size)
    ]
    payments = []
    for one in range(size):
        bought = sum(each["payment_id"] == f"pay-{one}" for each in lots)
        captured = usd(payment["captured"]["amount_minor"] * max(1, bought))
        payments.append({**payment, "id": f"pay-{one}", "captured": captured, **scenario.payment(one)})
    change = {
        "request.order_ref": order["order_ref"],
        "facts.customer.country_code": "DE",
        "facts.lots": lots,
        "facts.payments": payments,
        "facts.ledger": {"taken_at": base["evaluate_at"]},
    }
    return changed(base, {"set": {**change, **scenario.change}})


@dataclass(frozen=True)
class Opa:
    """A running OPA."""

    bundle: LoadedBundle
    session: aiohttp.ClientSession

    async def operations(self, document: dict[str, Any]) -> int:
        """Return how many operations the evaluation of a request takes."""
        item = policy_input(to_message(document), self.bundle.catalog)
        body = b'{"input":{"items":[' + canonical_json(item) + b"]}}"
        async with self.session.post("/v1/data/decider/decisions?instrument", data=body) as response:
            answer = await response.json()
        [decision] = answer["result"]
        assert "disposition" in decision
        return sum(value["count"] for name, value in answer["metrics"].items() if name.startswith("histogram_eval_op_"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opa(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Opa]:
    """Run OPA with the shipped policies and nothing in front of it, so that it counts its operations when asked to."""
    folder = tmp_path_factory.mktemp("growth")
    bundle = load_bundle(REGO, None, find_opa(), folder)
    socket = folder / "socket"
    options = [f"--addr=unix://{socket}", "--skip-version-check", "--log-level=error", "--bundle", str(bundle.file)]
    process = await asyncio.create_subprocess_exec(find_opa(), "run", "--server", *options)
    try:
        await until(socket.exists)
        async with aiohttp.ClientSession("http://opa", connector=aiohttp.UnixConnector(str(socket))) as session:
            yield Opa(bundle, session)
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.parametrize("policy", ["router_one", "yunxin"])
@pytest.mark.parametrize("name", SCENARIOS)
async def test_each_purchase_more_costs_the_same(name: str, policy: str, opa: Opa) -> None:
    base = base_of(f"{policy}.yaml")

    few, more, most = [await opa.operations(document(base, SCENARIOS[name], size)) for size in SIZES]

    # One operation for each pair of lots would make a difference of 200; how amounts round makes one of a few dozen.
    assert most - more <= more - few + 100
