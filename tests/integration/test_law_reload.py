"""Another law comes into force by SIGHUP, with applications on their way: nothing is lost, and each case keeps its own."""

import concurrent.futures
import csv
import datetime
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.scenario import Scenario  # noqa: E402
from harness.waiting import until  # noqa: E402

from suite import authorities, config, paths  # noqa: E402

SERVICES = ("intake", "routing", "publication")
FOLDERS = ("catalogue", "calendars", "authorities", "feeds")


class LawTest(Scenario):
    """The three services that decide by law read a copy of it, which a test may change."""

    @classmethod
    def ready(cls):
        cls.law = cls.root / "law"
        for folder in FOLDERS:
            shutil.copytree(paths.DEPLOY / folder, cls.law / folder)
        for name in SERVICES:
            file = config.config_file(cls.root, name)
            text = file.read_text(encoding="utf-8")
            for folder in FOLDERS:
                text = text.replace(f'"{paths.DEPLOY}/{folder}"', f'"{cls.law}/{folder}"')
            file.write_text(text, encoding="utf-8")
            cls.suite.service(name).stop()
            cls.suite.service(name).start()
        for name in SERVICES:
            cls.suite.service(name).wait_serving()
        super().ready()

    def reloads(self, name: str, outcome: str, what: str = "law") -> int:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"http://127.0.0.1:{self.suite.ports.metrics[name]}/metrics", timeout=10) as answer:
            found = re.search(rf'^xiufu_{what}_reloads_total{{outcome="{outcome}"}} (\d+)', answer.read().decode(), re.M)
        return int(found[1]) if found else 0

    def reload(self, outcome: str, services=SERVICES, what: str = "law") -> None:
        """One after the other, as a person would; each has done it before the next is asked."""
        for name in services:
            before = self.reloads(name, outcome, what)
            self.suite.service(name).process.send(signal.SIGHUP)
            until(lambda: self.reloads(name, outcome, what) > before, f"{name} says {outcome}")  # noqa: B023

    def rewrite(self, file: str, old: str, new: str) -> None:
        """At once: a service that reads meanwhile sees the old or the new file."""
        path = self.law / file
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        changed = path.with_suffix(".new")
        changed.write_text(text.replace(old, new, 1), encoding="utf-8")
        changed.replace(path)

    def version(self) -> str:
        return re.search(r'^version = "(.*)"', (self.law / "catalogue/catalogue.toml").read_text(encoding="utf-8"), re.M)[1]

    def cases(self) -> dict[bytes, tuple]:
        return {row["id"]: (row["catalogue_version"], row["catalogue_sha256"]) for row in self.books.rows(
            "routing", "SELECT id, catalogue_version, catalogue_sha256 FROM kase")}


class ReloadTest(LawTest):
    subjects = 40

    def test_1_under_load(self):
        first = self.version()
        self.load.run(3)
        until(lambda: len(self.cases()) == 9, "routing has opened the first cases")
        old = self.cases()
        self.assertEqual({version for version, _ in old.values()}, {first})
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            running = pool.submit(lambda: self.load.run(24))
            rounds = 0
            while not running.done() or rounds < 5:
                rounds += 1
                self.rewrite("catalogue/catalogue.toml", f'version = "{self.version()}"', f'version = "{first}-{rounds}"')
                self.reload("loaded")
            running.result()
        last = self.load.run(2)
        self.checker.await_end(self.load.entries)
        self.checker.await_rest(self.load.entries)

        cases = self.cases()
        self.assertEqual({id: cases[id] for id in old}, old, "who was under the first stays under it")
        self.assertGreater(len({version for version, _ in cases.values()}), 2)
        kept = {(row["version"], row["sha256"]) for row in self.books.rows(
            "routing", "SELECT version, sha256 FROM law_version WHERE kind = 'catalogue'")}
        self.assertLessEqual(set(cases.values()), kept, "each case's catalogue is kept")
        self.assertEqual(len(kept), rounds + 1)
        for entry in last:
            self.assertEqual({row["catalogue_version"] for row in self.records_of(entry)}, {f"{first}-{rounds}"})

    def test_2_a_broken_one_is_left_aside(self):
        before = self.version()
        file, broken = "authorities/transport.toml", 'kind = "TRANSPORT"'
        self.rewrite("catalogue/catalogue.toml", f'version = "{before}"', f'version = "{before}-broken"')
        self.rewrite(file, broken, 'kind = "ROADS"')
        self.reload("refused")
        line = (self.law / file).read_text(encoding="utf-8").split("\n").index('kind = "ROADS"') + 1
        for name in SERVICES:
            self.assertIn(f"at={self.law}/{file}:{line}", self.suite.service(name).process.log_tail(50), name)
        entry, = self.load.run(1)
        self.assertEqual({row["catalogue_version"] for row in self.records_of(entry)}, {before})
        self.rewrite(file, 'kind = "ROADS"', broken)
        self.reload("loaded")
        entry, = self.load.run(1)
        self.assertEqual({row["catalogue_version"] for row in self.records_of(entry)}, {f"{before}-broken"})
        self.checker.await_end(self.load.entries)
        self.checker.await_rest(self.load.entries)

    def test_3_other_content_under_the_same_version(self):
        self.rewrite("catalogue/catalogue.toml", 'note = "', 'note = "changed ')
        self.reload("refused")
        routing = self.suite.service("routing")
        routing.stop()
        routing.start()
        self.assertTrue(routing.process.wait(30), "it does not start with it either")
        self.assertEqual(routing.process.exit_code(), 1)
        self.assertIn("catalogue", routing.process.log_tail())
        self.rewrite("catalogue/catalogue.toml", 'note = "changed ', 'note = "')
        routing.start()
        routing.wait_serving()

    def test_4_layouts_of_feeds(self):
        from suite import client, feed

        def imported(column: str):
            rows = [{column if name == "CF_WSH" else name: value for name, value in row.items()} for row in
                    [feed.penalty(feed.subject(90_001), authorities.load()[0], column, "警告", datetime.date.today())]]
            with io.StringIO() as out:
                writer = csv.DictWriter(out, rows[0])
                writer.writeheader()
                writer.writerows(rows)
                return client.import_records(self.suite.service("publication").address, self.suite.credentials("operator"),
                                             out.getvalue().encode(), "feed.csv", "").imported

        file = "feeds/penalty-2018.toml"
        self.assertRaises(client.Refusal, imported, "CF_WSH_2")
        self.rewrite(file, '"CF_WSH", "行政', '"CF_WSH", "CF_WSH_2", "行政')
        self.reload("loaded", ["publication"], "layout")
        self.assertEqual(imported("CF_WSH_2"), 1)
        self.rewrite(file, 'meaning = "DOCUMENT_NO"', 'meaning = "NOTHING"')
        self.reload("refused", ["publication"], "layout")
        self.assertEqual(imported("CF_WSH"), 1, "by those of before")

    def records_of(self, entry):
        number = entry.name.rpartition("/")[2]
        return self.books.rows("intake", "SELECT catalogue_version FROM application_record WHERE lower(hex(application)) = ?",
                               number.replace("-", ""))


