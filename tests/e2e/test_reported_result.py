"""An authority does by itself what an open case asks of it, or annuls the record: that is the case's answer."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.books import Books  # noqa: E402
from harness.portal_test import PortalTest, TODAY  # noqa: E402
from harness.waiting import until  # noqa: E402


class ReportedResultTest(PortalTest):
    @classmethod
    def ready(cls):
        super().ready()
        cls.books = Books(cls.suite)
        cls.suite.authority("transport").behave("silent")

    def report(self, record, kind: str, source: str = "丹交函〔2026〕7号"):
        from xiufu.publication.v1 import publication_pb2, publication_pb2_grpc
        request = publication_pb2.ReportResultRequest(
            matter=record.matter, subject_uscc=record.subject_uscc, authority_uscc=record.authority.uscc,
            document_no=record.document_no, kind=publication_pb2.ReportResultRequest.Kind.Value(kind),
            day=TODAY.isoformat(), reason="自行纠正", source=source)
        with self.client.channel(self.suite.service("publication").address) as channel:
            return publication_pb2_grpc.PublicationServiceStub(channel).ReportResult(
                request, timeout=10, metadata=self.suite.credentials("operator"))

    def snapshot(self, who):
        return self.portal.search(who.uscc)[0].snapshot

    def result(self, application) -> str:
        from xiufu.common.v1 import common_pb2
        return common_pb2.CaseResult.Name(application.cases[0].result).removeprefix("CASE_RESULT_")

    def parked(self) -> int:
        return sum(self.books.one(name, "SELECT count(*) FROM waiting WHERE state <> 3")
                   for name in ("intake", "routing", "result_sync", "publication"))

    def test_a_repair_that_the_authority_made_by_itself(self):
        who, draft = self.submitted()
        self.await_state(draft, "IN_PROGRESS")
        for _ in range(2):  # told twice is told once
            self.report(self.snapshot(who), "MOVED_OUT")
        done = until(lambda: (a := self.get(draft)).loop_closed and a, "the loop is closed")
        self.assertEqual(self.result(done), "APPROVED")
        self.assertEqual(list(self.record_states(who).values()), ["ENDED"])
        self.assertIn("该单位已自行完成信用修复", self.books.timeline(draft))
        self.assertEqual([tuple(row) for row in self.books.rows(
            "result_sync", "SELECT result, reported_by FROM decision WHERE record = ?", self.record(who))],
            [(1, "丹交函〔2026〕7号")])
        self.assertEqual(self.parked(), 0)

    def test_an_annulled_penalty_is_no_repair(self):
        who, draft = self.submitted()
        self.await_state(draft, "IN_PROGRESS")
        self.report(self.snapshot(who), "ANNULLED")
        done = self.await_state(draft, "CONCLUDED")
        self.assertEqual(self.result(done), "RECORD_WITHDRAWN")
        self.assertEqual(list(self.record_states(who).values()), ["WITHDRAWN"])
        self.assertIn("记录已撤下，无需修复", self.books.timeline(draft))
        self.refused("FAILED_PRECONDITION", None, lambda: self.portal.create(who.uscc, [self.name_of(who)]))

    def test_a_draft_that_did_not_know_it(self):
        who, records = self.subject_with_records(("transport",))
        draft = self.draft(who, list(records.values()))
        self.report(self.snapshot(who), "MOVED_OUT")
        self.portal.submit(draft.name)
        done = until(lambda: (a := self.get(draft)).loop_closed and a, "the loop is closed")
        self.assertEqual(self.result(done), "APPROVED")

    def test_while_routing_is_down(self):
        who, draft = self.submitted()
        self.await_state(draft, "IN_PROGRESS")
        routing = self.suite.service("routing")
        routing.kill()
        self.report(self.snapshot(who), "MOVED_OUT")
        routing.start()
        routing.wait_serving()
        until(lambda: self.get(draft).loop_closed, "the loop is closed")

    def name_of(self, who) -> str:
        return self.portal.search(who.uscc)[0].name

    def record(self, who) -> bytes:
        import uuid
        return uuid.UUID(self.name_of(who).rpartition("/")[2]).bytes


if __name__ == "__main__":
    unittest.main()
