"""SIGKILL at every named crash point of every service that has it; then everything still ends once, and rightly.

XIUFU_CRASH_NTH=1,2,5 tries each point at those passes instead of the first alone.
"""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import signal
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness import REPOSITORY  # noqa: E402
from harness.scenario import Scenario  # noqa: E402
from harness.waiting import until  # noqa: E402

EVERY = ["db.in_group", "db.before_commit", "db.after_commit",
         "publisher.before_send", "publisher.after_send", "publisher.after_confirm",
         "consumer.after_deliver", "consumer.before_ack", "consumer.after_ack",
         "dispatcher.after_claim", "dispatcher.after_handler", "receiver.after_commit"]
POINTS = {
    "intake": EVERY + ["intake.blob_stored", "intake.before_reply", "intake.before_notification",
                       "intake.after_notification"],
    "routing": EVERY,
    "department_adapter": EVERY + ["job.before_call", "job.after_call", "adapter.materials_fetched",
                                   "adapter.before_call", "adapter.after_call", "adapter.answer_stored"],
    "result_sync": EVERY,
    "publication": EVERY,
}
TURNS = max(len(points) for points in POINTS.values())
# What an ordinary application does not come to, in every service: each is provoked by a test below.
WITH_WORK_WAITING = ["catch_up.after_run", "db.before_checkpoint"]
AFTER_A_FAILURE = ["due_work.after_retry"]
NTH = [int(n) for n in os.environ.get("XIUFU_CRASH_NTH", "1").split(",")]


def fail_next_event(victim) -> None:
    """The store refuses what belongs to the next handled event, until that event waits to be tried again."""
    with contextlib.closing(sqlite3.connect(victim.store)) as store:
        (rows,), = store.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'waiting'")
        store.execute(f"""
            CREATE TRIGGER fail_after_{rows} BEFORE INSERT ON case_input
            WHEN (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'waiting') = {rows}
            BEGIN SELECT RAISE(ABORT, 'the test lets this event fail once'); END""")


def taken(store: pathlib.Path, without_wal: bool = False) -> int:
    """How many events a stopped service has taken; without its WAL: as far as checkpoints have moved them."""
    mode = "immutable=1" if without_wal else "mode=ro"
    with contextlib.closing(sqlite3.connect(f"file:{store}?{mode}", uri=True)) as connection:
        return connection.execute("SELECT coalesce(sum(seq), 0) FROM mark").fetchone()[0]


class CrashPointsTest(Scenario):
    subjects = 2 * (len(NTH) * TURNS + len(AFTER_A_FAILURE) + len(POINTS))

    @classmethod
    def configure(cls):
        cls.suite.notify = True

    def start_armed(self, service: str, point: str, nth: int) -> None:
        victim = self.suite.service(service)
        victim.program = self.crash_program(service)
        victim.environment = {"XIUFU_CRASH_AT": f"{point}:{nth}"}
        victim.start()
        victim.environment = {}

    def was_killed(self, victim) -> bool:
        """Waits until its crash point has ended it; one that never comes there is stopped."""
        if not victim.process.wait(30):
            victim.stop()
            return False
        return victim.process.exit_code() == -signal.SIGKILL

    def die_together(self, points: dict[str, str], nth: int, before_it_starts=lambda victim: None) -> None:
        """The next life of each ends at its point, with applications on their way; the one after that is a long one."""
        victims = {service: self.suite.service(service) for service in points}
        for service, victim in victims.items():
            victim.stop()
            before_it_starts(victim)
            self.start_armed(service, points[service], nth)
        entries = []
        with concurrent.futures.ThreadPoolExecutor(1 + len(victims)) as pool:
            running = pool.submit(lambda: entries.extend(self.load.run(2, records_each=2, at_once=2)))
            killed = list(pool.map(self.see_it_die, victims.values()))
            running.result()
        never = [f"{service} never came to {points[service]}" for service, died in zip(points, killed) if not died]
        self.assertEqual(never, [])
        self.checker.await_end(entries)

    def see_it_die(self, victim) -> bool:
        """And starts it again at once: the others come to their points only with all of them there."""
        killed = self.was_killed(victim)
        victim.start()
        return killed

    def test_every_point_of_every_service(self):
        """One point of each service at a time: what is between two of them dies at both ends."""
        for turn in range(TURNS):
            points = {service: its[turn] for service, its in POINTS.items() if turn < len(its)}
            for nth in NTH:
                with self.subTest(points=points, nth=nth):
                    self.die_together(points, nth)
        self.checker.await_rest(self.load.entries)

    def test_retrying(self):
        for point in AFTER_A_FAILURE:
            with self.subTest(point=point):
                self.die_together(dict.fromkeys(POINTS, point), 1, fail_next_event)
        self.checker.await_rest(self.load.entries)

    def test_with_work_waiting(self):
        for service in POINTS:
            with self.subTest(service=service):
                self.die_with_work_waiting(service)
        self.checker.await_rest(self.load.entries)

    def die_with_work_waiting(self, service: str) -> None:
        """What is said while it is away reaches no queue; it dies reading that, and again before any is in its file."""
        victim = self.suite.service(service)
        drafts = [self.load.draft(records_each=2) for _ in range(2)]
        bindings = self.bindings_of(service)
        for binding in bindings:
            self.suite.broker.remove_binding(*binding)
        if service != "intake":  # the one that takes them
            victim.stop()
        entries = [self.load.submit(draft) for draft in drafts]
        victim.stop()
        until(lambda: self.checker.behind(service), f"there is work for {service}")
        outcome = {}
        for point in WITH_WORK_WAITING:
            self.start_armed(service, point, 1)
            killed = self.was_killed(victim)
            outcome[point] = killed, taken(victim.store) > taken(victim.store, without_wal=True)
        for binding in bindings:
            self.suite.broker.add_binding(*binding)
        victim.start()
        self.assertEqual(outcome, dict.fromkeys(WITH_WORK_WAITING, (True, True)), "killed, with something to lose")
        self.checker.await_end(entries)

    def bindings_of(self, service: str) -> list[tuple[str, str, str]]:
        queue = "adapter." if service == "department_adapter" else service
        definitions = json.loads(self.suite.broker.definitions.read_text(encoding="utf-8"))
        return [(b["source"], b["destination"], b["routing_key"]) for b in definitions["bindings"]
                if b["source"] == "xiufu.events" and (b["destination"] + ".").startswith(queue)]

    def test_the_table_names_every_point_in_the_code(self):
        in_code = set()
        for folder in ("libs", "services"):
            for file in [*(REPOSITORY / folder).rglob("*.cc"), *(REPOSITORY / folder).rglob("*.h")]:
                in_code |= set(re.findall(r'CrashPoint\("([a-z_.]+)"\)', file.read_text(encoding="utf-8")))
        tested = {point for points in POINTS.values() for point in points}
        self.assertEqual(in_code, tested.union(WITH_WORK_WAITING, AFTER_A_FAILURE))

    def test_what_is_installed_has_no_crash_points(self):
        for service in self.suite.services.values():
            name = service.name.replace("_", "-")
            installed = (service.program.parent if service.program.parent.name != "crash"
                         else service.program.parent.parent) / f"xiufu-{name}"
            self.assertNotIn(b"XIUFU_CRASH_AT", installed.read_bytes())
            self.assertNotIn(b"XIUFU_CLOCK_SHIFT", installed.read_bytes())


if __name__ == "__main__":
    unittest.main(verbosity=2)
