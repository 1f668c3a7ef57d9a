"""The adapter around opa-python-client: it sends batches of JSON, and returns results or typed errors.

| answer of OPA | result |
|---|---|
| no connection, or a broken connection | a retry on a new connection, then EngineUnavailable |
| no answer in time | EngineUnavailable(deadline=True) |
| 401, 403; an answer of another bundle | EngineUnavailable |
| any other error (builtin error, conflict, malformed input) | PolicyError with OPA's code and the place of the rule |
| no result, or a result of another length | PolicyUndefined |
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import structlog
from opa_client.opa_async import AsyncOpaClient

from decider.bundle.catalog import JSON
from decider.errors import DeciderError, EngineUnavailable, PolicyError, PolicyUndefined, policy_failure

__all__ = ["JSONObject", "OpaClient"]

JSONObject = dict[str, JSON]

# The only path of queries. It is constant, and never built from a caller's text.
DECISIONS = "/data/decider/decisions?strict-builtin-errors=true&provenance=true"
# With another encoding, OPA would gzip every answer above 1 kB on its way within the machine.
_HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
_GONE = "the policy engine is down; it is being restarted"

_log = structlog.get_logger(__name__)


class _Client(AsyncOpaClient):  # type: ignore[misc] # opa-python-client ships no types
    """AsyncOpaClient over a unix socket, with the call that it lacks.

    Its `query_rule` encodes the input again (10 times the cost of joining bytes), loses OPA's error body in
    `raise_for_status`, and has the same timeout for all calls. `_request`, which all its methods use, has none of these
    faults. Apart from the session, it is the only private part used here.
    """

    def __init__(self, socket: Path, token: str) -> None:
        # retries=0, because the client's own retries also repeat errors that OPA answers with, and sleep for 0.9 s.
        super().__init__(token=token, retries=0)
        self._socket = socket

    async def _init_session(self) -> None:
        connector = aiohttp.UnixConnector(str(self._socket))
        timeout = aiohttp.ClientTimeout(total=self.timeout)
        self._session = aiohttp.ClientSession(headers=self.headers, connector=connector, timeout=timeout)

    async def decisions(self, body: bytes, timeout_s: float) -> tuple[int, bytes]:
        """POST the body to the constant path; return status and body. Raises aiohttp's errors and TimeoutError."""
        timeout = aiohttp.ClientTimeout(total=timeout_s)
        async with self._request(
            "POST", self.root_url + DECISIONS, data=body, headers=_HEADERS, timeout=timeout
        ) as answer:
            return answer.status, await answer.read()


class OpaClient:
    """Asks the OPA process that listens on a unix socket, over connections that are kept alive.

    Every answer must carry the revision `digest`. Open the client in the event loop that uses it, and close it.
    """

    def __init__(self, socket: Path, token: str, digest: str) -> None:
        self._client = _Client(socket, token)
        self._digest = digest
        self._closed = False

    async def open(self) -> None:
        """Create the session without sending anything."""
        await self._client.__aenter__()

    async def aclose(self) -> None:
        """Close the connections. Running calls fail with EngineUnavailable."""
        self._closed = True
        await self._client.close_connection()

    async def healthy(self) -> bool:
        """Whether OPA reports that it is healthy and its bundles are active; the caller limits the wait."""
        result: bool = await self._client.check_health({"bundles": True})
        return result

    async def query(self, items: Sequence[bytes], timeout_s: float) -> list[JSONObject | DeciderError]:
        """Evaluate inputs (JSON documents) in one query; return a result or an error for each, in order.

        Raises EngineUnavailable, PolicyError or PolicyUndefined for the query as a whole.
        """
        body = b'{"input":{"items":[' + b",".join(items) + b"]}}"
        status, content = await self._post(body, timeout_s)
        if status != HTTPStatus.OK:
            raise _refused(status, content)
        try:
            answer = orjson.loads(content)
        except orjson.JSONDecodeError:
            raise EngineUnavailable("the policy engine's answer is not JSON") from None
        self._check_revision(answer)
        results = answer.get("result")
        if not isinstance(results, list) or len(results) != len(items):
            raise PolicyUndefined("the policy gave no answer for this input")
        return [_item(result) for result in results]

    async def _post(self, body: bytes, timeout_s: float) -> tuple[int, bytes]:
        until = time.monotonic() + timeout_s
        for last in (False, True):
            left = until - time.monotonic()
            if self._closed:
                raise EngineUnavailable(_GONE)
            if left <= 0:
                break
            try:
                status_and_body: tuple[int, bytes] = await self._client.decisions(body, left)
            except TimeoutError:
                break
            except (aiohttp.ClientError, OSError) as failure:
                if last or not isinstance(failure, aiohttp.ClientConnectionError):
                    raise EngineUnavailable(_GONE) from None
            else:
                return status_and_body
        raise EngineUnavailable("the policy engine did not answer in time", deadline=True)

    def _check_revision(self, answer: dict[str, Any]) -> None:
        """Check that one of OPA's bundles has the digest; the other bundle is the authorisation."""
        bundles = answer.get("provenance", {}).get("bundles", {})
        if not any(bundle.get("revision") == self._digest for bundle in bundles.values()):
            _log.error("engine.other_bundle", expected=self._digest)
            raise EngineUnavailable("the policy engine serves another bundle")


def _item(result: JSON) -> JSONObject | DeciderError:
    if not isinstance(result, dict):
        return PolicyUndefined("the policy gave no answer for this input")
    error = result.get("error")
    if error is None:
        return result
    error = error if isinstance(error, dict) else {}
    return policy_failure(str(error.get("code", "undefined")), str(error.get("message", "")))


def _refused(status: int, content: bytes) -> DeciderError:
    """Turn an error answer into an error, without OPA's messages, which may contain values of the input."""
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        _log.error("engine.refused", status=status)
        return EngineUnavailable("the policy engine refused the service's token")
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError:
        answer = {}
    answer = answer if isinstance(answer, dict) else {}
    first: dict[str, Any] = next(iter(answer.get("errors") or []), {})
    place = first.get("location") or {}
    code = str(first.get("code") or answer.get("code") or f"http_{status}")
    where = f"{str(place['file']).lstrip('/')}:{place.get('row', 0)}" if place.get("file") else ""
    _log.error("engine.policy_error", status=status, code=code, location=where)
    metadata = {"code": code, **({"location": where} if where else {})}
    return PolicyError(f"the policy failed: {code}{f' at {where}' if where else ''}", metadata=metadata)
