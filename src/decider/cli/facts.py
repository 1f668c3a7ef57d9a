"""`decider facts`: check a source of facts, and show the facts of an order."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.progress import track

from decider.bundle import load_catalog
from decider.cli.evaluate import order_of
from decider.cli.facts_yaml import yaml_lines
from decider.cli.failures import ALLOWED, FAILED, UNAVAILABLE, USAGE, Failure, of_start
from decider.cli.output import console_of_stderr, print_lines
from decider.errors import DeciderError, FactsUnavailable, InvalidFacts, Violation
from decider.evaluation.order_facts import WithFacts
from decider.evaluation.validation import valid_facts
from decider.settings import Settings
from decider.sources import Asked, Source, open_source
from decider.sources.check import check_source, newest_orders
from decider.sources.databases import QueryRefused, SerializationFailure
from decider.sources.queries import SAMPLE
from decider.v1 import decision_service_pb2

__all__ = ["check_facts", "show_facts"]

_TIMEOUT_S = 30.0
_ROW = re.compile(r" row \d+( \([^)]*\))?|\[\d+\]")


def check_facts(settings: Settings, last: int | None) -> int:
    """Check the source, and load its `last` newest orders if that is set; print what is wrong. Raises Failure."""
    with _opened(settings) as source:
        report = check_source(source, _TIMEOUT_S)
        _print("Faults", report.faults)
        _print("Warnings", report.warnings)
        _print("Declared absent", report.costs)
        if report.faults:
            return FAILED
        count = len(source.definition.statements)
        print_lines(f"The source is sound: {len(source.databases)} database(s), {count} queries.")
        return ALLOWED if last is None else _check_orders(settings, source, last)


def show_facts(settings: Settings, account_id: str, order_ref: str, policy_id: str) -> int:
    """Print the facts of an order as a document of facts; with a policy, its request as well. Raises Failure."""
    with _opened(settings) as source:
        request = _request(policy_id, account_id, order_ref)
        try:
            known = _load(source, request)
        except DeciderError as error:
            raise of_start(error) from None
    shown = known.request
    if policy_id:
        shown.evaluate_at.CopyFrom(shown.facts.ledger.taken_at)
        shown.request.requested_at.CopyFrom(shown.facts.ledger.taken_at)
    else:
        shown.ClearField("request")
    print_lines(*yaml_lines(shown, known.loaded.origins if known.loaded is not None else {}))
    return ALLOWED


@contextmanager
def _opened(settings: Settings) -> Iterator[Source]:
    if settings.source is None:
        raise Failure("name the folder of the source of facts: --source, or DECIDER_SOURCE", USAGE)
    try:
        with open_source(settings.source) as source:
            yield source
    except DeciderError as error:
        raise of_start(error) from None


def _request(policy_id: str, account_id: str, order_ref: str) -> decision_service_pb2.EvaluateRefundRequest:
    asked = order_of(policy_id, account_id, order_ref).asked
    assert isinstance(asked, decision_service_pb2.EvaluateRefundRequest)  # noqa: S101 (no file was read)
    return asked


def _load(source: Source, request: decision_service_pb2.EvaluateRefundRequest) -> WithFacts:
    loaded = source.load_now(Asked.by(request), time.monotonic() + _TIMEOUT_S)
    return WithFacts.filled(request, loaded)


def _check_orders(settings: Settings, source: Source, last: int) -> int:
    """Load the newest orders, and print how many fail and why, by kind."""
    if SAMPLE.name not in source.definition.statements:
        raise Failure("--last needs the query sample.sql, which returns order_ref, the newest first", USAGE)
    try:
        orders = newest_orders(source, last, _TIMEOUT_S)
    except (QueryRefused, SerializationFailure, FactsUnavailable) as error:
        raise Failure(f"sample.sql cannot be run: {error}", UNAVAILABLE) from None
    aliases = load_catalog(settings.rego).country_aliases
    console = console_of_stderr()
    kinds: Counter[str] = Counter()
    examples: dict[str, str] = {}
    failed = 0
    for account_id, order_ref in track(
        orders, "orders", console=console, disable=not console.is_terminal, transient=True
    ):
        faults = _faults(source, _request("policy", account_id, order_ref), aliases)
        failed += bool(faults)
        for kind in {_ROW.sub("", fault.field) for fault in faults}:
            kinds[kind] += 1
        for fault in faults:
            examples.setdefault(_ROW.sub("", fault.field), f"{order_ref}: {fault.field}: {fault.description}")
    print_lines(f"{len(orders) - failed} of {len(orders)} orders load and are valid.")
    for kind, times in kinds.most_common():
        print_lines(f"  {times} order(s): {kind}", f"    such as {examples[kind]}")
    return FAILED if failed else ALLOWED


def _faults(
    source: Source, request: decision_service_pb2.EvaluateRefundRequest, aliases: Mapping[str, str]
) -> Sequence[Violation]:
    try:
        known = _load(source, request)
    except DeciderError as error:
        return error.violations or [Violation(error.reason, error.message)]
    try:
        valid_facts(known.request, time.time_ns(), aliases)
    except InvalidFacts as invalid:
        return known.located(invalid).violations
    return []


def _print(heading: str, found: Sequence[Violation]) -> None:
    if found:
        print_lines(heading, *(f"  {one.field}: {one.description}" for one in found), "")
