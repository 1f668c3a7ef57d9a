"""`decider reference`, `new-policy` and `new-repository`: the commands that write files of a policy repository.

What they need is imported in the functions, so that the other commands do not wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from decider.cli.failures import ALLOWED, USAGE, Failure, of_start
from decider.cli.output import print_lines
from decider.cli.remote import settings_of
from decider.errors import DeciderError
from decider.workspace import NoPolicies, Workspace

__all__ = ["new_policy", "new_repository", "reference"]

_HERE = Path()


def reference(
    directory: Annotated[
        Path, Parameter(help="The policy repository [default: this folder].", show_default=False)
    ] = _HERE,
    /,
) -> int:
    """Write the reference of the policies, docs/policies, from their rules, data, tests and cases."""
    workspace = _workspace(directory)
    changed = _written(workspace, _opa())
    _print_changed(workspace, changed)
    if not changed:
        print_lines(f"{workspace.name(workspace.docs)} is up to date")
    return ALLOWED


def new_policy(
    policy_id: Annotated[str, Parameter(help="The id of the new policy, such as corner-shop.")],
    /,
    *,
    directory: Annotated[
        Path, Parameter(name="--dir", help="The policy repository [default: this folder].", show_default=False)
    ] = _HERE,
) -> int:
    """Create a policy that passes the gate, with parameters, versions, tests and golden cases to replace."""
    from decider.authoring.scaffold import PolicyRefused, scaffold

    workspace = _workspace(directory)
    opa = _opa() if workspace.docs.is_dir() else None  # fails before a file is written
    try:
        files = [*scaffold(workspace, policy_id)]
    except PolicyRefused as refusal:
        raise Failure(str(refusal), USAGE) from None
    if opa is not None:
        files += _written(workspace, opa)
    _print_changed(workspace, files)
    return ALLOWED


def new_repository(
    directory: Annotated[Path, Parameter(help="The folder of the new repository.")],
    /,
) -> int:
    """Create a repository of policies alone: the shared rules and the files for CI, ready for its first policy."""
    from decider.authoring.scaffold import RepositoryRefused
    from decider.authoring.scaffold import new_repository as write_repository

    try:
        files = write_repository(directory)
    except RepositoryRefused as refusal:
        raise Failure(str(refusal), USAGE) from None
    print_lines(f"{directory}: {len(files)} files written; README.md says what to do next")
    return ALLOWED


def _print_changed(workspace: Workspace, files: Sequence[Path]) -> None:
    print_lines(*(f"{workspace.name(file)} {'written' if file.is_file() else 'removed'}" for file in files))


def _written(workspace: Workspace, opa: Path) -> Sequence[Path]:
    from decider.authoring.cases import DocumentInvalid
    from decider.authoring.opa import ProgramFailed
    from decider.authoring.reference import write  # needs the extra `authoring`; the other commands do not

    try:
        return write(workspace, opa)
    except DeciderError as error:
        raise of_start(error) from None
    except DocumentInvalid as fault:
        raise Failure(fault.message, USAGE, violations=fault.violations) from None
    except ProgramFailed as failure:
        raise Failure(str(failure), USAGE) from None


def _workspace(directory: Path) -> Workspace:
    try:
        return Workspace.find(directory)
    except NoPolicies as fault:
        raise Failure(str(fault), USAGE) from None


def _opa() -> Path:
    from decider.engine.opa_binary import find_opa

    try:
        return find_opa(settings_of().opa)
    except DeciderError as error:
        raise of_start(error) from None
