"""What an authority's system refuses for good: parked, shown, counted, and freed by the operator."""

import json
import os
import subprocess
import sys
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest  # noqa: E402
from harness.waiting import until  # noqa: E402

RECEIVED = 1  # of a case: no authority has it yet


class ParkedTest(PortalTest):
    def setUp(self):
        self.authority = self.suite.authority("transport")
        self.addCleanup(self.authority.behave, "approve")
        self.authority.behave("approve+rejecting")

    def ctl(self, *words: str) -> str:
        """xiufuctl parked, at the adapter."""
        done = subprocess.run(
            [self.suite.bin_dir / "xiufuctl", "parked", *words, "--service", "department_adapter",
             "--config", self.root / "config"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def listed(self, *flags: str) -> dict[str, dict]:
        """By application."""
        return {entry["application"]: entry for entry in json.loads(self.ctl("list", "--json", *flags))["messages"]}

    def parked(self, draft) -> dict:
        application = draft.name.rpartition("/")[2]
        return until(lambda: self.listed().get(application), f"the call for {draft.name} is parked")

    def counted(self) -> int:
        url = f"http://127.0.0.1:{self.suite.ports.metrics['department_adapter']}/metrics"
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return next(int(float(line.rpartition(" ")[2])) for line in lines if line.startswith('xiufu_jobs{state="parked"}'))

    def test_replayed_after_the_authority_is_mended_the_application_reaches_its_end(self):
        who, draft = self.submitted()
        entry = self.parked(draft)
        self.assertEqual(entry["state"], "PARKED")
        self.assertEqual((entry["job"]["kind"], entry["job"]["destination"]), ("deliver", "transport"))
        self.assertGreaterEqual(entry["attempts"], 1)
        self.assertIn("HTTP 422", entry["reason"])
        self.assertLessEqual(entry["first_seen"], entry["job"]["parked_since"])
        self.assertEqual(self.counted(), 1)
        self.assertIn("滞留待处置", self.ctl("list"))

        self.authority.behave("approve")
        self.ctl("replay", entry["job"]["id"])
        final = self.await_state(draft, "CONCLUDED")
        self.assertEqual([case.result for case in final.cases], [1])
        until(lambda: set(self.record_states(who).values()) == {"ENDED"}, "the record is ended")
        self.assertEqual(self.listed(), {})
        self.assertEqual(self.counted(), 0)

    def test_replayed_too_early_it_is_parked_again(self):
        _, draft = self.submitted()
        first = self.parked(draft)
        self.ctl("replay", first["job"]["id"])
        again = until(lambda: (entry := self.parked(draft))["job"]["parked_since"] > first["job"]["parked_since"] and entry,
                      "it is parked again")
        self.assertEqual(again["job"]["id"], first["job"]["id"])
        self.authority.behave("approve")
        self.ctl("replay", first["job"]["id"])
        self.await_state(draft, "CONCLUDED")

    def test_given_up_it_is_kept_with_the_reason_and_the_task_stays_undelivered(self):
        _, draft = self.submitted()
        entry = self.parked(draft)
        told = self.ctl("discard", entry["job"]["id"], "--reason", "已改由人工送达")
        self.assertIn("任务仍为未送达", told)
        self.authority.behave("approve")
        self.assertEqual(self.listed(), {})
        self.assertEqual(self.counted(), 0)
        kept = self.listed("--discarded")[entry["application"]]
        self.assertEqual((kept["state"], kept["discard_reason"]), ("DISCARDED", "已改由人工送达"))
        self.assertEqual(kept["job"], entry["job"])
        self.assertEqual([case.state for case in self.get(draft).cases], [RECEIVED])


if __name__ == "__main__":
    unittest.main()
