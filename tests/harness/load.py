"""A load of applications with a ledger of its own: what was asked, under which request ids, and what was promised."""

import concurrent.futures
import dataclasses
import datetime
import threading
import time
import uuid
import zoneinfo

from suite import authorities, feed, pdf


@dataclasses.dataclass
class Entry:
    """One application as its applicant knows it."""
    subject: str
    records: list[str]
    request_ids: dict[str, str] = dataclasses.field(default_factory=lambda: {
        step: str(uuid.uuid4()) for step in ("create", "M2", "M3", "submit")})
    name: str = ""
    query_code: str = ""
    accepted: bool = False  # the submit was answered with OK


class Load:
    """Subjects 1..n, each with `per_subject` repairable records of different authorities."""

    def __init__(self, suite, first: int = 1):
        from suite import client  # needs the stubs that the suite has made by now
        self.client = client
        self.suite = suite
        self.today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date()
        self.entries: list[Entry] = []
        self._next_subject = first
        self._mutex = threading.Lock()
        self._subjects: list[str] = []

    def portal(self):
        return self.client.Portal(self.suite.service("intake").address, self.suite.credentials("portal"))

    def import_subjects(self, count: int) -> None:
        """Three repairable records for each of `count` new subjects."""
        known = authorities.load()
        rows = []
        for number in range(self._next_subject, self._next_subject + count):
            who = feed.subject(number)
            rows += feed.repairable(who, self.today, known[number % len(known):] + known[:number % len(known)],
                                    10 * number)
            self._subjects.append(who.uscc)
        self._next_subject += count
        report = self.client.import_records(self.suite.service("publication").address, self.suite.credentials("operator"),
                                       feed.to_csv(rows), "load.csv", feed.LAYOUT)
        if report.errors or report.imported != len(rows):
            raise RuntimeError(f"the load's feed was not imported whole: {report}")

    def draft(self, records_each: int = 3) -> Entry:
        """Takes the next imported subject; the application is made, its papers uploaded."""
        with self._mutex:
            subject = self._subjects.pop(0)
        portal = self.portal()
        try:
            records = [record.name for record in portal.search(subject)][:records_each]
            entry = Entry(subject, records)
            made = self._insist(lambda: portal.create(subject, records, entry.request_ids["create"]))
            entry.name, entry.query_code = made.name, made.query_code
            day = self.today.isoformat()
            for kind, content in (("M2", pdf.commitment("测试", subject, day)), ("M3", pdf.proof("测试", ["测试"], day))):
                self._insist(lambda: portal.upload(made.name, kind, f"{kind}.pdf", content, entry.request_ids[kind]))
        finally:
            portal.close()
        with self._mutex:
            self.entries.append(entry)
        return entry

    def submit(self, entry: Entry) -> Entry:
        portal = self.portal()
        try:
            self._insist(lambda: portal.submit(entry.name, entry.request_ids["submit"]))
        finally:
            portal.close()
        entry.accepted = True
        return entry

    def run(self, count: int, records_each: int = 3, at_once: int = 4) -> list[Entry]:
        """Drafts and submits `count` applications, some at once."""
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(lambda _: self.submit(self.draft(records_each)), range(count)))

    def _insist(self, call, seconds: float = 90):
        """The applicant's portal asks again, with the same request id, until it is answered one way or the other."""
        end = time.monotonic() + seconds
        while True:
            try:
                return call()
            except self.client.Refusal as refusal:
                passing = refusal.code.name in ("UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED")
                if not passing or time.monotonic() > end:
                    raise
                time.sleep(0.1)
