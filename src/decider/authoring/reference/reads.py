"""Finds the parameters that a rule reads, in its own text or through the rules that it calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from decider.authoring.rego_syntax import Module, Rule, nodes

__all__ = ["CALENDAR", "LAW", "Read", "Reads"]

LAW = "law"

# The calendar of an input is worked out by decider.context, from these parameters of the version.
CALENDAR = {
    "window_ends": ("window.days", "window.tz"),
    "completion_days": ("business_tz", "holidays"),
    "approval_day_starts": ("business_tz", "holidays"),
    "approval_day_ends": ("business_tz", "holidays"),
    "requested_on": ("window.tz",),
    "withdrawal": ("window.tz",),
}


@dataclass(frozen=True)
class Read:
    """The `parameters` that rules read, and whether they read the law; the law's own parameters are not included."""

    parameters: frozenset[str]
    asks_law: bool


class Reads:
    """Follows names from rule to rule through all packages."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self._named: dict[tuple[str, int], Sequence[tuple[str, str, str]]] = {}  # by file and line of a rule
        self._rules: dict[tuple[str, str], list[tuple[Module, Rule]]] = {}
        for module in modules:
            for rule in module.rules:
                self._rules.setdefault((module.package, rule.name), []).append((module, rule))

    def of(self, module: Module, rules: Sequence[Rule]) -> Read:
        """Return what these rules of a module read. A rule of the law follows the law, others stop there."""
        within_law = _is_law(module.package)
        parameters: set[str] = set()
        asks_law = False
        seen: set[tuple[str, str]] = set()
        todo = [(module, rule) for rule in rules]
        while todo:
            at, rule = todo.pop()
            for kind, package, name in self._names(at, rule):
                if kind == "parameters":
                    parameters.add(name)
                elif kind == "calendar":
                    parameters.update(CALENDAR.get(name, ()))
                elif _is_law(package) and not within_law:
                    asks_law = True
                elif (package, name) not in seen:
                    seen.add((package, name))
                    todo += self._rules.get((package, name), [])
        return Read(frozenset(parameters), asks_law)

    def _names(self, module: Module, rule: Rule) -> Sequence[tuple[str, str, str]]:
        """Every name that a rule uses: ("parameters" or "calendar", "", name), or ("rule", package, name)."""
        place = (module.name, rule.row)
        if place not in self._named:
            self._named[place] = list(self._looked_up(module, rule))
        return self._named[place]

    def _looked_up(self, module: Module, rule: Rule) -> Iterator[tuple[str, str, str]]:
        head = rule.node["head"]
        parts = [head.get(part) for part in ("args", "key", "value")]
        for node in nodes([parts, head["ref"][1:], rule.node.get("body"), rule.node.get("else")]):
            if node.get("type") == "var" and (module.package, node["value"]) in self._rules:
                yield "rule", module.package, node["value"]
            elif node.get("type") == "ref":
                yield from self._ref(module, [part.get("value") for part in node["value"]])

    def _ref(self, module: Module, parts: list[object]) -> Iterator[tuple[str, str, str]]:
        names = [part if isinstance(part, str) else "" for part in parts]
        first = names[0]
        if first == "input" and len(names) > 2 and names[1] in {"parameters", "calendar"}:
            yield names[1], "", names[2]
        elif first in module.imports and len(names) > 1:
            yield "rule", module.imports[first], names[1]
        elif first == "data":
            yield from (("rule", ".".join(names[1:end]), names[end]) for end in range(2, len(names)))


def _is_law(package: str) -> bool:
    return package.split(".")[0] == LAW
