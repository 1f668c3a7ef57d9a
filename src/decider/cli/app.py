"""The commands and their options; exit codes are those of failures.py."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import cyclopts
import uvloop
from cyclopts import Parameter

from decider.cli.authoring import new_policy, reference
from decider.cli.evaluate import STDIN, evaluate_files, overlay_of, parse_assignments, read_files
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
    help="Decides refunds by Rego policies.",
    help_format="plaintext",
    version=lambda: f"decider {installed_version()}",
)
app.register_install_completion_command(help="Install completion for bash, zsh, fish or powershell.")

tools = cyclopts.App(name="tools", help="Install the programs that decider runs.")
app.command(tools)

Address = Annotated[str | None, Parameter(help="Where the service runs: host:port [default: 127.0.0.1:50051].")]
Local = Annotated[
    bool, Parameter(negative="", show_default=False, help="Ask no running service: start an engine for this command.")
]
AsJson = Annotated[bool, Parameter(name="--json", negative="", show_default=False, help="Print JSON, for machines.")]


@app.command
def serve(
    *,
    address: Annotated[str | None, Parameter(help="Where to listen: host:port [default: 127.0.0.1:50051].")] = None,
    rego: Annotated[Path | None, Parameter(help="The folder of the policies [default: the shipped ones].")] = None,
    parameters: Annotated[
        Path | None,
        Parameter(help="YAML, policy id: parameter: value, laid over every version of that policy."),
    ] = None,
    reflection: Annotated[bool | None, Parameter(negative="", help="Describe the service to whoever asks.")] = None,
    log_format: Annotated[
        LogFormat | None,
        Parameter(help="Lines for people (text), JSON, or auto: text where stderr is a terminal [default: auto]."),
    ] = None,
    insecure: Annotated[
        bool | None, Parameter(negative="", help="Listen without TLS where other machines can connect.")
    ] = None,
) -> int:
    """Serve until Ctrl-C."""
    # Imported here, so that the other commands need not wait for all of the service.
    from decider.cli.serve import serve as serve_until_stopped
    from decider.logs import configure_logs

    settings = settings_of(
        address=address,
        rego=rego,
        parameters=parameters,
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
        Parameter(allow_leading_hyphen=True, help="YAML or JSON: evaluate_at, request, facts. `-` is standard input."),
    ],
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
            help="Decide with another value of a parameter: name=value. Implies --local.",
        ),
    ] = (),
    verbose: Annotated[
        bool, Parameter(negative="", show_default=False, help="Show readings of the text, engine and digests too.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Decide the refund requests in files of facts, or on standard input.

    Exit codes:
    0  everything is allowed
    3  denied
    6  not decided yet: information is missing, something else must end first, or a reviewer has to decide
    2  a mistake in facts or options
    4  an unknown policy
    5  no service or engine
    1  anything else

    Of several files the first that cannot be decided gives the exit code (1, 2, 4, 5); where all are decided, the
    highest of 0, 3 and 6 holds.
    """
    if not files:
        raise Failure("evaluate needs a file of facts, such as examples/yunxin-unused.yaml, or - for stdin", USAGE)
    if unknown := [str(file) for file in files if str(file).startswith("-") and file != STDIN]:
        raise Failure(f"Unknown option: {unknown[0]}. See --help.", USAGE)
    values, read = parse_assignments(assignments), read_files(files)

    async def run() -> int:
        overlay = overlay_of(values, read) if values else b""
        alone = local or bool(values) or rego is not None
        async with open_service(address, local=alone, rego=rego, overlay=overlay) as service:
            return await evaluate_files(service, read, console_of_stdout(), as_json=as_json, verbose=verbose)

    return asyncio.run(run())


@app.command
def policies(
    policy_id: Annotated[
        str, Parameter(show_default=False, help="Show the parameters and clauses of this policy.")
    ] = "",
    version: Annotated[
        str, Parameter(show_default=False, help="In this version [default: the one in force now].")
    ] = "",
    /,
    *,
    address: Address = None,
    local: Local = False,
    as_json: AsJson = False,
) -> int:
    """Show the policies and their versions, or one of them."""

    async def run() -> int:
        console = console_of_stdout()
        async with open_service(address, local=local) as service:
            if policy_id:
                await show_policy(service, console, policy_id, version, as_json=as_json)
            else:
                await show_policies(service, console, as_json=as_json)
        return ALLOWED

    return asyncio.run(run())


@app.command
def gate(
    folder: Annotated[Path, Parameter(help="The policy repository: this project, or a folder of policies.")] = Path(),
    /,
    *,
    form: Annotated[
        str, Parameter(name="--format", help="text, json, junit, sarif or markdown.", show_default=True)
    ] = "text",
    only: Annotated[
        tuple[str, ...], Parameter(negative="", help="Run these checks only: name[,name...].", show_default=False)
    ] = (),
    base: Annotated[
        str | None,
        Parameter(
            help="The git revision to compare with [default: where this branch left the default branch; on that branch "
            "the newest release tag]."
        ),
    ] = None,
    as_of: Annotated[str | None, Parameter(help="The day from which notice is counted [default: today].")] = None,
    full: Annotated[
        bool, Parameter(negative="", show_default=False, help="Mutate every rule, not only what changed.")
    ] = False,
) -> int:
    """Check a change to the policies. Exit code 0: nothing failed, 1: something did."""
    from decider.cli.gate import run_gate

    opa = settings_of().opa
    return run_gate(folder, form=form, only=only, base=base, as_of=as_of, full=full, opa=opa)


@tools.command
def install() -> int:
    """Build OPA and Regal for this user, each at the version that decider needs."""
    from decider.cli.tools import install_tools

    return install_tools()


@tools.command
def capabilities() -> int:
    """Print what capabilities.json of a folder of policies holds: the builtins that a policy may call."""
    from decider.cli.tools import print_capabilities

    return print_capabilities()


@app.command
def mutate(
    folder: Annotated[Path, Parameter(help="The policy repository: this project, or a folder of policies.")] = Path(),
    /,
    *,
    changed: Annotated[str | None, Parameter(help="Only what changed since this git revision.")] = None,
    only: Annotated[
        tuple[str, ...], Parameter(negative="", help="Only files whose path in rego/ begins so.", show_default=False)
    ] = (),
    jobs: Annotated[int | None, Parameter(help="How many to try side by side [default: one a core].")] = None,
    results: Annotated[Path | None, Parameter(help="Where results are kept [default: the user's cache].")] = None,
    as_json: AsJson = False,
) -> int:
    """Make mistakes in rules and parameters, and see whether tests and cases notice. Exit code 1: too few did."""
    from decider.cli.mutate import mutate_policies

    opa = settings_of().opa
    return mutate_policies(folder, opa=opa, changed=changed, only=only, jobs=jobs, results=results, as_json=as_json)


app.command(reference)
app.command(new_policy)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (`sys.argv` where `arguments` is None) and exit with its code."""
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
    except BrokenPipeError:  # `| head` has seen enough
        silence()
        return FAILED
    return done if isinstance(done, int) else ALLOWED
