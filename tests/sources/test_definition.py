"""A folder that is no source is refused at the start, with every fault, and no password is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.errors import SourceInvalid
from decider.sources import read_source


def faults(source: Path) -> list[tuple[str, str]]:
    with pytest.raises(SourceInvalid) as raised:
        read_source(source)
    return [(fault.field, fault.description) for fault in raised.value.violations]


def stated(source: Path, old: str, new: str) -> None:
    file = source / "source.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


URL = 'url: "sqlite:///../../../build/billing.db"'
AT = "source.yaml: databases.billing"
FILES: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "an unknown key": (
        "consumption_order:",
        "consumptionorder:",
        [("source.yaml: consumptionorder", "Extra inputs are not permitted")],
    ),
    "an unknown version": ("version: 1", "version: 2", [("source.yaml: version", "Input should be 1")]),
    "a password": (
        URL,
        'url: "postgresql://decider:secret@host/billing"',
        [(f"{AT}.url", "holds a password; use url_env or url_file")],
    ),
    "another database": (
        URL,
        'url: "mysql://host/billing"',
        [(f"{AT}.url", "must be a URL of a SQLite file (sqlite:///...) or of PostgreSQL (postgresql://...)")],
    ),
    "no URL": (
        URL,
        'url: "billing"',
        [(f"{AT}.url", "must be a URL, such as sqlite:///billing.db or postgresql://decider@host/billing")],
    ),
    "two URLs": (
        URL,
        f"{URL}, url_env: BILLING_DSN",
        [(AT, "needs exactly one of url, url_env and url_file")],
    ),
    "a variable that is not set": (
        URL,
        "url_env: NO_SUCH_DSN",
        [(f"{AT}.url_env", "the environment variable NO_SUCH_DSN is not set")],
    ),
    "a file that is not there": (URL, "url_file: dsn", [(f"{AT}.url_file", "dsn cannot be read")]),
    "an unknown zone": (
        URL,
        f"{URL}, timezone: Mars/Olympus",
        [(f"{AT}.timezone", "must be an IANA time zone, such as Europe/Berlin")],
    ),
    "an absence of no query": (
        "[ledger]",
        "[ledger, dispute]",
        [("source.yaml: absent", "dispute is no query; did you mean disputes?")],
    ),
    "an absence that is there": (
        "[ledger]",
        "[ledger, disputes]",
        [("disputes.sql", "is declared absent in source.yaml, and is there")],
    ),
    "an undeclared absence": (
        "[ledger]",
        "[]",
        [
            (
                "ledger.sql",
                "is missing; without it: the use of lots that do not tell it is unknown. Write it, or add it to absent",
            )
        ],
    ),
    "a query of an unknown database": (
        "absent:",
        "queries: {lots: {database: biling}}\nabsent:",
        [("source.yaml: queries.lots.database", "biling is no database; did you mean billing?")],
    ),
    "a constant with the name of a parameter": (
        "absent:",
        "parameters: {order_ref: x}\nabsent:",
        [("source.yaml: parameters.order_ref", "is the name of a parameter that decider sets")],
    ),
}


@pytest.mark.parametrize(("old", "new", "found"), FILES.values(), ids=FILES.keys())
def test_source_yaml_is_read_strictly(source: Path, old: str, new: str, found: list[tuple[str, str]]) -> None:
    stated(source, old, new)

    assert faults(source) == found


def test_an_unknown_file_is_refused(source: Path) -> None:
    (source / "dispute.sql").write_text("SELECT 1")

    assert faults(source) == [("dispute.sql", "is no file of a source; did you mean disputes.sql?")]


def test_an_unknown_parameter_is_refused(source: Path) -> None:
    (source / "lots.sql").write_text("SELECT 'a' AS id WHERE :account = 1 AND :usage_event_ids = 2")

    assert faults(source) == [
        ("lots.sql: :account", "no such parameter, or a plain colon, which is written \\:; did you mean account_id?"),
        (
            "lots.sql: :usage_event_ids",
            (
                "no such parameter, or a plain colon, which is written \\:; the known names are account_id, order_ref, "
                "requested_at, requested_at_epoch"
            ),
        ),
    ]


def test_all_faults_are_in_one_answer(source: Path) -> None:
    stated(source, "[ledger]", "[account, x]")
    (source / "typo.sql").touch()

    assert len(faults(source)) == 5


def test_a_folder_without_source_yaml_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path) == [("source.yaml", "cannot be read: No such file or directory")]


def test_a_password_is_in_no_message(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILLING_DSN", "mysql://decider:secret@host/billing")
    stated(source, URL, "url_env: BILLING_DSN")

    assert "secret" not in repr(faults(source))
    monkeypatch.setenv("BILLING_DSN", "postgresql://decider:secret@host/billing")
    assert "secret" not in repr(read_source(source))
