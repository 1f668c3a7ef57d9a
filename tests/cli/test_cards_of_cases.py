"""The card of each worked case, as the real service decides it, on a terminal of 80 columns."""

from __future__ import annotations

import io
from collections import Counter

import grpc
from rich.cells import cell_len
from rich.console import Console

from decider.authoring.cases import grouped
from decider.cli.card import print_card
from decider.cli.verdict import exit_code
from decider.v1 import (
    decision_pb2,
    decision_service_pb2,
    decision_service_pb2_grpc,
    policy_service_pb2,
    policy_service_pb2_grpc,
)
from support.hostile import STEERS
from support.program import ROOT
from support.served import serve
from support.shipped import all_cases

Asked = decision_service_pb2.EvaluateRefundRequest
GROUPS = grouped([case for case in all_cases() if case.rpc == "EvaluateRefund"])
CASES = [case for group in GROUPS if not group.versions and not group.parameters for case in group.cases]


async def decided(channel: grpc.aio.Channel) -> list[tuple[str, Asked, decision_pb2.Decision]]:
    """Return name, question and answer of each case that is decided."""
    batch = decision_service_pb2.BatchEvaluateRefundsRequest(requests=[case.message for case in CASES])
    response = await decision_service_pb2_grpc.DecisionServiceStub(channel).BatchEvaluateRefunds(batch, timeout=60)
    return [
        (case.name, case.message, result.decision)
        for case, result in zip(CASES, response.results, strict=True)
        if result.HasField("decision")
    ]


async def summaries(channel: grpc.aio.Channel) -> dict[str, str]:
    asked = policy_service_pb2.ListPoliciesRequest()
    response = await policy_service_pb2_grpc.PolicyServiceStub(channel).ListPolicies(asked)
    return {clause.clause_id: clause.summary for policy in response.policies for clause in policy.clauses}


async def test_every_card_fits_says_what_is_open_and_loses_nothing() -> None:
    async with serve(ROOT / "rego") as channel:
        answers, told = await decided(channel), await summaries(channel)

    def card(name: str, asked: Asked, decision: decision_pb2.Decision, width: int) -> str:
        console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None, markup=False)
        print_card(console, name, asked, decision, told, verbose=False)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    kinds = Counter[str]()
    for name, asked, decision in answers:
        shown = card(name, asked, decision, 80)
        kinds[decision_pb2.Disposition.Name(decision.disposition)] += 1

        assert max(map(cell_len, shown.splitlines())) <= 80, name
        assert not STEERS.search(shown), name
        assert visible(shown) == visible(card(name, asked, decision, 1000)), name
        assert shown.splitlines()[1].startswith("DENY") == (exit_code(decision) == 3), name
        assert shown.startswith(f"{name}\n"), name
        words = " ".join(shown.split())
        for text in (*(q.question for q in decision.questions), *(clause.title for clause in decision.citations)):
            assert text in words, name
        for clause in {citation.clause_id for citation in decision.citations}:
            assert told[clause] in words, name
    assert min(kinds[name] for name in decision_pb2.Disposition.keys()[1:]) > 0, kinds


def visible(text: str) -> Counter[str]:
    """Count what a reader sees; bars are as long as there is room."""
    return Counter(character for character in text if character not in " \n#")
