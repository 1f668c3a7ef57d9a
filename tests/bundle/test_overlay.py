"""Parameters laid over the policies from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.bundle import JSON, load_overlay
from decider.errors import BundleInvalid
from support.tiny import load


def write(folder: Path, text: str) -> Path:
    file = folder / "parameters.yaml"
    file.write_text(text)
    return file


def test_overlay_reaches_every_version(rego: Path) -> None:
    overlay = load_overlay(write(rego.parent, "tiny-shop: {window.days: 30, countries: [NO]}"))
    versions = load(rego, overlay).catalog.policies["tiny-shop"].versions

    assert [version.parameters["window.days"].value for version in versions] == [30, 30]
    assert [version.parameters["countries"].value for version in versions] == [["NO"], ["NO"]]
    assert [version.parameters["mode"].value for version in versions] == ["lenient", "strict"]


def test_overlay_is_part_of_the_digest(rego: Path) -> None:
    plain = load(rego).catalog.digest
    once, again = (load(rego, {"tiny-shop": {"window.days": 30}}).catalog.digest for _ in range(2))

    assert once == again
    assert once != plain
    assert load(rego, {"tiny-shop": {"window.days": 31}}).catalog.digest not in {once, plain}


def test_overlay_that_changes_nothing_keeps_the_digest(rego: Path) -> None:
    (rego / "policies/tiny-shop/versions/data.yaml").write_text(
        'one: {effective_from: "2026-01-01T00:00:00Z", rules: tiny-shop,'
        " parameters: {window.days: 7, countries: [], mode: strict}}"
    )

    assert load(rego, {"tiny-shop": {"window.days": 7}}).catalog.digest == load(rego).catalog.digest
    assert load(rego, {}).catalog.digest == load(rego, None).catalog.digest


def test_every_fault_of_an_overlay_is_named(rego: Path) -> None:
    overlay: dict[str, dict[str, JSON]] = {
        "tiny-shop": {"window.days": -1, "window.weeks": 2, "countries": ["NO", "no"], "mode": "lenient"},
        "other-shop": {"window.days": 1},
    }
    with pytest.raises(BundleInvalid) as raised:
        load(rego, overlay)

    assert {fault.field: fault.description for fault in raised.value.violations} == {
        "parameters: other-shop": "no such policy; did you mean tiny-shop?",
        "parameters: tiny-shop.window.weeks": "no such parameter; did you mean window.days?",
        "parameters: tiny-shop.window.days": "-1 is less than the minimum of 0",
        "parameters: tiny-shop.countries[1]": "'no' does not match '^[A-Z]{2}$'",
    }


@pytest.mark.parametrize("value", [True, "7", 7.0, None])
def test_types_are_kept(rego: Path, value: JSON) -> None:
    with pytest.raises(BundleInvalid, match=r"parameters: tiny-shop\.window\.days"):
        load(rego, {"tiny-shop": {"window.days": value}})


def test_json_and_nothing_at_all_are_read_too(tmp_path: Path) -> None:
    assert load_overlay(write(tmp_path, '{"tiny-shop": {"window.days": 30}}')) == {"tiny-shop": {"window.days": 30}}
    assert load_overlay(write(tmp_path, "")) == {}
    assert load_overlay(write(tmp_path, "# nothing\n")) == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: {b: 1, b: 2}", "line 1: the key 'b' appears twice"),
        ("a: {b: 1}\nb: {c: 0.5}", "line 2: 0.5 is not a whole number"),
        ("a: {1: x}", "line 1: the key 1 is not a string"),
        ("a: [", "parameters.yaml: line 1: "),
        ("a: !!python/object:os.system {}", "could not determine a constructor"),
        ("[a]", "not a mapping of policy id to parameters"),
        ("a: 1", "parameters.yaml: a: not a mapping of parameter to value"),
        ("a: \x00", "not valid YAML"),
    ],
)
def test_files_that_are_no_overlay(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(BundleInvalid) as raised:
        load_overlay(write(tmp_path, text))

    assert what in raised.value.message


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(BundleInvalid, match="cannot be read: No such file or directory"):
        load_overlay(tmp_path / "absent.yaml")
