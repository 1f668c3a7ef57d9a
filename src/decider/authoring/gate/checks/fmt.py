"""Every Rego file is formatted as `opa fmt` writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from decider.authoring.gate.report import CannotCheck, Finding, Outcome
from decider.authoring.gate.runner import Context
from decider.authoring.gate.sources import located, read_text, rego_files
from decider.authoring.gate.subprocesses import run as run_program
from decider.authoring.gate.subprocesses import said

__all__ = ["run"]


def run(context: Context) -> Outcome:
    """List the files that `opa fmt` would change, with the first line that it would."""
    files = rego_files(context)
    if not files:
        raise CannotCheck("no Rego file", file=context.workspace.name(context.workspace.rego))
    done = run_program([context.opa, "fmt", "--list", *files], context.workspace.root)
    findings = list(_invalid(context, files)) if done.returncode else []
    if done.returncode and not findings:
        raise CannotCheck(f"opa fmt failed: {said(done)}")
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
            yield located(said(done), context.workspace.name(file), "make it valid Rego")


def _first_change(context: Context, file: Path) -> int:
    wanted = run_program([context.opa, "fmt", file], context.workspace.root).stdout
    pairs = zip_longest(read_text(context, file).splitlines(), wanted.splitlines())
    return next((number for number, (is_now, should_be) in enumerate(pairs, 1) if is_now != should_be), 1)
