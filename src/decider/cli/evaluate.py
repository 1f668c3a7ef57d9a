"""`decider evaluate`: decide files of facts, and print a decision card or a line of JSON for each."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson
from rich.console import Console

from decider.authoring.cases import DocumentInvalid, parse_facts, read_facts
from decider.bundle import JSON
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.cli.card import print_card
from decider.cli.failures import ALLOWED, DENIED, NOT_YET, UNAVAILABLE, USAGE, Failure
from decider.cli.output import json_of, print_failure, print_json, print_lines
from decider.cli.remote import Service
from decider.cli.verdict import exit_code
from decider.v1 import decision_pb2, decision_service_pb2, request_pb2

__all__ = ["STDIN", "FactsFile", "evaluate_files", "order_of", "overlay_of", "parse_assignments", "read_files"]

STDIN = Path("-")
_DECIDED = frozenset({ALLOWED, DENIED, NOT_YET})


class FactsFile(NamedTuple):
    """A file of facts: its name in messages, and its request or the failure to read it."""

    name: str
    asked: decision_service_pb2.EvaluateRefundRequest | Failure


def read_files(files: Sequence[Path]) -> list[FactsFile]:
    """Read each file; `-` is standard input."""
    return [_read(file) for file in files]


def order_of(policy_id: str, account_id: str, order_ref: str) -> FactsFile:
    """Return the request for an order as the refund button of an app would send it now."""
    request = decision_service_pb2.EvaluateRefundRequest()
    request.request.policy_id = policy_id
    request.request.requested_at.GetCurrentTime()
    request.request.channel = request_pb2.CHANNEL_IN_APP
    request.request.sender_authenticated = True
    request.order.account_id, request.order.order_ref = account_id, order_ref
    request.request.order_ref = order_ref
    return FactsFile(f"order {order_ref}", request)


def _read(file: Path) -> FactsFile:
    name = "standard input" if file == STDIN else str(file)
    try:
        return FactsFile(name, parse_facts(sys.stdin.buffer.read(), name) if file == STDIN else read_facts(file))
    except DocumentInvalid as fault:
        return FactsFile(name, Failure(fault.message, USAGE, violations=fault.violations))


class _Printer:
    """Prints the decision or the failure of each file, as a decision card or as a line of JSON."""

    def __init__(self, service: Service, console: Console, *, as_json: bool, verbose: bool) -> None:
        self._service = service
        self._console = console
        self._as_json = as_json
        self._verbose = verbose
        self._cards = 0
        self._summaries: dict[tuple[str, str], Mapping[str, str]] = {}

    async def decided(
        self, name: str, asked: decision_service_pb2.EvaluateRefundRequest, decision: decision_pb2.Decision
    ) -> None:
        """Print a decision. Raises Failure where the service does not return the policy."""
        if self._as_json:
            print_json({"file": name, "decision": json_of(decision)})
            return
        summaries = await self._summaries_of(decision.policy)
        if self._cards:
            print_lines("")  # between two cards
        self._cards += 1
        print_card(self._console, name, asked, decision, summaries, verbose=self._verbose)

    def failed(self, name: str, failure: Failure) -> None:
        """Print a failure."""
        if self._as_json:
            print_json({"file": name, "error": _error(failure)})
        else:
            print_failure(failure, name)

    async def _summaries_of(self, policy: decision_pb2.PolicyRef) -> Mapping[str, str]:
        """Return the summaries of the clauses of a policy by their ids."""
        version = (policy.policy_id, policy.version)
        if version not in self._summaries:
            response = await self._service.get_policy(*version)
            self._summaries[version] = {clause.clause_id: clause.summary for clause in response.policy.clauses}
        return self._summaries[version]


async def evaluate_files(
    service: Service, files: Sequence[FactsFile], console: Console, *, as_json: bool, verbose: bool
) -> int:
    """Decide the request of each file, print the answers and return the exit code.

    The exit code is that of the first file that could not be decided, else the highest code of a decision.
    """
    exit_codes: list[int] = []
    printer = _Printer(service, console, as_json=as_json, verbose=verbose)
    for name, asked in files:
        try:
            if isinstance(asked, Failure):
                raise asked
            decision = await service.evaluate(asked)
            await printer.decided(name, asked, decision)
            exit_codes.append(exit_code(decision))
        except Failure as failure:
            printer.failed(name, failure)
            exit_codes.append(failure.exit_code)
            if failure.exit_code == UNAVAILABLE:
                break  # the next file would fail, too
    return next((code for code in exit_codes if code not in _DECIDED), max(exit_codes, default=ALLOWED))


def parse_assignments(assignments: Sequence[str]) -> dict[str, JSON]:
    """Read `name=value` texts, the value as YAML. Raises Failure."""
    values: dict[str, JSON] = {}
    for assignment in assignments:
        name, equals, text = assignment.encode().partition(b"=")
        if not name or not equals:
            raise Failure(f"--set {assignment}: not of the form name=value", USAGE)
        try:
            values[name.decode()] = parse_yaml(text)
        except YamlFault as fault:
            raise Failure(f"--set {assignment}: {fault}", USAGE) from None
    return values


def overlay_of(values: Mapping[str, JSON], files: Sequence[FactsFile]) -> bytes:
    """Return a file of parameters that sets `values` in the policies of the requests. Raises the Failure of a file."""
    policies = set()
    for _, asked in files:
        if isinstance(asked, Failure):
            raise asked
        policies.add(asked.request.policy_id)
    return orjson.dumps(dict.fromkeys(sorted(policies - {""}), values))


def _error(failure: Failure) -> Mapping[str, object]:
    violations = [{"field": fault.field, "description": fault.description} for fault in failure.violations]
    error = {"code": failure.code or "INVALID_ARGUMENT", "reason": failure.reason, "message": failure.message}
    return {**error, "violations": violations}
