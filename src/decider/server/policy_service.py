"""PolicyService: lists the policies of the bundle that decides."""

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
            policies=[_policy(catalog.policies[policy_id], catalog) for policy_id in sorted(catalog.policies)],
            bundle_digest=catalog.digest,
        )

    async def get_policy(
        self, request: policy_service_pb2.GetPolicyRequest, call: Call
    ) -> policy_service_pb2.GetPolicyResponse:
        """Return one policy with the requested version, or with the version in force now."""
        require_valid(request)
        catalog = self._evaluator.catalog
        policy = catalog.policies.get(request.policy_id)
        if policy is None:
            closest = closest_to(request.policy_id, catalog.policies)
            raise PolicyNotFound(request.policy_id, request.version, "policy_id", closest)
        call.notes["policy"] = policy.policy_id
        if request.version:
            found = [version for version in policy.versions if version.version == request.version]
        else:
            now_ns = self._evaluator.now_ns()
            found = [version for version in policy.versions if version.effective_from_ns <= now_ns]
        if not found:
            closest = closest_to(request.version, [version.version for version in policy.versions])
            raise PolicyNotFound(request.policy_id, request.version, "version", closest)
        return policy_service_pb2.GetPolicyResponse(policy=_policy(policy, catalog, found[-1:]))


def _policy(
    policy: PolicyInfo, catalog: Catalog, versions: Iterable[PolicyVersion] | None = None
) -> policy_service_pb2.Policy:
    clauses = sorted((*policy.clauses, *_law(catalog)), key=lambda clause: clause.clause_id)
    return policy_service_pb2.Policy(
        policy_id=policy.policy_id,
        title=policy.title,
        versions=[_version(version) for version in (policy.versions if versions is None else versions)],
        clauses=[
            policy_service_pb2.Clause(
                clause_id=clause.clause_id, title=clause.title, section=clause.section, summary=clause.summary
            )
            for clause in clauses
        ],
    )


def _law(catalog: Catalog) -> list[Clause]:
    """Return the clauses of the law, which no policy owns and a decision under any policy may cite."""
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
                name=parameter.name,
                value_json=_json(parameter.value),
                default_json=_json(parameter.default),
                description=parameter.description,
            )
            for parameter in parameters
        ],
    )


def _json(value: JSON) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
