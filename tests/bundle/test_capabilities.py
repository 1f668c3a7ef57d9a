"""rego/capabilities.json is OPA's own list without what a pure decision must not reach."""

from __future__ import annotations

import orjson

from decider.bundle.capabilities import capabilities
from support.shipped import OPA, REGO

FILE = REGO / "capabilities.json"


def test_the_file_is_what_decider_tools_capabilities_prints() -> None:
    assert capabilities(OPA) == FILE.read_bytes()


def test_no_clock_network_randomness_or_environment() -> None:
    content = orjson.loads(FILE.read_bytes())
    names = {builtin["name"] for builtin in content["builtins"]}

    assert content["allow_net"] == []
    assert not names & {"time.now_ns", "http.send", "net.lookup_ip_addr", "rand.intn", "uuid.rfc4122", "opa.runtime"}
    assert not [builtin["name"] for builtin in content["builtins"] if builtin.get("nondeterministic")]
    assert {"plus", "floor", "rego.metadata.rule", "time.parse_rfc3339_ns"} <= names
