"""Python stubs, made at run time from proto/ and Debian's own contracts: nothing else is shared with the services."""

import importlib
import pathlib
import subprocess
import sys

from . import paths

_GOOGLEAPIS = pathlib.Path("/usr/share/gocode/src/github.com/gogo/googleapis")
_GRPC_PROTO = pathlib.Path("/usr/share/grpc-proto")
_PLUGIN = "/usr/bin/grpc_python_plugin"


def _protoc(source: pathlib.Path, target: pathlib.Path, files: list[str]) -> None:
    subprocess.run(
        ["/usr/bin/protoc", f"--proto_path={source}", f"--python_out={target}", f"--grpc_python_out={target}",
         f"--plugin=protoc-gen-grpc_python={_PLUGIN}", *files], check=True)


def generate(target: pathlib.Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    own = sorted(str(file.relative_to(paths.PROTO)) for file in paths.PROTO.rglob("*.proto"))
    _protoc(paths.PROTO, target, own)
    _protoc(_GOOGLEAPIS, target, ["google/rpc/status.proto", "google/rpc/error_details.proto"])
    _protoc(_GRPC_PROTO, target, ["grpc/health/v1/health.proto", "grpc/reflection/v1alpha/reflection.proto"])


def use(target: pathlib.Path) -> None:
    """Generates the stubs and makes them importable: `xiufu.intake.v1.intake_pb2`, `google.rpc.status_pb2`, ..."""
    generate(target)
    sys.path.insert(0, str(target))
    import grpc
    # grpc is a package of its own; its health and reflection contracts are generated beside it.
    grpc.__path__.append(str(target / "grpc"))
    importlib.invalidate_caches()
