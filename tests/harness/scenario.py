"""The base of the tests that run the whole suite: one suite per test class, in a temporary folder."""

import pathlib
import shutil
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "scripts"))

from suite import paths  # noqa: E402
from suite.ports import Ports  # noqa: E402
from suite.suite import Suite  # noqa: E402

from .books import Books  # noqa: E402
from .checker import Checker  # noqa: E402
from .load import Load  # noqa: E402


class Scenario(unittest.TestCase):
    """setUpClass starts everything; the folder is kept when a test failed, and named."""

    characters: dict[str, str] = {}
    subjects = 30

    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="xiufu-test-"))
        cls.failed = True  # until a test class ends well
        cls.suite = Suite(cls.root, Ports.all_free(), characters=cls.characters)
        cls.addClassCleanup(cls._end)
        cls.configure()
        cls.suite.start()
        cls.load = Load(cls.suite)
        cls.load.import_subjects(cls.subjects)
        cls.books = Books(cls.suite)
        cls.checker = Checker(cls.suite)
        cls.failed = False

    @classmethod
    def configure(cls):
        """Before anything starts."""

    @classmethod
    def _end(cls):
        cls.suite.stop()
        if cls.failed:
            print(f"stores and logs are kept in {cls.root}", file=sys.stderr)
        else:
            shutil.rmtree(cls.root, ignore_errors=True)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors) if result else 0
        super().run(result)
        if result and len(result.failures) + len(result.errors) > before:
            type(self).failed = True

    @staticmethod
    def crash_program(name: str) -> pathlib.Path:
        return paths.bin_dir() / "crash" / f"xiufu-{name.replace('_', '-')}-crash"
