"""What the loaded bundle says about itself: policies, versions, clauses, the law's periods and the texts.

Values only, frozen; `decider.bundle` reads them from rego/ once, at start-up, and everyone else looks them up.
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

# The unit of a parameter that counts working days: the calendar of a version reaches as far as the longest of them.
WORKING_DAYS = "working-days"

# A value of JSON, as a policy's parameters hold it.
JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"


@dataclass(frozen=True)
class Clause:
    """One clause of a policy or of the law; `clause_id` begins with the policy's id or `law/`.

    `ambiguity` says what the text leaves open, `note` what a reader should know beside it; either may be empty. A mere
    `fact` states how things are, so that no rule decides by it. `grounds` are the codes of the findings that the clause
    is the reason for, `readings` the parameters that settle how it is read.
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
    """Clauses turned round: by code its ground, as a citation; by parameter the clause whose reading it is."""

    grounds: Mapping[str, Mapping[str, str]]
    readings: Mapping[str, str]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a policy version: a flat dotted name, its value here and the default of its schema.

    `unit` is what the value counts, as its schema says: WORKING_DAYS, or empty where it does not say.
    """

    name: str
    value: JSON
    default: JSON
    description: str
    unit: str = ""


@dataclass(frozen=True)
class PolicyVersion:
    """One version of a policy, in force from `effective_from_ns` (UTC) on; `rules` names the folder of its clauses."""

    version: str
    effective_from_ns: int
    rules: str
    parameters: Mapping[str, Parameter]

    @property
    def working_day_terms(self) -> list[int]:
        """The values of the parameters that count working days."""
        counted = (one.value for one in self.parameters.values() if one.unit == WORKING_DAYS)
        return [value for value in counted if isinstance(value, int)]


@dataclass(frozen=True)
class Texts:
    """Sentences by code: of warnings, of missing items, of breakdown lines, and of the questions to a reviewer."""

    warnings: Mapping[str, str]
    missing: Mapping[str, str]
    lines: Mapping[str, str]
    questions: Mapping[str, str]


@dataclass(frozen=True)
class PolicyInfo:
    """One policy: its versions ascending by effective date, its clauses, and the texts of the codes it may use.

    `texts` are the common ones and its own. `notice_days` is how many days ahead the policy promises to announce a new
    version, 0 for none. `bindings` are what its clauses ground, by the rule set that a version names.
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
    """One day of every year: a date, or the first such weekday (Monday is 0) from that date on.

    Where `days_after_easter` is a number, the day is so many days after Easter Sunday, and there is no date.
    """

    name: str
    month: int = 0
    day: int = 0
    weekday: int | None = None
    days_after_easter: int | None = None


@dataclass(frozen=True)
class NationalDays:
    """The days that a country's law treats as holidays for its periods, and where that law says so."""

    source: str
    applies: bool
    days: tuple[YearlyDay, ...]


@dataclass(frozen=True)
class LawHolidays:
    """What the law's data adds to the lists of public holidays, and takes from those of regions (ruling 36).

    `treated` maps a country to the days that count beside its public holidays. In the countries of `regions` only the
    regions named have holidays of their own. `partial` maps a region (ISO 3166-2) to the days of its list that do not
    hold in the whole region.
    """

    treated: Mapping[str, NationalDays]
    regions: Mapping[str, frozenset[str]]
    partial: Mapping[str, tuple[YearlyDay, ...]]


@dataclass(frozen=True)
class Catalog:
    """Everything that the loaded bundle tells about itself.

    `digest` is "sha256:<hex>" over its files; `clauses` holds every clause of all policies and of the law by id;
    `regimes` maps an ISO country to the regime of the law that holds there, `country_aliases` other codes to ISO ones,
    `periods` a regime to its period; `holidays` says on which days a period does not end; `texts` are the common ones.
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
        """Return the texts of a policy; the common ones for the law and for what is not loaded."""
        policy = self.policies.get(owner)
        return self.texts if policy is None else policy.texts
