"""An approval is revoked: its record is public again, the breach bars the subject; a shielding ends with its plan."""

import os
import sys
import unittest
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.books import Books  # noqa: E402
from harness.portal_test import PortalTest, TODAY  # noqa: E402
from harness.waiting import until  # noqa: E402
from suite import pdf  # noqa: E402


class RevocationTest(PortalTest):
    @classmethod
    def ready(cls):
        super().ready()
        cls.books = Books(cls.suite)

    def find(self, draft, kind: str) -> None:
        """The authority finds something about the only case of the application."""
        application = uuid.UUID(draft.name.rpartition("/")[2]).bytes
        task = self.books.one("routing", "SELECT task FROM kase WHERE application = ?", application)
        self.suite.authority("transport").find(str(uuid.UUID(bytes=task)), kind)

    def penalty_state(self, who) -> str:
        from xiufu.common.v1 import common_pb2
        return next(common_pb2.RecordState.Name(record.snapshot.state).removeprefix("RECORD_STATE_")
                    for record in self.portal.search(who.uscc)
                    if record.snapshot.matter == common_pb2.MATTER_KIND_PENALTY)

    def await_restored(self, draft):
        return until(lambda: (a := self.get(draft)).cases[0].revocation.HasField("restore_time") and a.cases[0],
                     "the record is restored")

    def commitments(self, who):
        from xiufu.publication.v1 import commitment_pb2, commitment_pb2_grpc
        with self.client.channel(self.suite.service("publication").address) as channel:
            return commitment_pb2_grpc.CommitmentServiceStub(channel).ListCommitments(
                commitment_pb2.ListCommitmentsRequest(subject_uscc=who.uscc), timeout=10,
                metadata=self.suite.credentials("portal")).commitments

    def test_false_papers(self):
        from xiufu.common.v1 import common_pb2
        from xiufu.publication.v1 import commitment_pb2
        who, draft = self.submitted()
        until(lambda: self.get(draft).loop_closed, "the loop is closed")
        self.assertEqual(self.penalty_state(who), "ENDED")
        self.assertEqual([c.state for c in self.commitments(who)], [commitment_pb2.Commitment.IN_FORCE])
        self.find(draft, "FALSE_MATERIAL")
        case = self.await_restored(draft)
        self.assertEqual(case.state, common_pb2.CASE_STATE_CONCLUDED)
        self.assertEqual(case.revocation.kind, "FALSE_MATERIAL")
        self.assertEqual(self.penalty_state(who), "PUBLISHED")
        # It is a record of its own, and bars the subject.
        breach = next(record.snapshot for record in self.portal.search(who.uscc)
                      if record.snapshot.matter == common_pb2.MATTER_KIND_BREACH)
        self.assertEqual(breach.state, common_pb2.RECORD_STATE_PUBLISHED)
        self.assertEqual(breach.document_no, case.revocation.document_no)
        until_date = f"{TODAY.year + 3}-{TODAY.month:02}-{TODAY.day:02}"
        self.assertEqual(case.revocation.ban_until, until_date)
        penalty = next(record for record in self.portal.search(who.uscc)
                       if record.snapshot.matter == common_pb2.MATTER_KIND_PENALTY)
        eligibility = self.portal.check(who.uscc, [penalty.name])[0]
        self.assertEqual(eligibility.verdict, self.messages.Eligibility.NOT_YET)
        self.assertEqual((eligibility.ban.until_date, eligibility.ban.unverified), (until_date, True))
        refusal = self.refused("FAILED_PRECONDITION", "SUBJECT_BANNED",
                               lambda: self.portal.create(who.uscc, [penalty.name]))
        self.assertEqual(refusal.metadata["until_date"], until_date)
        broken = self.commitments(who)
        self.assertEqual([c.state for c in broken], [commitment_pb2.Commitment.BROKEN])
        self.assertEqual(broken[0].document_no, case.revocation.document_no)

    def test_killed_between_the_revocation_and_the_restored_record(self):
        who, draft = self.submitted()
        until(lambda: self.get(draft).loop_closed, "the loop is closed")
        publication, result_sync = self.suite.service("publication"), self.suite.service("result_sync")
        publication.kill()
        self.find(draft, "FALSE_MATERIAL")
        application = uuid.UUID(draft.name.rpartition("/")[2]).bytes
        until(lambda: self.books.rows("result_sync", "SELECT 1 FROM revocation WHERE application = ?", application),
              "the revocation is in the ledger")
        result_sync.kill()
        for service in (publication, result_sync):
            service.start()
            service.wait_serving()
        self.await_restored(draft)
        self.assertEqual(self.penalty_state(who), "PUBLISHED")
        from xiufu.common.v1 import common_pb2
        breaches = [record for record in self.portal.search(who.uscc)
                    if record.snapshot.matter == common_pb2.MATTER_KIND_BREACH]
        self.assertEqual(len(breaches), 1)

    def test_a_plan_that_fails(self):
        who, records = self.subject_with_records(("transport",))
        draft = self.portal.create(who.uscc, list(records.values()),
                                   basis=self.messages.REPAIR_BASIS_BANKRUPTCY_PLAN)
        day = TODAY.isoformat()
        self.portal.upload(draft.name, "M2", "信用承诺书.pdf", pdf.commitment(who.name, who.uscc, day))
        self.portal.upload(draft.name, "M10", "民事裁定书.pdf", pdf.proof(who.name, [], day))
        self.portal.submit(draft.name)
        until(lambda: self.get(draft).loop_closed, "the loop is closed")
        self.assertEqual(self.penalty_state(who), "SHIELDED")
        self.find(draft, "PLAN_FAILED")
        self.await_restored(draft)
        self.assertEqual(self.penalty_state(who), "PUBLISHED")


if __name__ == "__main__":
    unittest.main()
