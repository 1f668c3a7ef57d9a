"""A folder of policies → catalog and bundle, and what makes the digest."""

from __future__ import annotations

import shutil
import tarfile
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from decider.bundle import Clause, LawHolidays, LawPeriod, NationalDays, Parameter, Texts, YearlyDay
from decider.errors import BundleInvalid, Violation
from support.broken import VERSIONS, edit, faults
from support.tiny import load


def test_catalog(rego: Path) -> None:
    catalog = load(rego).catalog
    policy = catalog.policies["tiny-shop"]

    assert list(catalog.policies) == ["tiny-shop"]
    assert policy.title == "Tiny shop"
    assert [(v.version, v.effective_from_ns, v.rules) for v in policy.versions] == [
        ("2026-01-01", 1767225600 * 10**9, "tiny-shop"),
        ("2026-03-01", (1772323200 - 3600) * 10**9, "tiny-shop"),
    ]
    assert policy.versions[1].parameters["window.days"] == Parameter("window.days", 10, 14, "Days of the window.")
    assert policy.versions[1].parameters["countries"].value == ["NO", "DE"]
    assert catalog.clauses == {
        "tiny-shop/1-window": Clause(
            "tiny-shop/1-window", "Window", "1", "Money back within the window.", grounds=("in_time",)
        ),
        "law/eu/9": Clause("law/eu/9", "Withdrawal", "9", "Within 14 days."),
    }
    assert catalog.regimes == {"NO": "eu", "GB": "uk"}
    assert catalog.country_aliases == {"UK": "GB"}
    assert catalog.periods["eu"] == LawPeriod(days=14, information_months=12)
    assert catalog.holidays == LawHolidays(
        treated={"NO": NationalDays("A law", True, (YearlyDay("Eve", 12, 24), YearlyDay("Fair", 6, 19, weekday=4)))},
        regions={"NO": frozenset({"03"})},
        partial={"NO-03": (YearlyDay("Good Friday", days_after_easter=-2),)},
    )
    assert policy.texts == catalog.texts
    assert catalog.texts.warnings == {"late": "It is late."}
    assert catalog.texts.questions == {"suspected": "Is it confirmed?"}


def test_bundle_holds_rules_and_data_under_the_digest_and_no_tests(rego: Path) -> None:
    loaded = load(rego)
    with tarfile.open(loaded.file) as bundle:
        names = set(bundle.getnames())
        manifest = bundle.extractfile("/.manifest")
        assert manifest is not None
        content = orjson.loads(manifest.read())

    assert names == {"/.manifest", "/data.json", "/decider/decider.rego", "/policies/tiny-shop/tiny_shop.rego"}
    assert content["revision"] == loaded.catalog.digest
    assert content["roots"] == ["decider", "law", "policies", "rulebook"]


def test_digest_is_of_the_content_alone(rego: Path, tmp_path: Path) -> None:
    before = load(rego).catalog.digest
    elsewhere = tmp_path / "elsewhere" / "policies"
    shutil.copytree(rego, elsewhere)
    (elsewhere / "README.md").write_text("Read me.")
    (elsewhere / "policies" / "tiny-shop" / "more_test.rego").write_text("no rego at all")
    (elsewhere / ".hidden.rego").write_text("no rego at all")

    assert load(elsewhere).catalog.digest == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (VERSIONS, "window.days: 10", "window.days: 11"),
        ("policies/tiny-shop/tiny_shop.rego", '"plain"', '"plan"'),
        ("schemas/parameters.json", "Days of the window.", "Days."),
        ("law/data.yaml", "days: 14", "days: 15"),
        ("capabilities.json", '"allow_net": []', '"allow_net": [] '),
    ],
)
def test_digest_changes_with_any_file(rego: Path, file: str, old: str, new: str) -> None:
    before = load(rego).catalog.digest
    edit(rego / file, old, new)

    assert load(rego).catalog.digest != before


def test_a_moved_file_is_another_bundle(rego: Path) -> None:
    before = load(rego).catalog.digest
    folder = rego / "policies" / "tiny-shop"
    (folder / "tiny_shop.rego").rename(folder / "renamed.rego")

    assert load(rego).catalog.digest != before


