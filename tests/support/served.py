"""A service for tests: the real server and the real OPA, in this event loop, on a free port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

import grpc

from decider.authoring.cases import Group, with_versions
from decider.bootstrap import open_service
from decider.errors import DeciderError
from decider.settings import Settings
from support.shipped import REGO

Round: TypeAlias = Sequence[Group]


def rounds(groups: Sequence[Group]) -> list[Round]:
    """Put groups together that one service can answer: one of each policy, since each changes its own policy only."""
    shipped = [group for group in groups if not group.parameters and not group.versions]
    changed = [group for group in groups if group not in shipped]
    policies = sorted({group.policy_id for group in changed})
    columns = ([group for group in changed if group.policy_id == policy_id] for policy_id in policies)
    return [*((group,) for group in shipped), *(tuple(filter(None, row)) for row in zip_longest(*columns))]


@asynccontextmanager
async def serve_round(groups: Round, folder: Path) -> AsyncIterator[grpc.aio.Channel]:
    """Serve the shipped policies under the parameters and versions of groups; `folder` is empty and for its files."""
    rego = REGO
    for group in groups:
        if group.versions:
            rego = with_versions(rego, group, folder / group.policy_id)
    parameters = folder / "parameters.json"
    parameters.write_text(json.dumps({group.policy_id: group.parameters for group in groups if group.parameters}))
    async with serve(rego, parameters) as channel:
        yield channel


@asynccontextmanager
async def serve(rego: Path, parameters: Path | None = None) -> AsyncIterator[grpc.aio.Channel]:
    """Serve the policies of the folder `rego` as long as the block lasts."""
    settings = Settings(address="127.0.0.1:0", rego=rego, parameters=parameters, grace_s=0, deadline_s=30)
    async with open_service(settings) as (_, address), grpc.aio.insecure_channel(address) as channel:
        yield channel


class OneService:
    """At most one service at a time: `serving` ends the one before when another round is asked for.

    Each lives in a task of its own, since what it opens must be closed where it was opened.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._round: Round | None = None
        self._task: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        self._channel: asyncio.Future[grpc.aio.Channel] | None = None
        self.started = 0

    async def serving(self, groups: Round) -> grpc.aio.Channel:
        """Return the channel of the round's service, which is started where it is not the one that runs."""
        if groups is not self._round or self._channel is None:
            await self.end()
            self.started += 1
            self._round, self._over = groups, asyncio.Event()
            self._channel = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._serve(groups, self._channel, self._over))
        return await self._channel

    async def end(self) -> None:
        """End the service that runs, if one does."""
        self._over.set()
        if self._task is not None:
            await self._task
        self._task = self._channel = self._round = None

    async def _serve(self, groups: Round, channel: asyncio.Future[grpc.aio.Channel], over: asyncio.Event) -> None:
        folder = self._folder / str(self.started)
        folder.mkdir()
        try:
            async with serve_round(groups, folder) as opened:
                channel.set_result(opened)
                await over.wait()
        except DeciderError as failure:
            if channel.done():
                raise
            channel.set_exception(failure)
