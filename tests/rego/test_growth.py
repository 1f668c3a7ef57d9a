"""Many purchases take as many times as long as one, not the square of it: counted in expressions that OPA evaluates."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from decider.authoring.cases import changed, to_message
from decider.bundle import LoadedBundle, load_bundle
from decider.engine import find_opa
from decider.evaluation.policy_input import canonical_json
from support.building import policy_input
from support.shipped import CASES, REGO

SIZES = (20, 40, 60)
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


def document(base: dict[str, Any], scenario: Scenario, size: int) -> dict[str, Any]:
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


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> LoadedBundle:
    return load_bundle(REGO, None, find_opa(), tmp_path_factory.mktemp("growth"))


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=2) as opened:
        yield opened


def evaluated(bundle: LoadedBundle, asked: dict[str, Any], file: Path) -> int:
    """Return how many expressions OPA evaluates for one request."""
    item = policy_input(to_message(asked), bundle.catalog)
    file.write_bytes(b'{"items":[' + canonical_json(item) + b"]}")
    options = ["--format=json", "--profile", "--profile-limit=100000", f"--bundle={bundle.file}", f"--input={file}"]
    command = [str(find_opa()), "eval", *options, "data.decider.decisions"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    assert "disposition" in told["result"][0]["expressions"][0]["value"][0]
    return sum(line["num_eval"] for line in told["profile"])


@pytest.mark.parametrize("policy", ["router_one", "yunxin"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_each_purchase_more_costs_the_same(
    name: str, policy: str, bundle: LoadedBundle, pool: ThreadPoolExecutor, tmp_path: Path
) -> None:
    base = yaml.safe_load((CASES / f"{policy}.yaml").read_text(encoding="utf-8"))["base"]

    def count(size: int) -> int:
        return evaluated(bundle, document(base, SCENARIOS[name], size), tmp_path / f"{size}.json")

    few, more, most = pool.map(count, SIZES)

    # One expression for each pair of lots would make a difference of 800.
    assert most - more <= more - few + 20
