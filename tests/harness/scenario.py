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
    def settable_clock(service, shift_file: pathlib.Path) -> None:
        """The service's clock is ahead by the seconds in that file, read anew each time; before it starts."""
        shift_file.write_text("0")
        service.program = Scenario.crash_program(service.name)
        service.environment = {"XIUFU_CLOCK_SHIFT": str(shift_file)}

    @staticmethod
    def crash_program(name: str) -> pathlib.Path:
        return paths.bin_dir() / "crash" / f"xiufu-{name.replace('_', '-')}-crash"
