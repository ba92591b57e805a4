"""A record that is corrected while its case is open: the decision is not carried out by itself, and a person frees it."""

import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest, TODAY  # noqa: E402
from harness.waiting import until  # noqa: E402

from suite import feed  # noqa: E402


class CorrectedRecordTest(PortalTest):
    def ctl(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.suite.bin_dir / "xiufuctl", "endings", *words, "--target", self.suite.service("publication").address,
             "--credentials", self.root / "credentials"], capture_output=True, text=True, timeout=30)

    def endings(self) -> list[dict]:
        listed = self.ctl("list", "--json")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        return json.loads(listed.stdout)["endings"]

    def conflicts(self, decision: str) -> list[dict]:
        """What a person has to compare about it, over all services."""
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", "desk", "conflicts", "--json", "--config", self.root / "config"],
                              capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [one for one in json.loads(done.stdout)["conflicts"] if decision in one["what"]]

    def test_decided_upon_what_the_record_was(self):
        self.suite.authority("transport").behave("supplement_once")
        who = feed.subject(30_001)
        rows = feed.repairable(who, TODAY, [self.by_code["transport"]], 77_000)[:1]
        self.import_csv(feed.to_csv(rows))
        record, = self.portal.search(who.uscc)
        draft = self.draft(who, [record.name])
        self.portal.submit(draft.name)
        case, = self.await_state(draft, "SUPPLEMENT_REQUESTED").cases

        rows[0]["BZ"] = "更正：补录违法事实"
        self.assertEqual(self.import_csv(feed.to_csv(rows)).updated, 1)
        paper = self.upload_papers(draft.name, who)[1]
        self.portal.supplement(draft.name, case.name, [paper.name])
        decided = self.await_state(draft, "CONCLUDED")
        self.assertEqual(decided.cases[0].result, 1)
        waiting = until(self.endings, "publication says that it did not carry it out")
        self.assertEqual(len(waiting), 1)
        self.assertEqual((waiting[0]["decided_version"], waiting[0]["version"]), (1, 2))
        self.assertEqual(waiting[0]["application"], draft.name.rpartition("/")[2])
        self.assertFalse(self.get(draft).loop_closed)
        self.assertEqual(list(self.record_states(who).values()), ["PUBLISHED"])
        self.assertIn("记录版本已变更", self.ctl("list").stdout)

        decision = waiting[0]["decision"]
        self.assertEqual(len(until(lambda: self.conflicts(decision), "it is on the desk")), 1)
        self.assertEqual(self.ctl("carry-out", decision, "--person", "李某", "--reason", "  ").returncode, 2)
        self.assertEqual(self.ctl("carry-out", "0" * 8 + "-0000-8000-8000-" + "0" * 12, "--person", "李某", "--reason", "x").returncode, 1)
        for _ in range(2):  # pressing the button twice is pressing it once
            done = self.ctl("carry-out", decision, "--person", "李某", "--reason", "只补录了违法事实，不影响决定")
            self.assertEqual(done.returncode, 0, done.stderr)
        until(lambda: self.get(draft).loop_closed, "the loop is closed")
        self.assertEqual(list(self.record_states(who).values()), ["ENDED"])
        self.assertEqual(self.endings(), [])
        kept, = json.loads(self.ctl("list", "--let-stand", "--json").stdout)["endings"]
        self.assertEqual((kept["decision"], kept["let_stand"]["person"]), (decision, "李某"))
        self.assertEqual(self.conflicts(decision), [])

    def test_only_the_operator(self):
        import grpc
        from xiufu.publication.v1 import publication_pb2, publication_pb2_grpc
        with grpc.insecure_channel(self.suite.service("publication").address) as channel:
            stub = publication_pb2_grpc.PublicationServiceStub(channel)
            for call, request in ((stub.ListRefusedEndings, publication_pb2.ListRefusedEndingsRequest()),
                                  (stub.CarryOutEnding, publication_pb2.CarryOutEndingRequest(decision=b"\0" * 16,
                                                                                             reason="x"))):
                with self.assertRaises(grpc.RpcError) as caught:
                    call(request, timeout=10, metadata=self.suite.credentials("portal"))
                self.assertEqual(caught.exception.code(), grpc.StatusCode.PERMISSION_DENIED)


if __name__ == "__main__":
    unittest.main()
