"""Every Rego file is formatted as `opa fmt` writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from decider.authoring.gate.report import CannotCheck, Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.source_locations import located
from decider.authoring.gate.workspace_files import read_text
from decider.authoring.opa import printed
from decider.authoring.opa import run as run_program
from decider.authoring.rego_syntax import rego_files

__all__ = ["run"]


def run(context: Context) -> Outcome:
    """List the files that `opa fmt` would change, with the first line that it would."""
    rego = context.workspace.rego
    files = [rego / name for name in rego_files(rego)]
    if not files:
        raise CannotCheck("no Rego file", file=context.workspace.name(rego))
    done = run_program([context.opa, "fmt", "--list", *files], context.workspace.root)
    findings = list(_invalid(context, files)) if done.returncode else []
    if done.returncode and not findings:
        raise CannotCheck(f"opa fmt failed: {printed(done)}")
    for line in done.stdout.splitlines():
        file = context.workspace.name(Path(line))
        hint = f"opa fmt --write {file}"
        findings.append(Finding(file, _first_change(context, Path(line)), "not formatted", hint))
    return Outcome(findings, f"{len(files)} files")


def _invalid(context: Context, files: Sequence[Path]) -> Iterator[Finding]:
    """Say what is no Rego, file by file: `opa fmt` ends at the first, and names no line."""
    for file in files:
        done = run_program([context.opa, "fmt", file], context.workspace.root)
        if done.returncode:
            yield located(printed(done), context.workspace.name(file), "make it valid Rego")


def _first_change(context: Context, file: Path) -> int:
    wanted = run_program([context.opa, "fmt", file], context.workspace.root).stdout
    pairs = zip_longest(read_text(context, file).splitlines(), wanted.splitlines())
    return next((number for number, (is_now, should_be) in enumerate(pairs, 1) if is_now != should_be), 1)
