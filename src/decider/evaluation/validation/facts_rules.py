"""All faults of a request, beyond what the rules of the protos find."""

from __future__ import annotations

from collections.abc import Collection

from decider.bundle.catalog import Catalog
from decider.errors import Violation
from decider.evaluation.facts.account import Account
from decider.evaluation.validation.codes import check_codes
from decider.evaluation.validation.credits import check_credits, check_ledger
from decider.evaluation.validation.money import check_currencies, check_limits, check_payments
from decider.evaluation.validation.references import check_ids, check_references
from decider.evaluation.validation.request import check_order, check_request
from decider.evaluation.validation.violations import Faults
from decider.v1 import decision_service_pb2

__all__ = ["faults_of", "find_faults"]


def find_faults(
    request: decision_service_pb2.EvaluateRefundRequest,
    evaluate_at_ns: int,
    catalog: Catalog,
    faulty: Collection[str] = (),
) -> list[Violation]:
    """Return every fault that the rules of the protos do not find; never raises, whatever the message holds.

    `evaluate_at_ns` is the time of the decision: evaluate_at, or the clock's where that is absent. `faulty` are paths
    that are known to be at fault: what needs them is not checked, and they are not reported again. Paths are relative
    to the EvaluateRefundRequest.
    """
    return faults_of(request, Account.read(request, evaluate_at_ns), catalog, faulty)


def faults_of(
    request: decision_service_pb2.EvaluateRefundRequest,
    account: Account,
    catalog: Catalog,
    faulty: Collection[str] = (),
) -> list[Violation]:
    """Return the faults of a request that was read already."""
    faults = Faults(faulty)
    _distrust_absent(request, account, faults)
    # Each check leaves out what an earlier one found, so that the plainest fault is the one that is told: first the
    # values, then what they refer to, then what they add up to.
    check_codes(account, catalog.country_aliases, faults)
    check_ids(account, faults)
    check_references(account, faults)
    check_request(account, faults)
    check_credits(account, faults)
    check_ledger(account, faults)
    check_currencies(account, faults)
    check_limits(account, faults)
    check_payments(account, faults)
    check_order(account, faults)
    return faults.found


def _distrust_absent(request: decision_service_pb2.EvaluateRefundRequest, account: Account, faults: Faults) -> None:
    """Mark what must be told and is not: the rules of the protos report it, and nothing can be concluded from it."""
    if not request.HasField("request"):
        faults.distrust("request")
    elif not account.request.HasField("requested_at"):
        faults.distrust("request.requested_at")
    if not request.HasField("facts"):
        faults.distrust("facts")
    for lot in account.lots:
        if not lot.message.HasField("purchased_at"):
            faults.distrust(f"{lot.path}.purchased_at")
        if not lot.category:
            faults.distrust(f"{lot.path}.category")
    if account.plan is not None:
        for name in ("period_start", "period_end"):
            if not account.plan.message.HasField(name):
                faults.distrust(f"{account.plan.path}.{name}")
