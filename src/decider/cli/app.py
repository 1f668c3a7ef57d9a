"""The commands of the command line, and their options. `failures.py` lists the exit codes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import cyclopts
import uvloop
from cyclopts import Parameter

from decider.cli.authoring import new_policy, new_repository, reference
from decider.cli.evaluate import STDIN, evaluate_files, order_of, overlay_of, parse_assignments, read_files
from decider.cli.failures import ALLOWED, FAILED, USAGE, Failure, of_start
from decider.cli.output import console_of_stdout, escape_what_cannot_be_encoded, flush, print_failure, silence
from decider.cli.policies import show_policies, show_policy
from decider.cli.remote import open_service, settings_of
from decider.errors import DeciderError
from decider.settings import LogFormat
from decider.version import installed_version

__all__ = ["app", "main"]

app = cyclopts.App(
    name="decider",
    help="Decide refunds by Rego policies.",
    help_format="plaintext",
    version=lambda: f"decider {installed_version()}",
)
app.register_install_completion_command(help="Install completion for bash, zsh, fish or powershell.")

tools = cyclopts.App(name="tools", help="Build the programs that decider runs.")
app.command(tools)

facts = cyclopts.App(name="facts", help="Check a source of facts, and show the facts of an order.")
app.command(facts)

SourceFolder = Annotated[
    Path | None, Parameter(help="The folder of the source of facts [default: DECIDER_SOURCE].", show_default=False)
]
Address = Annotated[str | None, Parameter(help="The address of the service: host:port [default: 127.0.0.1:50051].")]
Local = Annotated[
    bool,
    Parameter(negative="", show_default=False, help="Start an engine for this command; no running service is needed."),
]
AsJson = Annotated[bool, Parameter(name="--json", negative="", show_default=False, help="Print JSON.")]


@app.command
def serve(
    *,
    address: Annotated[
        str | None, Parameter(help="The address to listen on: host:port [default: 127.0.0.1:50051].")
    ] = None,
    rego: Annotated[Path | None, Parameter(help="The folder of the policies [default: the shipped policies].")] = None,
    parameters: Annotated[
        Path | None,
        Parameter(help="A YAML file that overrides parameters in all versions: values by policy id and parameter."),
    ] = None,
    source: SourceFolder = None,
    reflection: Annotated[bool | None, Parameter(negative="", help="Enable gRPC server reflection.")] = None,
    log_format: Annotated[
        LogFormat | None,
        Parameter(help="text, json, or auto: text if stderr is a terminal, else JSON [default: auto]."),
    ] = None,
    insecure: Annotated[
        bool | None, Parameter(negative="", help="Listen without TLS on an address that other machines can reach.")
    ] = None,
) -> int:
    """Run the service until Ctrl-C."""
    # Imported here, so that the other commands do not wait for these modules.
    from decider.cli.serve import serve as serve_until_stopped
    from decider.logs import configure_logs

    settings = settings_of(
        address=address,
        rego=rego,
        parameters=parameters,
        source=source,
        reflection=reflection,
        log_format=log_format,
        insecure=insecure,
    )
    configure_logs(settings.log_level, settings.log_format)
    try:
        uvloop.run(serve_until_stopped(settings))
    except DeciderError as error:
        raise of_start(error) from None
    return ALLOWED


@app.command
def evaluate(
    *files: Annotated[
        Path,
        Parameter(
            allow_leading_hyphen=True,
            help="YAML or JSON files with evaluate_at, request and facts; `-` is standard input.",
        ),
    ],
    order: Annotated[
        tuple[str, str] | None,
        Parameter(
            show_default=False,
            help="Decide this order, whose facts the service reads itself: account and order. Needs --policy.",
        ),
    ] = None,
    policy: Annotated[str, Parameter(show_default=False, help="The policy that decides the order.")] = "",
    source: SourceFolder = None,
    address: Address = None,
    local: Local = False,
    rego: Annotated[
        Path | None,
        Parameter(show_default=False, help="Decide by the policies of this folder. Implies --local."),
    ] = None,
    assignments: Annotated[
        tuple[str, ...],
        Parameter(
            name="--set",
            negative="",
            show_default=False,
            help="Decide with another value of a parameter, name=value. Implies --local.",
        ),
    ] = (),
    verbose: Annotated[
        bool, Parameter(negative="", show_default=False, help="Also show the readings, the engine and the digests.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Decide the refund requests in files of facts, or of an order that the service knows.

    Exit codes:
    0  allowed
    3  denied
    6  not decided yet: information is missing, something else must end first, or a reviewer must decide
    2  the facts or the options are wrong
    4  the policy is unknown
    5  the service or the engine is not available
    1  any other error

    With several files, the first file that cannot be decided gives the exit code (1, 2, 4 or 5). If all files are
    decided, the exit code is the highest of 0, 3 and 6.
    """
    if not files and order is None:
        raise Failure("evaluate needs a file of facts, such as examples/yunxin-unused.yaml, or - for stdin", USAGE)
    if (order is None) != (policy == ""):
        raise Failure("--order and --policy belong together", USAGE)
    if unknown := [str(file) for file in files if str(file).startswith("-") and file != STDIN]:
        raise Failure(f"Unknown option: {unknown[0]}. See --help.", USAGE)
    values, read = parse_assignments(assignments), read_files(files)
    if order is not None:
        read.append(order_of(policy, *order))

    async def run() -> int:
        overlay = overlay_of(values, read) if values else b""
        alone = local or bool(values) or rego is not None or source is not None
        async with open_service(address, local=alone, rego=rego, source=source, overlay=overlay) as service:
            return await evaluate_files(service, read, console_of_stdout(), as_json=as_json, verbose=verbose)

    return asyncio.run(run())


