"""Changed decisions in words: what becomes of how many requests, and the plainest examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decider.authoring.cases import document_of
from decider.authoring.gate.bulk_evaluation import Decided
from decider.authoring.gate.material_fields import differences, money_text
from decider.errors import DeciderError

__all__ = ["Difference", "Result", "difference", "effects", "plainest"]

_KINDS = {
    "NOT_REFUNDABLE": "denial",
    "NEEDS_INFORMATION": "request for information",
    "MANUAL_REVIEW": "review",
    "HOLD": "hold",
}
_CURRENCIES = 3  # of a total
_FIELDS = 4  # of what else changed
_SAME = 2


@dataclass(frozen=True)
class Result:
    """The result of a request: the kind of decision, such as `approval`, and the amount in minor units."""

    kind: str
    currency: str = ""
    minor: int = 0


@dataclass(frozen=True)
class Difference:
    """A request whose decision changed, the results, and the changes, each written as `field old → new`."""

    name: str
    title: str
    before: Result
    after: Result
    what: Sequence[str]


def difference(name: str, title: str, old: Decided, new: Decided) -> Difference:
    """Compare two decisions on a request."""
    return Difference(name, title, _result(old), _result(new), differences(old, new))


def effects(changed: Sequence[Difference]) -> str:
    """Sum differences up: `12 denials become approvals, total +USD 4,310.00; 3 approvals become denials`."""
    groups: dict[tuple[int, str, str], list[Difference]] = defaultdict(list)
    for one in changed:
        weight = _weight(one)
        groups[(weight, one.before.kind, one.after.kind) if weight < _SAME else (weight, "", "")].append(one)
    ordered = sorted(groups.items(), key=lambda group: (group[0][0], -len(group[1])))
    return "; ".join(_told(*key, group) for key, group in ordered)


def plainest(changed: Sequence[Difference], count: int) -> Sequence[Difference]:
    """Choose examples: of different effects as far as possible, and of each effect the one with the fewest changes."""
    ranked = sorted(changed, key=lambda one: (_weight(one), len(one.what)))
    first = {(one.before.kind, one.after.kind): one for one in reversed(ranked)}
    chosen = sorted(first.values(), key=ranked.index)[:count]
    return [*chosen, *(one for one in ranked if one not in chosen)][:count]


def _result(outcome: Decided) -> Result:
    if isinstance(outcome, DeciderError):
        return Result("error")
    document = document_of(outcome)
    amount = document["amount"]
    return Result(_KINDS.get(document["disposition"], "approval"), amount["currency_code"], amount["amount_minor"])


def _weight(one: Difference) -> int:
    """Order differences: another kind of decision first, then another amount, then those with the same result."""
    return 0 if one.before.kind != one.after.kind else 1 if one.before != one.after else _SAME


def _told(weight: int, before: str, after: str, group: Sequence[Difference]) -> str:
    count = len(group)
    if weight == _SAME:
        fields = Counter(line.partition(" ")[0] for one in group for line in one.what)
        named = [field for field, _ in fields.most_common()]
        more = " and more" if len(named) > _FIELDS else ""
        return f"{_counted(count, 'decision')} with the same result and other {', '.join(named[:_FIELDS])}{more}"
    if before == after:
        return f"{_counted(count, before)} with another amount{_total(group)}"
    become = f"becomes {'an' if after[0] in 'ae' else 'a'} {after}" if count == 1 else f"become {_plural(after)}"
    return f"{_counted(count, before)} {become}{_total(group)}"


def _counted(count: int, kind: str) -> str:
    return f"{count:,} {kind if count == 1 else _plural(kind)}"


def _plural(kind: str) -> str:
    noun, of, rest = kind.partition(" ")
    return f"{noun}s{of}{rest}"


def _total(group: Sequence[Difference]) -> str:
    totals: Counter[str] = Counter()
    for one in group:
        for result, sign in ((one.before, -1), (one.after, 1)):
            totals[result.currency] += sign * result.minor
    amounts = list(_amounts(totals))
    more = " and other currencies" if len(amounts) > _CURRENCIES else ""
    return f", total {', '.join(amounts[:_CURRENCIES])}{more}" if amounts else ""


def _amounts(totals: Counter[str]) -> Iterator[str]:
    for currency, minor in sorted(totals.items(), key=lambda item: -abs(item[1])):
        if minor:
            yield f"{'-' if minor < 0 else '+'}{money_text(currency, abs(minor))}"
