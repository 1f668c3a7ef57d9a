"""Parameters and their schemas."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.errors import BundleInvalid, Violation
from support.broken import VERSIONS, edit, faults
from support.tiny import load

PARAMETERS = "schemas/parameters.json"
OWN = "policies/tiny-shop/parameters.json"


def test_a_schema_describes_every_parameter_with_a_valid_default(rego: Path) -> None:
    edit(rego / OWN, '"default": 14', '"default": -1')
    edit(rego / PARAMETERS, ', "description": "How the window is counted."', "")

    assert set(faults(rego)) == {f"{OWN}: window.days", f"{PARAMETERS}: mode"}


@pytest.mark.parametrize(
    ("schema", "what"),
    [
        ("{", "not valid JSON"),
        ('{"properties": {"mode": {"type": 1}}}', "not a valid JSON Schema"),
        ("true", "not an object"),
    ],
)
def test_schemas_must_be_schemas(rego: Path, schema: str, what: str) -> None:
    (rego / PARAMETERS).write_text(schema)

    assert any(what in description for field, description in faults(rego).items() if field.startswith(PARAMETERS))


DAYS = """{"from_days": {"type": "integer", "minimum": 1, "at_most": "window.days", "unit": "working-days",
  "default": 1, "description": "Days."},"""


def with_days(rego: Path, days: int, schema: str = DAYS) -> None:
    """Add a parameter that counts working days and may not exceed `window.days`; the older version has one day."""
    file = rego / OWN
    file.write_text(schema + file.read_text().removeprefix("{"))
    edit(rego / VERSIONS, "window.days: 10", f"window.days: 10, from_days: {days}")
    edit(rego / VERSIONS, "window.days: 7", "window.days: 7, from_days: 1")


def test_a_number_may_not_exceed_the_parameter_that_its_schema_names(rego: Path) -> None:
    with_days(rego, 11)

    assert faults(rego) == {f"{VERSIONS}: 2026-03-01.parameters.from_days": "11 is more than window.days, 10"}


@pytest.mark.parametrize(
    ("overlay", "description"),
    [({"window.days": 9}, "10 is more than window.days, 9"), ({"from_days": 11}, "11 is more than window.days, 10")],
)
def test_an_overlay_may_not_exceed_it_either(rego: Path, overlay: dict[str, int], description: str) -> None:
    with_days(rego, 10)
    assert load(rego).catalog.policies["tiny-shop"].versions[1].working_day_terms == [10]

    with pytest.raises(BundleInvalid) as raised:
        load(rego, {"tiny-shop": overlay})

    assert Violation("parameters: tiny-shop.from_days", description) in raised.value.violations


@pytest.mark.parametrize(
    ("known", "unknown", "description"),
    [
        ("working-days", "days", "its unit: not working-days"),
        ("window.days", "window.weeks", "its at_most: no such parameter"),
        ('"default"', '"enum": [1], "otherwise": 2, "default"', "its otherwise: not one of its values"),
    ],
)
def test_a_schema_names_units_and_parameters_that_there_are(
    rego: Path, known: str, unknown: str, description: str
) -> None:
    with_days(rego, 1, DAYS.replace(known, unknown))

    assert faults(rego) == {f"{OWN}: from_days": description}


def test_a_version_sets_the_parameters_that_its_findings_need_and_no_others(rego: Path) -> None:
    edit(rego / VERSIONS, "window.days: 10, ", "")
    edit(rego / PARAMETERS, '"description": "How the window', '"needed_by": ["fee"], "description": "How the window')

    assert faults(rego) == {
        f"{VERSIONS}: 2026-03-01.parameters.window.days": "missing; needed by in_time",
        f"{VERSIONS}: 2026-03-01.parameters.mode": "no finding that the clauses ground reads it; it belongs to fee",
        f"{VERSIONS}: 2026-01-01.parameters.mode": "no finding that the clauses ground reads it; it belongs to fee",
    }
