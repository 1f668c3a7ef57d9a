"""The builtins that policies may call: those of OPA without the ones that would make a decision impure."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["LEFT_OUT", "builtins_of", "capabilities", "why_left_out"]

# The name, or `prefix.*`, of every builtin that is left out, and the reason. Builtins that OPA itself marks as
# nondeterministic are left out, too.
LEFT_OUT = {
    "http.send": "network",
    "net.lookup_ip_addr": "network",
    "providers.aws.*": "signs requests to a network",
    "json.match_schema": "follows references in schemas over the network; the service checks shapes",
    "json.verify_schema": "follows references in schemas over the network",
    "time.now_ns": "clock; time is a fact of the input",
    "io.jwt.*": "tokens are not facts of a refund; verification reads the clock, signing draws randomness",
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
    """Return why a builtin of OPA's capabilities is left out; the text is empty if it is not left out."""
    name = str(builtin["name"])
    for entry, reason in LEFT_OUT.items():
        if name == entry or (entry.endswith(".*") and name.startswith(entry.removesuffix("*"))):
            return reason
    return "OPA says that it is not deterministic" if builtin.get("nondeterministic") is True else ""


def builtins_of(opa: Path) -> dict[str, Any]:
    """Return all capabilities of OPA. Raises CalledProcessError or OSError."""
    done = subprocess.run([opa, "capabilities", "--current"], capture_output=True, check=True)
    current: dict[str, Any] = json.loads(done.stdout)
    return current


def capabilities(opa: Path) -> bytes:
    """Return the content of capabilities.json for this OPA; it allows no host."""
    current = builtins_of(opa)
    current["builtins"] = [builtin for builtin in current["builtins"] if not why_left_out(builtin)]
    current["allow_net"] = []
    return (json.dumps(current, indent=1) + "\n").encode()
