"""`decider policies`: list the policies, or show the parameters and clauses of one policy."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table

from decider.cli.figures import time_text
from decider.cli.output import json_of, print_json, print_parts, styled
from decider.cli.remote import Service
from decider.v1 import policy_service_pb2

__all__ = ["show_policies", "show_policy"]


async def show_policies(service: Service, console: Console, *, as_json: bool) -> None:
    """Print every version of every policy. Raises Failure."""
    response = await service.list_policies()
    if as_json:
        print_json(json_of(response))
        return
    table = _table("policy", "version", "in force from", "parameters", "title")
    for policy in response.policies:
        for version in policy.versions:
            since, count = time_text(version.effective_from), str(len(version.parameters))
            _add(table, policy.policy_id, version.version, since, count, policy.title)
    print_parts(console, table, styled(), styled((f"bundle {response.bundle_digest}", "dim")))


async def show_policy(service: Service, console: Console, policy_id: str, version: str, *, as_json: bool) -> None:
    """Print a version of a policy; an empty `version` means the version in force now. Raises Failure."""
    response = await service.get_policy(policy_id, version)
    if as_json:
        print_json(json_of(response))
        return
    policy = response.policy
    print_parts(console, styled((f"{policy.policy_id}: {policy.title}", "bold")))
    for shown in policy.versions:
        heading = styled(f"version {shown.version}, in force from {time_text(shown.effective_from)}")
        print_parts(console, heading, styled(), _parameters(shown), styled())
    table = _table("clause", "section", "title")
    for clause in policy.clauses:
        _add(table, clause.clause_id, clause.section, clause.title)
    print_parts(console, table)


def _parameters(version: policy_service_pb2.PolicyVersion) -> Table:
    table = _table("parameter", "value", "default", "meaning")
    for parameter in version.parameters:
        default = "same" if parameter.default_json == parameter.value_json else _spaced(parameter.default_json)
        _add(table, parameter.name, _spaced(parameter.value_json), default, parameter.description)
    return table


def _spaced(value_json: str) -> str:
    """Put blanks after the commas of a JSON text, so that a long list wraps between its items."""
    try:
        return json.dumps(json.loads(value_json), ensure_ascii=False)
    except ValueError:
        return value_json


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _add(table: Table, *cells: str) -> None:
    table.add_row(*(styled(cell) for cell in cells))
