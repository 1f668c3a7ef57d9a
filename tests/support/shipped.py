"""What ships with the project, as the tests find it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from decider.authoring.cases import Case, load_folder
from decider.engine import find_opa

ROOT = Path(__file__).resolve().parents[2]
REGO = ROOT / "rego"
CASES = ROOT / "tests" / "cases"
OPA = find_opa()


@cache
def all_cases() -> Sequence[Case]:
    """Return every worked case."""
    return load_folder(CASES)


def case_of(case_id: str) -> Case:
    """Return the case of an id, the first where it has several requests."""
    return next(case for case in all_cases() if case.id == case_id)