@app.command
def policies(
    policy_id: Annotated[
        str, Parameter(show_default=False, help="Show the parameters and clauses of this policy.")
    ] = "",
    version: Annotated[
        str, Parameter(show_default=False, help="Show this version [default: the version in force now].")
    ] = "",
    /,
    *,
    address: Address = None,
    local: Local = False,
    as_json: AsJson = False,
) -> int:
    """List the policies, or show the parameters and clauses of one policy."""

    async def run() -> int:
        console = console_of_stdout()
        async with open_service(address, local=local) as service:
            if policy_id:
                await show_policy(service, console, policy_id, version, as_json=as_json)
            else:
                await show_policies(service, console, as_json=as_json)
        return ALLOWED

    return asyncio.run(run())


@facts.command
def check(
    *,
    source: SourceFolder = None,
    last: Annotated[
        int | None, Parameter(help="Also load this many of the newest orders, and count what fails.")
    ] = None,
) -> int:
    """Check a source of facts: its databases, and the columns of its queries. Exit code 0: sound, 1: not."""
    from decider.cli.facts import check_facts

    return check_facts(settings_of(source=source), last)


@facts.command
def show(
    account_id: str,
    order_ref: str,
    /,
    *,
    source: SourceFolder = None,
    policy: Annotated[str, Parameter(show_default=False, help="Print a request to this policy, too.")] = "",
) -> int:
    """Print the facts of an order as YAML, each part with the file and row that it comes from."""
    from decider.cli.facts import show_facts

    return show_facts(settings_of(source=source), account_id, order_ref, policy)


@app.command
def gate(
    folder: Annotated[Path, Parameter(help="The policy repository: this project, or a folder of policies.")] = Path(),
    /,
    *,
    form: Annotated[
        str, Parameter(name="--format", help="text, json, junit, sarif or markdown", show_default=True)
    ] = "text",
    only: Annotated[
        tuple[str, ...], Parameter(negative="", help="Run only these checks: name[,name...].", show_default=False)
    ] = (),
    base: Annotated[
        str | None,
        Parameter(
            help="The git revision to compare with [default: where this branch left the default branch; on the default "
            "branch, HEAD if files are changed, otherwise the commit before it]."
        ),
    ] = None,
    as_of: Annotated[
        str | None, Parameter(help="The day from which the notice for new versions counts [default: today].")
    ] = None,
    full: Annotated[
        bool, Parameter(negative="", show_default=False, help="Mutate all rules instead of the changed rules.")
    ] = False,
    details: Annotated[
        bool, Parameter(negative="", show_default=False, help="List every changed decision, not only three examples.")
    ] = False,
) -> int:
    """Check a change to the policies. Exit code 0: no check failed, 1: a check failed."""
    from decider.cli.gate import run_gate

    return run_gate(
        folder, form=form, only=only, base=base, as_of=as_of, full=full, details=details, opa=settings_of().opa
    )


@tools.command
def install() -> int:
    """Build OPA and Regal for this user, at the versions that decider needs."""
    from decider.cli.tools import install_tools

    return install_tools()


@tools.command
def capabilities() -> int:
    """Print the content of capabilities.json: the builtins that a policy may call."""
    from decider.cli.tools import print_capabilities

    return print_capabilities()


@app.command
def mutate(
    folder: Annotated[Path, Parameter(help="The policy repository: this project, or a folder of policies.")] = Path(),
    /,
    *,
    changed: Annotated[
        str | None, Parameter(help="Mutate only rules and parameters that changed since this git revision.")
    ] = None,
    only: Annotated[
        tuple[str, ...],
        Parameter(negative="", help="Mutate only files whose path in rego/ begins with this.", show_default=False),
    ] = (),
    jobs: Annotated[
        int | None, Parameter(help="The number of mutants to try at the same time [default: one for each core].")
    ] = None,
    cases: Annotated[bool, Parameter(help="Search for cases that would notice the mistakes.")] = True,
    results: Annotated[Path | None, Parameter(help="The folder of the results [default: the user's cache].")] = None,
    as_json: AsJson = False,
) -> int:
    """Check whether the tests and cases would catch a mistake in the policies. Exit code 1: too few were caught."""
    from decider.cli.mutate import mutate_policies

    opa = settings_of().opa
    return mutate_policies(
        folder, opa=opa, changed=changed, only=only, jobs=jobs, cases=cases, results=results, as_json=as_json
    )


app.command(reference)
app.command(new_policy)
app.command(new_repository)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (`sys.argv` if `arguments` is None) and exit with its code."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    escape_what_cannot_be_encoded()
    try:
        done = app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
        flush()
    except cyclopts.CycloptsError as error:
        print_failure(Failure(f"{error} See --help.", USAGE))
        return USAGE
    except UnicodeEncodeError:
        print_failure(Failure("an option or argument is not UTF-8", USAGE))
        return USAGE
    except Failure as failure:
        print_failure(failure)
        return failure.exit_code
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:  # the reader closed the pipe, as `| head` does
        silence()
        return FAILED
    return done if isinstance(done, int) else ALLOWED
