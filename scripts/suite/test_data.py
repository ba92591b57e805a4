"""Codes, feed and papers: `/usr/bin/python3 -m unittest suite.test_data` in scripts/."""

import csv
import datetime
import io
import pathlib
import re
import subprocess
import tempfile
import unittest
import zlib

from . import authorities, feed, feed_lists, pdf, process, table, uscc

TODAY = datetime.date(2026, 11, 24)


class UsccTest(unittest.TestCase):
    def test_published_codes_are_ok(self):
        for code in ("91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91330100799655058B",
                     "91110000802100433B", "91110108551385082Q", "911100007109250324", "91110000710925462X",
                     "9111000071093123XX", "91100000100003962T", "911100001000044477", "911000001000013428",
                     "91440300192317458F", "9152000071430580XT", "12100000400000624D", "12100000400002259P",
                     "11100000000013186G", "11100000MB0143028R", "11230500001755309F", "914403001922038216".lower(),
                     "91210600MAYY000188", "92210602MAYY00026W", "93210624MAYY00034G", "52210600MJYY00045K",
                     "51210600MJYY00053H", "12210600MBYY000622", "11210600MBYY000700", "N2210681MFYY000834",
                     "31210600MDYY00094G"):
            self.assertEqual(uscc.verdict(code), "ok", code)

    def test_wrong_ones_are_told_apart(self):
        for code in ("914403001922038217", "11100000000013039H", "91210600118888888X", "91350100M0001TGQXM",
                     "91350211M0000XUF46", "91350203M0001FUE2P"):
            self.assertEqual(uscc.verdict(code), "checksum-mismatch", code)
        for code in ("91350100M000100Y4Z", "91440300I922038216", "91440300192203821", "9144030019220382166",
                     "914403001922038216 ", "91440300192203821６", ""):
            self.assertEqual(uscc.verdict(code), "malformed", code)

    def test_made_codes(self):
        self.assertEqual(uscc.make("91", "210600", "MAYY0001"), "91210600MAYY000188")
        self.assertTrue(all(uscc.verdict(feed.subject(n).uscc) == "ok" for n in range(500)))
        self.assertEqual(len({feed.subject(n).uscc for n in range(500)}), 500)


class FeedTest(unittest.TestCase):
    def setUp(self):
        self.content = feed.to_csv(feed.rows(TODAY))
        self.rows = list(csv.DictReader(io.StringIO(self.content.decode("utf-8"))))

    def test_same_seed_and_day_same_bytes(self):
        self.assertEqual(self.content, feed.to_csv(feed.rows(TODAY)))
        self.assertNotEqual(self.content, feed.to_csv(feed.rows(TODAY, seed=2)))

    def test_200_records_with_their_own_keys_and_valid_codes(self):
        keys = {(row["CF_CFJGDM"], row["CF_WSH"], row["CF_XDR_SHXYM"]) for row in self.rows}
        self.assertEqual((len(self.rows), len(keys)), (200, 200))
        for row in self.rows:
            self.assertEqual((uscc.verdict(row["CF_XDR_SHXYM"]), uscc.verdict(row["CF_CFJGDM"])), ("ok", "ok"))
            self.assertLess(datetime.date.fromisoformat(row["CF_JDRQ"]), TODAY)
        names = {row["CF_XDR_SHXYM"]: row["CF_XDR_MC"] for row in self.rows}
        self.assertTrue(all(names[row["CF_XDR_SHXYM"]] == row["CF_XDR_MC"] for row in self.rows))

    def test_every_authority_and_a_variety_of_kinds(self):
        self.assertEqual({row["CF_CFJGDM"] for row in self.rows}, {a.uscc for a in authorities.load()})
        self.assertGreater(len({row["CF_CFLB"] for row in self.rows}), 10)

    def test_demo_subject_has_one_record_of_each_class_of_three_authorities(self):
        own = {row["CF_CFLB"]: row for row in self.rows if row["CF_XDR_SHXYM"] == feed.DEMO_SUBJECT.uscc}
        self.assertEqual(set(own), {"警告", "没收违法所得", "责令停产停业"})
        self.assertEqual(len({row["CF_CFJGDM"] for row in own.values()}), 3)

        def days(kinds):
            return (TODAY - datetime.date.fromisoformat(own[kinds]["CF_JDRQ"])).days

        self.assertLess(days("警告"), 89)
        self.assertTrue(92 < days("没收违法所得") < 365)
        self.assertTrue(366 < days("责令停产停业") < 1095)

    def test_money_in_wan(self):
        self.assertEqual([feed.wan(fen) for fen in (0, 1, 55, 1_000_000, 1_250_000, 123_456_789)],
                         ["", "0.000001", "0.000055", "1", "1.25", "123.456789"])


