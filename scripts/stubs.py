"""Generate the Python stubs of proto/ into src/decider/v1, so that the Python package is the proto package.

`make stubs` runs it; `--out DIR` writes elsewhere, which the contract tests use to compare; `--plugin` lets buf run it.

The stubs run on protobuf 6 and 7, because an old protoc writes their messages. They leave out the imports that only
declare options, so that a caller needs no package for them and no other copy of `buf/validate/validate.proto` clashes
with one of ours. The options themselves stay in the descriptors, and protovalidate reads the rules there.
`contract.binpb` beside the stubs holds the whole contract: all imports, and the meaning of the options.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from google.protobuf.compiler.plugin_pb2 import CodeGeneratorResponse
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from grpc_tools import protoc as protoc_of_grpc

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
BIN = Path(sys.executable).parent
PROTOS = sorted(path.relative_to(PROTO).as_posix() for path in (PROTO / "decider").rglob("*.proto"))
OPTIONS_ONLY = {"buf/validate/validate.proto", "google/api/field_behavior.proto"}


def protoc(*arguments: str | Path) -> None:
    """Run the pinned protoc with its plugins. Raises SystemExit with its status if it fails; stderr has the reason."""
    plugins = [f"--plugin={BIN / name}" for name in ("protoc-gen-mypy", "protoc-gen-mypy_grpc")]
    if status := subprocess.run([BIN / "protoc", *plugins, *arguments], check=False).returncode:
        raise SystemExit(status)


def contract() -> FileDescriptorSet:
    """Return the descriptors of the contract and of all that it imports, with the comments."""
    with tempfile.NamedTemporaryFile() as out:
        protoc(f"-I{PROTO}", "--include_imports", "--include_source_info", f"--descriptor_set_out={out.name}", *PROTOS)
        return FileDescriptorSet.FromString(Path(out.name).read_bytes())


def without_option_imports(files: FileDescriptorSet) -> FileDescriptorSet:
    """Return a copy without the files that only declare options; their values stay as bytes that no import explains."""
    reduced = FileDescriptorSet(file=[file for file in files.file if file.name not in OPTIONS_ONLY])
    for file in reduced.file:
        kept = [name for name in file.dependency if name not in OPTIONS_ONLY]
        del file.dependency[:]
        file.dependency.extend(kept)
    return reduced


def generate(target: Path) -> None:
    """Write the stubs of every proto of the contract to `target`, which is emptied first."""
    files = contract()
    with tempfile.TemporaryDirectory() as scratch:
        reduced = Path(scratch, "reduced.binpb")
        reduced.write_bytes(without_option_imports(files).SerializeToString(deterministic=True))
        source = f"--descriptor_set_in={reduced}"
        outputs = (f"--python_out={scratch}", f"--mypy_out=quiet:{scratch}", f"--mypy_grpc_out=quiet:{scratch}")
        protoc(source, *outputs, *PROTOS)
        # The plugin for gRPC comes in no other form than within this protoc, which is too new for the messages.
        if status := protoc_of_grpc.main(["protoc", source, f"--grpc_python_out={scratch}", *PROTOS]):
            raise SystemExit(status)

        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        (target / "__init__.py").write_text(
            '"""The wire contract, generated from proto/decider/v1 by `make stubs`."""\n'
        )
        for path in sorted(Path(scratch, "decider", "v1").iterdir()):
            # A file without a service has an empty *_pb2_grpc module, which nobody would import.
            if not path.stem.endswith("_pb2_grpc") or path.stem.endswith("_service_pb2_grpc"):
                shutil.copy(path, target)
    for file in files.file:
        file.ClearField("source_code_info")
    (target / "contract.binpb").write_bytes(files.SerializeToString(deterministic=True))


def answer_as_plugin() -> None:
    """Answer buf, which asks for the protos of this project, with the stubs; the answer can hold texts only."""
    sys.stdin.buffer.read()
    response = CodeGeneratorResponse(supported_features=CodeGeneratorResponse.FEATURE_PROTO3_OPTIONAL)
    with tempfile.TemporaryDirectory() as scratch:
        generate(Path(scratch, "v1"))
        for path in sorted(Path(scratch, "v1").glob("*.py*")):
            response.file.add(name=f"decider/v1/{path.name}", content=path.read_text())
    sys.stdout.buffer.write(response.SerializeToString())


def main() -> None:
    """Read the command line and generate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "decider" / "v1")
    parser.add_argument("--plugin", action="store_true", help="act as a plugin of buf")
    options = parser.parse_args()
    if options.plugin:
        answer_as_plugin()
    else:
        generate(options.out)


if __name__ == "__main__":
    main()
