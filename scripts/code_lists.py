"""Write the closed lists of codes into the comments of decision.proto, from the texts of the policies.

`make stubs` runs it. A comment keeps its first lines; the list begins at the line `Codes:` and ends with the comment.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from decider.bundle import Texts, load_catalog

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto" / "decider" / "v1" / "decision.proto"
WIDTH = 120


def load_texts() -> Texts:
    """Read the texts that every policy shares."""
    return load_catalog(ROOT / "rego").texts


def written(proto: str, texts: Texts) -> str:
    """Return the text of the proto with the lists of `texts`. Raises ValueError if a comment has no place for one."""
    lists = {"LineItem": texts.lines, "Question": texts.questions, "Warning": texts.warnings, "Missing": texts.missing}
    for message, sentences in lists.items():
        place = rf"(?ms)(^message {message} \{{$(?:(?!^\}}$).)*?)^  // Codes:$.*?(?=^  string code = )"
        found = re.search(place, proto)
        if found is None:
            raise ValueError(f"the comment of {message}.code has no line `Codes:`")
        proto = proto[: found.end(1)] + _listed(sentences) + proto[found.end() :]
    return proto


def _listed(sentences: Mapping[str, str]) -> str:
    lines = ["// Codes:"]
    for code, sentence in sorted(sentences.items()):
        item = f"- `{code}`: {sentence}"
        lines += textwrap.wrap(item, WIDTH - 2, initial_indent="// ", subsequent_indent="//   ")
    return "".join(f"  {line}\n" for line in lines)


def main() -> None:
    """Write them."""
    PROTO.write_text(written(PROTO.read_text(), load_texts()))


if __name__ == "__main__":
    main()
