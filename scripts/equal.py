"""Compares this tree's decisions with those of another revision, byte for byte but for digests: make equal BASE=rev.

Each revision serves by itself, policies and Python together, and is asked over gRPC: golden cases, generated documents
and documents crossed from these, under the shipped parameters and under every set of tests/support/parameters.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import grpc
import yaml
from google.protobuf import json_format
from google.rpc import error_details_pb2  # type: ignore[import-untyped]  # noqa: F401 (registers what errors hold)

from decider.authoring.cases import Document, DocumentInvalid, load_folder, to_message
from decider.authoring.generate import generate, scope_of
from decider.bundle import JSON, Overlay, load_catalog
from decider.v1 import decision_service_pb2 as pb
from decider.v1 import decision_service_pb2_grpc
from support.crossing import crossed
from support.parameter_sets import SETS, known

ROOT = Path(__file__).resolve().parents[1]
POLICIES = ("yunxin", "router-one")
BATCH = 100
GIT, TAR = shutil.which("git") or "git", shutil.which("tar") or "tar"
SHOWN = 3
_DIGEST = re.compile(rb"sha256:[0-9a-f]{64}")
_NO_DIGEST = b"sha256:" + b"0" * 64  # of the same length, so that the message can still be read


def documents(count: int) -> list[tuple[str, pb.EvaluateRefundRequest]]:
    """Return the golden cases and `count` made-up documents, each with the name that finds it again."""
    catalog = load_catalog(ROOT / "rego")
    scopes = [scope_of(catalog, policy_id) for policy_id in POLICIES]
    generated = [generate(Random(f"equal {number}"), scopes[number % len(scopes)]) for number in range(count * 2 // 3)]
    rng = Random("crossed")
    made = {f"generated {number}": document for number, document in enumerate(generated)}
    made |= {f"crossed {number}": crossed(rng, generated) for number in range(count - len(generated))}
    messages = [(case.name, case.message) for case in load_folder(ROOT / "tests" / "cases") if case.evaluate_at]
    return [*messages, *_readable(made)]


def _readable(made: dict[str, Document]) -> Iterator[tuple[str, pb.EvaluateRefundRequest]]:
    for name, document in made.items():
        try:
            yield name, to_message(document)
        except DocumentInvalid:
            continue


def answers(tree: Path, overlay: Overlay, requests: Sequence[pb.EvaluateRefundRequest]) -> list[bytes]:
    """Return what the service of a tree answers each request, digests left out."""
    with _served(tree, overlay) as address, grpc.insecure_channel(address, _UNLIMITED) as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        batches = [requests[first : first + BATCH] for first in range(0, len(requests), BATCH)]
        with ThreadPoolExecutor(2) as pool:
            replies = list(
                pool.map(
                    lambda batch: stub.BatchEvaluateRefunds(
                        pb.BatchEvaluateRefundsRequest(requests=batch), timeout=120
                    ),
                    batches,
                )
            )
    return [_DIGEST.sub(_NO_DIGEST, _told(result)) for reply in replies for result in reply.results]


def _told(result: pb.EvaluateRefundResult) -> bytes:
    """Return a decision as it is, and an error as JSON: the order of its metadata is chance."""
    if result.HasField("decision"):
        return result.SerializeToString(deterministic=True)
    return json_format.MessageToJson(result.error, sort_keys=True).encode()


_UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


@contextmanager
def _served(tree: Path, overlay: Overlay) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "parameters.yaml")
        file.write_text(yaml.safe_dump(overlay))
        environment = {
            **os.environ,
            "PYTHONPATH": str(tree / "src"),
            "DECIDER_OPA": str(ROOT / ".tools" / "bin" / "opa"),
            "DECIDER_BATCH_DEADLINE_S": "300",
            "DECIDER_LOG_LEVEL": "error",
        }
        command = [sys.executable, "-c", "from decider.cli import main; main()", "serve", "--address", "127.0.0.1:0"]
        command += ["--parameters", str(file)] if any(overlay.values()) else []
        with subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, text=True) as service:
            try:
                yield (service.stdout or sys.stdin).readline().split()[-1]
            finally:
                service.terminate()


def _overlay(revision: str, parameters: str) -> Overlay:
    """Return a set of parameters, of which those are laid over a policy that it has in a revision and in this tree."""
    overlay: dict[str, dict[str, JSON]] = {}
    for policy in POLICIES:
        file = f"{revision}:rego/policies/{policy}/versions/data.yaml"
        told = subprocess.run([GIT, "show", file], cwd=ROOT, check=True, capture_output=True).stdout
        names = {name for version in yaml.safe_load(told).values() for name in version["parameters"]}
        overlay[policy] = {k: v for k, v in known(policy, SETS.get(parameters, {})).items() if k in names}
    return overlay


def _lines(answer: bytes) -> list[str]:
    if answer.startswith(b"{"):
        return answer.decode().splitlines()
    return json_format.MessageToJson(pb.EvaluateRefundResult.FromString(answer), indent=1).splitlines()


def _without(answer: bytes, parameters: Sequence[str]) -> bytes:
    if answer.startswith(b"{"):
        return answer
    result = pb.EvaluateRefundResult.FromString(answer)
    kept = [each for each in result.decision.interpretations if each.parameter not in parameters]
    del result.decision.interpretations[:]
    result.decision.interpretations.extend(kept)
    return result.SerializeToString(deterministic=True)


@contextmanager
def _checked_out(revision: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run([GIT, "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run([TAR, "-x", "-C", folder], input=archive, check=True)
        yield Path(folder)


def compare(base: str, count: int, ignored: Sequence[str], cache: Path) -> int:
    """Print what differs from the answers of `base`, the first few in full; return how many do."""
    made = documents(count)
    requests = [request for _, request in made]
    revision = subprocess.run(
        [GIT, "rev-parse", base], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    differing = 0
    for number, parameters in enumerate(["shipped", *SETS]):
        # Half of the documents under the shipped parameters, the rest shared among the sets.
        chosen = range(len(made)) if not number else range(number, len(made), 2 * len(SETS))
        asked = [requests[index] for index in chosen]
        overlay = _overlay(revision, parameters)
        identity = hashlib.sha256(b"".join(request.SerializeToString(deterministic=True) for request in asked))
        kept = cache / f"{revision[:12]}-{parameters}-{identity.hexdigest()[:12]}.pickle"
        if not kept.exists():
            with _checked_out(revision) as tree:
                before = answers(tree, overlay, asked)
            cache.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(before))
        before = pickle.loads(kept.read_bytes())  # noqa: S301 (written above)
        after = answers(ROOT, overlay, asked)
        found = [
            (made[index][0], old, new)
            for index, old, new in zip(chosen, before, after, strict=True)
            if old != new and _without(old, ignored) != _without(new, ignored)
        ]
        decided = sum(not answer.startswith(b"{") for answer in after)
        print(f"{parameters}: {len(asked)} requests, {decided} decided, {len(found)} differ", flush=True)
        differing += len(found)
        for name, old, new in sorted(found, key=lambda each: len(each[1]))[:SHOWN]:
            print(f"\n{name}")
            print("\n".join(list(difflib.unified_diff(_lines(old), _lines(new), "before", "after", n=2, lineterm=""))))
    return differing


def main() -> None:
    """Run the comparison; the exit code is 1 if a decision differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--ignore", default="", help="parameters, by commas, whose interpretations may differ")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "equal")
    options = parser.parse_args()
    sys.exit(bool(compare(options.base, options.count, options.ignore.split(","), options.cache)))


if __name__ == "__main__":
    main()