class CalendarTest(LawTest):
    subjects = 12
    characters = {"transport": "silent"}

    def xiufuctl(self, *words) -> str:
        return subprocess.run([self.suite.bin_dir / "xiufuctl", "calendar", *words], capture_output=True, text=True,
                              timeout=60, check=True).stdout.strip()

    def due(self, start: str, days: int, *more) -> str:
        return self.xiufuctl("due", start, str(days), "--calendars", self.law / "calendars", *more)

    def accept_deadlines(self, entries) -> list:
        """What the applicants see of the transport bureau's first deadline, once its system has all of their cases."""
        portal = self.load.portal()
        try:
            cases = [case for entry in entries for case in portal.get(entry.name, entry.query_code).cases]
        finally:
            portal.close()
        theirs = [case for case in cases if case.authority.code == "transport"]
        due = [deadline for case in theirs for deadline in case.deadlines if deadline.kind == "ACCEPT"]
        return len(cases) == 3 * len(entries) and len(due) == len(theirs) and due

    def test_a_day_that_an_authority_is_closed(self):
        entries = self.load.run(10)
        before = until(lambda: self.accept_deadlines(entries), "all have their dates")
        self.assertGreater(len(before), 3)
        start, days = before[0].start_date, before[0].working_days
        closed = self.due(start, 1)
        self.rewrite("calendars/exceptions.toml", "revision = 1", f"""revision = 2

[[exception]]
authorities = ["transport"]
days = [{datetime.date.fromisoformat(closed)}]
working = false
name = "搬迁停办"
name_en = "Closed for moving"
source = "test"
confidence = "T"
""")
        moved = self.due(start, days, "--authority", "transport")
        self.assertNotEqual(moved, self.due(start, days))
        # Killed as soon as it was told: what it did not do, it does after the next start.
        routing = self.suite.service("routing")
        routing.process.send(signal.SIGHUP)
        routing.kill()
        routing.start()
        routing.wait_serving()
        until(lambda: {d.due_date for d in self.accept_deadlines(entries)} == {moved}, "the applicants see the new date")

        listed = json.loads(self.xiufuctl("moves", "--json", "--target", routing.address,
                                          "--credentials", self.root / "credentials"))["moves"]
        listed = [move for move in listed if move["kind"] == "ACCEPT"]
        self.assertEqual({(move["from"], move["to"], move["authority"]["code"]) for move in listed},
                         {(before[0].due_date, moved, "transport")})
        self.assertEqual(len({move["case"] for move in listed}), len(before))
        self.assertEqual(len(listed), len(before), "each once")
        self.assertEqual({row[0] for row in self.books.rows(
            "routing", "SELECT exceptions FROM deadline JOIN kase ON kase.id = case_id"
            " WHERE kind = 'ACCEPT' AND authority_code = 'transport'")}, {f"{closed} off 搬迁停办"})
        refused = subprocess.run([self.suite.bin_dir / "xiufuctl", "calendar", "moves", "--target", routing.address,
                                  "--credentials", self.not_the_operator()], capture_output=True, text=True, timeout=60)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("PERMISSION_DENIED", refused.stderr)

    def not_the_operator(self):
        """Credentials of the portal under the operator's name."""
        folder = self.root / "other-credentials"
        folder.mkdir()
        shutil.copy(self.root / "credentials" / "portal.token", folder / "operator.token")
        return folder


if __name__ == "__main__":
    unittest.main()
