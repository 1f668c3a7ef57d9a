"""Check `links`: every ruling, document and link that a file of the repository cites is there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from decider.authoring.gate.report import Finding, NotApplicable, Outcome
from decider.authoring.gate.runner import Context

__all__ = ["run"]

READINGS = "docs/readings.md"

_SUFFIXES = {".j2", ".json", ".md", ".proto", ".py", ".rego", ".template", ".toml", ".yaml", ".yml", ""}
_NOT_OURS = {"__pycache__", "build", "dist", "google", "node_modules"}

_RULING = re.compile(r"(?m)^### (\d+)\. ")
_CITED_RULINGS = re.compile(r"\b[Rr]ulings? (\d+(?:(?:,|,? and|,? or| to) \d+)*)")
# A name right behind a quotation mark belongs to a program: it is written or sought, not cited.
_CITED_DOCUMENT = re.compile(r"(?<![\w./{}*'\"-])(?<!\"\()[\w./-]*\w\.md\b(?!\.\w)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"(?ms)^```.*?^```$")
_HEADING = re.compile(r"(?m)^#+ (.+)$")
_ANCHOR = re.compile(r'<a id="([^"]+)">')
_LINE_OF_CODE = re.compile(r"L\d+")


_HINT = "correct what is cited, or add it"


def run(context: Context) -> Outcome:
    """Look up the links of every page and, where docs/readings.md is, what every file cites.

    A repository of policies alone has no docs/readings.md, though the rules that came with it cite it.
    """
    root = context.workspace.root
    texts = dict(_texts(root))
    if not texts:
        raise NotApplicable("no file that could cite anything")
    readings = root / READINGS
    rulings = set(_RULING.findall(texts.get(readings, "")))
    documents = {file.name for file in texts if file.suffix == ".md"}
    findings = []
    for file, text in texts.items():
        faults: list[tuple[int, str]] = []
        if readings in texts:
            faults += [*_unknown_rulings(text, rulings), *_unknown_documents(text, documents)]
        if file.suffix == ".md":
            faults += _dead_links(file, text, texts)
        findings += [Finding(context.workspace.name(file), _line(text, at), message, _HINT) for at, message in faults]
    return Outcome(findings, f"{len(texts)} files")


def _texts(root: Path) -> Iterator[tuple[Path, str]]:
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if name not in _NOT_OURS and not name.startswith("."))
        for file in (Path(folder, name) for name in sorted(names)):
            if file.suffix in _SUFFIXES and not file.name.startswith("."):
                yield file, file.read_text(errors="replace")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _unknown_rulings(text: str, rulings: set[str]) -> Iterator[tuple[int, str]]:
    for found in _CITED_RULINGS.finditer(text):
        for number in re.findall(r"\d+", found[1]):
            if number not in rulings:
                yield found.start(), f"ruling {number}: not in {READINGS}"


def _unknown_documents(text: str, documents: Iterable[str]) -> Iterator[tuple[int, str]]:
    for found in _CITED_DOCUMENT.finditer(text):
        if Path(found[0]).name not in documents:
            yield found.start(), f"{found[0]}: no such document in this repository"


def _dead_links(file: Path, text: str, texts: Mapping[Path, str]) -> Iterator[tuple[int, str]]:
    # Fenced code is blanked and not removed, so that positions stay.
    prose = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)
    for found in _LINK.finditer(prose):
        path, _, anchor = found[1].partition("#")
        if "://" in found[1] or path.startswith("mailto:"):
            continue
        target = Path(os.path.normpath(file.parent / path)) if path else file
        if not target.exists():
            yield found.start(), f"{found[1]}: the link leads nowhere"
        elif anchor and not _LINE_OF_CODE.fullmatch(anchor) and anchor not in _anchors(texts.get(target, "")):
            yield found.start(), f"{found[1]}: the page has no such heading"


@cache
def _anchors(text: str) -> Sequence[str]:
    """Return the anchors of a page: its explicit ones, and those that code hosts make of headings."""
    headings = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(_FENCE.sub("", text))]
    return [*_ANCHOR.findall(text), *(heading.strip().replace(" ", "-") for heading in headings)]
