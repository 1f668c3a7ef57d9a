"""What the loaded bundle says about itself: policies, versions, clauses, the law's periods and the texts.

Values only, frozen; `decider.bundle` reads them from rego/ once, at start-up, and everyone else looks them up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["JSON", "Catalog", "Clause", "LawPeriod", "Parameter", "PolicyInfo", "PolicyVersion", "Texts"]

# A value of JSON, as a policy's parameters hold it.
JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"


@dataclass(frozen=True)
class Clause:
    """One clause of a policy or of the law; `clause_id` begins with the policy's id or `law/`.

    `ambiguity` says what the text leaves open, `note` what a reader should know beside it; either may be empty. A mere
    `fact` states how things are, so that no rule decides by it.
    """

    clause_id: str
    title: str
    section: str
    summary: str
    ambiguity: str = ""
    note: str = ""
    fact: bool = False


@dataclass(frozen=True)
class Parameter:
    """One parameter of a policy version: a flat dotted name, its value here and the default of its schema."""

    name: str
    value: JSON
    default: JSON
    description: str


@dataclass(frozen=True)
class PolicyVersion:
    """One version of a policy; `effective_from_ns` counts from the epoch in UTC, `rules` names its Rego package."""

    version: str
    effective_from_ns: int
    rules: str
    parameters: Mapping[str, Parameter]


@dataclass(frozen=True)
class PolicyInfo:
    """One policy: its versions ascending by effective date, and its clauses.

    `notice_days` is how many days ahead the policy promises to announce a new version, 0 for none.
    """

    policy_id: str
    title: str
    versions: tuple[PolicyVersion, ...]
    clauses: tuple[Clause, ...]
    notice_days: int = 0


@dataclass(frozen=True)
class LawPeriod:
    """The length of a right of withdrawal: days, and the months that missing information adds."""

    days: int
    information_months: int


@dataclass(frozen=True)
class Texts:
    """Sentences by code: of warnings, of missing items, of breakdown lines, and of the questions to a reviewer."""

    warnings: Mapping[str, str]
    missing: Mapping[str, str]
    lines: Mapping[str, str]
    questions: Mapping[str, str]


@dataclass(frozen=True)
class Catalog:
    """Everything that the loaded bundle tells about itself.

    `digest` is "sha256:<hex>" over its files; `clauses` holds every clause of all policies and of the law by id;
    `regimes` maps an ISO country to the regime of the law that holds there, `country_aliases` other codes to ISO ones,
    `periods` a regime to its period; `working_days` says how many working days a calendar lists.
    """

    digest: str
    policies: Mapping[str, PolicyInfo]
    clauses: Mapping[str, Clause]
    regimes: Mapping[str, str]
    country_aliases: Mapping[str, str]
    periods: Mapping[str, LawPeriod]
    working_days: int
    texts: Texts
