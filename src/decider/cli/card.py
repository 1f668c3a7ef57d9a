"""A decision as a card in the terminal: the answer first, then how it comes about, then what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from decider.cli.figures import credits_text, money_text, time_text
from decider.cli.output import print_plainly
from decider.cli.waterfall import waterfall
from decider.v1 import decision_pb2

__all__ = ["print_card"]

_STYLES = {decision_pb2.VERDICT_ALLOW: "bold green", decision_pb2.VERDICT_DENY: "bold red"}
_REASONS = {
    "pinned": "named by the request",
    "at_purchase": "in force at the purchase",
    "current": "in force at the request",
    "better_of": "the better one of those in force since the purchase",
    "before_first": "the first one, later than the purchase",
}
_Rows = Sequence[tuple[str, ...]]


def print_card(console: Console, name: str, decision: decision_pb2.Decision) -> None:
    """Print a decision under the name of what was asked; framed in a terminal, plain where it is piped."""
    parts = Group(_answer(decision), *_sections(decision))
    if console.is_terminal:
        style = _STYLES.get(decision.verdict, "")
        console.print(Panel(parts, title=escape(name), title_align="left", border_style=style, padding=(1, 2)))
    else:
        print_plainly(console, Text(name), parts)


def _answer(decision: decision_pb2.Decision) -> RenderableType:
    verdict = _word(decision_pb2.Verdict.Name(decision.verdict), "VERDICT_").upper()
    kind = _word(decision_pb2.Disposition.Name(decision.disposition), "DISPOSITION_")
    policy = decision.policy
    why = _REASONS.get(policy.version_reason, policy.version_reason)
    text = Text()
    text.append(f"{verdict}  {money_text(decision.amount)}  {kind}\n", style=_STYLES.get(decision.verdict, ""))
    text.append(f"{policy.policy_id} {policy.version}, {why}", style="dim")
    if decision.HasField("bounds"):
        text.append(f"\n{_bounds(decision.bounds)}")
    return text


def _bounds(bounds: decision_pb2.AmountBounds) -> str:
    most = f"A reviewer may grant {money_text(bounds.min)} to {money_text(bounds.max)}"
    return f"{most}, and restore up to {credits_text(bounds.max_credits_micros)}" if bounds.max_credits_micros else most


def _sections(decision: decision_pb2.Decision) -> Iterator[RenderableType]:
    if decision.breakdown:
        yield from _section("From paid to due", waterfall(decision))
    for title, rows in (
        ("Missing", [(one.ask or one.code, one.clause_id) for one in decision.missing]),
        ("What changes", [(_effect(one), one.clause_id) for one in decision.effects]),
        ("Dates and duties", _dates(decision)),
        ("Clauses", _clauses(decision)),
        ("Warnings", [(one.message or one.code, one.clause_id) for one in decision.warnings]),
        ("Readings", [(f"{one.parameter} = {one.value}", one.note, one.clause_id) for one in decision.interpretations]),
        ("Record", _record(decision)),
    ):
        if rows:
            yield from _section(title, _table(rows))


def _section(title: str, body: RenderableType) -> Iterator[RenderableType]:
    yield Text(f"\n{title}", style="bold")
    yield Padding(body, (0, 0, 0, 2))


def _table(rows: _Rows) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for index in range(len(rows[0])):
        table.add_column(overflow="fold", style="dim" if index and index == len(rows[0]) - 1 else "")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _effect(effect: decision_pb2.Effect) -> str:
    name = _word(decision_pb2.EffectType.Name(effect.type), "EFFECT_TYPE_")
    words = [f"{name}:", credits_text(effect.credits_micros)] if effect.credits_micros else [name]
    words += [f"of {effect.lot_id}"] if effect.lot_id else []
    words += [f"for {effect.usage_event_id}"] if effect.usage_event_id else []
    words += [f"order {effect.order_ref}"] if effect.order_ref else []
    return " ".join(words)


def _dates(decision: decision_pb2.Decision) -> _Rows:
    rows = [
        (_word(decision_pb2.ObligationType.Name(one.type), "OBLIGATION_TYPE_"), _when(one), one.clause_id)
        for one in decision.obligations
    ]
    if decision.HasField("refundable_until"):
        rows.append(("refundable until", f"{time_text(decision.refundable_until)}, that second included", ""))
    if decision.HasField("expires_at"):
        rows.append(("answer holds until", time_text(decision.expires_at), ""))
    return rows


def _when(obligation: decision_pb2.Obligation) -> str:
    due = time_text(obligation.due_at) if obligation.HasField("due_at") else ""
    if not obligation.HasField("not_before"):
        return due
    since = f"from {time_text(obligation.not_before)}"
    return f"{due}, {since}" if due else since


def _clauses(decision: decision_pb2.Decision) -> _Rows:
    """Return each clause once, with all that it did, in the order in which they are cited."""
    titles: dict[str, str] = {}
    roles: dict[str, list[str]] = {}
    for one in decision.citations:
        titles.setdefault(one.clause_id, f"{one.title}: {one.note}" if one.note else one.title)
        roles.setdefault(one.clause_id, []).append(_word(decision_pb2.CitationRole.Name(one.role), "CITATION_ROLE_"))
    return [(", ".join(roles[clause]), titles[clause], clause) for clause in titles]


def _record(decision: decision_pb2.Decision) -> _Rows:
    return [
        ("decided as of", time_text(decision.evaluated_at)),
        ("engine", decision.policy.engine),
        ("bundle", decision.policy.bundle_digest),
        ("input", decision.input_digest),
    ]


def _word(name: str, prefix: str) -> str:
    """Return the name of an enum value in plain words; a newer service's value that has no name stays a number."""
    return name.removeprefix(prefix).replace("_", " ").lower()
