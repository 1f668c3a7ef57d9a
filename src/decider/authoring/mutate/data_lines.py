"""Where the parts of a YAML or JSON file stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

__all__ = ["lines_of"]


def lines_of(content: bytes) -> Mapping[tuple[str, ...], range]:
    """Return the lines of each part of a file, by the keys that lead to it; the key of a text in a list is the text."""
    return dict(_lines_below(yaml.compose(content, Loader=yaml.SafeLoader), ()))


def _lines_below(node: yaml.Node | None, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], range]]:
    for key, value in _parts(node):
        last = value.end_mark.line + (1 if value.end_mark.column else 0)
        yield (*keys, key.value), range(key.start_mark.line + 1, last + 1)
        yield from _lines_below(value, (*keys, key.value))


def _parts(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value
    elif isinstance(node, yaml.SequenceNode):
        yield from ((item, item) for item in node.value if isinstance(item, yaml.ScalarNode))
