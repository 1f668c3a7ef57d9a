"""The commands and their options; exit codes are those of failures.py."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import cyclopts
import uvloop
from cyclopts import Parameter
from pydantic import ValidationError

from decider.cli.evaluate import evaluate_files, overlay_of, parse_assignments
from decider.cli.failures import ALLOWED, FAILED, USAGE, Failure, of_start
from decider.cli.output import console_of_stdout, print_failure
from decider.cli.policies import show_policies, show_policy
from decider.cli.remote import Service, own_service, running_service
from decider.errors import DeciderError
from decider.settings import Settings

__all__ = ["app", "main"]

app = cyclopts.App(
    name="decider",
    help="Decides refunds by Rego policies.",
    help_format="plaintext",
    version_flags=[],
)

Address = Annotated[str | None, Parameter(help="Where the service runs: host:port [default: 127.0.0.1:50051].")]
Local = Annotated[bool, Parameter(negative="", help="Ask no running service: start an engine for this command.")]
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON, for machines.")]


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
) -> int:
    """Serve until Ctrl-C."""
    # Imported here, so that the other commands need not wait for all of the service.
    from decider.cli.serve import serve as serve_until_stopped
    from decider.server import configure_logs

    settings = _settings(address=address, rego=rego, parameters=parameters, reflection=reflection)
    configure_logs(settings.log_level)
    try:
        uvloop.run(serve_until_stopped(settings))
    except DeciderError as error:
        raise of_start(error) from None
    return ALLOWED


@app.command
def evaluate(
    *files: Annotated[Path, Parameter(help="YAML or JSON: evaluate_at, request, facts.")],
    address: Address = None,
    local: Local = False,
    assignments: Annotated[
        tuple[str, ...],
        Parameter(
            name="--set", negative="", help="Decide as if a parameter were otherwise: name=value. Implies --local."
        ),
    ] = (),
    as_json: AsJson = False,
) -> int:
    """Decide what is asked in files of facts. Exit code 0: all allowed, 3: something denied."""
    if not files:
        raise Failure("evaluate needs a file of facts, such as examples/yunxin-unused.yaml", USAGE)
    values = parse_assignments(assignments)

    async def run() -> int:
        overlay = overlay_of(values, files) if values else b""
        async with _service(address, local=local or bool(values), overlay=overlay) as service:
            return await evaluate_files(service, files, console_of_stdout(), as_json=as_json)

    return asyncio.run(run())


@app.command
def policies(
    policy_id: Annotated[str, Parameter(help="Show the parameters and clauses of this policy.")] = "",
    version: Annotated[str, Parameter(help="In this version [default: the one in force now].")] = "",
    /,
    *,
    address: Address = None,
    local: Local = False,
    as_json: AsJson = False,
) -> int:
    """Show the policies and their versions, or one of them."""

    async def run() -> int:
        console = console_of_stdout()
        async with _service(address, local=local) as service:
            if policy_id:
                await show_policy(service, console, policy_id, version, as_json=as_json)
            else:
                await show_policies(service, console, as_json=as_json)
        return ALLOWED

    return asyncio.run(run())


@app.command
def mutate(
    folder: Annotated[Path, Parameter(name="DIR", help="The policy repository.")] = Path(),
    /,
    *,
    changed: Annotated[str | None, Parameter(help="Only what changed since this revision.")] = None,
    only: Annotated[str, Parameter(help="Only files below this path in the folder of the policies.")] = "",
    jobs: Annotated[int | None, Parameter(help="How many to try side by side [default: one a core].")] = None,
    results: Annotated[Path | None, Parameter(help="Where results are kept [default: the user's cache].")] = None,
    as_json: AsJson = False,
) -> int:
    """Make mistakes in rules and parameters, one by one, and see whether the tests and cases notice."""
    # Imported here, so that the other commands need not wait for it.
    from decider.cli.mutate import mutate_policies
    from decider.mutate import cores

    return mutate_policies(
        console_of_stdout(),
        folder,
        opa=_settings().opa,
        changed=changed,
        only=only,
        jobs=jobs or cores(),
        results=results,
        as_json=as_json,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (`sys.argv` where `arguments` is None) and exit with its code."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        done = app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except cyclopts.CycloptsError as error:
        print_failure(Failure(f"{error} See --help.", USAGE))
        return USAGE
    except Failure as failure:
        print_failure(failure)
        return failure.exit_code
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:  # `| head` has seen enough; Python flushes once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return done if isinstance(done, int) else ALLOWED


@asynccontextmanager
async def _service(address: str | None, *, local: bool, overlay: bytes = b"") -> AsyncIterator[Service]:
    """Give the running service, or one of our own with `overlay` as its file of parameters."""
    if not local:
        async with running_service(_settings(address=address).address) as service:
            yield service
        return
    if address is not None:
        raise Failure("--address names a running service, but --local and --set ask none", USAGE)
    with tempfile.TemporaryDirectory(prefix="decider-set-") as folder:
        file = Path(folder) / "set.json"
        file.write_bytes(overlay)
        async with own_service(_settings(parameters=file if overlay else None)) as service:
            yield service


def _settings(**given: Any) -> Settings:  # noqa: ANN401 (each is checked by Settings)
    """Return the settings of the environment with those given that are not None. Raises Failure."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise Failure("\n  ".join(["the settings are wrong:", *faults]), USAGE) from None
