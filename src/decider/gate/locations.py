"""Where in a file of YAML or JSON a value stands, for reports."""

from __future__ import annotations

from pathlib import Path

import yaml

__all__ = ["Places"]


class Places:
    """The places in one file; it is read once."""

    def __init__(self, file: Path) -> None:
        try:
            with file.open("rb") as text:
                self._root = yaml.compose(text, Loader=yaml.SafeLoader)  # JSON is YAML, too
        except (OSError, yaml.YAMLError):
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
