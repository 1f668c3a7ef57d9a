"""Writes rego/capabilities.json: OPA's own capabilities without what a pure decision must not reach.

    python scripts/capabilities.py [OPA]      default: .tools/bin/opa

tests/bundle/test_capabilities.py compares the file with what this gives.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "rego" / "capabilities.json"

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


def left_out(builtin: dict[str, object]) -> bool:
    """Whether a builtin of OPA's capabilities is left out."""
    name = str(builtin["name"])
    prefixes = [entry.removesuffix("*") for entry in LEFT_OUT if entry.endswith(".*")]
    return name in LEFT_OUT or name.startswith(tuple(prefixes)) or builtin.get("nondeterministic") is True


def capabilities(opa: Path) -> bytes:
    """Return the content of the file, as this OPA gives it; no host may be reached."""
    current = json.loads(subprocess.run([opa, "capabilities", "--current"], capture_output=True, check=True).stdout)
    current["builtins"] = [builtin for builtin in current["builtins"] if not left_out(builtin)]
    current["allow_net"] = []
    return (json.dumps(current, indent=1) + "\n").encode()


if __name__ == "__main__":
    FILE.write_bytes(capabilities(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".tools/bin/opa"))
