"""The real service, asked from plain functions: many documents in one call, over gRPC, decided by the real OPA."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import grpc

from decider.authoring.cases import to_message
from decider.bootstrap import open_service
from decider.bundle.catalog import Catalog
from decider.settings import Settings
from decider.v1 import decision_pb2, decision_service_pb2, decision_service_pb2_grpc
from support.shipped import REGO

BATCH = 200


class Engine:
    """A service in a thread of its own, from `with` to its end; `parameters` is an overlay, as the service reads it."""

    def __init__(self, parameters: Path | None = None, rego: Path = REGO) -> None:
        self._settings = Settings(address="127.0.0.1:0", rego=rego, parameters=parameters, grace_s=0, deadline_s=120)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self._service = open_service(self._settings)
        try:
            evaluator, address = self._run(self._service.__aenter__())
        except BaseException:
            self._end()
            raise
        self.catalog: Catalog = evaluator.catalog
        self._channel = self._run(_opened(address))
        return self

    def __exit__(self, *exc: object) -> None:
        self._run(self._channel.close())
        self._run(self._service.__aexit__(None, None, None))
        self._end()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def decide(self, documents: Sequence[Mapping[str, Any]]) -> list[decision_pb2.Decision | None]:
        """Return the decision of each document, None where the service refuses it as faulty; other errors raise."""
        result: list[decision_pb2.Decision | None] = []
        for start in range(0, len(documents), BATCH):
            result += self._run(self._ask(documents[start : start + BATCH]))
        return result

    def faults(self, document: Mapping[str, Any]) -> str:
        """Return what the service says of a document that it refuses."""
        request = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[to_message(document)])
        response = self._run(self._batch(request))
        return str(response.results[0].error)

    async def _ask(self, documents: Sequence[Mapping[str, Any]]) -> list[decision_pb2.Decision | None]:
        request = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[to_message(one) for one in documents])
        response = await self._batch(request)
        for one in response.results:
            if one.WhichOneof("result") == "error" and one.error.code != grpc.StatusCode.INVALID_ARGUMENT.value[0]:
                raise AssertionError(f"no decision, and no fault of the facts either: {one.error}")
        return [one.decision if one.WhichOneof("result") == "decision" else None for one in response.results]

    async def _batch(
        self, request: decision_service_pb2.BatchEvaluateRefundsRequest
    ) -> decision_service_pb2.BatchEvaluateRefundsResponse:
        stub = decision_service_pb2_grpc.DecisionServiceStub(self._channel)
        response: decision_service_pb2.BatchEvaluateRefundsResponse = await stub.BatchEvaluateRefunds(
            request, timeout=120
        )
        return response

    def _run(self, step: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(step, self._loop).result(timeout=180)


async def _opened(address: str) -> grpc.aio.Channel:
    return grpc.aio.insecure_channel(address)
