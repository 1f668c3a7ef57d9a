"""The headline of a decision card, the bounds in words, and the exit code of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from decider.cli.failures import ALLOWED, DENIED, NOT_YET
from decider.cli.figures import credits_text, enum_text, money_text
from decider.v1 import decision_pb2

__all__ = ["bounds_text", "exit_code", "headline", "style_of"]


class _Open(NamedTuple):
    """The words and the style of a disposition that is not final."""

    name: str
    style: str
    why: str
    until: str = ""


_OPEN: Mapping[int, _Open] = {
    decision_pb2.DISPOSITION_NEEDS_INFORMATION: _Open(
        "NEEDS INFORMATION", "bold cyan", "information is missing", " when the missing information arrives"
    ),
    decision_pb2.DISPOSITION_MANUAL_REVIEW: _Open("MANUAL REVIEW", "bold yellow", "a person must decide"),
    decision_pb2.DISPOSITION_HOLD: _Open(
        "ON HOLD", "bold blue", "something else must end first", " when the hold ends"
    ),
}
_STYLES: Mapping[int, str] = {decision_pb2.VERDICT_ALLOW: "bold green", decision_pb2.VERDICT_DENY: "bold red"}


def headline(decision: decision_pb2.Decision) -> str:
    """Return the answer as one line. A DENY that is not final has its own headline."""
    if waiting := _OPEN.get(decision.disposition):
        return f"{waiting.name}  not decided yet: {waiting.why}"
    verdict = enum_text(decision_pb2.Verdict.DESCRIPTOR, decision.verdict).upper()
    kind = enum_text(decision_pb2.Disposition.DESCRIPTOR, decision.disposition)
    return f"{verdict}  {money_text(decision.amount)}  {kind}"


def style_of(decision: decision_pb2.Decision) -> str:
    """Return the style of the headline."""
    waiting = _OPEN.get(decision.disposition)
    return waiting.style if waiting else _STYLES.get(decision.verdict, "bold")


def exit_code(decision: decision_pb2.Decision) -> int:
    """Return the exit code of the decision."""
    if decision.verdict == decision_pb2.VERDICT_ALLOW:
        return ALLOWED
    return DENIED if decision.final else NOT_YET


def bounds_text(decision: decision_pb2.Decision) -> str:
    """Return the bounds in words; the text is empty if the decision has no bounds."""
    if not decision.HasField("bounds"):
        return ""
    waiting = _OPEN.get(decision.disposition)
    until = waiting.until if waiting else ""
    grant = "pay" if until else "grant" if waiting else "add"
    may = [f"{grant} {money}"] if (money := _money_at_stake(decision.bounds)) else []
    if decision.bounds.max_credits_micros:
        may.append(f"restore up to {credits_text(decision.bounds.max_credits_micros)}")
    who = "The decision" if until else "A reviewer"
    follows = f"{who} may {' and '.join(may)}{until}" if may else f"Nothing more can follow{until}"
    paid = f"Paid now: {money_text(decision.amount)}. " if decision.amount.amount_minor else ""
    return f"{paid}{follows} (not for the customer)."


def _money_at_stake(bounds: decision_pb2.AmountBounds) -> str:
    least, most = bounds.min.amount_minor, bounds.max.amount_minor
    if not most:
        return ""
    if least == most:
        return money_text(bounds.max)
    return f"{money_text(bounds.min)} to {money_text(bounds.max)}" if least else f"up to {money_text(bounds.max)}"
