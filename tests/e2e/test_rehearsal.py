"""A change of law is rehearsed on copies that the running services take; nothing live is written."""

import hashlib
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest  # noqa: E402

from suite import paths  # noqa: E402

STORES = ("routing", "publication")


class RehearsalTest(PortalTest):
    def ctl(self, *words) -> str:
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", *words], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def copy(self, service: str) -> pathlib.Path:
        return pathlib.Path(self.ctl("store", "copy", "--service", service, "--config", self.root / "config").strip())

    def new_law(self) -> pathlib.Path:
        """Six working days for a decision instead of seven."""
        law = self.root / "new-catalogue"
        shutil.copytree(paths.DEPLOY / "catalogue", law)
        for name, old, new in (("deadlines.toml", "days = 7  # unverified: 3 + 7", "days = 6  # unverified: 3 + 7"),
                               ("catalogue.toml", 'version = "', 'version = "new-')):
            text = (law / name).read_text(encoding="utf-8")
            self.assertIn(old, text)
            (law / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return law

    def rehearse(self, law, *stores) -> dict:
        against = [word for store in stores for word in ("--against", store)]
        return json.loads(self.ctl("catalogue", "rehearse", law, *against, "--json"))

    def test_on_copies_of_what_runs_and_on_what_is_stopped(self):
        _, draft = self.submitted()
        self.await_state(draft, "CONCLUDED")
        copies = [self.copy(service) for service in STORES]
        for service, copy in zip(STORES, copies):
            self.assertEqual(copy.parent, self.root / service / "copies")
            self.assertEqual(stat.S_IMODE(copy.stat().st_mode), 0o600)
            self.assertIn("store_copied", self.suite.service(service).process.log_tail(50))
        law = self.new_law()
        found = self.rehearse(law, *copies)
        self.assertEqual(found["counts"]["closed_cases"]["compared"], 1)
        self.assertEqual(found["counts"]["closed_cases"]["due"], 1)
        self.assertEqual(found["pinned_elsewhere"], 0)
        self.assertEqual([(one["difference"], one["deadline"]) for one in found["differences"]], [("DUE", "DECIDE")])
        self.assertLess(found["differences"][0]["after"]["day"], found["differences"][0]["before"]["day"])
        self.assertEqual(sorted(path.name for copy in copies for path in copy.parent.iterdir()),
                         sorted(copy.name for copy in copies), "nothing lies beside the copies")

        for service in STORES:
            self.suite.service(service).stop()
        folders = [self.suite.service(service).store.parent for service in STORES]
        before = self.digests(folders)
        self.assertEqual(self.rehearse(law, *[self.suite.service(service).store for service in STORES])["differences"],
                         found["differences"])
        self.assertEqual(self.digests(folders), before)

    @staticmethod
    def digests(folders) -> dict:
        return {path: hashlib.sha256(path.read_bytes()).hexdigest()
                for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()}


if __name__ == "__main__":
    unittest.main()
