"""Every program reads the files of a policy alike: UTF-8 without a mark, lines that end in LF, no link leading out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from decider.authoring.gate.report import CannotCheck, Finding, Outcome
from decider.authoring.gate.runner import Context

__all__ = ["run"]

_TEXTS = {".json", ".proto", ".rego", ".yaml"}
_MARK = b"\xef\xbb\xbf"


def run(context: Context) -> Outcome:
    """Look at the bytes of the rules, data, cases and protos, and at the links among them."""
    workspace = context.workspace
    findings, count = list[Finding](), 0
    for folder in (workspace.rego, workspace.cases, workspace.proto):
        for file in _files(folder) if folder else ():
            count += 1
            name = file.relative_to(workspace.root).as_posix()
            if file.is_symlink() and not file.resolve().is_relative_to(workspace.root):
                told = f"the link leads out of the repository, to {file.readlink()}"
                findings.append(Finding(name, 0, told, "copy what it leads to into the repository"))
            elif file.is_file() and file.suffix in _TEXTS:
                findings += _of_bytes(name, file.read_bytes())
    if not count:
        raise CannotCheck("no file", file=workspace.name(workspace.rego))
    return Outcome(findings, f"{count} files")


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files and links of a folder, but for hidden ones."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*names, *folders]:
            path = Path(at, name)
            if not name.startswith(".") and (path.is_symlink() or not path.is_dir()):
                yield path


def _of_bytes(name: str, content: bytes) -> Iterator[Finding]:
    if content.startswith(_MARK):
        yield Finding(name, 1, "begins with a byte order mark", "save it as UTF-8 without a byte order mark (BOM)")
    before, found, _ = content.partition(b"\r")
    if found:
        hint = "save it with LF as line ending; `*.rego text eol=lf` in .gitattributes keeps it so"
        yield Finding(name, before.count(b"\n") + 1, "the line ends with CR LF (Windows) instead of LF", hint)
    try:
        content.decode()
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        yield Finding(name, line, f"not UTF-8: the byte {content[fault.start]:#x}", "save it as UTF-8")
