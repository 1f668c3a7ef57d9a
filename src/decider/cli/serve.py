"""`decider serve`: the service, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from decider import bootstrap
from decider.server import RefundEvaluator
from decider.settings import Settings

__all__ = ["greeting", "serve"]

_CHECKOUT = Path(__file__).resolve().parents[3]
_EXAMPLE = Path("examples") / "router-one-partly-used.json"


async def serve(settings: Settings) -> None:
    """Serve, say where, and stop at SIGINT or SIGTERM. Needs the main thread; raises what bootstrap.serve raises."""

    def announce(evaluator: RefundEvaluator, address: str) -> None:
        sys.stdout.write(greeting(address, evaluator.catalog.digest, settings, _CHECKOUT, Path.cwd()))
        sys.stdout.flush()

    await bootstrap.serve(settings, announce)


def greeting(address: str, digest: str, settings: Settings, checkout: Path, here: Path) -> str:
    """Say where the service is, a call to copy, and how to stop; paths are relative to `here` where they can be."""
    lines = [f"decider serves on {address}", f"bundle {digest}", "", "Try:"]
    return "\n".join([*lines, f"  {_call(address, settings, checkout, here)}", "", "Ctrl-C stops.", ""])


def _call(address: str, settings: Settings, checkout: Path, here: Path) -> str:
    if address.startswith("unix:"):
        return shlex.join(["decider", "policies", "--address", address])
    built = checkout / ".tools" / "bin" / "grpcurl"
    call = [_path(built, here) if built.is_file() else "grpcurl", "-plaintext"]
    example, protos = checkout / _EXAMPLE, checkout / "proto"
    if not settings.reflection:
        if not protos.is_dir():
            return shlex.join(["decider", "policies", "--address", address])
        call += ["-import-path", _path(protos, here), "-import-path", _path(protos / "vendor", here)]
    if not example.is_file():
        call += [] if settings.reflection else ["-proto", "decider/v1/policy_service.proto"]
        return shlex.join([*call, address, "decider.v1.PolicyService/ListPolicies"])
    call += [] if settings.reflection else ["-proto", "decider/v1/decision_service.proto"]
    call = [*call, "-d", "@", address, "decider.v1.DecisionService/EvaluateRefund"]
    return f"{shlex.join(call)} < {shlex.quote(_path(example, here))}"


def _path(path: Path, here: Path) -> str:
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
