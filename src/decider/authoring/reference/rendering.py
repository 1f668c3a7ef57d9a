"""Templates of Markdown, filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined

from decider.authoring.reference.stages import LAW_SETS, ROLES, SETS
from decider.authoring.reference.words import cell, listed, spoken

__all__ = ["MARK", "Link", "render"]

# The first line of every page: a file without it is nobody's but its author's.
MARK = "<!-- Written by `decider reference`: a change made here is lost. -->"

Link: TypeAlias = Callable[..., str]


def render(template: str, link: Link, context: Mapping[str, object]) -> str:
    """Fill a template; `link` turns a file and a line into the target of a link."""
    text = _environment().get_template(template).render(link=link, mark=MARK, **context)
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("decider.authoring.reference"),
        autoescape=False,  # noqa: S701 (Markdown, of the repository's own texts)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell": cell, "listed": listed, "spoken": spoken}
    environment.globals |= {"sets": SETS, "law_sets": LAW_SETS, "roles": ROLES}
    return environment
