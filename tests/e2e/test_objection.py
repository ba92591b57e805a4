"""Objections on real processes, the desk for what a person has to compare, and papers that the case held already."""

import json
import os
import subprocess
import sys
import unittest
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.books import Books  # noqa: E402
from harness.portal_test import TODAY, PortalTest  # noqa: E402
from harness.waiting import until  # noqa: E402
from suite import pdf  # noqa: E402


class ObjectionTest(PortalTest):
    @classmethod
    def ready(cls):
        super().ready()
        from xiufu.common.v1 import objection_pb2 as common
        from xiufu.intake.v1 import objection_pb2, objection_pb2_grpc
        cls.common, cls.objections = common, objection_pb2
        cls.channel = cls.client.channel(cls.suite.service("intake").address)
        cls.addClassCleanup(cls.channel.close)
        cls.stub = objection_pb2_grpc.ObjectionServiceStub(cls.channel)
        cls.books = Books(cls.suite)

    def call(self, method: str, **fields):
        request = getattr(self.objections, f"{method}Request")(**fields)
        return self.client.retrying(lambda: getattr(self.stub, method)(
            request, timeout=10, metadata=self.suite.credentials("portal")))

    def file(self, who, record: str, kind: str, **fields):
        draft = self.call("CreateObjection", request_id=str(uuid.uuid4()), subject_uscc=who.uscc, record=record,
                          kind=f"OBJECTION_KIND_{kind}", statement="公示的罚款金额与决定书不一致。",
                          applicant=self.messages.Applicant(name="测试经办人", phone="0415-0000000", capacity=2), **fields)
        self.portal.upload(draft.name, "M16", "处罚决定书.pdf", pdf.proof(who.name, [], TODAY.isoformat()))
        filed = self.call("FileObjection", request_id=str(uuid.uuid4()), name=draft.name)
        self.assertEqual(len(filed.evidence), 1)
        return draft

    def objection(self, draft):
        return self.call("GetObjection", name=draft.name, query_code=draft.query_code)

    def await_objection(self, draft, state: str):
        wanted = self.common.ObjectionState.Value(f"OBJECTION_STATE_{state}")
        return until(lambda: (o := self.objection(draft)).state == wanted and o, f"the objection becomes {state}")

    def desk(self, *words: str) -> str:
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", "desk", *words, "--config", self.root / "config"],
                              capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_upheld_while_the_record_stays_public(self):
        self.suite.authority("transport").behave("approve+upholds+second_opinion")
        who, records = self.subject_with_records(("transport",))
        draft = self.file(who, records["transport"], "CONTENT")
        upheld = self.await_objection(draft, "UPHELD")
        self.assertTrue(upheld.correction)
        self.assertTrue(upheld.due_date)
        self.assertEqual(list(self.record_states(who).values()), ["PUBLISHED"], "no stay of publicity")
        texts = [step.text for step in upheld.steps]
        self.assertIn(upheld.due_date, texts[1], "counted from the day its authority has it")
        self.assertIn("异议成立", texts[-1])
        # The second, opposite answer is a person's to compare, and never applied.
        mine = draft.name.rpartition("/")[2]
        found = until(lambda: [one for one in json.loads(self.desk("conflicts", "--json"))["conflicts"]
                               if mine in one["what"]], "the second answer is on the desk")
        self.assertEqual((found[0]["kind"], len(found)), ("OBJECTION_ANSWER", 1))
        command = found[0]["choices"][0].split()
        task, answer = command[command.index("--task") + 1], command[command.index("--answer") + 1].strip("'")
        self.desk("dismiss", mine, "--task", task, "--answer", answer, "--person", "李某", "--reason", "以先到的答复为准")
        self.assertNotIn(mine, self.desk("conflicts"))
        self.assertEqual(self.objection(draft).state, upheld.state)

    def test_not_theirs_then_assigned_and_rejected_beside_a_repair(self):
        self.suite.authority("transport").behave("approve+disowns")
        self.suite.authority("urban-management").behave("approve")
        who, records = self.subject_with_records(("transport",))
        draft = self.file(who, records["transport"], "PERIOD")
        self.await_objection(draft, "TO_BE_ASSIGNED")
        # The repair of the same record goes its way meanwhile.
        repair = self.draft(who, list(records.values()))
        self.portal.submit(repair.name)
        until(lambda: self.get(repair).loop_closed, "the repair is approved with the objection open")
        mine = draft.name.rpartition("/")[2]
        self.assertIn(mine, self.desk("objections", "--unassigned"))
        self.desk("assign-objection", mine, "--authority", "urban-management", "--person", "王某", "--reason", "职责在城管")
        rejected = self.await_objection(draft, "REJECTED")
        self.assertTrue(rejected.reasons and rejected.remedies)
        self.assertEqual(rejected.authority.code, "urban-management")
        # An objection to the result names the case, which has ended.
        case = self.get(repair).cases[0]
        result = self.file(who, records["transport"], "RESULT", application=repair.name, case_name=case.name)
        self.await_objection(result, "TO_BE_ASSIGNED")
        self.call("WithdrawObjection", request_id=str(uuid.uuid4()), name=result.name)
        self.await_objection(result, "WITHDRAWN")
        # One is open per kind and record; the PERIOD is answered, so there may be another.
        again = self.file(who, records["transport"], "PERIOD")
        self.refused("FAILED_PRECONDITION", "OBJECTION_IS_OPEN", lambda: self.file(who, records["transport"], "PERIOD"))
        self.await_objection(again, "TO_BE_ASSIGNED")
        self.refused("FAILED_PRECONDITION", "NOTHING_TO_WITHDRAW", lambda: self.call(
            "WithdrawObjection", request_id=str(uuid.uuid4()), name=result.name))

    def test_what_was_given_is_not_asked_for_again(self):
        self.suite.authority("transport").behave("asks_needlessly")
        _, draft = self.submitted()
        until(lambda: self.get(draft).loop_closed, "approved without a turn of the applicant")
        number = draft.name.rpartition("/")[2].replace("-", "")
        self.assertEqual(self.books.rows("intake", f"SELECT code FROM timeline WHERE lower(hex(application)) = '{number}' "
                                                   "AND code LIKE '%SUPPLEMENT%'"), [])
        self.assertEqual(self.books.one("routing", "SELECT count(*) FROM needless_request WHERE authority_code = 'transport'"
                                                   " AND kind = 'M2' AND whole = 1"), 1)


if __name__ == "__main__":
    unittest.main()
