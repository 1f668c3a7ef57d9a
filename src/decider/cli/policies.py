"""`decider policies`: what policies there are; of one, its parameters and clauses."""

from __future__ import annotations

import json

from google.protobuf.json_format import MessageToDict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from decider.cli.figures import time_text
from decider.cli.output import print_json, print_plainly
from decider.cli.remote import Service
from decider.v1 import policy_service_pb2

__all__ = ["show_policies", "show_policy"]


async def show_policies(service: Service, console: Console, *, as_json: bool) -> None:
    """Print every version of every policy. Raises Failure."""
    response = await service.list_policies()
    if as_json:
        print_json(console, MessageToDict(response, preserving_proto_field_name=True))
        return
    table = _table("policy", "version", "in force from", "parameters", "title")
    for policy in response.policies:
        for version in policy.versions:
            since, count = time_text(version.effective_from), str(len(version.parameters))
            _add(table, policy.policy_id, version.version, since, count, policy.title)
    print_plainly(console, table, Text(f"\nbundle {response.bundle_digest}", style="dim"))


async def show_policy(service: Service, console: Console, policy_id: str, version: str, *, as_json: bool) -> None:
    """Print one version of one policy, the one in force now where `version` is empty. Raises Failure."""
    response = await service.get_policy(policy_id, version)
    if as_json:
        print_json(console, MessageToDict(response, preserving_proto_field_name=True))
        return
    policy = response.policy
    print_plainly(console, Text(f"{policy.policy_id}: {policy.title}", style="bold"))
    for one in policy.versions:
        heading = Text(f"version {one.version}, in force from {time_text(one.effective_from)}\n")
        print_plainly(console, heading, _parameters(one), Text())
    table = _table("clause", "section", "title")
    for clause in policy.clauses:
        _add(table, clause.clause_id, clause.section, clause.title)
    print_plainly(console, table)


def _parameters(version: policy_service_pb2.PolicyVersion) -> Table:
    table = _table("parameter", "value", "default", "meaning")
    for one in version.parameters:
        default = "same" if one.default_json == one.value_json else _spaced(one.default_json)
        _add(table, one.name, _spaced(one.value_json), default, one.description)
    return table


def _spaced(value_json: str) -> str:
    """Return a JSON text with blanks after its commas, so that a long list breaks between its items."""
    return json.dumps(json.loads(value_json), ensure_ascii=False)


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for index, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=index == 0)
    return table


def _add(table: Table, *cells: str) -> None:
    table.add_row(*(Text(cell) for cell in cells))
