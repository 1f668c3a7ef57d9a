"""`decider reference`, `decider new-policy`: what writes files of a policy repository."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from pydantic import ValidationError

from decider.cases import DocumentInvalid
from decider.cli.failures import ALLOWED, USAGE, Failure, of_start
from decider.engine.opa_binary import find_opa
from decider.errors import DeciderError
from decider.reference import write
from decider.settings import Settings
from decider.workspace import NoPolicies, Workspace

__all__ = ["reference"]

_HERE = Path()


def reference(
    directory: Annotated[
        Path, Parameter(help="The policy repository [default: this folder].", show_default=False)
    ] = _HERE,
    /,
) -> int:
    """Write the reference of the policies, docs/policies/<id>.md, from their rules, data, tests and cases."""
    workspace = _workspace(directory)
    changed = _written(workspace)
    for file in changed:
        sys.stdout.write(f"{workspace.name(file)} {'written' if file.is_file() else 'removed'}\n")
    if not changed:
        sys.stdout.write(f"{workspace.name(workspace.docs)} is as the policies are\n")
    return ALLOWED


def _written(workspace: Workspace) -> list[Path]:
    try:
        return list(write(workspace, find_opa(_configured_opa())))
    except DeciderError as error:
        raise of_start(error) from None
    except DocumentInvalid as fault:
        raise Failure(fault.message, USAGE, violations=fault.violations) from None


def _workspace(directory: Path) -> Workspace:
    try:
        return Workspace.find(directory)
    except NoPolicies as fault:
        raise Failure(str(fault), USAGE) from None


def _configured_opa() -> Path | None:
    try:
        return Settings().opa
    except ValidationError as error:
        raise Failure(f"the settings are wrong: {error.errors()[0]['msg']}", USAGE) from None
