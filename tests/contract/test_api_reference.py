"""docs/api.md is what the protos say."""

from __future__ import annotations

import re

import pytest

import api_reference
from decider.v1 import decision_pb2, error_reason_pb2
from support.fields import LEAVES


@pytest.fixture(scope="module")
def page() -> str:
    """The page as the protos give it now."""
    return api_reference.page()


def test_the_page_is_what_make_docs_writes(page: str) -> None:
    assert api_reference.PAGE.read_text() == page


def test_every_field_of_a_request_and_of_a_decision_has_its_row(page: str) -> None:
    fields = [*(field for _, field, _ in LEAVES), *decision_pb2.Decision.DESCRIPTOR.fields]
    tables = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##)", page, re.MULTILINE | re.DOTALL))

    assert len(fields) > 100
    for field in fields:
        table = tables[field.full_name.split(".")[-2]]
        assert re.search(rf"^\| `{field.name}` \| .+ \| .* \| [A-Z].+ \|$", table, re.MULTILINE), field.full_name


def test_rules_codes_and_reasons_stand_in_it(page: str) -> None:
    assert "- `used_micros` must be at most the sum of base_micros and bonus_micros" in page
    assert "Codes of `code`:\n\n- `channel`: Ask the customer" in page
    for reason in error_reason_pb2.ErrorReason.DESCRIPTOR.values:
        assert f"- `{reason.name}` = {reason.number}: " in page


def test_every_link_within_the_page_leads_to_a_heading(page: str) -> None:
    headings = {heading.lower() for heading in re.findall(r"^#+ (\w+)$", page, re.MULTILINE)}

    targets = set(re.findall(r"\]\(#(\w+)\)", page))

    assert targets
    assert targets <= headings
