from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from google.protobuf import json_format

from decider.authoring.cases import DocumentInvalid, read_facts
from decider.v1 import request_pb2
from support.shipped import ROOT, all_cases

EXAMPLES = ROOT / "examples"


def written(tmp_path: Path, document: Any) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text(document if isinstance(document, str) else yaml.safe_dump(document))
    return file


def test_reads_every_worked_case_as_it_stands_among_the_cases(tmp_path: Path) -> None:
    for case in all_cases():
        document = {key: case.request[key] for key in ("evaluate_at", "request", "facts")}

        assert read_facts(written(tmp_path, document)) == case.message, case.name


def test_yaml_and_json_say_the_same() -> None:
    from_json = read_facts(EXAMPLES / "router-one-partly-used.json")

    assert from_json == read_facts(EXAMPLES / "router-one-partly-used.yaml")


def test_reads_proto_json(tmp_path: Path) -> None:
    request = read_facts(EXAMPLES / "router-one-german-consumer.yaml")
    file = tmp_path / "facts.json"
    file.write_text(json_format.MessageToJson(request))  # lowerCamelCase, full enum names, numbers as texts

    assert read_facts(file) == request


def test_short_and_full_enum_names_and_null(tmp_path: Path) -> None:
    for name in ("EMAIL", "CHANNEL_EMAIL"):
        request = read_facts(written(tmp_path, {"request": {"channel": name, "reason": None}}))
        assert request.request == request_pb2.RefundRequest(channel=request_pb2.CHANNEL_EMAIL)


@pytest.mark.parametrize(
    ("document", "field", "description"),
    [
        ({"reqest": {}}, "reqest", "no such field; did you mean request?"),
        ({"facts": {"lots": [{"used": 1}]}}, "facts.lots[0].used", "no such field; the known names are id,"),
        ({"facts": {"lots": {}}}, "facts.lots", "must be a list"),
        ({"facts": {"lots": [3]}}, "facts.lots[0]", "must be a mapping of fields"),
        ({"request": []}, "request", "must be a mapping of fields"),
        ({"request": {"channel": "FAX"}}, "request.channel", "must be one of SUPPORT_TICKET, EMAIL,"),
        ({"request": {"channel": 2}}, "request.channel", "must be one of"),
        ({"request": {"sender_authenticated": "yes"}}, "request.sender_authenticated", "must be true or false"),
        ({"request": {"order_ref": 2001}}, "request.order_ref", "must be a text; quote it"),
        ({"request": {"lot_ids": [1]}}, "request.lot_ids[0]", "must be a text; quote it"),
        ({"request": {"requested_at": "yesterday"}}, "request.requested_at", 'must be a time such as "2026-'),
        ({"evaluate_at": 5}, "evaluate_at", 'must be a time such as "2026-'),
        ({"facts": {"risk": {"approved_refunds_90d": True}}}, "facts.risk.approved_refunds_90d", "must be a whole"),
        ({"facts": {"risk": {"approved_refunds_90d": 1 << 31}}}, "facts.risk.approved_refunds_90d", "must be -21474"),
        ({"facts": {"ledger": {"used_micros": "x"}}}, "facts.ledger.used_micros", "must be a whole number"),
    ],
)
def test_names_the_path_of_a_fault(tmp_path: Path, document: Any, field: str, description: str) -> None:
    with pytest.raises(DocumentInvalid) as raised:
        read_facts(written(tmp_path, document))

    [violation] = raised.value.violations
    assert violation.field == field
    assert violation.description.startswith(description)


def test_names_all_faults_at_once(tmp_path: Path) -> None:
    with pytest.raises(DocumentInvalid) as raised:
        read_facts(written(tmp_path, {"a": 1, "request": {"b": 2}}))

    assert [one.field for one in raised.value.violations] == ["a", "request.b"]


@pytest.mark.parametrize("text", ["", "[]", "a: 1\na: 2", "a: [", "price: 1.5"])
def test_a_file_that_is_no_request(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)

    with pytest.raises(DocumentInvalid, match=str(file)):
        read_facts(file)


def test_a_file_that_is_no_json(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text("{\n  nonsense")

    with pytest.raises(DocumentInvalid, match="line 2: no valid JSON"):
        read_facts(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentInvalid, match="No such file"):
        read_facts(tmp_path / "none.yaml")
