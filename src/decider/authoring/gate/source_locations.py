"""Where things stand: the line of a value of a YAML or JSON file, the place that a message of OPA begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from decider.authoring.gate.report import Finding
from decider.bundle.yaml_core import LIBYAML_LOADER

__all__ = ["Places", "line_of", "lines_of_keys", "located"]

_LOCATED = re.compile(r"(?:\d+ errors? occurred: )?(?P<file>[^\s:]+\.(?:rego|yaml|json)):(?P<line>\d+): (?P<what>.+)")


class Places:
    """The places in one file; it is read once."""

    def __init__(self, file: Path) -> None:
        try:
            self._root = _root(file.read_text(errors="replace"))
        except OSError:
            self._root = None

    def line(self, *keys: str | int) -> int:
        """Return the line (from 1) of what `keys` lead to: names in mappings, numbers in lists.

        Where they lead no further, the line of what was reached last; 0 where the file holds nothing to look into.
        """
        node = self._root
        line = node.start_mark.line + 1 if node is not None else 0
        for key in keys:
            if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                line = node.start_mark.line + 1
                continue
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            found = next(((name, value) for name, value in pairs if name.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        return line

    def line_where(self, listed: str, key: str, value: str) -> int:
        """Return the line of the first mapping in the list `listed` that has `value` under `key`; 0 for none."""
        pairs = self._root.value if isinstance(self._root, yaml.MappingNode) else []
        for name, items in pairs:
            for item in items.value if name.value == listed and isinstance(items, yaml.SequenceNode) else []:
                known = item.value if isinstance(item, yaml.MappingNode) else []
                if any(one.value == key and what.value == value for one, what in known):
                    return int(item.start_mark.line) + 1
        return 0


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
        root: yaml.Node | None = yaml.compose(text, Loader=LIBYAML_LOADER)
    except yaml.YAMLError:
        return None
    return root


def located(message: str, file: str = "", hint: str = "") -> Finding:
    """Turn a message of OPA that begins with `file:line:` into a finding; `file` replaces its file, if given."""
    match = _LOCATED.search(message)
    if match is None:
        return Finding(file, 0, message, hint)
    return Finding(file or match["file"], int(match["line"]), match["what"], hint)
