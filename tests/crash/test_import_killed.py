"""An import of 50,000 rows that is killed on either side goes on, exactly once, and tells every row."""

import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest, TODAY  # noqa: E402
from harness.scenario import Scenario  # noqa: E402
from harness.waiting import until  # noqa: E402

from suite import feed  # noqa: E402

ROWS = 50_000
SEED = 20260401


class ImportKilledTest(PortalTest):
    @classmethod
    def ready(cls):
        super().ready()
        cls.publication = cls.suite.service("publication")

    def feed(self, number: int, rows: int = ROWS) -> tuple[bytes, dict[str, int], list[tuple[int, str]]]:
        """A file, what must come of it, and the rows that are wrong: (line, field)."""
        dice = random.Random(f"{SEED}/{number}")
        transport = self.by_code["transport"]
        who = [feed.subject(60_000 + 1000 * (number % 30) + n) for n in range(1000)]
        file, errors, good = [], [], []
        counts = {"imported": 0, "unchanged": 0, "rejected": 0, "out_of_scope": 0}
        for n in range(rows):
            row = feed.penalty(who[n % 1000], transport, f"断{number}-{n}号", "罚款", TODAY, 1_000_00)
            fate = dice.choices(["imported", "no day", "person", "unchanged", "other content"], [96, 1, 1, 1, 1])[0]
            if fate in ("unchanged", "other content"):
                row = dict(dice.choice(good)) if good else row
                fate = fate if good else "imported"
            if fate == "no day":
                row["CF_JDRQ"] = "不是日期"
                errors.append((n + 2, "CF_JDRQ"))
            elif fate == "person":
                row["CF_XDR_LB"] = "自然人"
            elif fate == "other content":
                row["BZ"] = "另一内容"
                errors.append((n + 2, ""))
            elif fate == "imported":
                good.append(row)
            counts[{"no day": "rejected", "other content": "rejected", "person": "out_of_scope"}.get(fate, fate)] += 1
            file.append(row)
        return feed.to_csv(file), counts, errors

    def start_import(self, file, *words: str) -> subprocess.Popen:
        return subprocess.Popen(
            [self.suite.bin_dir / "xiufuctl", "import", file, "--json", *words, "--target", self.publication.address,
             "--credentials", self.root / "credentials"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def position(self) -> int:
        with contextlib.closing(sqlite3.connect(f"file:{self.publication.store}?mode=ro", uri=True)) as store:
            row = store.execute("SELECT position FROM import WHERE finished_at IS NULL").fetchone()
            return row[0] if row else 0

    def await_rows(self, child: subprocess.Popen, rows: int) -> None:
        until(lambda: self.position() > rows or child.poll() is not None, "the import is on its way")
        self.assertIsNone(child.poll(), "it ended before it could be disturbed")

    def whole(self, number: int, file, child: subprocess.Popen, counts, errors, goes_on: bool = True) -> str:
        """The child ends by itself, with the report that is exactly right, and the store has each row once."""
        out, complaints = child.communicate(timeout=120)
        self.assertEqual(child.returncode, 3 if errors else 0, complaints.decode())
        report = json.loads(out)
        if goes_on:
            self.assertGreater(report["resumed_at"], 0, "it goes on, and does not begin again")
        self.assertEqual({name: report[name] for name in counts}, counts, f"seed {SEED}")
        self.assertEqual(report["rows"], sum(counts.values()))
        self.assertEqual([(error["line"], error["field"]) for error in report["errors"]], errors)

        # No double rows, one event, and the file again changes nothing.
        with contextlib.closing(sqlite3.connect(f"file:{self.publication.store}?mode=ro", uri=True)) as store:
            (records, versions), = store.execute(
                "SELECT count(*), sum(version) FROM record WHERE document_no LIKE ?", (f"断{number}-%",))
            (events,), = store.execute("SELECT count(*) FROM import WHERE file_name = ? AND finished_at IS NOT NULL",
                                       (file.name,))
            (told,), = store.execute("SELECT count(*) FROM outbox WHERE type = 'xiufu.publication.records_imported.v1'")
            (imports,), = store.execute("SELECT count(*) FROM import WHERE finished_at IS NOT NULL")
        self.assertEqual((records, versions), (counts["imported"], counts["imported"]))
        self.assertEqual((events, told), (1, imports))
        out, _ = self.start_import(file).communicate(timeout=120)
        again = json.loads(out)
        self.assertEqual((again["imported"], again["updated"], again["resumed_at"]), (0, 0, 0))
        return complaints.decode()

    def test_the_client_is_killed(self):
        content, counts, errors = self.feed(1)
        file = self.root / "killed-1.csv"
        file.write_bytes(content)
        child = self.start_import(file)
        self.await_rows(child, 5_000)
        child.kill()
        child.communicate()
        self.whole(1, file, self.start_import(file), counts, errors)

    def test_the_service_is_killed_again_and_again(self):
        """The command goes on by itself, and tells what an import without any trouble tells."""
        content, counts, errors = self.feed(2)
        file = self.root / "killed-2.csv"
        file.write_bytes(content)
        child = self.start_import(file)
        for rows in (5_000, 20_000, 35_000):
            self.await_rows(child, rows)
            self.publication.kill()
            self.publication.start()
        complaints = self.whole(2, file, child, counts, errors)
        self.assertIn("trying again", complaints)

    def test_the_service_is_stopped_in_order(self):
        content, counts, errors = self.feed(3)
        file = self.root / "killed-3.csv"
        file.write_bytes(content)
        child = self.start_import(file)
        self.await_rows(child, 5_000)
        self.publication.stop()
        self.publication.start()
        self.whole(3, file, child, counts, errors)

    def test_two_imports_of_one_file_at_once(self):
        """The second takes over; between them every row is accounted for once."""
        content, counts, errors = self.feed(6)
        file = self.root / "killed-6.csv"
        file.write_bytes(content)
        first = self.start_import(file)
        self.await_rows(first, 5_000)
        second = self.start_import(file)
        self.whole(6, file, second, counts, errors)
        _, complaints = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 1)
        self.assertIn("ABORTED", complaints.decode())

    def test_the_answer_is_lost(self):
        """Killed behind each commit of a small import in turn, also behind its last: the report is given again."""
        publication, installed = self.publication, self.publication.program
        died = set()
        for nth in range(1, 40):
            if died == {"on its way", "over"}:
                return
            publication.stop()
            publication.program = Scenario.crash_program("publication")
            publication.environment = {"XIUFU_CRASH_AT": f"db.after_commit:{nth}"}
            publication.start()
            publication.program, publication.environment = installed, {}
            until(lambda: not publication.process.alive() or publication.serving(), "it serves, or has died")
            number = 100 + nth
            content, counts, errors = self.feed(number, rows=700)
            file = self.root / f"killed-{number}.csv"
            file.write_bytes(content)
            child = self.start_import(file)
            until(lambda: not publication.process.alive() or child.poll() is not None, "it dies")
            with contextlib.closing(sqlite3.connect(publication.store)) as store:
                rows = store.execute("SELECT finished_at FROM import WHERE file_name = ?", (file.name,)).fetchall()
            if publication.process.alive() or not rows:
                child.communicate()
                continue  # another commit was the one, before or behind the import
            publication.start()
            self.whole(number, file, child, counts, errors, goes_on=False)
            died.add("on its way" if rows[0][0] is None else "over")
        self.fail(f"only {died}")

    def test_a_service_that_stays_away_is_given_up(self):
        content, counts, errors = self.feed(5)
        file = self.root / "killed-5.csv"
        file.write_bytes(content)
        child = self.start_import(file, "--retry-for", "2")
        self.await_rows(child, 5_000)
        self.publication.kill()
        _, complaints = child.communicate(timeout=30)
        self.assertEqual(child.returncode, 1)
        self.assertIn("run the same command again", complaints.decode())
        # One that is not there at all is not waited for.
        begin = time.monotonic()
        _, complaints = self.start_import(file).communicate(timeout=30)
        self.assertLess(time.monotonic() - begin, 5)
        self.assertIn("UNAVAILABLE", complaints.decode())
        self.publication.start()
        self.publication.wait_serving()
        self.whole(5, file, self.start_import(file), counts, errors)


if __name__ == "__main__":
    unittest.main()
