"""What policies may call: OPA's own builtins without those that a pure decision must not reach."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["LEFT_OUT", "builtins_of", "capabilities", "why_left_out"]

# Name, or `prefix.*`, of every builtin that is left out, and why. OPA marks some as nondeterministic itself: those too.
LEFT_OUT = {
    "http.send": "network",
    "net.lookup_ip_addr": "network",
    "providers.aws.*": "signs requests to a network",
    "json.match_schema": "follows references in schemas over the network; shapes are checked by the service",
    "json.verify_schema": "follows references in schemas over the network",
    "time.now_ns": "clock; time is a fact of the input",
    "io.jwt.*": "tokens are no fact of a refund; verification reads the clock, signing draws randomness",
    "crypto.x509.*": "verification reads the clock and the machine's trust store",
    "crypto.parse_private_keys": "no policy handles keys",
    "rand.intn": "randomness",
    "uuid.rfc4122": "randomness",
    "opa.runtime": "environment and configuration",
    "rego.parse_module": "rules are files, never values",
    "trace": "writes inputs, which hold personal data, to a log",
    "print": "writes inputs, which hold personal data, to a log",
}


def why_left_out(builtin: Mapping[str, Any]) -> str:
    """Say why a builtin of OPA's capabilities is left out; nothing where it is not."""
    name = str(builtin["name"])
    for entry, reason in LEFT_OUT.items():
        if name == entry or (entry.endswith(".*") and name.startswith(entry.removesuffix("*"))):
            return reason
    return "OPA says that it is not deterministic" if builtin.get("nondeterministic") is True else ""


def builtins_of(opa: Path) -> dict[str, Any]:
    """Return OPA's own capabilities, with nothing left out. Raises CalledProcessError or OSError."""
    done = subprocess.run([opa, "capabilities", "--current"], capture_output=True, check=True)
    current: dict[str, Any] = json.loads(done.stdout)
    return current


def capabilities(opa: Path) -> bytes:
    """Return the content of capabilities.json, as this OPA gives it; no host may be reached."""
    current = builtins_of(opa)
    current["builtins"] = [builtin for builtin in current["builtins"] if not why_left_out(builtin)]
    current["allow_net"] = []
    return (json.dumps(current, indent=1) + "\n").encode()
