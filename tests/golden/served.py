"""A service for tests: the real server and the real OPA, in this event loop, on a free port."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc

from casefile import Case
from decider.bootstrap import open_service
from decider.bundle.yaml_core import parse_yaml
from decider.errors import DeciderError
from decider.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REGO = ROOT / "rego"


@dataclass
class Group:
    """Cases that one service can answer: those under the same parameters and versions of the same policy."""

    policy_id: str
    parameters: Mapping[str, Any]
    versions: Sequence[Mapping[str, Any]]
    cases: list[Case] = field(default_factory=list)


def grouped(cases: Sequence[Case]) -> list[Group]:
    """Sort cases into groups, in the order in which they come; cases under the shipped parameters share one group."""
    groups: dict[str, Group] = {}
    for case in cases:
        changed = bool(case.parameters or case.policy_versions)
        key = json.dumps([case.policy_id, case.parameters, case.policy_versions] if changed else [], default=str)
        group = groups.setdefault(key, Group(case.policy_id, case.parameters, case.policy_versions))
        group.cases.append(case)
    return list(groups.values())


@asynccontextmanager
async def serve_group(group: Group, folder: Path) -> AsyncIterator[grpc.aio.Channel]:
    """Serve the shipped policies under the group's parameters and versions; `folder` is empty and for its files."""
    rego, parameters = REGO, None
    if group.versions:
        rego = with_versions(group, folder)
    if group.parameters:
        parameters = folder / "parameters.json"
        parameters.write_text(json.dumps({group.policy_id: group.parameters}))
    async with serve(rego, parameters) as channel:
        yield channel


@asynccontextmanager
async def serve(rego: Path, parameters: Path | None = None) -> AsyncIterator[grpc.aio.Channel]:
    """Serve the policies of the folder `rego` as long as the block lasts."""
    settings = Settings(address="127.0.0.1:0", rego=rego, parameters=parameters, grace_s=0, deadline_s=30)
    async with open_service(settings) as (_, address), grpc.aio.insecure_channel(address) as channel:
        yield channel


def with_versions(group: Group, folder: Path) -> Path:
    """Copy rego/ to `folder` and add the group's versions to its policy: the first one's parameters, some changed."""
    rego = folder / "rego"
    shutil.copytree(REGO, rego)
    file = rego / "policies" / group.policy_id / "versions" / "data.yaml"
    shipped = versions_of(group.policy_id)
    first = next(iter(shipped.values()))
    with file.open("a") as out:
        for version in group.versions:
            entry = {
                "effective_from": version["effective_from"],
                "rules": first["rules"],
                "parameters": {**first["parameters"], **version.get("parameters", {})},
            }
            out.write(f"{json.dumps(version['version'])}: {json.dumps(entry)}\n")
    return rego


def versions_of(policy_id: str) -> Mapping[str, Any]:
    """Return the shipped versions of a policy as the service reads them."""
    document = parse_yaml((REGO / "policies" / policy_id / "versions" / "data.yaml").read_bytes())
    assert isinstance(document, dict)
    return document


class OneService:
    """At most one service at a time: `serving` ends the one before when another group is asked for.

    Each lives in a task of its own, since what it opens must be closed where it was opened.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._group: Group | None = None
        self._task: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        self._channel: asyncio.Future[grpc.aio.Channel] | None = None
        self.started = 0

    async def serving(self, group: Group) -> grpc.aio.Channel:
        """Return the channel of the group's service, which is started where it is not the one that runs."""
        if group is not self._group or self._channel is None:
            await self.end()
            self.started += 1
            self._group, self._over = group, asyncio.Event()
            self._channel = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._serve(group, self._channel, self._over))
        return await self._channel

    async def end(self) -> None:
        """End the service that runs, if one does."""
        self._over.set()
        if self._task is not None:
            await self._task
        self._task = self._channel = self._group = None

    async def _serve(self, group: Group, channel: asyncio.Future[grpc.aio.Channel], over: asyncio.Event) -> None:
        folder = self._folder / str(self.started)
        folder.mkdir()
        try:
            async with serve_group(group, folder) as opened:
                channel.set_result(opened)
                await over.wait()
        except DeciderError as failure:
            if channel.done():
                raise
            channel.set_exception(failure)
