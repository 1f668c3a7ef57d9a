"""Changed decisions are summed up by what becomes of them, and shown by the plainest of each effect."""

from __future__ import annotations

import pytest

from decider.authoring.gate.changed_decisions import Difference, Result, effects, plainest

PAID = Result("approval", "USD", 431000)
LESS = Result("approval", "USD", 430950)
YEN = Result("approval", "JPY", 500)
DENIED = Result("denial", "USD")
HELD = Result("hold", "USD")
ERROR = Result("error")


def changed(before: Result, after: Result, name: str = "Y01", fields: tuple[str, ...] = ("verdict",)) -> Difference:
    return Difference(name, "", before, after, [f"{field} a → b" for field in fields])


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([changed(DENIED, PAID)], "1 denial becomes an approval, total +USD 4,310.00"),
        ([changed(PAID, DENIED)] * 2, "2 approvals become denials, total -USD 8,620.00"),
        ([changed(DENIED, PAID), changed(PAID, DENIED)], None),
        ([changed(PAID, LESS)] * 2, "2 approvals with another amount, total -USD 1.00"),
        ([changed(DENIED, HELD)], "1 denial becomes a hold"),
        ([changed(HELD, ERROR)], "1 hold becomes an error"),
        ([changed(DENIED, PAID), changed(DENIED, YEN)], "2 denials become approvals, total +USD 4,310.00, +JPY 500"),
        (
            [changed(PAID, PAID, fields=("effects",)), changed(DENIED, DENIED, fields=("note", "effects"))],
            "2 decisions with the same result and other effects, note",
        ),
    ],
)
def test_effects(found: list[Difference], told: str | None) -> None:
    both = "1 denial becomes an approval, total +USD 4,310.00; 1 approval becomes a denial, total -USD 4,310.00"
    assert effects(found) == (told or both)


def test_the_most_frequent_effect_comes_first_and_an_equal_result_last() -> None:
    found = (
        [changed(PAID, PAID)] * 4 + [changed(PAID, DENIED)] * 2 + [changed(DENIED, PAID)] * 3 + [changed(PAID, LESS)]
    )

    assert [part.split()[0] for part in effects(found).split("; ")] == ["3", "2", "1", "4"]


def test_examples_show_different_effects_and_the_plainest_of_each() -> None:
    found = [
        changed(PAID, PAID, "same"),
        changed(PAID, DENIED, "long", ("verdict", "amount")),
        changed(PAID, DENIED, "short"),
        changed(DENIED, PAID, "back", ("verdict", "amount", "note")),
    ]

    assert [one.name for one in plainest(found, 3)] == ["short", "back", "same"]
    assert [one.name for one in plainest(found, 4)] == ["short", "back", "same", "long"]
    assert [one.name for one in plainest(found[:3], 2)] == ["short", "same"]