def test_every_fault_is_told_at_once(rego: Path) -> None:
    (rego / VERSIONS).write_text(
        """
"2026-01-01": {effective_from: "2026-01-01", rules: absent, parameters: {window.days: ten, countries: [], mode: lax}}
"2026-02-01": {effective_from: "2026-02-01T00:00:00Z", parameters: {window.days: 1, mode: strict, more: 1}, note: x}
"2026-03-01": {effective_from: "2026-02-01T01:00:00+01:00", rules: tiny-shop, parameters: []}
"""
    )
    (rego / "policies/tiny-shop/policy/data.yaml").write_text("{title: '', notice_days: -1}")
    (rego / "policies/tiny-shop/clauses/data.yaml").write_text("1-window: {title: Window, section: '1'}")
    (rego / "law/data.yaml").write_text("{regimes: {SE: us}, periods: {eu: {days: 0, information_months: 12}}}")
    (rego / "law/holidays/data.yaml").unlink()
    (rego / "policies/tiny-shop/tiny_shop.rego").write_text('package policies["tiny-shop"]\n\nx := time.now_ns()\n')

    assert set(faults(rego)) == {
        f"{VERSIONS}: 2026-01-01.effective_from",
        f"{VERSIONS}: 2026-01-01.rules",
        f"{VERSIONS}: 2026-01-01.parameters.window.days",
        f"{VERSIONS}: 2026-01-01.parameters.mode",
        f"{VERSIONS}: 2026-02-01.rules",
        f"{VERSIONS}: 2026-02-01.note",
        f"{VERSIONS}: 2026-02-01.parameters.more",
        f"{VERSIONS}: 2026-03-01.effective_from",
        f"{VERSIONS}: 2026-03-01.parameters",
        "policies/tiny-shop/policy/data.yaml: title",
        "policies/tiny-shop/policy/data.yaml: notice_days",
        "policies/tiny-shop/clauses/data.yaml: 1-window.summary",
        "policies/tiny-shop/clauses/data.yaml: silent",
        "law/data.yaml: regimes.SE",
        "law/data.yaml: country_aliases",
        "law/data.yaml: periods.eu.days",
        "law/holidays/data.yaml",
        "policies/tiny-shop/tiny_shop.rego:3",
    }


@pytest.mark.parametrize("line", ["x := time.now_ns()", "x := rand.intn(input.a, 3)", "x := opa.runtime()"])
def test_a_rule_cannot_reach_outside(rego: Path, line: str) -> None:
    (rego / "lib").mkdir()
    (rego / "lib" / "lib.rego").write_text(f"package lib\n\n{line}\n")

    [(field, description)] = faults(rego).items()
    assert field == "lib/lib.rego:3"
    assert "undefined function" in description


def test_a_rule_that_does_not_parse(rego: Path) -> None:
    (rego / "decider" / "more.rego").write_text("package decider\n\nx = = 2\n")

    assert "rego_parse_error: unexpected eq token" in faults(rego)["decider/more.rego:3"]


def test_a_policy_is_whole_or_refused(rego: Path) -> None:
    for name in ("policy", "clauses"):
        shutil.rmtree(rego / "policies/tiny-shop" / name)

    assert {"policies/tiny-shop/policy/data.yaml", "policies/tiny-shop/clauses/data.yaml"} <= set(faults(rego))


@pytest.mark.parametrize(("line", "days"), [("", 0), ("notice_days: 0", 0), ("notice_days: 14", 14)])
def test_the_notice_that_a_policy_promises(rego: Path, line: str, days: int) -> None:
    file = rego / "policies/tiny-shop/policy/data.yaml"
    file.write_text(f"{file.read_text()}\n{line}\n")

    assert load(rego).catalog.policies["tiny-shop"].notice_days == days


HOLIDAYS = "law/holidays/data.yaml"


def test_days_of_the_law_that_are_no_days(rego: Path) -> None:
    (rego / HOLIDAYS).write_text(
        """
treated_as_holidays:
  "SE":
    source: ""
    applies: "yes"
    days:
      no date: {weekday: friday}
      no such date: {date: "02-29"}
      no such weekday: {date: "06-19", weekday: Freitag}
      another form: {date: "2026-06-19"}
      two forms: {date: "06-19", days_after_easter: 1}
      too far: {days_after_easter: -81}
regions_with_holidays: {"IT": BZ}
not_in_the_whole_region: {"FR-57": [Good Friday]}
"""
    )
    of_sweden = f"{HOLIDAYS}: treated_as_holidays.SE"

    assert faults(rego) == {
        f"{of_sweden}.source": "not a text, or empty",
        f"{of_sweden}.applies": "not true or false",
        f"{of_sweden}.days.no date.date": "missing",
        f"{of_sweden}.days.no such date.date": "not a day of every year, MM-DD",
        f"{of_sweden}.days.no such weekday.weekday": (
            "not one of monday, tuesday, wednesday, thursday, friday, saturday, sunday"
        ),
        f"{of_sweden}.days.another form.date": "not a day of every year, MM-DD",
        f"{of_sweden}.days.two forms.date": "unknown key",
        f"{of_sweden}.days.too far.days_after_easter": "not a whole number of at least -80",
        f"{HOLIDAYS}: regions_with_holidays.IT": "not a list of texts",
        f"{HOLIDAYS}: not_in_the_whole_region.FR-57": "not a mapping",
    }


