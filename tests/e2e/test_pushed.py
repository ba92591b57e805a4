"""Applications that a simulated 信用中国 pushes, on real processes: one case per record, and every return under its number."""

import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.books import Books  # noqa: E402
from harness.portal_test import PortalTest, TODAY  # noqa: E402
from harness.waiting import until  # noqa: E402
from suite import pdf  # noqa: E402


class PushedTest(PortalTest):
    @classmethod
    def ready(cls):
        super().ready()
        cls.books = Books(cls.suite)
        cls.upstream = cls.suite.upstream

    def setUp(self):
        self.upstream.behave("prompt")
        self.suite.authority("transport").behave("approve")

    def record(self):
        """A new subject's only record, as the portal finds it."""
        who, _ = self.subject_with_records(("transport",))
        return who, self.portal.search(who.uscc)[0]

    def push(self, number: str, who, record):
        self.upstream.push(number, record.snapshot,
                           [("M2", "信用承诺书.pdf", pdf.commitment(who.name, who.uscc, TODAY.isoformat()))])

    def kinds(self, number: str) -> list[str]:
        return [one["kind"] for one in self.upstream.returned(number)]

    def await_kinds(self, number: str, *kinds: str):
        until(lambda: self.kinds(number) == list(kinds), f"{number} is returned {kinds}")

    def cases_of(self, record) -> int:
        uuid = record.name.rpartition("/")[2].replace("-", "")
        return self.books.one("routing", "SELECT count(*) FROM kase WHERE lower(hex(record)) = ?", uuid)

    def test_pushed_twice_and_answers_lost(self):
        self.upstream.behave("twice+forgets")
        who, record = self.record()
        self.push("A1", who, record)
        self.await_kinds("A1", "RECEIVED", "ACCEPTED", "RESULT")
        returns = self.upstream.returned("A1")
        self.assertEqual([one["sequence"] for one in returns], ["1", "2", "3"])
        until(lambda: [one["calls"] for one in self.upstream.returned("A1")] == [2, 2, 2], "each came twice")
        self.assertEqual(returns[-1]["result"], "CASE_RESULT_APPROVED")
        self.assertTrue(returns[-1]["decisionNo"])
        self.assertEqual(self.cases_of(record), 1)
        until(lambda: list(self.record_states(who).values()) == ["ENDED"], "its publicity is ended")

    def test_what_is_thought_of_the_papers_reaches_the_authority(self):
        self.suite.authority("transport").behave("silent")
        who, record = self.record()
        self.push("O1", who, record)
        until(lambda: self.cases_of(record) == 1, "the case is open")
        uuid = record.name.rpartition("/")[2].replace("-", "")
        case = self.books.one("routing", "SELECT lower(hex(id)) FROM kase WHERE lower(hex(record)) = ?", uuid)
        case = f"{case[:8]}-{case[8:12]}-{case[12:16]}-{case[16:20]}-{case[20:]}"

        def opinions():
            return [json.loads(row["body"]) for row in self.books.authority_rows(
                "transport", "SELECT opinion.body FROM opinion JOIN task USING (task)"
                " WHERE json_extract(task.body, '$.caseId') = ? ORDER BY opinion.received_ms, opinion.review DESC", case)]

        own = until(opinions, "the suite's own look comes with the task")
        self.assertEqual([one["by"] for one in own], [""])
        self.assertTrue(own[0]["text"].startswith("材料齐全性核对（系统）"))
        self.assertNotIn("M2", own[0]["missing"])
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", "review", "opinion", case, "--person", "赵某", "--text",
                               "整改报告缺页", "--target", self.suite.service("routing").address, "--credentials",
                               self.root / "credentials"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        both = until(lambda: len(opinions()) == 2 and opinions(), "the reviewer's follows")
        self.assertIn(("REVIEWER", "整改报告缺页"), [(one["by"], one["text"]) for one in both])

    def test_intake_dies_between_push_and_return(self):
        self.upstream.behave("down")
        who, record = self.record()
        self.push("B1", who, record)
        until(lambda: self.cases_of(record) == 1, "the case is open")
        intake = self.suite.service("intake")
        intake.kill()
        self.push("B1", who, record)  # its answer was lost with it
        self.upstream.behave("slow")
        intake.start()
        intake.wait_serving()
        self.await_kinds("B1", "RECEIVED", "ACCEPTED", "RESULT")
        self.assertEqual(self.cases_of(record), 1)

    def test_one_case_for_both_doors(self):
        self.suite.authority("transport").behave("supplement_once")
        who, record = self.record()
        draft = self.draft(who, [record.name])
        self.push("C1", who, record)
        until(lambda: self.kinds("C1")[:1] == ["RECEIVED"], "the push is in")
        self.refused("ALREADY_EXISTS", "RECORD_HAS_OPEN_APPLICATION", lambda: self.portal.submit(draft.name))
        self.push("C2", who, record)
        self.await_kinds("C1", "RECEIVED", "ACCEPTED", "SUPPLEMENT_REQUESTED")
        asked = self.upstream.returned("C1")[-1]
        self.assertTrue(asked["defects"] and asked["dueDate"])
        self.upstream.supplement("C1", asked["round"], [
            ("M3", "缴款凭证.pdf", pdf.proof(who.name, [record.snapshot.document_no], TODAY.isoformat()))])
        until(lambda: self.kinds("C1")[-1] == "RESULT", "the supplement was taken")
        until(lambda: self.kinds("C2")[-1:] == ["RESULT"], "the number that joined is told too")
        self.assertEqual(self.cases_of(record), 1)

    def test_given_up_upstream(self):
        self.suite.authority("transport").behave("silent")
        who, record = self.record()
        self.push("D1", who, record)
        until(lambda: self.cases_of(record) == 1, "the case is open")
        until(lambda: self.kinds("D1") == ["RECEIVED"], "it is told so")
        self.upstream.withdraw("D1")
        self.await_kinds("D1", "RECEIVED", "WITHDRAWN")

    def test_refused_for_good_is_parked(self):
        self.upstream.behave("refusing")
        who, record = self.record()
        self.push("E1", who, record)
        until(lambda: self.books.one("intake", "SELECT count(*) FROM job WHERE state = 1") == 1, "the return is parked")


if __name__ == "__main__":
    unittest.main()
