"""SIGKILL in the middle of an import of 50,000 rows, on either side: it goes on, exactly once, and tells every row."""

import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest, TODAY  # noqa: E402
from harness.waiting import until  # noqa: E402

from suite import feed  # noqa: E402

ROWS = 50_000
SEED = 20260401


class ImportKilledTest(PortalTest):
    def feed(self, number: int) -> tuple[bytes, dict[str, int], list[tuple[int, str]]]:
        """A file, what must come of it, and the rows that are wrong: (line, field)."""
        dice = random.Random(f"{SEED}/{number}")
        transport = self.by_code["transport"]
        who = [feed.subject(60_000 + 1000 * number + n) for n in range(1000)]
        rows, errors, good = [], [], []
        counts = {"imported": 0, "unchanged": 0, "rejected": 0, "out_of_scope": 0}
        for n in range(ROWS):
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
            rows.append(row)
        return feed.to_csv(rows), counts, errors

    def start_import(self, file) -> subprocess.Popen:
        return subprocess.Popen(
            [self.suite.bin_dir / "xiufuctl", "import", file, "--json", "--target", self.suite.service("publication").address,
             "--credentials", self.root / "credentials"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def position(self) -> int:
        with contextlib.closing(sqlite3.connect(f"file:{self.suite.service('publication').store}?mode=ro", uri=True)) as store:
            row = store.execute("SELECT position FROM import WHERE finished_at IS NULL").fetchone()
            return row[0] if row else 0

    def interrupted(self, number: int, kill) -> None:
        content, counts, errors = self.feed(number)
        file = self.root / f"killed-{number}.csv"
        file.write_bytes(content)
        child = self.start_import(file)
        until(lambda: self.position() > 5_000 * number or child.poll() is not None, "the import is on its way")
        self.assertIsNone(child.poll(), "it ended before it could be killed")
        kill(child)
        child.communicate()
        self.assertNotEqual(child.returncode, 0)

        child = self.start_import(file)
        out, complaints = child.communicate(timeout=120)
        self.assertEqual(child.returncode, 3, complaints.decode())
        report = json.loads(out)
        self.assertGreater(report["resumed_at"], 0, "it goes on, and does not begin again")
        self.assertEqual({name: report[name] for name in counts}, counts, f"seed {SEED}")
        self.assertEqual(report["rows"], ROWS)
        self.assertEqual([(error["line"], error["field"]) for error in report["errors"]], errors)

        # No double rows, one event, and the file again changes nothing.
        with contextlib.closing(sqlite3.connect(f"file:{self.suite.service('publication').store}?mode=ro", uri=True)) as store:
            (records, versions), = store.execute(
                "SELECT count(*), sum(version) FROM record WHERE document_no LIKE ?", (f"断{number}-%",))
        self.assertEqual((records, versions), (counts["imported"], counts["imported"]))
        out, _ = self.start_import(file).communicate(timeout=120)
        again = json.loads(out)
        self.assertEqual((again["imported"], again["updated"], again["resumed_at"]), (0, 0, 0))

    def test_the_client_is_killed(self):
        self.interrupted(1, lambda child: child.kill())

    def test_the_service_is_killed(self):
        publication = self.suite.service("publication")

        def kill(_):
            publication.kill()
            publication.start()
            publication.wait_serving()
        self.interrupted(2, kill)


if __name__ == "__main__":
    unittest.main()
