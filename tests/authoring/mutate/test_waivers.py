"""A waiver without a mutant holds no more, unless its file is mutated in part only."""

from __future__ import annotations

from decider.authoring.mutate.waivers import Waiver, stale

WAIVER = Waiver("lib/a.rego", "rule", "x > 1", "x >= 1", "for the test")


def test_a_waiver_without_a_mutant() -> None:
    assert stale([WAIVER], [], {}, partial=set()) == [(WAIVER, "it is about no mutant")]
    assert stale([WAIVER], [], {}, partial={"lib/b.rego"}) == [(WAIVER, "it is about no mutant")]
    assert stale([WAIVER], [], {}, partial={"lib/a.rego"}) == []
