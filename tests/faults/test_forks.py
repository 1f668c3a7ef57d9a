"""Programs that the service starts while it serves: gRPC's fork handlers crashed about one in 25 under load."""

from __future__ import annotations

import os
import subprocess
import sys

STARTS = 600

# The program's entry comes first, as for `decider serve`. Under uvloop a program is started by fork and exec.
UNDER_LOAD = f"""
import decider.cli
import asyncio, collections, grpc.aio, uvloop

async def echo(request, _):
    return request

async def main():
    handlers = {{"Echo": grpc.unary_unary_rpc_method_handler(echo)}}
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("Test", handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    over = False
    codes = collections.Counter()

    async def load(call):
        while not over:
            await call(b"x" * 1000)

    async def start():
        process = await asyncio.create_subprocess_exec("/bin/true")
        codes[await process.wait()] += 1

    async with grpc.aio.insecure_channel(f"127.0.0.1:{{port}}") as channel:
        loads = [asyncio.create_task(load(channel.unary_unary("/Test/Echo"))) for _ in range(8)]
        for _ in range({STARTS} // 4):
            await asyncio.gather(*(start() for _ in range(4)))
        over = True
        await asyncio.gather(*loads)
    await server.stop(0)
    print(dict(codes))

uvloop.run(main())
"""


def python(program: str) -> str:
    """Run a program without what other tests have set for gRPC."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GRPC_")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout.strip()


def test_programs_started_under_load_do_not_crash() -> None:
    assert python(UNDER_LOAD) == str({0: STARTS})


def test_a_program_that_imports_the_client_keeps_its_own_setting() -> None:
    program = "import os; before = dict(os.environ); {}; print(os.environ == before)"

    assert python(program.format("from decider.v1 import decision_service_pb2_grpc")) == "True"
    assert python(program.format("import decider.cli")) == "False"
