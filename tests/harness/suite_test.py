"""The base of the tests that run the whole suite: one suite per test class, in a temporary folder."""

import pathlib
import shutil
import sys
import tempfile
import unittest

from suite.ports import Ports
from suite.suite import Suite


class SuiteTest(unittest.TestCase):
    """setUpClass starts everything; the folder is kept when a test failed, and named."""

    characters: dict[str, str] = {}

    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="xiufu-test-"))
        cls.failed = True  # until everything is ready
        cls.suite = Suite(cls.root, Ports.all_free(), characters=cls.characters)
        cls.addClassCleanup(cls._end)
        cls.configure()
        cls.suite.start()
        cls.ready()
        cls.failed = False

    @classmethod
    def configure(cls):
        """Before anything starts."""

    @classmethod
    def ready(cls):
        """When everything serves, before the first test."""

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
        return result
