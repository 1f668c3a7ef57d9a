"""The codes of the rulebook's findings, and the clause that is the ground of each code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from decider.bundle.catalog import JSON, Binding, Clause
from decider.bundle.shapes import Reader
from decider.hints import instead_of

__all__ = ["CODES", "SILENT", "Codes", "bind", "prefix_of", "read_codes"]

CODES = "rulebook/codes/data.yaml"
SILENT = "silent"  # the only key of a list of clauses that is not a clause
FACTS = frozenset({"consumption_order"})  # facts that are reported as readings, as parameters are (ruling 23)
_ROLES = frozenset({"GRANTS", "BARS", "LIMITS", "REQUIRES"})


@dataclass(frozen=True)
class Codes:
    """The role of the citation of each code, and the groups of codes that a policy grounds together or not at all."""

    roles: Mapping[str, str]
    together: Sequence[Sequence[str]]


def read_codes(rules: str, reader: Reader) -> Codes:
    """Read the codes of the rulebook and the own codes of a rule set."""
    own = f"policies/{rules}/codes/data.yaml"
    files = [CODES, own] if reader.has(own) else [CODES]
    roles: dict[str, str] = {}
    together: list[Sequence[str]] = []
    for file in files:
        document = reader.closed(file, frozenset({"roles"}), frozenset({"together"}))
        for role, codes in reader.mapping(document.get("roles", {}), f"{file}: roles").items():
            if role not in _ROLES:
                reader.fault(f"{file}: roles.{role}", f"no such role; {instead_of(role, sorted(_ROLES))}")
            for code in reader.list_of_texts(codes, f"{file}: roles.{role}"):
                if code in roles:
                    reader.fault(f"{file}: roles.{role}", f"{code} is listed twice")
                if file == own and not code.startswith(prefix_of(rules)):
                    reader.fault(f"{file}: roles.{role}", f"{code} does not begin with {prefix_of(rules)}")
                roles[code] = role
        lists = document.get("together", [])
        for codes in lists if isinstance(lists, list) else []:
            group = reader.list_of_texts(codes, f"{file}: together")
            for code in group:
                if code not in roles:
                    reader.fault(f"{file}: together", f"no such code: {code}; {instead_of(code, roles)}")
            together.append(group)
    return Codes(roles, together)


def prefix_of(rules: str) -> str:
    """Return the prefix of the names of a rule set's own codes and helpers."""
    return rules.replace("-", "_").replace(".", "_") + "_"


def bind(
    file: str, clauses: Sequence[Clause], silent: JSON, codes: Codes, parameters: Sequence[str], reader: Reader
) -> Binding:
    """Bind each code to the clause that is its ground; every code must have a clause, or be listed as silent."""
    grounds: dict[str, dict[str, str]] = {}
    readings: dict[str, str] = {}
    for clause in clauses:
        field = f"{file}: {clause.clause_id.partition('/')[2]}"
        for code in clause.grounds:
            if code not in codes.roles:
                reader.fault(f"{field}.grounds", f"no such code: {code}; {instead_of(code, codes.roles)}")
            elif code in grounds:
                reader.fault(f"{field}.grounds", f"{code} is already a ground of {grounds[code]['clause']}")
            else:
                grounds[code] = {"clause": clause.clause_id, "role": codes.roles[code]}
        for name in clause.readings:
            if name in readings:
                reader.fault(f"{field}.readings", f"{name} is already a reading of {readings[name]}")
            elif name not in FACTS and name not in parameters:
                reader.fault(f"{field}.readings", f"no such parameter: {name}; {instead_of(name, parameters)}")
            readings[name] = clause.clause_id
    for fault in _silence(set(grounds), reader.list_of_texts(silent, f"{file}: {SILENT}"), codes):
        reader.fault(f"{file}: {SILENT}", fault)
    return Binding(grounds, readings)


def _silence(grounded: set[str], silent: Sequence[str], codes: Codes) -> Iterator[str]:
    """Yield the faults of the codes without a clause."""
    for code in silent:
        if code not in codes.roles:
            yield f"no such code: {code}; {instead_of(code, codes.roles)}"
        elif code in grounded:
            yield f"{code} is a ground of a clause"
    unlisted = [code for code in codes.roles if code not in grounded and code not in silent]
    if unlisted:
        yield f"neither listed here nor a ground of a clause: {', '.join(unlisted)}"
    for group in codes.together:
        absent = [code for code in group if code not in grounded]
        if 0 < len(absent) < len(group):
            here = next(code for code in group if code in grounded)
            yield f"{here} is a ground of a clause, so these codes must be grounds, too: {', '.join(absent)}"
