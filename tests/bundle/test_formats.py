"""Time zones and days among the parameters of the shipped policies: a service must not start with what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.bundle import JSON, LoadedBundle, load_bundle
from decider.bundle.formats import is_zone
from decider.errors import BundleInvalid
from support.shipped import OPA, REGO


def load(folder: Path, values: dict[str, JSON]) -> LoadedBundle:
    return load_bundle(REGO, {"yunxin": values}, OPA, folder)


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("window.tz", "Mars", "window.tz"),
        ("window.tz", "", "window.tz"),
        ("business_tz", "europe/berlin", "business_tz"),
        ("business_tz", "localtime", "business_tz"),
        ("holidays", ["2026-12-25", "2026-02-30"], "holidays[1]"),
        ("holidays", ["2026-13-01"], "holidays[0]"),
        ("holidays", ["20261225"], "holidays[0]"),
    ],
)
def test_a_value_that_is_none_is_refused(name: str, value: JSON, field: str, tmp_path: Path) -> None:
    with pytest.raises(BundleInvalid) as raised:
        load(tmp_path, {name: value})

    assert {fault.field for fault in raised.value.violations} == {f"parameters: yunxin.{field}"}


def test_what_is_no_text_is_a_matter_of_its_type(tmp_path: Path) -> None:
    with pytest.raises(BundleInvalid) as raised:
        load(tmp_path, {"window.tz": 7})

    assert {fault.description for fault in raised.value.violations} == {"7 is not of type 'string'"}


def test_zones_and_leap_days_are_taken(tmp_path: Path) -> None:
    values: dict[str, JSON] = {"window.tz": "Europe/Berlin", "business_tz": "UTC", "holidays": ["2028-02-29"]}

    assert load(tmp_path, values).catalog.policies["yunxin"].versions
    assert is_zone("America/Argentina/Buenos_Aires")
