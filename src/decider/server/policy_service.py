"""PolicyService: shows the policies, from the catalog of the bundle that decides."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from google.protobuf.timestamp_pb2 import Timestamp

from decider.bundle.catalog import JSON, Catalog, Clause, PolicyInfo, PolicyVersion
from decider.errors import PolicyNotFound
from decider.evaluation.evaluator import RefundEvaluator
from decider.evaluation.validation.message_rules import require_valid
from decider.hints import closest_to
from decider.server.handlers import Call
from decider.v1 import policy_service_pb2

__all__ = ["PolicyService"]

_SECOND = 1_000_000_000


class PolicyService:
    """The methods of decider.v1.PolicyService over the evaluator's catalog and clock."""

    def __init__(self, evaluator: RefundEvaluator) -> None:
        self._evaluator = evaluator

    async def list_policies(
        self, request: policy_service_pb2.ListPoliciesRequest, _: Call
    ) -> policy_service_pb2.ListPoliciesResponse:
        """List all policies with all their versions, by id."""
        require_valid(request)
        catalog = self._evaluator.catalog
        return policy_service_pb2.ListPoliciesResponse(
            policies=[_policy(catalog.policies[one], catalog) for one in sorted(catalog.policies)],
            bundle_digest=catalog.digest,
        )

    async def get_policy(
        self, request: policy_service_pb2.GetPolicyRequest, call: Call
    ) -> policy_service_pb2.GetPolicyResponse:
        """Return a policy with the requested version, or with the version in force now."""
        require_valid(request)
        catalog = self._evaluator.catalog
        policy = catalog.policies.get(request.policy_id)
        if policy is None:
            closest = closest_to(request.policy_id, catalog.policies)
            raise PolicyNotFound(request.policy_id, request.version, "policy_id", closest)
        call.notes["policy"] = policy.policy_id
        if request.version:
            found = [one for one in policy.versions if one.version == request.version]
        else:
            found = [one for one in policy.versions if one.effective_from_ns <= self._evaluator.now_ns()]
        if not found:
            closest = closest_to(request.version, [one.version for one in policy.versions])
            raise PolicyNotFound(request.policy_id, request.version, "version", closest)
        return policy_service_pb2.GetPolicyResponse(policy=_policy(policy, catalog, found[-1:]))


def _policy(
    policy: PolicyInfo, catalog: Catalog, versions: Iterable[PolicyVersion] | None = None
) -> policy_service_pb2.Policy:
    clauses = sorted((*policy.clauses, *_law(catalog)), key=lambda clause: clause.clause_id)
    return policy_service_pb2.Policy(
        policy_id=policy.policy_id,
        title=policy.title,
        versions=[_version(one) for one in (policy.versions if versions is None else versions)],
        clauses=[
            policy_service_pb2.Clause(
                clause_id=one.clause_id, title=one.title, section=one.section, summary=one.summary
            )
            for one in clauses
        ],
    )


def _law(catalog: Catalog) -> list[Clause]:
    """Return the clauses of the law, which a decision under any policy may cite."""
    owned = {clause.clause_id for policy in catalog.policies.values() for clause in policy.clauses}
    return [clause for clause_id, clause in catalog.clauses.items() if clause_id not in owned]


def _version(version: PolicyVersion) -> policy_service_pb2.PolicyVersion:
    since = version.effective_from_ns
    parameters = (version.parameters[name] for name in sorted(version.parameters))
    return policy_service_pb2.PolicyVersion(
        version=version.version,
        effective_from=Timestamp(seconds=since // _SECOND, nanos=since % _SECOND),
        parameters=[
            policy_service_pb2.Parameter(
                name=one.name,
                value_json=_json(one.value),
                default_json=_json(one.default),
                description=one.description,
            )
            for one in parameters
        ],
    )


def _json(value: JSON) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
