"""The engine as callers see it, with a real OPA."""

from __future__ import annotations

import asyncio

from decider.bundle import LoadedBundle
from decider.engine import OpaEngine
from decider.errors import EngineUnavailable, PolicyError, PolicyUndefined
from support.tiny import item, plain

TIMEOUT_S = 10.0


async def test_results_come_in_the_order_of_the_inputs(engine: OpaEngine) -> None:
    results = await engine.evaluate([item("plain", number) for number in range(200)], TIMEOUT_S)

    assert [plain(number) for number in range(200)] == results


async def test_concurrent_calls_each_get_their_own(engine: OpaEngine) -> None:
    calls = [engine.evaluate([item("plain", n), item("plain", 1000 + n)], TIMEOUT_S) for n in range(100)]

    assert [[plain(n), plain(1000 + n)] for n in range(100)] == await asyncio.gather(*calls)


async def test_no_inputs_no_results(engine: OpaEngine) -> None:
    assert await engine.evaluate([], TIMEOUT_S) == []


async def test_poisoned_and_undefined_items_fail_alone_and_in_their_place(engine: OpaEngine) -> None:
    poisoned = item("divide", 2, amount=1, by=0, email="private@example.com")
    conflict = item("conflict", 3, first=True, second=True)
    results = await engine.evaluate(
        [item("plain", 0), item("nothing", 1), poisoned, conflict, item("divide", 4, amount=8, by=2)], TIMEOUT_S
    )

    assert plain(0) == results[0]
    assert isinstance(results[1], PolicyUndefined)
    assert isinstance(results[2], PolicyError)
    assert results[2].metadata["code"] == "eval_builtin_error"
    assert results[2].metadata["location"] == "policies/tiny-shop/tiny_shop.rego:5"
    assert isinstance(results[3], PolicyError)
    assert results[3].metadata["code"] == "eval_conflict_error"
    assert results[4] == {"id": 4, "kind": "divide", "share": 4}
    assert "private" not in f"{results[2]} {results[2].metadata}"


async def test_a_poisoned_item_does_not_spoil_another_callers(engine: OpaEngine) -> None:
    calls = [
        engine.evaluate([item("divide", n, amount=1, by=0) if n == 5 else item("plain", n)], TIMEOUT_S)
        for n in range(20)
    ]
    results = await asyncio.gather(*calls)

    assert isinstance(results[5][0], PolicyError)
    assert all([plain(n)] == results[n] for n in range(20) if n != 5)


async def test_malformed_input_fails_alone(engine: OpaEngine) -> None:
    results = await engine.evaluate([item("plain", 0), b'{"kind":', item("plain", 2)], TIMEOUT_S)

    assert plain(0) == results[0]
    assert isinstance(results[1], PolicyError)
    assert plain(2) == results[2]


async def test_bytes_that_are_two_inputs_get_no_answer(engine: OpaEngine) -> None:
    two = item("plain", 1) + b"," + item("plain", 1)
    results = await engine.evaluate([two, item("plain", 2)], TIMEOUT_S)

    assert isinstance(results[0], PolicyUndefined)
    assert plain(2) == results[1]


async def test_out_of_time_is_no_verdict(engine: OpaEngine) -> None:
    slow, late = await asyncio.gather(
        engine.evaluate([item("slow", 1, steps=1_000_000)], 0.1), engine.evaluate([item("plain", 2)], TIMEOUT_S)
    )

    assert isinstance(slow[0], EngineUnavailable)
    assert slow[0].code == "DEADLINE_EXCEEDED"
    assert plain(2) == late[0] or isinstance(late[0], EngineUnavailable)
    assert [plain(3)] == await engine.evaluate([item("plain", 3)], TIMEOUT_S)


async def test_digest_is_the_bundles(engine: OpaEngine, bundle: LoadedBundle) -> None:
    assert bundle.catalog == engine.catalog
    assert engine.catalog.digest.startswith("sha256:")
