"""Where things are in the checkout."""

import os
import pathlib

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = REPOSITORY / "deploy"
PROTO = REPOSITORY / "proto"
AUTHORITY_PROGRAM = REPOSITORY / "tests" / "authority" / "authority.py"
UPSTREAM_PROGRAM = REPOSITORY / "tests" / "authority" / "upstream.py"
PYTHON = "/usr/bin/python3"  # Debian's: another python on PATH has no grpcio


def bin_dir() -> pathlib.Path:
    """The folder of the built programs: XIUFU_BIN_DIR, else the release preset's."""
    given = os.environ.get("XIUFU_BIN_DIR")
    return pathlib.Path(given) if given else REPOSITORY / "build" / "release" / "bin"
