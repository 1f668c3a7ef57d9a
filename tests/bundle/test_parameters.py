"""Parameters and their schemas."""

from __future__ import annotations

from pathlib import Path

import pytest

from bundle.broken import VERSIONS, edit, faults


def test_a_schema_is_closed_and_describes_every_parameter_with_a_valid_default(rego: Path) -> None:
    schema = rego / "policies/tiny-shop/parameters.json"
    edit(schema, '"default": 14', '"default": -1')
    edit(schema, '"additionalProperties": false', '"additionalProperties": true')
    edit(schema, '"required": ["window.days", ', '"required": [')
    edit(schema, ', "description": "How the window is counted."', "")

    assert set(faults(rego)) == {
        "policies/tiny-shop/parameters.json",
        "policies/tiny-shop/parameters.json: window.days",
        "policies/tiny-shop/parameters.json: mode",
    }


@pytest.mark.parametrize(
    ("schema", "what"), [("{", "no valid JSON"), ('{"type": 1}', "no valid JSON Schema"), ("true", "not a schema")]
)
def test_schemas_must_be_schemas(rego: Path, schema: str, what: str) -> None:
    (rego / "schemas/common_parameters.json").write_text(schema)

    assert what in faults(rego)["schemas/common_parameters.json"]


def test_common_parameters_are_asked_of_every_policy(rego: Path) -> None:
    edit(rego / "schemas/common_parameters.json", '"required": ["mode"]', '"required": ["mode", "zone"]')

    assert faults(rego)[f"{VERSIONS}: 2026-01-01.parameters"] == "'zone' is a required property"
