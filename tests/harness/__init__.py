"""What the tests of whole processes share: a suite in a temporary folder, a load with its own ledger, a checker."""

import pathlib
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "scripts"))  # the package that starts everything: suite
