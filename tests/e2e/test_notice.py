"""The one-time notice and the blank forms, over the whole suite."""

import hashlib
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest, TODAY  # noqa: E402

from suite import feed  # noqa: E402


class NoticeTest(PortalTest):
    def words(self, letter):
        """The text of a letter without spaces, as a PDF reader sees it."""
        self.assertEqual(letter.media_type, "application/pdf")
        self.assertEqual(letter.sha256, hashlib.sha256(letter.content).hexdigest())
        done = subprocess.run(["pdftotext", "-", "-"], input=letter.content, capture_output=True, check=True)
        return "".join(done.stdout.decode().split())

    def test_one_guide_for_three_authorities(self):
        who, records = self.subject_with_records()
        names = list(records.values())
        notice = self.portal.notice(who.uscc, names)
        self.assertEqual([record.eligibility.record for record in notice.records], names)
        self.assertEqual({record.snapshot.authority.code for record in notice.records}, set(records))
        self.assertEqual([material.kind for material in notice.materials], ["M2", "M3"])
        for material in notice.materials:
            self.assertEqual([need.record for need in material.needed_by], names)
        self.assertEqual({record.result_word for record in notice.records}, {"终止公示"})
        self.assertEqual([hotline.number for hotline in notice.hotlines], ["12345"])
        self.assertTrue(all(window.note == "以当地公布为准" for window in notice.windows))
        eligibility = self.portal.check(who.uscc, names)
        self.assertEqual([record.eligibility for record in notice.records], eligibility)

    def test_letter_and_forms_are_the_same_bytes_again(self):
        who, records = self.subject_with_records()
        names = list(records.values())
        letter = self.portal.notice_letter(who.uscc, names)
        self.assertEqual(self.portal.notice_letter(who.uscc, names), letter)
        words = self.words(letter)
        for record in self.portal.search(who.uscc):
            self.assertIn("".join(record.snapshot.document_no.split()), words)
        self.assertIn(who.uscc, words)
        for kind, title in (("APPLICATION", "信用修复申请表"), ("COMMITMENT", "信用承诺书")):
            form = self.portal.form(who.uscc, kind, names)
            self.assertEqual(form.file_name, f"{title}_{who.uscc}_{TODAY}.pdf")
            self.assertEqual(self.portal.form(who.uscc, kind, names), form)
            self.assertIn(title, self.words(form))

    def xiufuctl(self, *arguments):
        """What `xiufuctl notice` prints, one JSON object a line."""
        done = subprocess.run(
            [str(self.suite.bin_dir / "xiufuctl"), "notice", *arguments, "--config", str(self.root / "config")],
            capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def test_who_was_told_and_who_has_not_applied(self):
        who, records = self.subject_with_records()
        code, name = next(iter(records.items()))
        record = name.removeprefix("records/")
        made = {notice["record"]: notice for notice in self.xiufuctl("list", "--authority", code, "--not-given", "--json")}
        self.assertEqual(made[record]["subject_uscc"], who.uscc)
        letter = self.root / "notice.pdf"
        self.xiufuctl("print", record, "--out", str(letter))
        words = "".join(subprocess.run(["pdftotext", str(letter), "-"], capture_output=True, check=True).stdout.decode().split())
        for told in ("信用修复告知书", who.uscc, "免费"):
            self.assertIn(told, words)
        for _ in range(2):  # told again, nothing changes
            self.xiufuctl("receipt", record, "--way", "WITH_DECISION", "--on", TODAY.isoformat(), "--by", "法规科")
        self.assertNotIn(record, [n["record"] for n in self.xiufuctl("list", "--authority", code, "--not-given", "--json")])
        rate, = (r for r in self.xiufuctl("rates", "--from", TODAY.isoformat(), "--to", TODAY.isoformat(), "--json")
                 if r["authority"] == code)
        self.assertEqual(rate["given"], 1)
        mine = lambda: {one["record"] for one in self.xiufuctl("unapplied", "--json") if one["subject_uscc"] == who.uscc}
        self.assertEqual(mine(), set(records.values()))
        self.portal.submit(self.draft(who, [name]).name)
        self.assertEqual(mine(), set(records.values()) - {name})

    def test_fifty_records_and_no_more_and_nobody_elses(self):
        who, other = feed.subject(31_000), feed.subject(31_001)
        transport = self.by_code["transport"]

        def rows(subject, count, first):
            return [feed.penalty(subject, transport, feed.document_no(transport, TODAY.year, first + i), "警告", TODAY)
                    for i in range(count)]

        self.import_csv(feed.to_csv(rows(who, 51, 5000) + rows(other, 1, 5100)))
        mine = [record.name for record in self.portal.search(who.uscc)]
        letter = self.portal.notice_letter(who.uscc, mine[:50])
        self.assertLess(len(letter.content), 2 << 20)
        self.assertEqual(len(self.portal.notice(who.uscc, mine[:50]).records), 50)
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.notice(who.uscc, mine), "records")
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.notice(who.uscc), "records")
        theirs, = self.portal.search(other.uscc)
        self.refused("INVALID_ARGUMENT", "RECORD_OF_ANOTHER_SUBJECT",
                     lambda: self.portal.notice(who.uscc, [mine[0], theirs.name]), "records[1]")
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.form(who.uscc, "KIND_UNSPECIFIED", mine[:1]), "kind")


if __name__ == "__main__":
    unittest.main()
