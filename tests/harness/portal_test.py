"""A suite with a portal beside it: what the tests that see it from outside have in common."""

import datetime
import itertools
import zoneinfo

from suite import authorities, feed, pdf

from .suite_test import SuiteTest
from .waiting import until

TODAY = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date()


class PortalTest(SuiteTest):
    """Tests use their own subjects, so that none sees another's records."""

    @classmethod
    def ready(cls):
        from suite import client  # needs the stubs that the suite has made by now
        cls.client = client
        cls.portal = client.Portal(cls.suite.service("intake").address, cls.suite.credentials("portal"))
        cls.addClassCleanup(cls.portal.close)
        cls.messages = cls.portal.messages
        cls.numbers = itertools.count(1)
        cls.by_code = {authority.code: authority for authority in authorities.load()}

    def import_csv(self, content: bytes, principal: str = "operator", **options):
        return self.client.import_records(
            self.suite.service("publication").address, self.suite.credentials(principal), content,
            options.pop("file_name", "feed.csv"), options.pop("layout", feed.LAYOUT), **options)

    def subject_with_records(self, codes=("transport", "environment", "urban-management")):
        """A new subject with one repairable record of each authority named, in turn of class: minor, general, serious.

        Returns the subject and its records by authority.
        """
        number = next(self.numbers)
        who = feed.subject(20_000 + number)
        rows = feed.repairable(who, TODAY, [self.by_code[code] for code in codes], 100 * number)[:len(codes)]
        report = self.import_csv(feed.to_csv(rows))
        self.assertEqual((report.imported, len(report.errors)), (len(rows), 0))
        found = self.portal.search(who.uscc)
        return who, {record.snapshot.authority.code: record.name for record in found}

    def draft(self, who, records: list[str]):
        """A draft with both papers; its query code is in the answer."""
        draft = self.portal.create(who.uscc, records)
        self.upload_papers(draft.name, who)
        return draft

    def upload_papers(self, application: str, who):
        day = TODAY.isoformat()
        return [self.portal.upload(application, "M2", "信用承诺书.pdf", pdf.commitment(who.name, who.uscc, day)),
                self.portal.upload(application, "M3", "履行义务证明.pdf", pdf.proof(who.name, [], day))]

    def submitted(self, codes=("transport",)):
        """A submitted application of a new subject: (subject, draft with query code)."""
        who, records = self.subject_with_records(codes)
        draft = self.draft(who, list(records.values()))
        self.portal.submit(draft.name)
        return who, draft

    def get(self, draft):
        return self.portal.get(draft.name, draft.query_code)

    def await_state(self, draft, state: str):
        wanted = self.messages.Application.State.Value(state)
        return until(lambda: (a := self.get(draft)).state == wanted and a, f"{draft.name} becomes {state}")

    def record_states(self, who) -> dict[str, str]:
        from xiufu.common.v1 import common_pb2
        return {record.name: common_pb2.RecordState.Name(record.snapshot.state).removeprefix("RECORD_STATE_")
                for record in self.portal.search(who.uscc)}

    def refused(self, code: str, reason: str | None, call, *violations: str):
        """The call is refused with this gRPC code and reason, and names exactly these fields."""
        with self.assertRaises(self.client.Refusal) as caught:
            call()
        refusal = caught.exception
        self.assertEqual(refusal.code.name, code, refusal)
        self.assertEqual(refusal.domain, "xiufu", f"no ErrorInfo: {refusal}")
        if reason:
            self.assertEqual(refusal.reason, reason, refusal)
        if violations:
            self.assertEqual(sorted(refusal.violations), sorted(violations), refusal)
        return refusal
