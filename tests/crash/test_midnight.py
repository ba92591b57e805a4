"""Publicity ends by itself at midnight: on a running service, on one that slept over it, and on one that dies in it.

Every record ends exactly once, tells it exactly once, and none ends before its last day is over.
"""

import contextlib
import datetime
import os
import signal
import sys
import time
import unittest
import uuid
import zoneinfo

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest  # noqa: E402
from harness.books import Books  # noqa: E402
from harness.scenario import Scenario  # noqa: E402
from harness.waiting import until  # noqa: E402

from suite import feed  # noqa: E402

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")
DAY = datetime.timedelta(days=1)
PUBLISHED, EXPIRED = 1, 4
# Each is tried in its first passes of a life with records due: of one write of many, between any two of them, and on
# the way of their events to the broker.
POINTS = ["db.in_group", "db.before_commit", "db.after_commit",
          "publisher.before_send", "publisher.after_send", "publisher.after_confirm"]
PASSES = range(2, 7)
ROWS = 4_000  # twenty writes' worth: more than are done before the first confirm comes


class MidnightTest(PortalTest):
    @classmethod
    def configure(cls):
        cls.shift_file = cls.root / "clock-shift"
        cls.publication = cls.suite.service("publication")
        Scenario.settable_clock(cls.publication, cls.shift_file)

    @classmethod
    def ready(cls):
        super().ready()
        cls.books = Books(cls.suite)
        cls.feeds = 0

    def now(self) -> datetime.datetime:
        """By the service's clock."""
        return datetime.datetime.now(SHANGHAI) + datetime.timedelta(seconds=float(self.shift_file.read_text()))

    def set_clock(self, when: datetime.datetime) -> None:
        shift = (when - datetime.datetime.now(SHANGHAI)).total_seconds()
        partial = self.shift_file.with_suffix(".new")
        partial.write_text(f"{shift:.3f}")
        partial.rename(self.shift_file)

    @staticmethod
    def midnight(after: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(after + DAY, datetime.time(), SHANGHAI)

    def import_ending(self, last_days: list[datetime.date]) -> str:
        """One published record for each; the first characters of their document numbers."""
        type(self).feeds += 1
        mark = f"午{self.feeds}-"
        today, transport = self.now().date(), self.by_code["transport"]
        # The class of a fine is for the authority to say: its publicity ends on the day that the feed tells.
        rows = [feed.penalty(feed.subject(70_000 + n % 500), transport, f"{mark}{n}号", "罚款", today - 100 * DAY, 1_000_00,
                             CF_GSJZQ=day.isoformat()) for n, day in enumerate(last_days)]
        report = self.import_csv(feed.to_csv(rows))
        self.assertEqual((report.imported, list(report.errors)), (len(rows), []))
        self.assertEqual(self.expired(mark), 0)
        return mark

    def expired(self, mark: str) -> int:
        return self.books.one("publication", "SELECT count(*) FROM record WHERE document_no LIKE ? AND state = ?",
                              f"{mark}%", EXPIRED)

    def events(self) -> list[tuple[str, str]]:
        """(record, last day) of every publicity_expired event."""
        from xiufu.publication.v1 import events_pb2
        from xiufu.stream.v1 import stream_pb2
        told = []
        for row in self.books.rows("publication", "SELECT bytes FROM outbox WHERE type = 'xiufu.publication.publicity_expired.v1'"):
            event = events_pb2.PublicityExpired.FromString(stream_pb2.Envelope.FromString(row["bytes"]).data)
            told.append((str(uuid.UUID(bytes=event.record)), event.last_day))
        return told

    def await_end(self, mark: str, over: int) -> None:
        until(lambda: self.expired(mark) >= over, f"{over} of {mark} end")
        self.check(mark, over)

    def check(self, mark: str, over: int) -> None:
        today = self.now().date()
        rows = self.books.rows("publication", "SELECT id, state, version, ends_on, ended_at FROM record WHERE document_no LIKE ?",
                               f"{mark}%")
        told = self.events()
        self.assertEqual(len(told), len(set(told)), "no event twice")
        ended = []
        for row in rows:
            last = datetime.date.fromisoformat(row["ends_on"])
            if last >= today:
                self.assertEqual((row["state"], row["version"], row["ended_at"]), (PUBLISHED, 1, None), "none too early")
                continue
            self.assertEqual((row["state"], row["version"]), (EXPIRED, 2), "once")
            self.assertEqual(row["ended_at"], int(self.midnight(last).timestamp() * 1000))
            ended.append((str(uuid.UUID(bytes=row["id"])), row["ends_on"]))
        self.assertEqual(len(ended), over)
        ids = {str(uuid.UUID(bytes=row["id"])) for row in rows}
        self.assertEqual(sorted(event for event in told if event[0] in ids), sorted(ended), "one event each")

    def restart(self, crash_at: str | None = None) -> None:
        self.publication.environment.pop("XIUFU_CRASH_AT", None)
        if crash_at:
            self.publication.environment["XIUFU_CRASH_AT"] = crash_at
        self.publication.start()

    def test_1_at_midnight_and_not_before(self):
        today = self.now().date()
        mark = self.import_ending([today] * 450 + [today + DAY] * 50)
        midnight = self.midnight(today)
        # Long enough before for the service to have looked at its clock since it was set.
        self.set_clock(midnight - datetime.timedelta(seconds=13))
        while True:
            over = self.expired(mark)
            if self.now() >= midnight:
                break
            self.assertEqual(over, 0, "its last day is not over")
            time.sleep(0.02)
        begin = time.monotonic()
        self.await_end(mark, 450)
        self.assertLess(time.monotonic() - begin, 5, "at midnight, not at the next slow tick")

    def test_2_on_a_machine_that_sleeps_over_it(self):
        today = self.now().date()
        mark = self.import_ending([today] * 50 + [today + DAY] * 50 + [today + 2 * DAY] * 50 + [today + 3 * DAY] * 50)
        self.publication.process.send(signal.SIGSTOP)
        self.set_clock(self.midnight(today + DAY) + datetime.timedelta(hours=9))
        self.publication.process.send(signal.SIGCONT)
        self.await_end(mark, 100)
        # Off through the next midnight.
        self.publication.stop()
        self.set_clock(self.midnight(today + 2 * DAY) + datetime.timedelta(hours=9))
        self.restart()
        self.publication.wait_serving()
        self.await_end(mark, 150)
        # Set back, and on again.
        self.set_clock(self.midnight(today))
        self.publication.kill()
        self.restart()
        self.publication.wait_serving()
        self.set_clock(self.midnight(today + 2 * DAY) + datetime.timedelta(hours=10))
        self.publication.kill()
        self.restart()
        self.publication.wait_serving()
        self.check(mark, 150)

    def test_3_killed_in_the_middle_of_it(self):
        today = self.now().date()
        mark = self.import_ending([today] * 5_000)
        self.publication.stop()
        self.set_clock(self.midnight(today) + datetime.timedelta(minutes=1))
        self.restart()
        end = time.monotonic() + 60
        while not self.expired(mark):  # no pause: it is a matter of half a second
            self.assertLess(time.monotonic(), end)
        self.publication.kill()
        self.assertLess(self.expired(mark), 5_000, "killed in the middle of it")
        self.restart()
        self.publication.wait_serving()
        self.await_end(mark, 5_000)

    def test_4_killed_at_every_point(self):
        for point in POINTS:
            with self.subTest(point):
                self.publication.stop()
                self.restart()
                self.publication.wait_serving()
                today = self.now().date()
                mark = self.import_ending([today] * ROWS + [today + 3 * DAY] * 10)
                self.publication.stop()
                self.set_clock(self.midnight(today) + datetime.timedelta(minutes=1))
                seen = []
                for nth in PASSES:
                    self.restart(f"{point}:{nth}")
                    if not self.publication.process.wait(5):
                        self.publication.stop()
                        break  # nothing was left to pass it so often, and less is for the next
                    self.assertEqual(self.publication.process.exit_code(), -signal.SIGKILL)
                    seen.append(self.expired(mark))
                self.assertTrue(any(0 < over < ROWS for over in seen), f"killed in the middle of it: {seen}")
                self.restart()
                self.publication.wait_serving()
                self.await_end(mark, ROWS)

    @classmethod
    def tearDownClass(cls):
        with contextlib.suppress(ProcessLookupError):
            cls.publication.process.send(signal.SIGCONT)


if __name__ == "__main__":
    unittest.main(verbosity=2)
