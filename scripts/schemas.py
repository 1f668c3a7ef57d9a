"""Write rego/schemas/input.json and decision.json from the types with which the service makes inputs and reads answers.

`make stubs` runs it.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import msgspec

from decider.enum_names import EnumNames
from decider.evaluation.decision.policy_result import Answer
from decider.evaluation.policy_input.input_types import JudgedInput, OrderInput

SCHEMAS = Path(__file__).resolve().parent.parent / "rego" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    dict[str, Any]: {"type": "object"},
    NoneType: {"type": "null"},
}


def decision_schema() -> dict[str, Any]:
    """Return the JSON Schema of a decision as the decider emits it."""
    _, parts = msgspec.json.schema_components([Answer])
    whole = parts.pop(Answer.__name__)
    return {"$schema": DIALECT, **whole, "title": "decider policy result", "$defs": parts}


def input_schema() -> dict[str, Any]:
    """Return the JSON Schema of the policy input as rules see it. OPA checks the rules against it."""
    whole = _of_type(JudgedInput)
    # The orders inside an input have the same parts as the input itself.
    parts = {key: {"$ref": f"#/properties/{key}"} for key in get_type_hints(OrderInput)}
    for key in ("as_verified", "as_awaited", "possible_orders"):
        whole["properties"][key]["items"]["properties"] = parts
    return {"$schema": DIALECT, "title": "decider policy input", **whole}


def _of_type(hint: Any) -> dict[str, Any]:  # noqa: ANN401 (a type hint)
    if get_origin(hint) is Annotated:
        base, *notes = get_args(hint)
        return _of_type(base) | {
            "enum" if isinstance(note, EnumNames) else "description": list(note.names)
            if isinstance(note, EnumNames)
            else note
            for note in notes
        }
    if hint in _SIMPLE:
        return dict(_SIMPLE[hint])
    if is_typeddict(hint):
        return _of_keys(hint)
    arguments = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        # OPA reads a list of types as one of them, and alternatives as what they are.
        return {"anyOf": [_of_type(each) for each in arguments]}
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": list(arguments)}
    if get_origin(hint) is list:
        return {"type": "array", "items": _of_type(arguments[0])}
    return {"type": "object", "additionalProperties": _of_type(arguments[1])}


def _of_keys(typed_dict: Any) -> dict[str, Any]:  # noqa: ANN401 (a TypedDict)
    keys = get_type_hints(typed_dict, include_extras=True)
    return {
        "type": "object",
        "description": " ".join((typed_dict.__doc__ or "").split()),
        "additionalProperties": False,
        "required": [key for key in keys if key in typed_dict.__required_keys__],
        "properties": {key: _of_type(hint) for key, hint in keys.items()},
    }


def main() -> None:
    """Write both."""
    for name, schema in (("input", input_schema()), ("decision", decision_schema())):
        (SCHEMAS / f"{name}.json").write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
