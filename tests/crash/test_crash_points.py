"""SIGKILL at every named crash point of every service that has it; then everything still ends once, and rightly.

XIUFU_CRASH_NTH=1,2,5 tries each point at those passes instead of the first alone.
"""

import concurrent.futures
import os
import re
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness import REPOSITORY  # noqa: E402
from harness.scenario import Scenario  # noqa: E402

EVERY = ["db.in_group", "db.before_commit", "db.after_commit",
         "publisher.before_send", "publisher.after_send", "publisher.after_confirm",
         "consumer.after_deliver", "consumer.before_ack", "consumer.after_ack",
         "dispatcher.after_claim", "dispatcher.after_handler", "receiver.after_commit"]
POINTS = {
    "intake": EVERY + ["intake.blob_stored", "intake.before_reply"],
    "routing": EVERY,
    "department_adapter": EVERY + ["job.before_call", "job.after_call", "adapter.materials_fetched",
                                   "adapter.before_call", "adapter.after_call", "adapter.answer_stored"],
    "result_sync": EVERY,
    "publication": EVERY,
}
# Reached only by what an ordinary application does not do; each has a test of its own that names it.
ELSEWHERE = {"db.before_checkpoint", "due_work.after_retry", "catch_up.after_run"}
NTH = [int(n) for n in os.environ.get("XIUFU_CRASH_NTH", "1").split(",")]


class CrashPointsTest(Scenario):
    subjects = 220

    def die_at(self, service: str, point: str, nth: int) -> None:
        victim = self.suite.service(service)
        victim.stop()
        victim.program = self.crash_program(service)
        victim.environment = {"XIUFU_CRASH_AT": f"{point}:{nth}"}
        victim.start()
        entries = []
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            running = pool.submit(lambda: entries.extend(self.load.run(2, records_each=2, at_once=2)))
            end = time.monotonic() + 30
            while victim.process.alive() and time.monotonic() < end:
                time.sleep(0.02)
            if victim.process.alive():
                victim.stop()
            died = victim.process.ended() == -signal.SIGKILL
            victim.environment = {}
            victim.start()
            running.result()
        self.assertTrue(died, f"{service} never came to {point}")
        self.checker.await_end(entries)

    def test_every_point_of_every_service(self):
        for service, points in POINTS.items():
            for point in points:
                for nth in NTH:
                    with self.subTest(service=service, point=point, nth=nth):
                        self.die_at(service, point, nth)
        self.checker.await_rest(self.load.entries)

    def test_the_table_names_every_point_in_the_code(self):
        in_code = set()
        for folder in ("libs", "services"):
            for file in (REPOSITORY / folder).rglob("*.cc"):
                in_code |= set(re.findall(r'CrashPoint\("([a-z_.]+)"\)', file.read_text(encoding="utf-8")))
        tested = {point for points in POINTS.values() for point in points}
        self.assertEqual(in_code - tested - ELSEWHERE, set())
        self.assertGreaterEqual(len(tested), 12)

    def test_what_is_installed_has_no_crash_points(self):
        for service in self.suite.services.values():
            name = service.name.replace("_", "-")
            installed = (service.program.parent if service.program.parent.name != "crash"
                         else service.program.parent.parent) / f"xiufu-{name}"
            self.assertNotIn(b"XIUFU_CRASH_AT", installed.read_bytes())


if __name__ == "__main__":
    unittest.main(verbosity=2)
