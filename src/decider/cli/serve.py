"""`decider serve`: run the service until Ctrl-C or SIGTERM."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from decider import bootstrap
from decider.cli.output import print_lines
from decider.evaluation import RefundEvaluator
from decider.settings import Settings

__all__ = ["greeting", "serve"]

_CHECKOUT = Path(__file__).resolve().parents[3]
_EXAMPLE = Path("examples") / "router-one-partly-used.json"


async def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Needs the main thread; raises what bootstrap.serve raises."""

    def announce(evaluator: RefundEvaluator, address: str) -> None:
        print_lines(*greeting(address, evaluator.catalog.digest, settings, _CHECKOUT, Path.cwd()))

    await bootstrap.serve(settings, announce)


def greeting(address: str, digest: str, settings: Settings, checkout: Path, here: Path) -> list[str]:
    """Return the address, a call to copy, and how to stop; paths below `here` are relative to it."""
    lines = [f"decider serves on {address}", f"bundle {digest}", "", "Try:"]
    return [*lines, f"  {_call(address, settings, checkout, here)}", "", "Ctrl-C stops."]


def _call(address: str, settings: Settings, checkout: Path, here: Path) -> str:
    """Return a call that works here: with grpcurl if it is installed, else with this program."""
    example, protos = checkout / _EXAMPLE, checkout / "proto"
    if not example.is_file():
        return shlex.join([_program(here), "policies", "--address", address])
    grpcurl = _grpcurl(checkout, here)
    if not grpcurl or address.startswith("unix:"):
        return shlex.join([_program(here), "evaluate", "--address", address, _path(example, here)])
    call = [grpcurl, "-plaintext"]
    if not settings.reflection:
        call += ["-import-path", _path(protos, here), "-proto", "decider/v1/decision_service.proto"]
    call += ["-d", "@", address, "decider.v1.DecisionService/EvaluateRefund"]
    return f"{shlex.join(call)} < {shlex.quote(_path(example, here))}"


def _program(here: Path) -> str:
    return _path(Path(sys.executable).with_name("decider"), here)


def _grpcurl(checkout: Path, here: Path) -> str:
    """Return the command for grpcurl; it is empty if grpcurl is neither built nor on PATH."""
    built = checkout / ".tools" / "bin" / "grpcurl"
    if built.is_file():
        return _path(built, here)
    return "grpcurl" if shutil.which("grpcurl") else ""


def _path(path: Path, here: Path) -> str:
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
