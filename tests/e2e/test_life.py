"""Every way in and out of a case on real processes: refused at the door, extended, returned and assigned, asked twice,
withdrawn, closed because no supplement came."""

import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.books import Books  # noqa: E402
from harness.portal_test import PortalTest  # noqa: E402
from harness.scenario import Scenario  # noqa: E402
from harness.waiting import until  # noqa: E402

SERVICES = ("intake", "routing", "department_adapter", "result_sync", "publication")
DAYS = 24 * 3600


class LifeTest(PortalTest):
    @classmethod
    def configure(cls):
        cls.shift_file = cls.root / "clock-shift"
        Scenario.settable_clock(cls.suite.service("routing"), cls.shift_file)

    @classmethod
    def ready(cls):
        super().ready()
        cls.books = Books(cls.suite)

    def setUp(self):
        for code in ("transport", "urban-management"):
            self.suite.authority(code).behave("approve")

    def tearDown(self):
        self.assertEqual({name: self.books.one(name, "SELECT count(*) FROM waiting WHERE state <> 3") for name in SERVICES},
                         dict.fromkeys(SERVICES, 0), "nothing waits or is parked")

    def state(self, draft) -> str:
        from xiufu.common.v1 import common_pb2
        return common_pb2.CaseState.Name(self.get(draft).cases[0].state).removeprefix("CASE_STATE_")

    def await_case(self, draft, state: str):
        until(lambda: self.get(draft).cases and self.state(draft) == state, f"the case becomes {state}")
        return self.get(draft).cases[0]

    def desk(self, *words: str) -> str:
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", "desk", *words, "--target",
                               self.suite.service("routing").address, "--credentials", self.root / "credentials"],
                              capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def cancelled(self, code: str) -> int:
        return self.suite.authority(code).state()["cancellations"]

    def test_not_accepted_may_be_applied_for_again(self):
        self.suite.authority("transport").behave("not_accepted")
        who, draft = self.submitted()
        case = self.await_case(draft, "NOT_ACCEPTED")
        self.assertTrue(case.reasons)
        self.assertTrue(case.remedies)
        self.assertEqual(self.get(draft).state, self.messages.Application.State.Value("NOT_ACCEPTED"))
        self.assertIn("不予受理", self.books.timeline(draft))
        self.assertEqual(list(self.record_states(who).values()), ["PUBLISHED"])
        self.suite.authority("transport").behave("approve")
        again = self.draft(who, list(self.record_states(who)))
        self.portal.submit(again.name)
        until(lambda: self.get(again).loop_closed, "the second application is approved")

    def test_extended_and_decided_all_the_same(self):
        self.suite.authority("transport").behave("extend_once")
        _, draft = self.submitted()
        until(lambda: self.get(draft).loop_closed, "the loop is closed")
        self.assertIn("延长", self.books.timeline(draft))
        self.assertEqual(self.books.rows("routing", "SELECT kind FROM deadline WHERE kind = 'EXTEND'")[0]["kind"], "EXTEND")

    def test_returned_and_assigned_to_another(self):
        self.suite.authority("transport").behave("returns")
        _, draft = self.submitted()
        self.await_case(draft, "TO_BE_ASSIGNED")
        waiting = [one for one in json.loads(self.desk("cases", "--json"))["cases"]
                   if one["application"] == draft.name.rpartition("/")[2]]
        self.assertEqual(len(waiting), 1)
        self.assertTrue(waiting[0]["reason"])
        self.assertIn(waiting[0]["case"], self.desk("cases"))
        self.desk("assign", waiting[0]["case"], "--authority", "urban-management", "--person", "王某", "--reason", "职责在城管")
        done = until(lambda: (a := self.get(draft)).loop_closed and a, "the other authority approves")
        self.assertEqual(done.cases[0].authority.code, "urban-management")

    def test_asking_twice_needs_a_supervisor(self):
        self.suite.authority("transport").behave("asks_twice")
        who, draft = self.submitted()
        case = self.await_case(draft, "SUPPLEMENT_REQUESTED")
        self.portal.supplement(draft.name, case.name, [self.upload_papers(draft.name, who)[1].name])
        mine = case.name.rpartition("/")[2]
        held = until(lambda: [one for one in json.loads(self.desk("answers", "--json"))["answers"]
                              if one["case"] == mine and one["kind"] == "SUPPLEMENT_REQUESTED"], "the second one is held")
        self.desk("allow", mine, "--answer", held[0]["answer"], "--person", "李某", "--reason", "新的理由成立")
        until(lambda: self.get(draft).cases[0].supplement_round == 2, "it counts from now on")
        self.portal.supplement(draft.name, case.name, [self.upload_papers(draft.name, who)[1].name])
        until(lambda: self.get(draft).loop_closed, "the loop is closed")

    def test_withdrawn_until_an_answer_was_taken(self):
        self.suite.authority("transport").behave("silent")
        who, draft = self.submitted()
        self.await_case(draft, "WITH_AUTHORITY")
        before = self.cancelled("transport")
        self.portal.withdraw(draft.name)
        self.await_case(draft, "WITHDRAWN")
        self.assertEqual(self.get(draft).state, self.messages.Application.State.Value("WITHDRAWN"))
        until(lambda: self.cancelled("transport") == before + 1, "the authority knows")
        self.suite.authority("transport").behave("approve")
        again = self.draft(who, list(self.record_states(who)))
        self.portal.submit(again.name)
        until(lambda: self.get(again).loop_closed, "the second application is approved")
        self.refused("FAILED_PRECONDITION", "NOTHING_TO_WITHDRAW", lambda: self.portal.withdraw(again.name))

    def test_z_closed_because_no_supplement_came(self):
        self.suite.authority("transport").behave("supplement_once")
        late, answered = self.submitted(), self.submitted()
        self.await_case(late[1], "SUPPLEMENT_REQUESTED")
        case = self.await_case(answered[1], "SUPPLEMENT_REQUESTED")
        # One supplement is on its way when the clock runs out, with routing dead: that one is in time.
        routing = self.suite.service("routing")
        routing.kill()
        self.portal.supplement(answered[1].name, case.name, [self.upload_papers(answered[1].name, answered[0])[1].name])
        self.shift_file.write_text(str(60 * DAYS))
        routing.start()
        routing.wait_serving()
        self.await_case(late[1], "CLOSED_NO_SUPPLEMENT")
        until(lambda: self.get(answered[1]).loop_closed, "the other one goes on to its end")
        self.assertIn("补正", self.books.timeline(late[1]))
        closed = self.get(late[1]).cases[0]
        self.refused("FAILED_PRECONDITION", None, lambda: self.portal.supplement(
            late[1].name, closed.name, [self.upload_papers(late[1].name, late[0])[1].name]))


if __name__ == "__main__":
    unittest.main()
