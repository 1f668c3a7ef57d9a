"""Write rego/schemas/decision.json: what a policy may answer, from the types that the service decodes answers with.

`make stubs` runs it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from decider.evaluation.decision.policy_result import Answer

SCHEMA = Path(__file__).resolve().parent.parent / "rego" / "schemas" / "decision.json"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a decision as the decider emits it."""
    _, parts = msgspec.json.schema_components([Answer])
    whole = parts.pop(Answer.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": "decider policy result",
        "$defs": parts,
    }


def main() -> None:
    """Write it."""
    SCHEMA.write_text(json.dumps(schema(), indent=2) + "\n")


if __name__ == "__main__":
    main()