class ListsTest(unittest.TestCase):
    def test_every_kind_with_valid_codes(self):
        files = feed_lists.feeds(TODAY)
        self.assertEqual({kind for file in files for kind in file.kinds},
                         {"ABNORMAL_LIST", "ABNORMAL_MARK", "SOCIAL_ABNORMAL_LIST", "SERIOUS_LIST"})
        for who in (feed_lists.COMPANY, feed_lists.TRADER, feed_lists.SOCIAL):
            self.assertEqual(uscc.verdict(who.uscc), "ok")
            self.assertIn(feed_lists.LISTED_NAME, who.name)
        for file in files:
            self.assertEqual(len(file.rows), len(file.kinds) + file.persons)
            self.assertIn(feed_lists.LISTED_NAME, file.content().decode(file.encoding))


class PdfTest(unittest.TestCase):
    def test_every_object_stands_where_the_table_says(self):
        content = pdf.commitment(feed.DEMO_SUBJECT.name, feed.DEMO_SUBJECT.uscc, "2026-11-24")
        self.assertTrue(content.startswith(b"%PDF-1.7\n") and content.endswith(b"%%EOF\n"))
        table_at = int(re.search(rb"startxref\n(\d+)\n", content)[1])
        self.assertTrue(content[table_at:].startswith(b"xref\n"))
        offsets = [int(line.split()[0]) for line in content[table_at:].splitlines()[3:10]]
        for number, offset in enumerate(offsets, 1):
            self.assertTrue(content[offset:].startswith(b"%d 0 obj\n" % number), number)
        length = int(re.search(rb"/Length (\d+)", content)[1])
        stream = content.index(b"stream\n") + len(b"stream\n")
        self.assertTrue(content[stream + length:].startswith(b"\nendstream"))
        self.assertIn("信用承诺书".encode("utf-16-be").hex().upper().encode(), content)

    def test_two_papers_differ(self):
        self.assertNotEqual(zlib.crc32(pdf.document(["a"])), zlib.crc32(pdf.proof("a", ["b"], "2026-11-24")))


class TableTest(unittest.TestCase):
    def test_chinese_takes_two_places(self):
        lines = table.render(["名", "b"], [["信用", "x"], ["ab", "y"]]).splitlines()
        self.assertEqual(lines, ["名    b", "----  -", "信用  x", "ab    y"])


class ProcessTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def process(self, name):
        return process.Process(name, self.folder / "pids" / f"{name}.json", self.folder / f"{name}.log")

    def test_stop_all_ends_what_was_started_and_the_last_ones_last(self):
        for name in ("one", "two", "broker"):
            self.process(name).start(["/bin/sleep", "60"])
        self.assertEqual(process.stop_all(self.folder / "pids", ["broker"]), ["broker", "one", "two"])
        self.assertEqual(list((self.folder / "pids").iterdir()), [])
        self.assertEqual(process.stop_all(self.folder / "pids", ["broker"]), [])

    def test_a_stranger_with_the_same_pid_is_not_touched(self):
        stranger = subprocess.Popen(["/bin/sleep", "60"])
        self.addCleanup(stranger.wait)
        self.addCleanup(stranger.kill)
        (self.folder / "pids").mkdir()
        (self.folder / "pids" / "one.json").write_text(
            f'{{"name": "one", "pid": {stranger.pid}, "start_time": {process.start_time(stranger.pid) - 1}}}')
        self.assertEqual(process.stop_all(self.folder / "pids", []), [])
        self.assertIsNone(stranger.poll())


if __name__ == "__main__":
    unittest.main()
