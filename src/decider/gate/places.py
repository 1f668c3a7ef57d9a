"""In which line a value of a YAML or JSON file stands."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

__all__ = ["line_of", "lines_of_keys"]


def line_of(text: str, path: str) -> int:
    """Return the line of a dotted path such as `2026-04.parameters.window.mode`, or of as much of it as is there.

    Keys may hold dots themselves; 0 means that nothing of the path was found.
    """
    node = _root(text)
    line = 0
    while path and isinstance(node, yaml.MappingNode):
        below = {key.value: (key.start_mark.line + 1, value) for key, value in node.value}
        fitting = [key for key in below if key and (path == key or path.startswith((f"{key}.", f"{key}[")))]
        if not fitting:
            break
        key = max(fitting, key=len)
        line, node = below[key]
        path = path[len(key) :].lstrip(".")
    return line


def lines_of_keys(text: str, *path: str) -> Mapping[str, int]:
    """Return the line of each key of the mapping at a path of keys."""
    node = _root(text)
    for key in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: key.start_mark.line + 1 for key, _ in node.value}


def _root(text: str) -> yaml.Node | None:
    """Return the root of a document, JSON being YAML; None where it is neither."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    return root
