"""A suite with subjects to apply for, a load with its own ledger, and what is held against it in the end."""

import pathlib

from suite import paths

from .books import Books
from .checker import Checker
from .load import Load
from .suite_test import SuiteTest


class Scenario(SuiteTest):
    subjects = 30

    @classmethod
    def ready(cls):
        cls.load = Load(cls.suite)
        cls.load.import_subjects(cls.subjects)
        cls.books = Books(cls.suite)
        cls.checker = Checker(cls.suite)

    @staticmethod
    def crash_program(name: str) -> pathlib.Path:
        return paths.bin_dir() / "crash" / f"xiufu-{name.replace('_', '-')}-crash"
