"""`decider evaluate` through the real program."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from decider.bundle import JSON
from decider.cli.evaluate import parse_assignments
from decider.cli.failures import USAGE, Failure
from support.program import ROOT, Command, Run
from support.terminal import on_a_terminal

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PARTLY = "examples/yunxin-partly-used.yaml"
UNUSED = "examples/yunxin-unused.yaml"

ANSWERS = {
    "minimal.json": "ALLOW  USD 70.00  cash refund",
    "router-one-german-consumer.yaml": "ALLOW  USD 74.00  cash refund",
    "router-one-no-order.yaml": "NEEDS INFORMATION  not decided yet: information is missing",
    "router-one-partly-used.json": "ALLOW  USD 74.00  cash refund",
    "router-one-partly-used.yaml": "ALLOW  USD 74.00  cash refund",
    "router-one-suspected-fraud.yaml": "MANUAL REVIEW  not decided yet: a person must decide",
    "yunxin-partly-used.yaml": "ALLOW  USD 38.00  cash refund",
    "yunxin-too-late.yaml": "DENY  USD 0.00  not refundable",
    "yunxin-unused.yaml": "ALLOW  USD 50.00  cash refund",
}


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    """Write the unused example with texts of it replaced."""
    text = (EXAMPLES / "yunxin-unused.yaml").read_text()
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    file = tmp_path / "changed.yaml"
    file.write_text(text)
    return file


def test_every_example_has_its_answer(run: Run, address: str) -> None:
    files = sorted(one for one in EXAMPLES.iterdir() if one.is_file())

    done = run("evaluate", "--address", address, *files)

    cards = done.stdout.split(f"{EXAMPLES}/")[1:]
    assert {card.splitlines()[0]: card.splitlines()[1] for card in cards} == ANSWERS
    assert (done.returncode, done.stderr) == (6, "")


def test_a_piped_card_is_plain(run: Run, address: str) -> None:
    lines = run("evaluate", "--address", address, PARTLY).stdout.splitlines()

    assert all(re.fullmatch(r"[ -~]*", line) for line in lines)  # neither colours nor frames
    assert all(len(line) <= 100 and line == line.rstrip() for line in lines)


def test_a_terminal_gets_colours(address: str) -> None:
    done = on_a_terminal("evaluate", "--address", address, PARTLY, UNUSED, columns=80)

    assert done.exit_code == 0
    assert "\x1b[1;32mALLOW  USD 38.00  cash refund\x1b[0m" in done.output
    shown = done.text.splitlines()
    assert shown[0] == PARTLY
    assert shown[shown.index(UNUSED) - 1] == ""  # a blank line between two cards
    assert max(map(len, shown)) <= 80


def test_the_exit_code_is_the_answer(command: Command, address: str) -> None:
    late, review = "examples/yunxin-too-late.yaml", "examples/router-one-suspected-fraud.yaml"
    for files, code in (
        ([UNUSED], 0),
        ([late], 3),
        ([review], 6),
        (["examples/router-one-no-order.yaml"], 6),
        ([late, UNUSED], 3),
        ([review, late, UNUSED], 6),
        ([review, "nowhere.yaml", late], 2),
    ):
        assert command("evaluate", "--address", address, *files).returncode == code, files


def test_exit_codes_stand_in_the_help(command: Command) -> None:
    text = command("evaluate", "--help").stdout

    for line in ("0  allowed", "3  denied", "6  not decided yet", "highest of 0, 3 and 6"):
        assert line in text


def test_a_card_names_order_dates_and_clauses(command: Command, address: str) -> None:
    shown = command("evaluate", "--address", address, "examples/yunxin-too-late.yaml").stdout

    for line in (
        "  order      ORD-1001\n",
        "  purchased  2026-06-01 10:00:00 UTC, 15 days ago\n",
        "  requested  2026-06-16 10:00:00 UTC, 15 days after the purchase, 30 minutes ago\n",
        "  too late   by 1 day; the deadline was 2026-06-15 10:00:00 UTC (inclusive)\n",
        "Nothing is refunded once more than 14 days have passed since the purchase.\n",
    ):
        assert line in shown
    assert "sha256:" not in shown
    assert "sha256:" in command("evaluate", "--verbose", "--address", address, "examples/yunxin-too-late.yaml").stdout


@pytest.mark.parametrize("name", ["router-one-partly-used.yaml", "router-one-partly-used.json"])
def test_standard_input_holds_facts(run: Run, address: str, name: str) -> None:
    facts = (EXAMPLES / name).read_text()

    shown = run("evaluate", "--address", address, "-", stdin=facts)
    told = run("evaluate", "--json", "--address", address, "-", stdin=facts)

    assert shown.stdout.startswith("standard input\nALLOW  USD 74.00  cash refund\n")
    assert json.loads(told.stdout)["file"] == "standard input"


def test_standard_input_is_decided_under_another_parameter(command: Command) -> None:
    done = command(
        "evaluate", "--set", "partial_use=strict", "-", stdin=(EXAMPLES / "yunxin-partly-used.yaml").read_text()
    )

    assert (done.returncode, done.stderr) == (3, "")


@pytest.mark.parametrize("text", ["", "[", "request: {policy: x}"])
def test_standard_input_without_facts(command: Command, address: str, text: str) -> None:
    done = command("evaluate", "--address", address, "-", stdin=text)

    assert done.returncode == 2
    assert done.stderr.startswith("standard input")


def test_rego_names_the_policies_to_decide_by(command: Command, tmp_path: Path) -> None:
    rego = tmp_path / "rego"
    shutil.copytree(ROOT / "rego", rego)
    versions = rego / "policies/yunxin/versions/data.yaml"
    versions.write_text(versions.read_text().replace("partial_use: pro_rata", "partial_use: strict"))

    done = command("evaluate", "--rego", rego, PARTLY, DECIDER_ADDRESS="127.0.0.1:1")

    assert (done.returncode, done.stderr) == (3, "")
    assert command("evaluate", "--rego", tmp_path / "none", PARTLY).returncode == 2


def test_json_is_a_line_a_file(command: Command, address: str, tmp_path: Path) -> None:
    wrong = changed(tmp_path, ("used_micros: 0", "used_micros: -1"))

    done = command("evaluate", "--json", "--address", address, UNUSED, wrong, tmp_path / "none.yaml")

    allowed, invalid, absent = map(json.loads, done.stdout.splitlines())
    assert allowed["file"] == UNUSED
    assert allowed["decision"]["amount"] == {"currency_code": "USD", "amount_minor": "5000"}
    assert allowed["decision"]["missing"] == []
    assert (invalid["error"]["code"], invalid["error"]["reason"]) == ("INVALID_ARGUMENT", "INVALID_FACTS")
    assert [one["field"] for one in invalid["error"]["violations"]] == ["facts.lots[0].used_micros"]
    assert invalid["error"]["message"] == "the facts cannot be decided"
    assert absent["error"]["violations"] == []
    assert (done.returncode, done.stderr) == (2, "")


def test_json_holds_a_zero_amount(command: Command, address: str) -> None:
    decision = json.loads(command("evaluate", "--json", "--address", address, "examples/yunxin-too-late.yaml").stdout)[
        "decision"
    ]

    assert decision["amount"] == {"currency_code": "USD", "amount_minor": "0"}
    assert "bounds" not in decision  # absent is not zero


def test_bad_facts_are_listed_field_by_field(command: Command, address: str, tmp_path: Path) -> None:
    wrong = changed(tmp_path, ("used_micros: 0", "used_micros: -1"), ("currency_code: USD", "currency_code: usd"))

    done = command("evaluate", "--address", address, UNUSED, wrong)

    assert done.returncode == 2
    assert f"{wrong}: the facts cannot be decided:\n" in done.stderr
    assert "\n  facts.lots[0].base_price.currency_code: must be three capital letters" in done.stderr
    assert "\n  facts.lots[0].used_micros: must be greater than or equal to 0" in done.stderr
    assert "ALLOW" in done.stdout  # the other file's answer


def test_an_unknown_policy(command: Command, address: str, tmp_path: Path) -> None:
    done = command("evaluate", "--address", address, changed(tmp_path, ("policy_id: yunxin", "policy_id: zunxin")))

    assert done.returncode == 4
    assert "policy 'zunxin' is not loaded; did you mean yunxin?" in done.stderr


def test_no_service(command: Command) -> None:
    done = command("evaluate", "--address", "127.0.0.1:1", UNUSED, PARTLY)

    assert done.returncode == 5
    assert done.stdout == ""
    assert done.stderr.count("no service answers at 127.0.0.1:1. Start it with `make run`, or") == 1


def test_set_decides_under_another_reading(command: Command) -> None:
    done = command("evaluate", "--verbose", PARTLY, "--set", "partial_use=strict", "--set", "window.days=30")

    assert done.returncode == 3
    assert done.stderr == ""
    assert "partial_use = strict" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "partial_use=strct", PARTLY], "yunxin.partial_use: 'strct' is not one of"),
        (["--set", "partial=strict", PARTLY], "yunxin.partial: no such parameter; did you mean partial_use?"),
        (["--set", "partial=strict", PARTLY], "the parameters do not fit the policies in "),
        (["--set", "partial_use", PARTLY], "not of the form name=value"),
        (["--set", "a=[", PARTLY], "--set a=[: "),
        (["--local", "--address", "127.0.0.1:1", PARTLY], "--address cannot be combined with"),
        (["--address", "nowhere", PARTLY], "the settings are wrong:\n  address: not of the form host:port"),
        (["--rego", "rego", "--address", "127.0.0.1:1", PARTLY], "--address cannot be combined with"),
        (["--lokal", PARTLY], "Unknown option: --lokal. See --help."),
        ([], "needs a file of facts"),
    ],
)
def test_misuse(command: Command, arguments: list[str], said: str) -> None:
    done = command("evaluate", *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_local_needs_no_service_but_opa(run: Run) -> None:
    assert run("evaluate", "--local", UNUSED, DECIDER_ADDRESS="127.0.0.1:1").returncode == 0
    done = run("evaluate", "--local", UNUSED, DECIDER_OPA="/bin/true")

    assert done.returncode == 5
    assert "/bin/true is not OPA" in done.stderr


def test_values_of_set_are_yaml() -> None:
    read: dict[str, JSON] = parse_assignments(["a=true", "b=14", "c=[x, NO]", "d=x=y", 'e="5"'])

    assert read == {"a": True, "b": 14, "c": ["x", "NO"], "d": "x=y", "e": "5"}
    with pytest.raises(Failure) as raised:
        parse_assignments(["=5"])
    assert raised.value.exit_code == USAGE
