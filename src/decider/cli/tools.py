"""`decider tools`: the programs that decider runs."""

from __future__ import annotations

from decider.bundle.capabilities import capabilities
from decider.cli.failures import ALLOWED, FAILED, Failure, of_start
from decider.cli.output import print_lines, print_progress
from decider.engine import find_opa
from decider.errors import EngineUnavailable
from decider.tools import TOOLS, BuildFailed, install

__all__ = ["install_tools", "print_capabilities"]


def install_tools() -> int:
    """Build the programs that are missing, and print the path of each program. Raises Failure."""
    for name in TOOLS:
        try:
            program = install(name, print_progress)
        except BuildFailed as failure:
            raise Failure(str(failure), FAILED) from None
        print_lines(str(program))
    return ALLOWED


def print_capabilities() -> int:
    """Print the content that capabilities.json must have. Raises Failure."""
    try:
        opa = find_opa()
    except EngineUnavailable as missing:
        raise of_start(missing) from None
    print_lines(*capabilities(opa).decode().removesuffix("\n").split("\n"))
    return ALLOWED
