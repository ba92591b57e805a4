"""The five stores and the authorities' books, read-only."""

import contextlib
import pathlib
import sqlite3

SERVICES = ("intake", "routing", "department_adapter", "result_sync", "publication")


@contextlib.contextmanager
def opened(path: pathlib.Path):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


class Books:
    def __init__(self, suite):
        self._suite = suite

    def rows(self, service: str, sql: str, *values) -> list[sqlite3.Row]:
        with opened(self._suite.service(service).store) as connection:
            return connection.execute(sql, values).fetchall()

    def one(self, service: str, sql: str, *values):
        """The single value of a single row."""
        return self.rows(service, sql, *values)[0][0]

    def timeline(self, draft) -> str:
        """What the applicant was told, a line each, oldest first."""
        number = draft.name.rpartition("/")[2].replace("-", "")
        return "\n".join(row["text"] for row in self.rows(
            "intake", "SELECT text FROM timeline WHERE lower(hex(application)) = ? ORDER BY position", number))

    def authority_rows(self, code: str, sql: str, *values) -> list[sqlite3.Row]:
        with opened(self._suite.authority(code).store) as connection:
            return connection.execute(sql, values).fetchall()
