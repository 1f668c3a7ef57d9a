from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decider.cli.waterfall import steps
from decider.v1 import decision_pb2, money_pb2


def lines(*amounts: int) -> list[decision_pb2.LineItem]:
    return [
        decision_pb2.LineItem(code="x", amount=money_pb2.Money(currency_code="USD", amount_minor=one))
        for one in amounts
    ]


def test_from_paid_to_due() -> None:
    laid = [(one.left, one.start, one.length) for one in steps(lines(10000, -2500, -1), 20)]

    assert laid == [(10000, 0, 20), (7500, 15, 5), (7499, 14, 1)]


def test_nothing_paid_has_no_bar() -> None:
    assert [(one.start, one.length) for one in steps(lines(0, 0), 20)] == [(0, 0), (0, 0)]
    assert steps([], 20) == []


@given(st.lists(st.integers(-(10**15), 10**15), max_size=12), st.integers(1, 80))
def test_bars_stay_within_their_columns(amounts: list[int], columns: int) -> None:
    laid = steps(lines(*amounts), columns)

    assert [one.left for one in laid] == [sum(amounts[: index + 1]) for index in range(len(amounts))]
    assert all(one.start >= 0 and one.length >= 0 and one.start + one.length <= columns for one in laid)
