"""OPA's ways to answer and what becomes of them; the other ways than those of test_engine.py, by a false OPA."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import orjson
import pytest
import pytest_asyncio

from decider.bundle import LoadedBundle
from decider.engine.child import OpaChild
from decider.engine.opa_client import OpaClient
from decider.errors import DeciderError, EngineUnavailable, PolicyError, PolicyUndefined
from support.shipped import OPA
from support.tiny import item

DIGEST = "sha256:ours"
PROVENANCE = {"bundles": {"b": {"revision": DIGEST}, "authz": {"revision": ""}}}
TIMEOUT_S = 5.0
Ask = Callable[..., Awaitable[tuple[object, int]]]


@pytest_asyncio.fixture
async def ask(tmp_path: Path) -> AsyncIterator[Ask]:
    """Ask a false OPA that answers each connection with the next of `answers`: (result or error, connections made)."""
    queue: list[bytes] = []
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(queue.pop(0))
            await writer.drain()
        finally:
            writer.close()

    server = await asyncio.start_unix_server(serve, tmp_path / "socket")
    client = OpaClient(tmp_path / "socket", "token", DIGEST)
    await client.open()

    async def run(*answers: bytes) -> tuple[object, int]:
        queue[:] = answers
        try:
            return await client.query([b"{}"], TIMEOUT_S), connections
        except DeciderError as error:
            return error, connections

    async with server:
        yield run
        await client.aclose()


def answer(status: int, content: object) -> bytes:
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body)) + body


async def test_a_result(ask: Ask) -> None:
    result, connections = await ask(answer(200, {"result": [{"verdict": "DENY"}], "provenance": PROVENANCE}))

    assert (result, connections) == ([{"verdict": "DENY"}], 1)


@pytest.mark.parametrize(
    "content",
    [
        {"provenance": PROVENANCE},
        {"result": None, "provenance": PROVENANCE},
        {"result": [], "provenance": PROVENANCE},
        {"result": [{}, {}], "provenance": PROVENANCE},
        {"result": {"0": {}}, "provenance": PROVENANCE},
    ],
)
async def test_no_result_or_too_few_or_too_many(ask: Ask, content: object) -> None:
    result, connections = await ask(answer(200, content))

    assert isinstance(result, PolicyUndefined)
    assert connections == 1


@pytest.mark.parametrize("one", [None, 1, [], "ALLOW", {"error": {"code": "undefined"}}, {"error": "x"}])
async def test_an_item_without_an_answer(ask: Ask, one: object) -> None:
    result, _ = await ask(answer(200, {"result": [one], "provenance": PROVENANCE}))

    assert isinstance(result, list)
    assert isinstance(result[0], PolicyUndefined)


async def test_an_item_whose_rule_failed(ask: Ask) -> None:
    error = {"code": "beyond_calendar", "message": "shop/pay, PAY_BY: working day 9"}
    result, _ = await ask(answer(200, {"result": [{"error": error}], "provenance": PROVENANCE}))

    assert isinstance(result, list)
    assert isinstance(result[0], PolicyError)
    assert result[0].message == "the policy failed: shop/pay, PAY_BY: working day 9"


@pytest.mark.parametrize("provenance", [{}, {"bundles": {}}, {"bundles": {"b": {"revision": "sha256:other"}}}])
async def test_an_answer_of_another_bundle_is_none(ask: Ask, provenance: object) -> None:
    result, _ = await ask(answer(200, {"result": [{"verdict": "ALLOW"}], "provenance": provenance}))

    assert isinstance(result, EngineUnavailable)


@pytest.mark.parametrize(
    ("status", "content", "kind", "message"),
    [
        (401, {"code": "unauthorized"}, EngineUnavailable, "the policy engine refused the service's token"),
        (403, b"", EngineUnavailable, "the policy engine refused the service's token"),
        (400, {"code": "invalid_parameter", "message": "private"}, PolicyError, "the policy failed: invalid_parameter"),
        (500, b"private", PolicyError, "the policy failed: http_500"),
        (500, [1], PolicyError, "the policy failed: http_500"),
        (
            500,
            {"code": "internal_error", "errors": [{"code": "eval_cancel_error", "message": "private"}]},
            PolicyError,
            "the policy failed: eval_cancel_error",
        ),
        (
            500,
            {"errors": [{"code": "eval_builtin_error", "location": {"file": "/law/statute/statute.rego", "row": 7}}]},
            PolicyError,
            "the policy failed: eval_builtin_error at law/statute/statute.rego:7",
        ),
        (200, b"{", EngineUnavailable, "the policy engine's answer is not JSON"),
    ],
)
async def test_errors(ask: Ask, status: int, content: object, kind: type[DeciderError], message: str) -> None:
    result, connections = await ask(answer(status, content))

    assert isinstance(result, kind)
    assert result.message == message
    assert connections == 1  # an answer is an answer: never asked again


async def test_a_broken_connection_is_tried_once_more(ask: Ask) -> None:
    right = answer(200, {"result": [{}], "provenance": PROVENANCE})

    assert await ask(b"", right) == ([{}], 2)


async def test_and_not_twice(ask: Ask) -> None:
    result, connections = await ask(b"", b"", answer(200, {"result": [{}], "provenance": PROVENANCE}))

    assert isinstance(result, EngineUnavailable)
    assert result.code == "UNAVAILABLE"
    assert connections == 2


async def test_an_answer_that_breaks_off_is_no_answer(ask: Ask) -> None:
    whole = answer(200, {"result": [{"verdict": "ALLOW"}], "provenance": PROVENANCE})
    result, connections = await ask(whole[:-5])

    assert isinstance(result, EngineUnavailable)
    assert connections == 1


async def test_nobody_listens(tmp_path: Path) -> None:
    client = OpaClient(tmp_path / "socket", "token", DIGEST)
    await client.open()
    try:
        with pytest.raises(EngineUnavailable) as raised:
            await client.query([b"{}"], TIMEOUT_S)
        assert raised.value.code == "UNAVAILABLE"
        assert not await client.healthy()
        with pytest.raises(EngineUnavailable) as late:
            await client.query([b"{}"], 0)
        assert late.value.code == "DEADLINE_EXCEEDED"
    finally:
        await client.aclose()
    with pytest.raises(EngineUnavailable):
        await client.query([b"{}"], TIMEOUT_S)


async def test_a_wrong_token_is_no_verdict(bundle: LoadedBundle) -> None:
    child = await OpaChild.start(OPA, bundle.file)
    ours, stranger = (OpaClient(child.socket, token, bundle.catalog.digest) for token in (child.token, "guessed"))
    try:
        await ours.open()
        await stranger.open()
        async with asyncio.timeout(TIMEOUT_S):
            while not await ours.healthy():  # noqa: ASYNC110 (another process has no events)
                await asyncio.sleep(0.02)
        with pytest.raises(EngineUnavailable, match="refused"):
            await stranger.query([item("plain", 1)], TIMEOUT_S)
        assert not await stranger.healthy()
    finally:
        await ours.aclose()
        await stranger.aclose()
        await child.kill()
