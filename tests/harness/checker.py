"""Reads the stores, never the logs, and says what is wrong: lost, doubled, decided twice, left behind.

Every complaint is a sentence; no complaint means that the suite is at rest and right.
"""

import time
import uuid

from . import books

CONCLUDED, APPROVED, RECORD_ENDED = 6, 1, 3  # numbers of the protos
_PRODUCERS = {"intake": "intake", "routing": "routing", "dept.": "routing", "adapter.": "department_adapter",
              "result": "result_sync", "publication": "publication"}
_CONSUMERS = {"intake": ["routing"], "routing": ["intake", "result_sync"], "dept.": ["department_adapter"],
              "adapter.": ["routing"], "result": ["routing", "intake", "publication"], "publication": ["result_sync", "routing", "intake"]}


def _of(table: dict, stream: str):
    return next(value for prefix, value in table.items()
                if stream == prefix or (prefix.endswith(".") and stream.startswith(prefix)))


def _blob(name: str) -> bytes:
    return uuid.UUID(name.rpartition("/")[2]).bytes


class Checker:
    def __init__(self, suite, poison: int = 0, parked: int = 0):
        self._suite = suite
        self._books = books.Books(suite)
        self._poison = poison
        self._parked = parked

    def await_end(self, entries, seconds: float = 90) -> None:
        """Waits until every accepted application has reached its end in intake's store."""
        end = time.monotonic() + seconds
        wanted = {_blob(entry.name) for entry in entries if entry.accepted}
        while True:
            ended = {row[0] for row in self._books.rows(
                "intake", "SELECT id FROM application WHERE loop_closed IS NOT NULL AND state = 5")}
            if wanted <= ended:
                return
            if time.monotonic() > end:
                raise AssertionError(f"{len(wanted - ended)} of {len(wanted)} applications have not ended after "
                                     f"{seconds} s; {'; '.join(self.complaints(entries)[:20])}")
            time.sleep(0.1)

    def await_rest(self, entries, seconds: float = 60) -> None:
        """Waits until nothing is on its way, then holds everything against the ledger."""
        end = time.monotonic() + seconds
        while self.unrest() and time.monotonic() < end:
            time.sleep(0.1)
        complaints = self.complaints(entries)
        if complaints:
            raise AssertionError(f"{len(complaints)} complaints:\n  " + "\n  ".join(complaints[:40]))

    def complaints(self, entries) -> list[str]:
        return self.unrest() + self.integrity() + self.applications(entries) + self.decisions(entries)

    def unrest(self) -> list[str]:
        """What is still on its way, waits, or was left behind."""
        found = []
        for service in books.SERVICES:
            waiting = self._books.one(service, "SELECT count(*) FROM waiting WHERE state <> 3")
            jobs = self._books.one(service, "SELECT count(*) FROM job WHERE state <> 2")
            if jobs:
                found.append(f"{service}: {jobs} jobs are not done")
            if waiting != (self._parked if service == "routing" else 0):
                found.append(f"{service}: {waiting} events wait")
        if sum(self._books.one(s, "SELECT count(*) FROM poison") for s in books.SERVICES) != self._poison:
            found.append("another number of unparseable messages was kept than was sent")
        return found + self._streams()

    def behind(self, consumer: str) -> bool:
        """Its producers hold something that this service has not taken."""
        return any(who == consumer and seq < head for who, _, seq, head in self._levels())

    def _streams(self) -> list[str]:
        found = []
        for service in books.SERVICES:
            for row in self._books.rows(service, """
                SELECT name, coalesce((SELECT max(seq) FROM outbox WHERE lane = stream.lane), 0) AS head,
                       (SELECT count(*) FROM outbox WHERE lane = stream.lane) AS held FROM stream"""):
                if row["held"] != row["head"]:
                    found.append(f"{row['name']}: {row['held']} events held up to {row['head']}")
        return found + [f"{consumer} is at {seq} of {head} in {stream}"
                        for consumer, stream, seq, head in self._levels() if seq != head]

    def _levels(self):
        """(consumer, stream, its mark, the producer's head), in the present epochs."""
        for service in books.SERVICES:
            for row in self._books.rows(service, """
                SELECT name, epoch, coalesce((SELECT max(seq) FROM outbox WHERE lane = stream.lane), 0) AS head
                FROM stream WHERE epoch = (SELECT max(epoch) FROM epoch)"""):
                for consumer in _of(_CONSUMERS, row["name"]):
                    marks = self._books.rows(consumer, "SELECT seq FROM mark WHERE stream = ? AND epoch = ?",
                                             row["name"], row["epoch"])
                    yield consumer, row["name"], marks[0][0] if marks else 0, row["head"]

    def integrity(self) -> list[str]:
        found = []
        for service in books.SERVICES:
            answer = self._books.one(service, "PRAGMA integrity_check")
            if answer != "ok":
                found.append(f"{service}: {answer}")
        return found

    def applications(self, entries) -> list[str]:
        """Every accepted application is there once and at its one end; nothing is there that nobody asked for."""
        found = []
        known = {_blob(entry.name): entry for entry in entries}
        for row in self._books.rows("intake", "SELECT id, state, loop_closed FROM application"):
            entry = known.pop(row["id"], None)
            if entry is None:
                found.append(f"application {uuid.UUID(bytes=row['id'])} was never asked for")
            elif entry.accepted and (row["state"] != 5 or row["loop_closed"] is None):
                found.append(f"{entry.name} is in state {row['state']}, loop closed {row['loop_closed']}")
            if entry is not None and entry.accepted:
                found += self._cases(row["id"], entry) + self._timeline(row["id"])
        return found + [f"{entry.name} is lost" for entry in known.values() if entry.accepted]

    def _cases(self, application: bytes, entry) -> list[str]:
        rows = self._books.rows(
            "intake", "SELECT record, state, result FROM case_view WHERE application = ?", application)
        found = []
        if sorted(row["record"] for row in rows) != sorted(_blob(record) for record in entry.records):
            found.append(f"{entry.name} has cases for {len(rows)} records instead of {len(entry.records)}")
        if any(row["state"] != CONCLUDED or row["result"] != APPROVED for row in rows):
            found.append(f"{entry.name} has cases {[(row['state'], row['result']) for row in rows]}")
        return found

    def _timeline(self, application: bytes) -> list[str]:
        positions = [row[0] for row in self._books.rows(
            "intake", "SELECT position FROM timeline WHERE application = ? ORDER BY position", application)]
        codes = [row[0] for row in self._books.rows(
            "intake", "SELECT code || coalesce(hex(case_id), '') FROM timeline WHERE application = ?", application)]
        found = []
        if positions != list(range(1, len(positions) + 1)):
            found.append(f"timeline positions {positions}")
        if len(codes) != len(set(codes)):
            found.append("a timeline says something twice")
        return found

    def decisions(self, entries) -> list[str]:
        """One case, one task, one counted decision, one ledger entry, one ending for each record."""
        accepted = [_blob(record) for entry in entries if entry.accepted for record in entry.records]
        found = self._each_once("routing", "kase", "SELECT record FROM kase", accepted)
        found += self._each_once("routing", "counted decision", """
            SELECT kase.record FROM kase JOIN answer ON answer.case_id = kase.id
            WHERE answer.kind = 'DECIDED' AND answer.counts = 1""", accepted)
        found += self._each_once("result_sync", "ledger entry", "SELECT record FROM decision", accepted)
        found += self._each_once("publication", "ending", "SELECT record FROM ending WHERE outcome = 1", accepted)
        found += self._each_once("publication", "ended record", "SELECT id FROM record WHERE state = 3", accepted)
        wrong = self._books.one("publication", """
            SELECT count(*) FROM record JOIN ending ON ending.record = record.id
            WHERE record.version <> ending.record_version + 1""")
        if wrong:
            found.append(f"{wrong} records were changed more than once by their decision")
        refused = self._books.one("publication", "SELECT count(*) FROM ending WHERE outcome <> 1")
        if refused:
            found.append(f"{refused} decisions were not carried out")
        unconfirmed = self._books.one("result_sync", "SELECT count(*) FROM effect WHERE confirmed_at IS NULL")
        if unconfirmed:
            found.append(f"{unconfirmed} effects are not confirmed")
        return found + self._authorities(accepted)

    def _each_once(self, service: str, what: str, sql: str, wanted: list[bytes]) -> list[str]:
        there = [row[0] for row in self._books.rows(service, sql)]
        found = []
        if len(there) != len(set(there)):
            found.append(f"{service}: a record has more than one {what}")
        if set(wanted) - set(there):
            found.append(f"{service}: {len(set(wanted) - set(there))} records have no {what}")
        if set(there) - set(wanted):
            found.append(f"{service}: {len(set(there) - set(wanted))} records have a {what} that nobody asked for")
        return found

    def _authorities(self, accepted: list[bytes]) -> list[str]:
        found, tasks = [], 0
        for code in self._suite.authorities:
            rows = self._books.authority_rows(code, "SELECT verified FROM task")
            tasks += len(rows)
            if any(not row["verified"] for row in rows):
                found.append(f"{code}: a task's materials were not verified")
            if self._books.authority_rows(code, "SELECT 1 FROM answer WHERE refused IS NOT NULL"):
                found.append(f"{code}: an answer was refused for good")
        if tasks != len(accepted):
            found.append(f"the authorities hold {tasks} tasks for {len(accepted)} records")
        return found
