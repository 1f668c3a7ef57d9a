from __future__ import annotations

import pytest

from load import Sample
from report import Row, Target, cpu_ms, percentile, ratio, table


def sample(rate: float, *, calls_s: tuple[float, ...] = (0.001,), **cpu_s: float) -> Sample:
    """A round of 100 decisions."""
    return Sample(100, 100 / rate, calls_s, cpu_s)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([3.0], 50, 3.0),
        ([4.0, 1.0, 3.0, 2.0], 50, 2.0),
        ([float(value) for value in range(100, 0, -1)], 99, 99.0),
        ([float(value) for value in range(1, 51)], 99, 50.0),
        ([1.0, 2.0], 0, 1.0),
    ],
)
def test_percentiles_are_values_that_were_measured(values: list[float], percent: float, expected: float) -> None:
    assert percentile(values, percent) == expected


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    # the last round was disturbed on one side only
    fast, slow = [sample(300), sample(150), sample(10)], [sample(100), sample(50), sample(100)]

    assert ratio(fast, slow) == pytest.approx(3)


def test_cpu_is_that_of_the_named_processes_over_all_decisions() -> None:
    samples = [sample(1, service=0.2, OPA=0.1, client=9.0), sample(1, service=0.4, OPA=0.1, client=9.0)]

    assert cpu_ms(samples, "service", "OPA") == pytest.approx(4)
    assert cpu_ms([sample(1, OPA=0.1)], "service", "OPA") == pytest.approx(1)
    assert cpu_ms([sample(1)], "service") is None


@pytest.mark.parametrize(
    ("value", "wanted", "met"),
    [
        (0.8, "at most", True),
        (0.81, "at most", False),
        (1.5, "at least", True),
        (1.49, "at least", False),
        (1.0, "more than", False),
        (1.01, "more than", True),
    ],
)
def test_a_target_is_met_or_missed(value: float, wanted: str, met: bool) -> None:
    bound = {"at most": 0.8, "at least": 1.5, "more than": 1.0}[wanted]
    target = Target("speed", value, wanted, bound, "ms")

    assert target.met is met
    assert target.line() == f"{'met   ' if met else 'missed'}  speed: {value:.2f} ms ({wanted} {bound:g})"


def test_the_table_shows_medians_and_what_was_not_measured() -> None:
    raw = [sample(100, calls_s=(0.001, 0.003), OPA=0.1), sample(200, calls_s=(0.002,), OPA=0.1)]
    service = [sample(200, service=0.1, OPA=0.1), sample(400, service=0.1, OPA=0.1)]

    lines = table([Row("raw", raw, raw), Row("service", service, raw)]).splitlines()

    assert lines[2].split() == ["raw", "150", "2.00", "3.00", "-", "1.00", "-", "1.00", "1.00"]
    assert lines[3].split() == ["service", "300", "1.00", "1.00", "1.00", "1.00", "-", "2.00", "2.00"]
