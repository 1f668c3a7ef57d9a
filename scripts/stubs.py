"""Generate the Python stubs of proto/ into src/decider/v1, so that the Python package is the proto package.

`make stubs` runs it; `--out DIR` writes elsewhere, which the contract tests use to compare.

protovalidate ships no `buf/validate/validate_pb2.py`, which protoc's output imports for the rules. It is generated too,
but into `decider/v1/vendor`: a top-level package `buf` of ours would shadow, or be shadowed by, somebody else's.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
VENDOR = PROTO / "vendor"
VALIDATE_IMPORT = "from buf.validate import validate_pb2 as"
VENDORED_IMPORT = "from decider.v1.vendor import validate_pb2 as"
# Well-known types come with the compiler.
INCLUDES = [f"-I{PROTO}", f"-I{VENDOR}", f"-I{Path(protoc.__file__).parent / '_proto'}"]


def compile_protos(*arguments: str) -> None:
    """Run protoc. Raises SystemExit with its status when it fails; it has said why on stderr."""
    # protoc finds its plugins on PATH only, and the interpreter may be called without its venv being active.
    plugins = [
        f"--plugin={name}={Path(sys.executable).parent / name}" for name in ("protoc-gen-mypy", "protoc-gen-mypy_grpc")
    ]
    if status := protoc.main(["protoc", *INCLUDES, *plugins, *arguments]):
        raise SystemExit(status)


def generate(target: Path) -> None:
    """Write the stubs of every proto of the contract to `target`, which is emptied first."""
    with tempfile.TemporaryDirectory() as scratch:
        protos = sorted(str(path.relative_to(PROTO)) for path in (PROTO / "decider").rglob("*.proto"))
        outputs = [f"--{kind}_out={scratch}" for kind in ("python", "grpc_python", "mypy", "mypy_grpc")]
        compile_protos(*outputs, *protos)
        compile_protos(f"--python_out={scratch}", "buf/validate/validate.proto")

        shutil.rmtree(target, ignore_errors=True)
        (target / "vendor").mkdir(parents=True)
        (target / "__init__.py").write_text(
            '"""The wire contract, generated from proto/decider/v1 by `make stubs`."""\n'
        )
        (target / "vendor" / "__init__.py").write_text('"""What the generated code imports and no package ships."""\n')
        for path in sorted(Path(scratch, "decider", "v1").iterdir()):
            # A file without a service has an empty *_pb2_grpc module, which nobody would import.
            if path.stem.endswith("_pb2_grpc") and not path.stem.endswith("_service_pb2_grpc"):
                continue
            (target / path.name).write_text(path.read_text().replace(VALIDATE_IMPORT, VENDORED_IMPORT))
        shutil.copy(Path(scratch, "buf/validate/validate_pb2.py"), target / "vendor")


def main() -> None:
    """Read the command line and generate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "decider" / "v1")
    generate(parser.parse_args().out)


if __name__ == "__main__":
    main()
