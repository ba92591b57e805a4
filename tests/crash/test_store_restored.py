"""A store put back to an earlier copy: its neighbours bring it home, and nothing is lost or doubled."""

import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.scenario import Scenario  # noqa: E402

from suite import paths  # noqa: E402


class StoreRestoredTest(Scenario):
    subjects = 60

    def restore_between(self, service: str) -> None:
        """Some applications, a copy, more applications, the copy back, more applications."""
        victim = self.suite.service(service)
        before = self.load.run(4)
        self.checker.await_end(before)
        victim.stop()
        copy = self.root / f"{service}.copy.db"
        shutil.copy(victim.store, copy)  # an orderly stop leaves everything in the one file
        victim.start()
        lost = self.load.run(6)
        self.checker.await_end(lost[:3])
        drafts = [self.load.draft() for _ in range(2)]
        victim.kill()
        # More events of its neighbours while it is away: a submit needs intake alone.
        meanwhile = [self.load.submit(draft) for draft in drafts]
        subprocess.run([paths.bin_dir() / "xiufuctl", "store", "restore", "--from", copy, "--to", victim.store],
                       check=True)
        victim.start()
        after = self.load.run(3)
        self.checker.await_end(before + lost + meanwhile + after, seconds=120)
        self.checker.await_rest(self.load.entries, seconds=60)

    def test_routing(self):
        self.restore_between("routing")

    def test_publication(self):
        self.restore_between("publication")

    def test_result_sync(self):
        self.restore_between("result_sync")

    def test_department_adapter(self):
        self.restore_between("department_adapter")


if __name__ == "__main__":
    unittest.main(verbosity=2)
