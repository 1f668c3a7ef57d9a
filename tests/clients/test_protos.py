"""The protos serve other tools: one root for imports, package names for every language, one complete descriptor set."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import orjson
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet

import stubs
from support.shipped import ROOT

GRPCURL = ROOT / ".tools" / "bin" / "grpcurl"
GO_PACKAGE = "github.com/refund-decider/decider/gen/go/decider/v1;deciderv1"


@pytest.fixture(scope="module")
def descriptors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("descriptors") / "decider.binpb"
    make = shutil.which("make") or "make"
    subprocess.run([make, "descriptors", f"DESCRIPTORS={file}"], cwd=ROOT, check=True, capture_output=True)
    return file


def grpcurl(*arguments: str | Path) -> str:
    done = subprocess.run([GRPCURL, *arguments], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_descriptor_set_is_complete(descriptors: Path) -> None:
    files = FileDescriptorSet.FromString(descriptors.read_bytes()).file
    names = {file.name for file in files}

    assert {*stubs.PROTOS, "buf/validate/validate.proto", "google/rpc/error_details.proto"} <= names
    assert {name for file in files for name in file.dependency} <= names


def test_grpcurl_calls_with_the_descriptor_set(descriptors: Path, address: str) -> None:
    facts = (ROOT / "examples" / "router-one-partly-used.json").read_text()
    method = "decider.v1.DecisionService/EvaluateRefund"

    answer = grpcurl("-protoset", descriptors, "-plaintext", "-d", facts, address, method)

    assert orjson.loads(answer)["decision"]["amount"] == {"currencyCode": "USD", "amountMinor": "7400"}


def test_grpcurl_shows_comments_and_rules(descriptors: Path) -> None:
    shown = grpcurl("-protoset", descriptors, "describe", "decider.v1.Money")

    assert "// States an exact amount of one currency." in shown
    assert 'pattern: "^[A-Z]{3}$"' in shown


def test_every_proto_names_its_packages(descriptors: Path) -> None:
    files = {file.name: file for file in FileDescriptorSet.FromString(descriptors.read_bytes()).file}
    outer_classes = set()
    for name in stubs.PROTOS:
        options = files[name].options
        outer_classes.add(options.java_outer_classname)
        assert options.go_package == GO_PACKAGE
        assert (options.java_package, options.java_multiple_files) == ("io.github.refunddecider.v1", True)

    assert len(outer_classes) == len(stubs.PROTOS)
