"""The rules that compare facts with one another, beyond the rules of the protos."""

from __future__ import annotations

from collections.abc import Collection

from decider.errors import Violation
from decider.evaluation.facts import Facts
from decider.evaluation.validation.code_rules import check_codes
from decider.evaluation.validation.credit_rules import check_credits, check_ledger
from decider.evaluation.validation.money_rules import check_currencies, check_limits, check_payments
from decider.evaluation.validation.reference_rules import check_ids, check_references
from decider.evaluation.validation.request_rules import check_order, check_request
from decider.evaluation.validation.violations import Violations

__all__ = ["facts_violations"]


def facts_violations(facts: Facts, known: Collection[str] = ()) -> list[Violation]:
    """Return the violations of these rules; never raises, whatever the facts hold.

    `known` are the fields that are already at fault. A rule that reads one of them is skipped.
    """
    violations = Violations(known)
    # A rule is skipped if an earlier one found its fields at fault, so that the plainest violation is reported: first
    # the values, then what they refer to, then what they add up to.
    check_codes(facts, violations)
    check_ids(facts, violations)
    check_references(facts, violations)
    check_request(facts, violations)
    check_credits(facts, violations)
    check_ledger(facts, violations)
    check_currencies(facts, violations)
    check_limits(facts, violations)
    check_payments(facts, violations)
    check_order(facts, violations)
    return violations.found
