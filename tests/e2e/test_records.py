"""Feeds, searches and lists."""

import json
import os
import subprocess
import sys
import unittest
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest, TODAY  # noqa: E402

from suite import feed  # noqa: E402


class RecordTest(PortalTest):
    def rows(self, count, first):
        who = feed.subject(40_000 + first)
        transport = self.by_code["transport"]
        return who, [feed.penalty(who, transport, feed.document_no(transport, TODAY.year, first * 100 + i), "警告", TODAY)
                     for i in range(count)]

    def report(self, content, **options):
        report = self.import_csv(content, **options)
        return report, {(error.line, error.field) for error in report.errors}

    def test_the_feed_of_200(self):
        content = feed.to_csv(feed.rows(TODAY))
        report, errors = self.report(content)
        self.assertEqual((report.rows, report.imported, errors), (200, 200, set()))
        again, _ = self.report(content)
        self.assertEqual((again.imported, again.unchanged, again.updated), (0, 200, 0))

    def test_broken_rows_are_told_by_line_and_field_and_good_ones_imported(self):
        who, rows = self.rows(8, 1)
        rows[1]["CF_XDR_SHXYM"] = "123"
        rows[2]["CF_JDRQ"] = "2026-02-30"
        rows[3]["CF_NR_FK"] = "1.2345678"
        rows[4]["CF_CFLB"] = "不存在的类别"
        rows[5]["CF_WSH"] = ""
        rows[6]["CF_XDR_MC"] = ""
        report, errors = self.report(feed.to_csv(rows))
        self.assertEqual((report.rows, report.imported), (8, 2))
        self.assertEqual(errors, {(3, "CF_XDR_SHXYM"), (4, "CF_JDRQ"), (5, "CF_NR_FK"), (6, "CF_CFLB"), (7, "CF_WSH"),
                                  (8, "CF_XDR_MC")})
        self.assertTrue(all(error.reason for error in report.errors))
        self.assertEqual(len(self.portal.search(who.uscc)), 2)

    def test_rows_of_another_width_bad_bytes_and_an_open_quote(self):
        who, rows = self.rows(3, 2)
        lines = feed.to_csv(rows).split(b"\r\n")
        lines[2] += b",more"
        lines[3] = lines[3].replace("丹东".encode(), b"\xff\xfe", 1)
        content = b"\r\n".join(lines[:4]) + b'\r\n"never closed,1,2\r\n'
        report, errors = self.report(content)
        self.assertEqual(report.imported, 1)
        self.assertEqual({line for line, _ in errors}, {3, 4, 5})
        self.assertEqual(len(self.portal.search(who.uscc)), 1)

    def test_a_row_in_gbk_among_good_ones(self):
        _, rows = self.rows(3, 13)
        lines = feed.to_csv(rows).split(b"\r\n")
        lines[2] = lines[2].decode("utf-8").encode("gbk")
        report, errors = self.report(b"\r\n".join(lines))
        self.assertEqual((report.rows, report.imported, len(errors)), (3, 2, 1))
        self.assertIn("UTF-8", report.errors[0].reason)
        self.assertEqual(report.errors[0].line, 3)

    def test_the_operators_command_tells_what_was_rejected(self):
        _, rows = self.rows(3, 12)
        file = self.root / "feed.csv"

        def run(content):
            file.write_bytes(content)
            done = subprocess.run(
                [self.suite.bin_dir / "xiufuctl", "import", file, "--json", "--target",
                 self.suite.service("publication").address, "--credentials", self.root / "credentials"],
                capture_output=True, text=True, timeout=60)
            return done.returncode, json.loads(done.stdout)

        code, report = run(feed.to_csv(rows[:2]))
        self.assertEqual((code, report["imported"], report["errors"]), (0, 2, []))
        rows[1]["CF_JDRQ"] = "2026-02-30"
        code, report = run(feed.to_csv(rows))
        self.assertEqual((code, report["imported"], report["rejected"]), (3, 1, 1))
        self.assertEqual([(error["line"], error["field"]) for error in report["errors"]], [(3, "CF_JDRQ")])

    def test_quoted_commas_line_breaks_and_a_byte_order_mark(self):
        who, rows = self.rows(2, 3)
        rows[0]["CF_SY"] = '超限运输，"第二次",\n并拒绝检查'
        rows[1]["CF_JDRQ"] = "not a day"
        report, errors = self.report(b"\xef\xbb\xbf" + feed.to_csv(rows))
        self.assertEqual((report.imported, errors), (1, {(4, "CF_JDRQ")}))  # the first row takes two lines

    def test_natural_persons_are_counted_and_not_kept(self):
        who, rows = self.rows(4, 4)
        name, number = "丹东某自然人甲", "210602198001010018"
        for row in rows[:3]:
            row["CF_XDR_MC"] = name
        rows[0] |= {"CF_XDR_LB": "自然人", "CF_XDR_SHXYM": ""}
        rows[1] |= {"CF_XDR_LB": "", "CF_XDR_SHXYM": number, "CF_JDRQ": "x"}  # known by its number alone, and wrong besides
        rows[2] |= {"CF_XDR_LB": "自然人", "CF_FR_ZJHM": number, "BZ": f"{name} {number}"}
        rows[3] |= {"CF_FRDB": name, "CF_FR_ZJHM": number}  # a company's representative
        report, errors = self.report(feed.to_csv(rows))
        self.assertEqual((report.rows, report.imported, report.out_of_scope, errors), (4, 1, 3, set()))
        store = self.suite.service("publication").store
        for file in store.parent.glob("store.db*"):
            content = file.read_bytes()
            self.assertNotIn(name.encode(), content, file.name)
            self.assertNotIn(number.encode(), content, file.name)

    def test_a_file_that_is_no_feed(self):
        for content in (b"", b"a,b,c\r\n1,2,3\r\n", b"\x00\x01\x02"):
            self.refused("INVALID_ARGUMENT", None, lambda: self.import_csv(content))
        self.refused("INVALID_ARGUMENT", None, lambda: self.import_csv(feed.to_csv([]), layout="OTHER"))

    def test_same_import_again_gets_the_same_report(self):
        _, rows = self.rows(2, 5)
        request_id = str(uuid.uuid4())
        first = self.import_csv(feed.to_csv(rows), request_id=request_id)
        self.assertEqual(self.import_csv(feed.to_csv(rows), request_id=request_id), first)
        self.assertEqual(first.imported, 2)

    def test_only_the_operator_imports(self):
        _, rows = self.rows(1, 6)
        self.refused("PERMISSION_DENIED", None, lambda: self.import_csv(feed.to_csv(rows), "portal"))

    def test_changed_record_gets_a_new_version(self):
        who, rows = self.rows(1, 7)
        self.import_csv(feed.to_csv(rows))
        first, = self.portal.search(who.uscc)
        rows[0]["CF_NR_FK"] = "0.5"
        report = self.import_csv(feed.to_csv(rows))
        second, = self.portal.search(who.uscc)
        self.assertEqual(report.updated, 1)
        self.assertEqual((first.name, second.snapshot.version), (second.name, first.snapshot.version + 1))
        self.assertEqual(second.snapshot.fine_fen, 500_000)

    def pages(self, method, request, field):
        found, token = [], ""
        while True:
            answer = self.portal.call(method, request(token))
            found.append(list(getattr(answer, field)))
            token = answer.next_page_token
            if not token:
                return found

    def test_records_by_page(self):
        who, rows = self.rows(7, 8)
        self.import_csv(feed.to_csv(rows))
        other, others = self.rows(1, 9)
        self.import_csv(feed.to_csv(others))
        request = self.messages.SearchRecordsRequest
        pages = self.pages("SearchRecords", lambda t: request(uscc=who.uscc, page_size=3, page_token=t), "records")
        self.assertEqual([len(page) for page in pages], [3, 3, 1])
        self.assertEqual(len({record.name for page in pages for record in page}), 7)
        token = self.portal.call("SearchRecords", request(uscc=who.uscc, page_size=3)).next_page_token
        for wrong in (request(uscc=other.uscc, page_token=token), request(uscc=who.uscc, page_token=token[:-2] + "AA"),
                      request(uscc=who.uscc, page_token="x")):
            self.refused("INVALID_ARGUMENT", None, lambda: self.portal.call("SearchRecords", wrong), "page_token")
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.call(
            "SearchRecords", request(uscc=who.uscc, page_size=-1)), "page_size")
        self.assertEqual(len(self.portal.call("SearchRecords", request(uscc=who.uscc, page_size=100000)).records), 7)

    def test_applications_by_page_newest_first(self):
        who, rows = self.rows(1, 10)
        self.import_csv(feed.to_csv(rows))
        record, = self.portal.search(who.uscc)
        drafts = [self.portal.create(who.uscc, [record.name]).name for _ in range(5)]
        request = self.messages.ListApplicationsRequest
        pages = self.pages("ListApplications",
                           lambda t: request(subject_uscc=who.uscc, page_size=2, page_token=t), "applications")
        self.assertEqual([len(page) for page in pages], [2, 2, 1])
        listed = [application for page in pages for application in page]
        self.assertEqual([application.name for application in listed], drafts[::-1])
        self.assertTrue(all(application.query_code == "" for application in listed))
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.list_applications(who.uscc, -1), "page_size")
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.list_applications(who.uscc, 2, "x"), "page_token")
        token = self.portal.list_applications(who.uscc, 2).next_page_token
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.list_applications("", 2, token), "page_token")
        self.assertGreaterEqual(len(self.portal.list_applications().applications), 5)


if __name__ == "__main__":
    unittest.main()