TEXTS = "policies/tiny-shop/texts/data.yaml"


def test_a_policy_brings_texts_of_its_own(rego: Path) -> None:
    (rego / TEXTS).parent.mkdir()
    (rego / TEXTS).write_text("{warnings: {sold_out: Nothing is left.}, lines: {late: Paid late}}")

    catalog = load(rego).catalog

    common = Texts(
        warnings={"late": "It is late."},
        missing={"order": "Which order?"},
        lines={"unused": "Unused credits"},
        questions={"suspected": "Is it confirmed?"},
    )
    assert catalog.texts == common
    assert catalog.texts_of("tiny-shop") == replace(
        common,
        warnings={**common.warnings, "sold_out": "Nothing is left."},
        lines={**common.lines, "late": "Paid late"},
    )
    assert catalog.texts_of("law") == catalog.texts


def test_a_common_text_is_not_replaced(rego: Path) -> None:
    (rego / TEXTS).parent.mkdir()
    (rego / TEXTS).write_text("{warnings: {late: It is later., empty: ''}, more: {}}")

    assert faults(rego) == {
        f"{TEXTS}: warnings.late": "this code already has a common text",
        f"{TEXTS}: warnings.empty": "not a text, or empty",
        f"{TEXTS}: more": "unknown key",
    }


def test_values_that_opa_reads_otherwise_are_faults(rego: Path) -> None:
    (rego / "law" / "more").mkdir()
    (rego / "law" / "more" / "data.yaml").write_text("{plain: NO, octal: 010}")

    assert set(faults(rego)) == {"data.law.more.octal"}


def test_files_that_opa_would_read_too(rego: Path) -> None:
    (rego / "law" / "data.json").write_text("{}")
    (rego / "system").mkdir()
    (rego / "system" / "authz.rego").write_text("package system.authz\n\nallow := true\n")

    assert set(faults(rego)) == {"law/data.json", "system/authz.rego"}


def test_a_package_cannot_slip_into_the_authorisation(rego: Path) -> None:
    (rego / "law" / "authz.rego").write_text("package system.authz\n\nallow := true\n")

    assert faults(rego)


def test_names_dates_and_shapes(rego: Path) -> None:
    (rego / VERSIONS).write_text(
        "first one: {effective_from: '2026-13-01T00:00:00Z', rules: tiny-shop, parameters: {}}"
    )
    (rego / "policies" / "law" / "policy").mkdir(parents=True)
    (rego / "policies" / "law" / "policy" / "data.yaml").write_text("[]")
    found = faults(rego)

    assert found[f"{VERSIONS}: first one"] == "not a valid name of a version"
    assert "is not an RFC 3339 time" in found[f"{VERSIONS}: first one.effective_from"]
    assert found["policies/law"] == "not a valid name of a policy"
    assert found["policies/law/policy/data.yaml"] == "not a mapping"
    assert "policies/law/versions/data.yaml" in found


def test_no_policy_at_all(rego: Path) -> None:
    shutil.rmtree(rego / "policies")

    assert faults(rego)["policies"] == "no policy in this folder"


def test_yaml_that_is_none(rego: Path) -> None:
    (rego / "law" / "data.yaml").write_text("regimes: [")

    assert faults(rego)["law/data.yaml"].startswith("line 1: ")


def test_no_folder_no_rules_no_capabilities(tmp_path: Path) -> None:
    assert faults(tmp_path / "absent") == {str(tmp_path / "absent"): "no such folder"}
    (tmp_path / "empty").mkdir()
    assert faults(tmp_path / "empty") == {
        str(tmp_path / "empty"): "no rules in this folder",
        "capabilities.json": "missing",
    }


def test_a_program_that_is_no_opa(rego: Path) -> None:
    from decider.bundle import load_bundle

    with pytest.raises(BundleInvalid) as raised:
        load_bundle(rego, None, rego / "no-opa", rego.parent)

    assert raised.value.violations == (Violation(str(rego / "no-opa"), "opa build did not run: FileNotFoundError"),)
