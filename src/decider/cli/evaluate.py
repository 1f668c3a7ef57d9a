"""`decider evaluate`: files of facts → decisions, one card or one line of JSON each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson
from google.protobuf.json_format import MessageToDict
from rich.console import Console

from decider.bundle import JSON
from decider.bundle.yaml_core import YamlFault, parse_yaml
from decider.cases.documents import DocumentInvalid, read_facts
from decider.cli.card import print_card
from decider.cli.failures import ALLOWED, DENIED, UNAVAILABLE, USAGE, Failure
from decider.cli.output import print_failure, print_json
from decider.cli.remote import Service
from decider.v1 import decision_pb2, decision_service_pb2

__all__ = ["evaluate_files", "overlay_of", "parse_assignments"]


async def evaluate_files(service: Service, files: Sequence[Path], console: Console, *, as_json: bool) -> int:
    """Decide each file and print what comes of it; return the exit code.

    That is ALLOWED, or DENIED if anything is denied, or the code of the first file that could not be decided.
    """
    exit_codes: list[int] = []
    for file in files:
        try:
            decision = await service.evaluate(_facts_of(file))
        except Failure as failure:
            exit_codes.append(failure.exit_code)
            if as_json:
                print_json(console, _failed(file, failure))
            else:
                print_failure(failure, str(file))
            if failure.exit_code == UNAVAILABLE:
                break  # the next would fare no better
            continue
        follows = bool({ALLOWED, DENIED}.intersection(exit_codes))
        exit_codes.append(ALLOWED if decision.verdict == decision_pb2.VERDICT_ALLOW else DENIED)
        if as_json:
            told = MessageToDict(decision, preserving_proto_field_name=True)
            print_json(console, {"file": str(file), "decision": told})
        else:
            if follows:
                console.print()  # a blank line between two cards
            print_card(console, str(file), decision)
    return next((code for code in exit_codes if code not in {ALLOWED, DENIED}), max(exit_codes, default=ALLOWED))


def parse_assignments(assignments: Sequence[str]) -> dict[str, JSON]:
    """Read `name=value` texts, the value as YAML. Raises Failure."""
    values: dict[str, JSON] = {}
    for one in assignments:
        name, equals, text = one.partition("=")
        if not name or not equals:
            raise Failure(f"--set {one}: not of the form name=value", USAGE)
        try:
            values[name] = parse_yaml(text.encode())
        except YamlFault as fault:
            raise Failure(f"--set {one}: {fault}", USAGE) from None
    return values


def overlay_of(values: Mapping[str, JSON], files: Sequence[Path]) -> bytes:
    """Return the parameters' file that lays `values` over the policies that the files ask for. Raises Failure."""
    policies = sorted({_facts_of(file).request.policy_id for file in files} - {""})
    return orjson.dumps(dict.fromkeys(policies, values))


def _facts_of(file: Path) -> decision_service_pb2.EvaluateRefundRequest:
    try:
        return read_facts(file)
    except DocumentInvalid as fault:
        raise Failure(fault.message, USAGE, violations=fault.violations) from None


def _failed(file: Path, failure: Failure) -> Mapping[str, object]:
    violations = [{"field": one.field, "description": one.description} for one in failure.violations]
    error = {"code": failure.code or "INVALID_ARGUMENT", "reason": failure.reason, "message": failure.message}
    return {"file": str(file), "error": {**error, "violations": violations}}
