"""The catalog of a bundle: policies, versions, clauses, the law's periods and the texts.

All values are frozen. `decider.bundle` reads them from rego/ once, at the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = [
    "JSON",
    "WORKING_DAYS",
    "Binding",
    "Catalog",
    "Clause",
    "LawHolidays",
    "LawPeriod",
    "NationalDays",
    "Parameter",
    "PolicyInfo",
    "PolicyVersion",
    "Texts",
    "YearlyDay",
]

# The unit of a parameter that counts working days. The calendar of a version is as long as the longest of them.
WORKING_DAYS = "working-days"

# A value of JSON, such as the value of a parameter.
JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"


@dataclass(frozen=True)
class Clause:
    """A clause of a policy or of the law; `clause_id` begins with the policy's id or `law/`.

    `ambiguity` says what the text leaves open, and `note` adds what a reader should know; either may be empty. A clause
    that is a `fact` states how things are, and no rule decides by it. `grounds` are the codes of the findings that the
    clause justifies, and `readings` are the parameters that settle how it is read.
    """

    clause_id: str
    title: str
    section: str
    summary: str
    ambiguity: str = ""
    note: str = ""
    fact: bool = False
    grounds: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Binding:
    """What the clauses of a rule set settle.

    `grounds` maps a code to its ground, as a citation, and `readings` a parameter to the id of its clause.
    """

    grounds: Mapping[str, Mapping[str, str]]
    readings: Mapping[str, str]


@dataclass(frozen=True)
class Parameter:
    """A parameter of a policy version: its dotted name, its value in this version and the default of its schema.

    `unit` is WORKING_DAYS if the value counts working days, else empty.
    """

    name: str
    value: JSON
    default: JSON
    description: str
    unit: str = ""


@dataclass(frozen=True)
class PolicyVersion:
    """A version of a policy, in force from `effective_from_ns` (UTC) on; `rules` names the folder of its clauses."""

    version: str
    effective_from_ns: int
    rules: str
    parameters: Mapping[str, Parameter]

    @property
    def working_day_terms(self) -> list[int]:
        """The values of the parameters that count working days."""
        counted = (parameter.value for parameter in self.parameters.values() if parameter.unit == WORKING_DAYS)
        return [value for value in counted if isinstance(value, int)]


@dataclass(frozen=True)
class Texts:
    """The sentences of warnings, missing items, breakdown lines and questions to a reviewer, by code."""

    warnings: Mapping[str, str]
    missing: Mapping[str, str]
    lines: Mapping[str, str]
    questions: Mapping[str, str]


@dataclass(frozen=True)
class PolicyInfo:
    """A policy: its versions by ascending effective date, its clauses, and the texts of the codes that it may use.

    `texts` includes the common texts. `notice_days` is the number of days between the announcement of a new version and
    its start that the policy promises, or 0. `bindings` maps the rule set that a version names to its binding.
    """

    policy_id: str
    title: str
    versions: tuple[PolicyVersion, ...]
    clauses: tuple[Clause, ...]
    texts: Texts
    notice_days: int = 0
    bindings: Mapping[str, Binding] = field(default_factory=dict)


@dataclass(frozen=True)
class LawPeriod:
    """The length of a right of withdrawal: days, and the months that missing information adds."""

    days: int
    information_months: int


@dataclass(frozen=True)
class YearlyDay:
    """A day of every year: a date, or the first `weekday` (Monday is 0) on or after that date.

    If `days_after_easter` is a number, the day is so many days after Easter Sunday, and there is no date.
    """

    name: str
    month: int = 0
    day: int = 0
    weekday: int | None = None
    days_after_easter: int | None = None


@dataclass(frozen=True)
class NationalDays:
    """The days that a country's law treats as holidays for its periods, and the source in that law."""

    source: str
    applies: bool
    days: tuple[YearlyDay, ...]


@dataclass(frozen=True)
class LawHolidays:
    """The changes of the law's data to the lists of public holidays (ruling 36).

    `treated` maps a country to the days that count in addition to its public holidays. In the countries of `regions`,
    only the named regions have their own holidays. `partial` maps a region (ISO 3166-2) to the days of its list that
    are not holidays in the whole region.
    """

    treated: Mapping[str, NationalDays]
    regions: Mapping[str, frozenset[str]]
    partial: Mapping[str, tuple[YearlyDay, ...]]


@dataclass(frozen=True)
class Catalog:
    """The catalog of a loaded bundle.

    `digest` is "sha256:<hex>" over its files, and `clauses` contains every clause of the policies and the law by id.
    `regimes` maps an ISO country to its regime of the law, `country_aliases` other codes to ISO codes, and `periods` a
    regime to its period. `holidays` says on which days a period does not end. `texts` are the common texts.
    """

    digest: str
    policies: Mapping[str, PolicyInfo]
    clauses: Mapping[str, Clause]
    regimes: Mapping[str, str]
    country_aliases: Mapping[str, str]
    periods: Mapping[str, LawPeriod]
    holidays: LawHolidays
    texts: Texts

    def texts_of(self, owner: str) -> Texts:
        """Return the texts of a policy, or the common texts for the law and for a policy that is not loaded."""
        policy = self.policies.get(owner)
        return self.texts if policy is None else policy.texts
