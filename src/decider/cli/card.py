"""The decision card: a decision for the person who answers the customer, with its reasons and consequences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from decider.cli.figures import credits_text, enum_text, money_text, time_text
from decider.cli.output import print_parts, styled
from decider.cli.purchase import purchase_rows
from decider.cli.verdict import bounds_text, headline, style_of
from decider.cli.waterfall import waterfall
from decider.v1 import decision_pb2, decision_service_pb2

__all__ = ["print_card"]

_REASONS = {
    "pinned": "named by the request",
    "at_purchase": "in force at the purchase",
    "current": "in force at the request",
    "better_of": "the version since the purchase that is best for the customer",
    "before_first": "the first known version, which is later than the purchase",
}
_Rows = Sequence[tuple[str, ...]]


def print_card(
    console: Console,
    name: str,
    asked: decision_service_pb2.EvaluateRefundRequest,
    decision: decision_pb2.Decision,
    summaries: Mapping[str, str],
    *,
    verbose: bool,
) -> None:
    """Print a decision under the name of its file; `summaries` maps the ids of clauses to their summaries.

    `verbose` adds the readings of the policy's text, the engine and the digests.
    """
    lines = [styled(name), styled((headline(decision), style_of(decision)))]
    lines += [styled(text)] if (text := bounds_text(decision)) else []
    print_parts(console, *lines, _indented(_table(_facts(asked, decision))))
    for title, body in (*_sections(decision, summaries, console.width), *(_record(decision) if verbose else ())):
        print_parts(console, styled(), styled((title, "bold")), _indented(body))


def _indented(body: RenderableType) -> Padding:
    return Padding(body, (0, 0, 0, 2))


def _facts(asked: decision_service_pb2.EvaluateRefundRequest, decision: decision_pb2.Decision) -> _Rows:
    policy = decision.policy
    why = _REASONS.get(policy.version_reason, policy.version_reason)
    validity = f", valid until {time_text(decision.expires_at)}" if decision.HasField("expires_at") else ""
    return [
        *purchase_rows(asked, decision),
        ("decided", f"{time_text(decision.evaluated_at)}{validity}"),
        ("policy", f"{policy.policy_id} {policy.version}, {why}"),
    ]


def _sections(
    decision: decision_pb2.Decision, summaries: Mapping[str, str], width: int
) -> Iterator[tuple[str, RenderableType]]:
    if decision.missing:
        yield "Missing", _list((missing.ask or missing.code, missing.clause_id) for missing in decision.missing)
    if decision.questions:
        asked = ((question.question or question.code, question.clause_id) for question in decision.questions)
        yield "Questions for the reviewer", _list(asked)
    if decision.breakdown:
        yield "How the amount is calculated", waterfall(decision.breakdown, "due now", width)
    if decision.bounds.breakdown:
        yield "How the upper bound is calculated", waterfall(decision.bounds.breakdown, "at most", width)
    if rows := _payments(decision):
        yield "Paid back", _table(rows)
    if decision.effects:
        yield "Effects", _list((_effect(effect), effect.clause_id) for effect in decision.effects)
    if decision.obligations:
        yield "Obligations", _obligations(decision)
    if decision.warnings:
        yield "Warnings", _list((warning.message or warning.code, warning.clause_id) for warning in decision.warnings)
    if decision.citations:
        yield "Clauses", _clauses(decision, summaries)


def _list(items: Iterator[tuple[str, str]]) -> Group:
    """Return a line with a text and its clause for each item."""
    return Group(*(styled(text, "  ", (clause, "dim")) for text, clause in items))


def _table(rows: _Rows) -> Table:
    table = _grid(len(rows[0]))
    for row in rows:
        table.add_row(*(styled(cell) for cell in row))
    return table


def _grid(columns: int) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for _ in range(columns):
        table.add_column(overflow="fold")
    return table


def _payments(decision: decision_pb2.Decision) -> _Rows:
    """Return the refund of each payment if there are several, and the fee and tax that the amount includes."""
    rows = [(refund.payment_id, money_text(refund.amount)) for refund in decision.refunds]
    parts = (("including transaction fee", decision.fee_amount), ("including tax", decision.tax_amount))
    return (rows if len(rows) > 1 else []) + [(name, money_text(part)) for name, part in parts if part.amount_minor]


def _effect(effect: decision_pb2.Effect) -> str:
    words = [credits_text(effect.credits_micros)] if effect.credits_micros else []
    words += [f"of {effect.lot_id}"] if effect.lot_id else []
    words += [f"for {effect.usage_event_id}"] if effect.usage_event_id else []
    words += [f"order {effect.order_ref}"] if effect.order_ref else []
    name = enum_text(decision_pb2.EffectType.DESCRIPTOR, effect.type)
    return f"{name}: {' '.join(words)}" if words else name


def _obligations(decision: decision_pb2.Decision) -> Table:
    table = _grid(2)
    for obligation in decision.obligations:
        times = [time_text(obligation.due_at)] if obligation.HasField("due_at") else []
        times += [f"from {time_text(obligation.not_before)}"] if obligation.HasField("not_before") else []
        name = enum_text(decision_pb2.ObligationType.DESCRIPTOR, obligation.type)
        when = f"{', '.join(times)}  " if times else ""
        table.add_row(styled(name), styled(when, (obligation.clause_id, "dim")))
    return table


def _clauses(decision: decision_pb2.Decision, summaries: Mapping[str, str]) -> Table:
    """Return each clause once, with all its roles, in the order of the citations.

    The role of a clause that a question is about is "may bar", because the reviewer decides whether it bars.
    """
    asked = {question.clause_id for question in decision.questions}
    roles: dict[str, list[str]] = {}
    for citation in decision.citations:
        open_question = citation.role == decision_pb2.CITATION_ROLE_BARS and citation.clause_id in asked
        role = "may bar" if open_question else enum_text(decision_pb2.CitationRole.DESCRIPTOR, citation.role)
        roles.setdefault(citation.clause_id, []).append(role)
    cited = {citation.clause_id: citation for citation in reversed(decision.citations)}
    table = _grid(2)
    for clause, did in roles.items():
        below = filter(None, (summaries.get(clause, ""), cited[clause].note))
        table.add_row(styled(", ".join(did)), _explained(cited[clause].title, clause, *below))
    return table


def _explained(title: str, clause: str, *below: str) -> Group:
    return Group(styled((title, "bold"), "  ", (clause, "dim")), *(styled(text) for text in below))


def _record(decision: decision_pb2.Decision) -> Iterator[tuple[str, RenderableType]]:
    """Return the sections for authors of policies and auditors."""
    if decision.interpretations:
        readings = ((f"{reading.parameter} = {reading.value}", reading) for reading in decision.interpretations)
        yield "Readings", Group(*(_explained(title, reading.clause_id, reading.note) for title, reading in readings))
    policy = decision.policy
    made = (("engine", policy.engine), ("service", policy.service_version), ("bundle", policy.bundle_digest))
    rows = [*made, ("input", decision.input_digest)]
    yield "Record", Group(*(styled(f"{name} {value}") for name, value in rows if value))
