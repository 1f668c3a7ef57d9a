"""What can go wrong in a rule: each operator turns its places into edits of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from decider.authoring.mutate.branches import branches_of
from decider.authoring.mutate.replacement_values import Domains
from decider.authoring.mutate.sites import Condition, Sites, sites_of
from decider.authoring.rego_syntax import Rule, Span

__all__ = ["DROP_RULE", "Edit", "edits_of"]

DROP_RULE = "drop rule"

_NEGATED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
# The step that the new sign already takes on whole numbers, and the other one.
_OTHER_STEP = {"<": "- 1", "<=": "+ 1", ">": "+ 1", ">=": "- 1"}
_SWAPPED = {"min": "max", "max": "min"}
_WHOLE_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Edit:
    """One mistake: what stands in `span` becomes `text`."""

    operator: str
    span: Span
    text: str


def edits_of(rule: Rule, domains: Domains) -> Sequence[Edit]:
    """Return every mistake that a rule can hold, each once, in the order of the operators."""
    sites = sites_of(rule)
    found: dict[str, Edit] = {}
    for operator in _OPERATORS:
        for edit in operator(rule, sites, domains):
            found.setdefault(_applied(rule, edit), edit)
    found.pop(rule.text, None)
    return list(found.values())


def _applied(rule: Rule, edit: Edit) -> str:
    text = rule.source.text
    return text[rule.span.start : edit.span.start] + edit.text + text[edit.span.end : rule.span.end]


def _drop_rule(rule: Rule, _: Sites, __: Domains) -> Iterator[Edit]:
    """Leave out a whole rule that adds to a set: an effect, an obligation, a finding, a warning."""
    if rule.adds_to_set:
        yield Edit(DROP_RULE, rule.span, "")


def _drop_condition(_: Rule, sites: Sites, __: Domains) -> Iterator[Edit]:
    for condition in sites.conditions:
        yield Edit("drop condition", condition.span, "true")


def _flip_comparison(_: Rule, sites: Sites, __: Domains) -> Iterator[Edit]:
    for operator in sites.operators:
        if operator.text in _NEGATED:
            yield Edit("flip comparison", operator.span, _NEGATED[operator.text])


def _move_boundary(_: Rule, sites: Sites, __: Domains) -> Iterator[Edit]:
    for operator in sites.operators:
        if operator.text in _BOUNDARY:
            yield Edit("move boundary", operator.span, _BOUNDARY[operator.text])
    for condition in sites.conditions:
        if condition.right and condition.operator in _OTHER_STEP and not condition.right_is_number:
            end = Span(condition.right.end, condition.right.end)
            yield Edit("move boundary", end, f" {_OTHER_STEP[condition.operator]}")


def _nudge_constant(rule: Rule, sites: Sites, domains: Domains) -> Iterator[Edit]:
    for constant in sites.constants:
        written = rule.source.at(constant.span)
        if constant.type == "boolean":
            yield Edit("nudge constant", constant.span, "false" if constant.value else "true")
        elif constant.type == "number" and _WHOLE_NUMBER.fullmatch(written):
            # `> 0` and `> -1` differ as `> 0` and `>= 0` do, which is a moved boundary
            moved = {"+ 1": -1, "- 1": 1}.get(_OTHER_STEP.get(constant.compared, ""))
            for step in (1, -1):
                if step != moved:
                    yield Edit("nudge constant", constant.span, str(int(written) + step))
        elif constant.type == "string":
            another = domains.another(constant)
            if another is not None:
                yield Edit("nudge constant", constant.span, f'"{another}"')


def _swap_min_and_max(_: Rule, sites: Sites, __: Domains) -> Iterator[Edit]:
    for operator in sites.operators:
        if operator.text in _SWAPPED:
            yield Edit("swap min and max", operator.span, _SWAPPED[operator.text])


def _negate(rule: Rule, sites: Sites, _: Domains) -> Iterator[Edit]:
    for condition in sites.conditions:
        written = rule.source.at(condition.span)
        if condition.negated:
            yield Edit("negate", condition.span, re.sub(r"^not\s+", "", written))
        elif _says_yes_or_no(condition):
            yield Edit("negate", condition.span, f"not {written}")


def _says_yes_or_no(condition: Condition) -> bool:
    """Whether `not` before it is no flipped comparison: a fact, a set asked for a member, a rule, a function."""
    return condition.kind in {"term", "call"}


def _swap_branches(rule: Rule, _: Sites, __: Domains) -> Iterator[Edit]:
    """Let a branch decide before the one that stands before it."""
    text = rule.source.text
    for former, latter in pairwise(branches_of(rule)):
        if former.conditional and latter.conditional:
            first, between = text[former.value : former.whole_end], text[former.whole_end : latter.value]
            swapped = text[latter.value : latter.whole_end] + between + first
            yield Edit("swap branches", Span(former.value, latter.whole_end), swapped)


def _change_default(rule: Rule, _: Sites, __: Domains) -> Iterator[Edit]:
    """Leave a `default` out; a constant that it gives is nudged beside."""
    if rule.is_default:
        yield Edit("change default", rule.span, "")


_OPERATORS: Sequence[Callable[[Rule, Sites, Domains], Iterator[Edit]]] = (
    _drop_rule,
    _drop_condition,
    _flip_comparison,
    _move_boundary,
    _nudge_constant,
    _swap_min_and_max,
    _negate,
    _swap_branches,
    _change_default,
)
