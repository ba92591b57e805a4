"""What should not be on a queue, and what cannot be handled: kept, shown, and nobody else waits for it."""

import base64
import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.checker import Checker  # noqa: E402
from harness.scenario import Scenario  # noqa: E402
from harness.waiting import until  # noqa: E402

from suite import config, paths  # noqa: E402


CONSUMERS = {"routing": "routing", "intake": "intake", "result_sync": "result_sync", "publication": "publication",
             "adapter.transport": "department_adapter"}


class PoisonTest(Scenario):
    subjects = 4

    def put(self, queue: str, body: bytes) -> None:
        """Straight into the queue, as nobody but the test's administrator may."""
        answer = self.suite.broker.api("POST", "/exchanges/xiufu/amq.default/publish", {
            "properties": {"delivery_mode": 2}, "routing_key": queue,
            "payload": base64.b64encode(body).decode("ascii"), "payload_encoding": "base64"})
        self.assertTrue(answer["routed"], queue)

    def messages(self) -> dict[str, int]:
        listed = self.suite.broker.control("list_queues", "-p", "xiufu", "name", "messages", "--silent",
                                           "--no-table-headers")
        return {name: int(count) for name, count in (line.split("\t") for line in listed.split("\n") if line)}

    def test_malformed_and_oversized_messages_are_kept_once_and_block_nobody(self):
        bad = [b"", b"\xff" * 100, b"\x0a\x03abc", b"x" * (300 * 1024)]
        for queue in CONSUMERS:
            for body in bad + bad:
                self.put(queue, body)
        for queue, service in CONSUMERS.items():
            until(lambda: self.books.one(service, "SELECT count(*) FROM poison") == len(bad),
                  f"{service} keeps every bad message")
            kept = {row["full_size"]: row for row in self.books.rows(service, "SELECT * FROM poison")}
            for body in bad:
                row = kept.pop(len(body))
                self.assertEqual(row["queue"], queue)
                self.assertEqual(row["raw"], body[:len(row["raw"])])
                self.assertGreaterEqual(len(row["raw"]), min(len(body), 64 * 1024))
        entries = self.load.run(2)
        self.checker.await_end(entries)
        Checker(self.suite, poison=len(bad) * len(CONSUMERS)).await_rest(self.load.entries)
        until(lambda: set(self.messages().values()) == {0}, "every queue is empty")


class ParkedTest(Scenario):
    """Routing's registry says that an authority decides elsewhere: the event that needs it can never be handled until a
    person acts."""

    subjects = 6

    @classmethod
    def configure(cls):
        cls.suite.prepare()
        cls.known = cls.root / "authorities"
        cls.known.mkdir()
        cls.missing = "transport"
        for file in (paths.DEPLOY / "authorities").glob("*.toml"):
            text = file.read_text(encoding="utf-8")
            if file.stem == cls.missing:
                text = text.replace('handling = "IN_SUITE"', 'handling = "RESULT_ONLY"')
            (cls.known / file.name).write_text(text, encoding="utf-8")
        file = config.config_file(cls.root, "routing")
        text = file.read_text(encoding="utf-8")
        cls.whole = re.search(r'^authorities = "(.*)"$', text, re.MULTILINE).group(1)
        cls.narrowed = text.replace(f'authorities = "{cls.whole}"', f'authorities = "{cls.known}"')

    @classmethod
    def ready(cls):
        super().ready()
        routing = cls.suite.service("routing")
        routing.stop()
        config.config_file(cls.root, "routing").write_text(cls.narrowed, encoding="utf-8")
        routing.start()
        routing.wait_serving()

    def ctl(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [paths.bin_dir() / "xiufuctl", "parked", *arguments, "--target", self.suite.service("routing").address,
             "--credentials", self.root / "credentials"], capture_output=True, text=True, timeout=30)

    def parked(self) -> list[dict]:
        listed = self.ctl("list", "--json")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        return [m for m in json.loads(listed.stdout)["messages"] if m["state"] == "PARKED"]

    def test_parked_then_released(self):
        # All three records of a subject are of different authorities: every application needs the missing one or not.
        entries = [self.load.submit(self.load.draft(records_each=3)) for _ in range(5)]
        needs = [e for e in entries if self.missing in self.authorities_of(e)]
        others = [e for e in entries if e not in needs]
        self.assertTrue(needs and others, "the load must have both kinds")
        self.checker.await_end(others)
        until(lambda: len(self.parked()) == len(needs), "what cannot be handled is parked")
        time_before = self.books.one("routing", "SELECT count(*) FROM kase")
        self.assertEqual(time_before, 3 * len(others))

        # Replaying without mending parks it again; a discard wants a reason; an unknown id is told.
        row = self.parked()[0]["id"]
        self.assertEqual(self.ctl("replay", str(row)).returncode, 0)
        until(lambda: any(m["id"] == row for m in self.parked()), "it is parked again")
        self.assertNotEqual(self.ctl("discard", str(row), "--reason", "").returncode, 0)
        self.assertNotEqual(self.ctl("replay", "999999").returncode, 0)

        routing = self.suite.service("routing")
        routing.stop()
        config.config_file(self.root, "routing").write_text(
            self.narrowed.replace(str(self.known), self.whole), encoding="utf-8")
        routing.start()
        routing.wait_serving()
        for message in self.parked():
            self.assertEqual(self.ctl("replay", str(message["id"])).returncode, 0)
        self.checker.await_end(self.load.entries)
        self.checker.await_rest(self.load.entries)

    def authorities_of(self, entry) -> set[str]:
        portal = self.load.portal()
        try:
            return {r.snapshot.authority.code for r in portal.search(entry.subject) if r.name in entry.records}
        finally:
            portal.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
