"""What can be set, and how."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from decider.settings import Settings, shipped_rego

ROWS = re.compile(r"^\| `DECIDER_(\w+)` \| (.+?) \| .+ \|$", re.MULTILINE)

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DECIDER_{name.upper()}", raising=False)


def test_defaults_are_careful() -> None:
    settings = Settings()

    assert settings.address == "127.0.0.1:50051"
    assert settings.rego == ROOT / "rego" == shipped_rego()
    assert (settings.reflection, settings.log_level) == (False, "info")
    assert (settings.parameters, settings.opa) == (None, None)
    assert (settings.deadline_s, settings.batch_deadline_s, settings.grace_s) == (5, 60, 10)
    assert settings.max_message_bytes == 4 * 1024 * 1024


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECIDER_ADDRESS", "[::1]:1234")
    monkeypatch.setenv("DECIDER_REFLECTION", "true")
    monkeypatch.setenv("DECIDER_DEADLINE_S", "0.5")
    monkeypatch.setenv("DECIDER_PARAMETERS", "/tmp/p.yaml")  # noqa: S108 (a name, never opened) (not opened)

    settings = Settings()

    assert (settings.address, settings.reflection, settings.deadline_s) == ("[::1]:1234", True, 0.5)
    assert settings.parameters == Path("/tmp/p.yaml")  # noqa: S108


def test_arguments_go_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECIDER_ADDRESS", "127.0.0.1:1")

    assert Settings(address="127.0.0.1:2").address == "127.0.0.1:2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADDRESS", "localhost"),
        ("ADDRESS", ":50051"),
        ("ADDRESS", "127.0.0.1:65536"),
        ("ADDRESS", "127.0.0.1:-1"),
        ("ADDRESS", "unix:"),
        ("DEADLINE_S", "0"),
        ("DEADLINE_S", "soon"),
        ("GRACE_S", "-1"),
        ("MAX_MESSAGE_BYTES", "1"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_what_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DECIDER_{name}", value)

    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("DECIDER_ADRESS", "did you mean DECIDER_ADDRESS?"),
        ("decider_adress", "did you mean DECIDER_ADDRESS?"),
        ("DECIDER_LOGLEVEL", "did you mean DECIDER_LOG_LEVEL?"),
        ("DECIDER_PORT", "the settings are DECIDER_ADDRESS, "),
    ],
)
def test_a_variable_that_sets_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch, name: str, hint: str) -> None:
    monkeypatch.setenv(name, "1")

    with pytest.raises(ValidationError) as raised:
        Settings(address="127.0.0.1:1")

    (fault,) = raised.value.errors()
    assert fault["loc"] == (name,)
    assert hint in fault["msg"]


def test_what_kubernetes_sets_for_a_service_named_decider_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DECIDER_SERVICE_HOST": "10.0.0.11",
        "DECIDER_SERVICE_PORT": "50051",
        "DECIDER_SERVICE_PORT_GRPC": "50051",
        "DECIDER_PORT": "tcp://10.0.0.11:50051",
        "DECIDER_PORT_50051_TCP": "tcp://10.0.0.11:50051",
        "DECIDER_PORT_50051_TCP_PROTO": "tcp",
        "DECIDER_PORT_50051_TCP_PORT": "50051",
        "DECIDER_PORT_50051_TCP_ADDR": "10.0.0.11",
        "DECIDER_CANARY_SERVICE_HOST": "10.0.0.12",
    }.items():
        monkeypatch.setenv(name, value)

    assert Settings() == Settings(address="127.0.0.1:50051")


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(ROWS.findall((ROOT / "docs" / "operating.md").read_text()))
    defaults = {name: getattr(Settings(), name) for name in Settings.model_fields}

    assert rows.keys() == {name.upper() for name in defaults}
    for name, default in defaults.items():
        if not isinstance(default, Path | None):
            shown = (
                str(default).lower()
                if isinstance(default, bool)
                else f"{default:g}"
                if isinstance(default, float)
                else default
            )
            assert (name, rows[name.upper()]) == (name, f"`{shown}`")
