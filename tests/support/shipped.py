"""What ships with the project, as the tests find it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from decider.authoring.cases import Case, load_folder, read_document
from decider.engine import find_opa

ROOT = Path(__file__).resolve().parents[2]
REGO = ROOT / "rego"
CASES = ROOT / "tests" / "cases"
OPA = find_opa()


@cache
def all_cases() -> Sequence[Case]:
    """Return every worked case."""
    return load_folder(CASES)


@cache
def base_of(file: str) -> Mapping[str, Any]:
    """Return the request from which the cases of a file differ."""
    document: Any = read_document(CASES / file)
    base: Mapping[str, Any] = document["base"]
    return base


def case_of(case_id: str) -> Case:
    """Return the case of an id, the first where it has several requests."""
    return next(case for case in all_cases() if case.id == case_id)
