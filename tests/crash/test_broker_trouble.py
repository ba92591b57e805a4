"""The broker is disposable: stopped under load, wiped, or without a binding, nothing is lost or doubled."""

import concurrent.futures
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.scenario import Scenario  # noqa: E402


class BrokerTroubleTest(Scenario):
    subjects = 120

    def loaded(self, count: int, trouble) -> None:
        """`trouble` happens while applications are submitted and on their way."""
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            running = pool.submit(self.load.run, count)
            while len([e for e in self.load.entries if e.accepted]) < 3:
                self.assertFalse(running.done() and running.exception(), running)
                time.sleep(0.02)
            trouble()
            entries = running.result()
        self.checker.await_end(entries)
        self.checker.await_rest(self.load.entries)

    def test_stopped_for_20_s_under_load(self):
        def stop_and_start():
            self.suite.broker.stop()
            time.sleep(20)  # the length of the outage is what is tested
            self.suite.broker.start()
        self.loaded(30, stop_and_start)

    def test_killed_under_load(self):
        def kill_and_start():
            self.suite.broker.kill()
            self.suite.broker.start()
        self.loaded(20, kill_and_start)

    def test_wiped_and_imported_again(self):
        def wipe():
            self.suite.broker.kill()
            self.suite.broker.wipe()
            self.suite.broker.start()
        self.loaded(30, wipe)

    def test_a_binding_is_removed_while_running(self):
        self.loaded(20, lambda: self.suite.broker.remove_binding("xiufu.events", "routing", "intake.#"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
