"""`decider facts check` and `show`, and `decider evaluate --order`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.billing import billing_source
from support.program import Command


@pytest.fixture
def source(tmp_path: Path, seeded: Path) -> Path:
    return billing_source(tmp_path, seeded)


def test_a_sound_source_is_said_to_be(command: Command, source: Path) -> None:
    done = command("facts", "check", "--source", source)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Declared absent\n"
        "  ledger.sql: the use of lots that do not tell it is unknown\n"
        "\n"
        "The source is sound: 1 database(s), 16 queries.\n"
    )


def test_the_setting_names_the_source(command: Command, source: Path) -> None:
    assert command("facts", "check", DECIDER_SOURCE=str(source)).returncode == 0

    done = command("facts", "check")
    assert (done.returncode, done.stderr) == (
        2,
        "name the folder of the source of facts: --source, or DECIDER_SOURCE\n",
    )


def test_a_fault_without_an_order_is_told_with_the_words_of_the_database(command: Command, source: Path) -> None:
    (source / "risk.sql").write_text("SELECT frod FROM risk_findings")
    (source / "incidents.sql").write_text("SELECT id, verifed FROM incidents".replace("verifed", "verified AS verifed"))

    done = command("facts", "check", "--source", source)

    assert done.returncode == 1
    assert "  risk.sql: the database refuses this query: no such column: frod\n" in done.stdout
    assert "  incidents.sql: verifed: no such column; did you mean verified?\n" in done.stdout


def test_a_folder_that_is_no_source_is_refused(command: Command, source: Path) -> None:
    (source / "risk.sql").unlink()

    done = command("facts", "check", "--source", source)

    assert done.returncode == 2
    assert done.stderr == (
        f"{source} is no source of facts:\n"
        "  risk.sql: is missing; without it: no suspicion and no earlier refund is seen. "
        "Write it, or add it to absent\n"
    )


def test_the_newest_orders_are_loaded(command: Command, source: Path) -> None:
    done = command("facts", "check", "--source", source, "--last", "100")

    assert done.returncode == 0
    assert done.stdout.endswith("40 of 40 orders load and are valid.\n")


def test_the_orders_that_fail_are_counted_by_kind(command: Command, source: Path) -> None:
    lots = source / "lots.sql"
    broken = "CASE account_id WHEN 'jan' THEN 1.5 ELSE base_micros END AS base_micros"
    used = "CASE account_id WHEN 'ada' THEN 2 * base_micros ELSE used_micros END AS used_micros"
    lots.write_text(lots.read_text().replace("base_micros,", f"{broken},").replace(" used_micros,", f" {used},"))

    done = command("facts", "check", "--source", source, "--last", "100")

    assert done.returncode == 1
    assert (
        "36 of 40 orders load and are valid.\n  3 order(s): lots.sql: base_micros\n    such as ORD-JAN-" in done.stdout
    )
    assert (
        "  1 order(s): facts.lots.used_micros (lots.sql)\n    such as ORD-ADA-1: facts.lots[0].used_micros"
        in done.stdout
    )


def test_a_number_of_orders_needs_a_query(command: Command, source: Path) -> None:
    (source / "sample.sql").unlink()

    done = command("facts", "check", "--source", source, "--last", "5")

    assert (done.returncode, done.stderr) == (
        2,
        "--last needs the query sample.sql, which returns order_ref, the newest first\n",
    )


def test_the_facts_of_an_order_are_shown_with_their_rows(command: Command, source: Path) -> None:
    done = command("facts", "show", "oli", "ORD-OLI-1", "--source", source)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "facts:\n"
        "  account:  # account.sql row 1\n"
        '    id: "oli"\n'
        "    status: ACTIVE\n"
        "    verified_emails:\n"
        '      - "oli@example.com"  # verified_emails.sql row 1\n'
    )
    assert "  lots:\n    -  # lots.sql row 1\n" in done.stdout
    assert "      refunds:\n        -  # refunds.sql row 1\n" in done.stdout


def test_shown_facts_are_a_file_of_facts(command: Command, source: Path, tmp_path: Path) -> None:
    shown = command("facts", "show", "oli", "ORD-OLI-1", "--source", source, "--policy", "yunxin")
    file = tmp_path / "facts.yaml"
    file.write_text(shown.stdout)

    done = command("evaluate", "--local", file)

    assert done.stdout.splitlines()[1].startswith(("ALLOW", "DENY"))


def test_an_unknown_order_is_not_found(command: Command, source: Path) -> None:
    done = command("facts", "show", "oli", "ORD-ADA-1", "--source", source)

    assert (done.returncode, done.stdout, done.stderr) == (4, "", "the account has no such order\n")


def test_faults_of_rows_are_listed(command: Command, source: Path) -> None:
    (source / "risk.sql").write_text("SELECT 'maybe' AS fraud")

    done = command("facts", "show", "oli", "ORD-OLI-1", "--source", source)

    assert done.returncode == 1
    assert "  risk.sql row 1: fraud: needs one of none, suspected, confirmed, got 'maybe'" in done.stderr


def test_an_order_is_evaluated(command: Command, source: Path) -> None:
    done = command("evaluate", "--policy", "router-one", "--order", "cara", "ORD-CARA-1", "--source", source)

    assert done.stderr == ""
    assert done.stdout.splitlines()[:3] == [
        "order ORD-CARA-1",
        "DENY  USD 0.00  not refundable",
        "  order      ORD-CARA-1",
    ]
    assert done.returncode == 3


def test_an_order_needs_its_policy(command: Command) -> None:
    for options in (["--order", "a", "b"], ["--policy", "yunxin", "examples/yunxin-unused.yaml"]):
        done = command("evaluate", *options)
        assert (done.returncode, done.stderr) == (2, "--order and --policy belong together\n")


def test_no_service_starts_with_a_folder_that_is_no_source(command: Command, tmp_path: Path) -> None:
    done = command("serve", "--address", "127.0.0.1:0", "--source", tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        f"{tmp_path} is no source of facts:\n  source.yaml: cannot be read: No such file or directory\n"
    )
