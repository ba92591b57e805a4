"""An orderly stop takes less than five seconds, also while whoever a service talks to hangs (SIGSTOP stands for it)."""

import contextlib
import os
import signal
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.scenario import Scenario  # noqa: E402
from harness.waiting import until  # noqa: E402

LIMIT_S = 5


class StopTest(Scenario):
    subjects = 12

    @contextlib.contextmanager
    def hanging(self, processes):
        for process in processes:
            process.send(signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                process.send(signal.SIGCONT)

    @staticmethod
    def starts(service) -> int:
        """How often it said that it serves."""
        return service.process.log_file.read_bytes().count(b" info serving ")

    def stops_in_time(self, name: str) -> None:
        """The store says that nothing was left half done."""
        service = self.suite.service(name)
        seconds = service.process.stop(30)
        self.assertLess(seconds, LIMIT_S, name)
        self.assertEqual(service.process.exit_code(), 0, name)
        self.assertEqual(self.books.one(name, "SELECT value FROM meta WHERE name = 'clean'"), 1, name)

    def calls_under_way(self) -> bool:
        """The adapter is connected to a frozen authority, whose answer it waits for."""
        ports = {self.suite.ports.authority(code) for code in self.suite.authorities}
        with open("/proc/net/tcp", encoding="ascii") as table:
            lines = [line.split() for line in table.readlines()[1:]]
        return any(state == "01" and int(remote.split(":")[1], 16) in ports for _, _, remote, state, *_ in lines)

    def all_goes_on(self, entries) -> None:
        self.checker.await_end(entries)
        self.checker.await_rest(self.load.entries)

    def test_authorities_that_take_no_task(self):
        adapter = self.suite.service("department_adapter")
        with self.hanging([authority.process for authority in self.suite.authorities.values()]):
            entries = self.load.run(3)
            until(self.calls_under_way, "calls are under way")
            self.stops_in_time("department_adapter")
        adapter.start()
        adapter.wait_serving()
        self.all_goes_on(entries)

    def test_a_broker_that_hangs(self):
        with self.hanging([self.suite.broker.process]):
            for name in self.suite.services:
                self.stops_in_time(name)
        for service in self.suite.services.values():
            service.start()
        for service in self.suite.services.values():
            service.wait_serving()
        self.all_goes_on(self.load.run(2))

    def test_neighbours_that_hang(self):
        for name, service in self.suite.services.items():
            others = [other.process for other in self.suite.services.values() if other is not service]
            with self.hanging([*others, self.suite.broker.process]):
                service.kill()
                before = self.starts(service)
                service.start()  # it begins by asking the others how far they are
                until(lambda: self.starts(service) > before, f"{name} serves")
                self.stops_in_time(name)
            service.start()
            service.wait_serving()
        self.all_goes_on(self.load.run(2))


if __name__ == "__main__":
    unittest.main()
