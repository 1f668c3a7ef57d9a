"""Whose address a request came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.evaluation.facts.email import canonical_email
from support.building import built


@pytest.mark.parametrize(
    ("given_as", "canonical"),
    [
        (" Ada@EXAMPLE.com ", "ada@example.com"),
        ("ada+tag@example.com", "ada+tag@example.com"),
        ("a.d.a@example.com", "a.d.a@example.com"),
        ("ada@b\u00fccher.example", "ada@xn--bcher-kva.example"),
        ("ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"),
        ("ada@B\u00dcCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@\u0301", "ada@\u0301"),
        ("no at sign", "no at sign"),
        ("", ""),
        ("@", "@"),
    ],
)
def test_addresses_are_compared_in_one_form(given_as: str, canonical: str) -> None:
    assert canonical_email(given_as) == canonical


@given(st.text())
def test_any_text_is_an_address(text: str) -> None:
    assert canonical_email(f" {text}") == canonical_email(text)


VERIFIED = {"facts.account.verified_emails": ["Ada@example.com"], "facts.account.payer_email": "ada@EXAMPLE.com"}


@pytest.mark.parametrize(
    ("stated", "account", "address"),
    [
        ("ADA@example.com", VERIFIED, "VERIFIED"),
        ("ADA@example.com", {**VERIFIED, "facts.account.verified_emails": ["eve@example.com"]}, "PAYER"),
        ("eve@example.com", VERIFIED, "OTHER"),
        ("eve@example.com", {"facts.account.verified_emails": [], "facts.account.payer_email": ""}, "OTHER"),
        (" ", {"facts.account.verified_emails": [], "facts.account.payer_email": ""}, None),
    ],
)
def test_whose_address_is_stated(stated: str, account: dict[str, object], address: str | None) -> None:
    sender = built({"request.sender_email": stated, **account})["request"]["sender"]

    assert sender == {"address": address, "authenticated": True}
