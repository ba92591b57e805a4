"""One application from search to its end, as a portal sees it."""

import os
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest  # noqa: E402
from harness.waiting import until  # noqa: E402

CASE = {0: "UNSPECIFIED", 1: "RECEIVED", 2: "WITH_AUTHORITY", 3: "ACCEPTED", 4: "SUPPLEMENT_REQUESTED", 5: "DECIDED",
        6: "CONCLUDED"}


class ApplicationTest(PortalTest):
    def behave(self, code, character):
        self.suite.authority(code).behave(character)
        self.addCleanup(self.suite.authority(code).behave, "approve")

    def test_three_records_of_three_authorities_are_repaired(self):
        who, records = self.subject_with_records()
        self.assertEqual(set(self.record_states(who).values()), {"PUBLISHED"})

        eligibilities = self.portal.check(who.uscc)
        self.assertEqual({e.record for e in eligibilities}, set(records.values()))
        for e in eligibilities:
            self.assertEqual(e.verdict, self.messages.Eligibility.ELIGIBLE, e)
            self.assertEqual([m.kind for m in e.materials], ["M2", "M3"])
            self.assertTrue(e.reasons and e.source and e.confidence and e.rule.rule_id)
            self.assertEqual(len(e.reasons), len(e.reasons_en))
            self.assertEqual((e.channel.id, e.handling), ("CREDIT_CHINA", "IN_SUITE"))
            self.assertTrue(e.channel.source and e.channel.confidence)
            to_prove = {c.id for c in e.conditions if c.state == self.messages.Eligibility.Condition.TO_PROVE}
            self.assertEqual(to_prove, {"COND_PERFORMED", "COND_COMMITMENT"})
            # Told of every rule that may govern; the latest of them is when one may apply.
            self.assertEqual(max(period.earliest_date for period in e.periods), e.earliest_date)
        self.assertEqual({e.record_class for e in eligibilities}, {"MINOR", "GENERAL", "SERIOUS"})

        draft = self.draft(who, list(records.values()))
        self.assertRegex(draft.number, r"^XYXF210600\d{8}\d{8}[0-9A-Z]$")
        self.assertTrue(draft.query_code)
        self.assertEqual(draft.state, self.messages.Application.DRAFT)
        submitted = self.portal.submit(draft.name)
        self.assertEqual(submitted.query_code, "")

        timeline = list(self.portal.watch(draft.name, draft.query_code))
        self.assertEqual([entry.position for entry in timeline], list(range(1, len(timeline) + 1)))
        self.assertTrue(all(entry.text and entry.text_en and entry.code for entry in timeline))
        for record in records.values():
            states = [CASE[entry.case_state] for entry in timeline if entry.record == record and entry.case_name]
            first = [state for i, state in enumerate(states) if state not in states[:i]]
            self.assertEqual(first[-1], "CONCLUDED")
            self.assertLess(first.index("RECEIVED"), first.index("WITH_AUTHORITY"))
            self.assertLess(first.index("WITH_AUTHORITY"), first.index("ACCEPTED"))
            self.assertLess(first.index("ACCEPTED"), first.index("CONCLUDED"))

        final = self.get(draft)
        self.assertEqual(final.state, self.messages.Application.CONCLUDED)
        self.assertTrue(final.loop_closed)
        self.assertTrue(final.HasField("submit_time") and final.HasField("conclude_time"))
        self.assertEqual({case.record: case.authority.code for case in final.cases},
                         {record: code for code, record in records.items()})
        for case in final.cases:
            self.assertEqual((CASE[case.state], case.result), ("CONCLUDED", 1))
            self.assertTrue(case.decision_no and case.decision_date and case.authority_no)
            self.assertTrue(case.deadlines and case.HasField("loop_close_time"))
        self.assertEqual(set(self.record_states(who).values()), {"ENDED"})
        by_number = self.portal.get(f"applications/{draft.number}", draft.query_code)
        self.assertEqual(by_number.name, draft.name)

    def test_authorities_checked_both_papers(self):
        before = self.suite.authority("transport").state()
        _, draft = self.submitted()
        self.await_state(draft, "CONCLUDED")
        after = self.suite.authority("transport").state()
        self.assertEqual(after["materials_verified"] - before["materials_verified"], 2)
        self.assertEqual(after["materials_wrong"], 0)
        self.assertEqual(after["answers_refused"], 0)

    def test_refusal_gives_reasons_and_leaves_the_record_public(self):
        self.behave("environment", "refuse")
        who, records = self.subject_with_records()
        draft = self.draft(who, list(records.values()))
        self.portal.submit(draft.name)
        list(self.portal.watch(draft.name, draft.query_code))
        final = self.await_state(draft, "CONCLUDED")
        results = {case.authority.code: case for case in final.cases}
        self.assertEqual({code: case.result for code, case in results.items()},
                         {"transport": 1, "environment": 2, "urban-management": 1})
        self.assertTrue(results["environment"].reasons and results["environment"].remedies)
        until(lambda: self.record_states(who) == {records["transport"]: "ENDED", records["environment"]: "PUBLISHED",
                                                  records["urban-management"]: "ENDED"}, "the approved two are ended")

    def test_refused_record_can_be_applied_for_again(self):
        self.behave("transport", "refuse")
        who, draft = self.submitted()
        self.await_state(draft, "CONCLUDED")
        self.suite.authority("transport").behave("approve")
        again = self.draft(who, list(draft.records))
        self.portal.submit(again.name)
        final = self.await_state(again, "CONCLUDED")
        self.assertEqual([case.result for case in final.cases], [1])

    def test_supplement_round(self):
        self.behave("transport", "supplement_once")
        who, draft = self.submitted()
        waiting = self.await_state(draft, "SUPPLEMENT_REQUESTED")
        case, = waiting.cases
        self.assertEqual(CASE[case.state], "SUPPLEMENT_REQUESTED")
        self.assertTrue(case.defects)

        self.refused("NOT_FOUND", "CASE_NOT_FOUND", lambda: self.portal.supplement(
            draft.name, "cases/" + "0" * 8 + "-0000-8000-8000-" + "0" * 12, [waiting.materials[0].name]))
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.supplement(draft.name, case.name, []), "materials")

        paper = self.upload_papers(draft.name, who)[1]
        request_id = "0b1f4f3e-6f0f-4b4e-9a3e-3f1f0d2c1a01"
        first = self.portal.supplement(draft.name, case.name, [paper.name], "已补充缴款凭证", request_id)
        second = self.portal.supplement(draft.name, case.name, [paper.name], "已补充缴款凭证", request_id)
        self.assertEqual(first, second)
        timeline = list(self.portal.watch(draft.name, draft.query_code))
        final = self.get(draft)
        self.assertEqual(final.state, self.messages.Application.CONCLUDED)
        self.assertEqual((final.cases[0].result, final.cases[0].supplement_round), (1, 1))
        codes = [entry.code for entry in timeline]
        self.assertLess(codes.index("CASE_SUPPLEMENT_REQUESTED"), codes.index("CASE_SUPPLEMENTED"))
        self.assertEqual(codes.count("CASE_SUPPLEMENTED"), 1)
        self.assertEqual(self.suite.authority("transport").state()["materials_wrong"], 0)
        self.refused("FAILED_PRECONDITION", None, lambda: self.portal.supplement(draft.name, case.name, [paper.name]))

    def test_answers_sent_twice_and_a_second_opinion_change_nothing(self):
        self.behave("transport", "approve+twice+second_opinion")
        who, draft = self.submitted()
        final = self.await_state(draft, "CONCLUDED")
        self.assertEqual([case.result for case in final.cases], [1])
        until(lambda: self.suite.authority("transport").state()["tasks_open"] == 0, "every answer is acknowledged")
        timeline = list(self.portal.watch(draft.name, draft.query_code))
        self.assertEqual(sum(e.code.startswith("CASE_CONCLUDED") for e in timeline), 1)
        self.assertEqual([case.result for case in self.get(draft).cases], [1])
        until(lambda: set(self.record_states(who).values()) == {"ENDED"}, "ended")

    def test_flaky_authority_gets_each_task_once(self):
        self.behave("transport", "approve+flaky")
        drafts = [self.submitted()[1] for _ in range(5)]
        for draft in drafts:
            self.assertEqual([case.result for case in self.await_state(draft, "CONCLUDED").cases], [1])

    def test_watch_resumes_behind_the_last_entry(self):
        _, draft = self.submitted()
        whole = list(self.portal.watch(draft.name, draft.query_code))
        self.assertGreater(len(whole), 4)
        for after in (1, 3, len(whole) - 1):
            self.assertEqual(list(self.portal.watch(draft.name, draft.query_code, after=after)), whole[after:])
        self.assertEqual(list(self.portal.watch(draft.name, draft.query_code, after=len(whole))), [])

    def test_watch_is_live(self):
        self.behave("transport", "silent")
        _, draft = self.submitted()
        until(lambda: CASE[max((c.state for c in self.get(draft).cases), default=0)] == "WITH_AUTHORITY",
              "the authority has the task")
        seen, arrived = [], threading.Condition()

        def follow():
            try:
                for entry in self.portal.watch(draft.name, draft.query_code, seconds=3):
                    with arrived:
                        seen.append(entry)
                        arrived.notify()
            except TimeoutError:
                pass

        follower = threading.Thread(target=follow)
        follower.start()
        with arrived:
            self.assertTrue(arrived.wait_for(
                lambda: any(e.code == "CASE_WITH_AUTHORITY" for e in seen), 10), "what was before is told at once")
        self.assertTrue(follower.is_alive(), "the stream stays open while the application is under way")
        follower.join()

    def test_watch_survives_a_restart_of_intake(self):
        self.behave("transport", "approve+slow")
        _, draft = self.submitted()
        timeline = []
        for entry in self.portal.watch(draft.name, draft.query_code):
            timeline.append(entry)
            if len(timeline) == 2:
                self.suite.service("intake").kill()
                self.suite.service("intake").start()
        self.assertEqual([entry.position for entry in timeline], list(range(1, len(timeline) + 1)))
        self.assertEqual(self.get(draft).state, self.messages.Application.CONCLUDED)

    def test_services_stop_in_order_within_five_seconds(self):
        for name, service in self.suite.services.items():
            begin = time.monotonic()
            service.process.stop(seconds=20)
            self.assertLess(time.monotonic() - begin, 5, name)
            self.assertEqual(service.process.exit_code(), 0, f"{name}: {service.process.log_tail()}")
            service.start()
        for service in self.suite.services.values():
            service.wait_serving()


if __name__ == "__main__":
    unittest.main()
