"""Every kind of record from its feed to the search, to what the law says, and to a case."""

import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest, TODAY  # noqa: E402

from suite import feed, feed_lists  # noqa: E402

DAY = TODAY.isoformat()
# What the list is called, and the rule that governs an entry of it today.
RULES = {
    "经营异常名录": "S107-ABN", "个体工商户经营异常状态": "S107-ABN", "社会组织活动异常名录": "MCA-ABN", "严重违法失信名单": "S107-LIST",
    "重大税收违法失信主体": "TAX-1", "拖欠农民工工资失信联合惩戒对象名单": "HR-EARLY", "统计严重失信企业": "NBS-1",
    "安全生产严重失信主体": "MEM-EARLY", "失信被执行人": "SPC-EVT",
}


class EveryKindTest(PortalTest):
    def run_import(self, name: str, content: bytes, *words: str):
        file = self.root / name
        file.write_bytes(content)
        return subprocess.run(
            [self.suite.bin_dir / "xiufuctl", "import", file, *words, "--target", self.suite.service("publication").address,
             "--credentials", self.root / "credentials"], capture_output=True, text=True, timeout=60)

    def explained(self, row: dict[str, str]) -> dict:
        file = self.root / "row.json"
        file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", "catalogue", "explain", "--record", file, "--on", DAY, "--json"],
                              capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_from_its_feed_to_what_the_law_says(self):
        rows = {}
        for file in feed_lists.feeds(TODAY):
            for expected in ({"imported": len(file.kinds), "unchanged": 0}, {"imported": 0, "unchanged": len(file.kinds)}):
                done = self.run_import(file.name, file.content(), "--json")
                self.assertEqual(done.returncode, 0, done.stderr)
                report = json.loads(done.stdout)
                self.assertLessEqual(expected.items(), report.items())
                self.assertEqual((report["layout"], report["out_of_scope"]), (file.layout, file.persons))
            for row in file.rows:
                name = row.get("名单类型") or {"court.csv": "失信被执行人", "social.csv": "社会组织活动异常名录"}.get(
                    file.name, "个体工商户经营异常状态" if row.get("UNISCID", "").startswith("92") else "经营异常名录")
                rows.setdefault(name, row)

        found = {record.snapshot.list_name: record for record in self.portal.search_name(feed_lists.LISTED_NAME, page_size=3)}
        self.assertEqual(set(found), set(RULES))
        self.assertEqual(self.portal.search_name("测试个人"), [], "a natural person is nobody's business")
        verdicts = self.messages.Eligibility.Verdict
        for name, record in found.items():
            with self.subTest(name):
                told, = self.portal.check(record.snapshot.subject_uscc, [record.name], DAY)
                self.assertEqual(told.rule.rule_id, RULES[name])
                explained = self.explained(rows[name])
                self.assertEqual((verdicts.Name(told.verdict), told.earliest_date or None, told.rule.rule_id, told.channel.id,
                                  [material.kind for material in told.materials]),
                                 (explained["verdict"], explained["earliest"], explained["rule"], explained["channel"],
                                  explained["materials"]), "the service and the command tell the same")

    def test_an_entry_of_a_list_becomes_a_case(self):
        """A list of a line without a rule of its own is dealt with in the suite."""
        who = feed.subject(50_001)
        authority = self.by_code["transport"]
        row = {"名单类型": "道路运输严重失信主体名单", "主体名称": who.name, "统一社会信用代码": who.uscc, "认定单位": authority.name,
               "认定文号": "", "列入事由": "多次超限运输", "列入日期": TODAY.replace(year=TODAY.year - 2, day=1).isoformat()}
        done = self.run_import("one.json", json.dumps({"total": 1, "rows": [row]}, ensure_ascii=False).encode())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        record, = self.portal.search(who.uscc)
        self.assertEqual(record.snapshot.authority.code, "transport")
        told, = self.portal.check(who.uscc)
        self.assertEqual((told.rule.rule_id, told.handling), ("N36-LIST", "IN_SUITE"))
        draft = self.portal.create(who.uscc, [record.name])
        self.upload_papers(draft.name, who)
        self.portal.submit(draft.name)
        case, = self.await_state(draft, "CONCLUDED").cases
        self.assertEqual((case.record, case.authority.code), (record.name, "transport"))
        self.assertEqual(list(self.record_states(who).values()), ["ENDED"])

    def test_names_that_cannot_be_searched(self):
        request = self.messages.SearchRecordsRequest
        for name in ("丹", " 丹 ", "x" * 101):
            refusal = self.refused("INVALID_ARGUMENT", None, lambda n=name: self.portal.call("SearchRecords", request(name=n)), "name")
            self.assertIn("name", refusal.violations)
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.call("SearchRecords", request(name="丹东", uscc="x")), "name")

    def test_every_bad_row_is_reported(self):
        who = feed.subject(50_002)
        rows = [feed.penalty(who, self.by_code["transport"], f"坏{n}号", "罚款", TODAY, CF_JDRQ="x") for n in range(2500)]
        report_file = self.root / "report.csv"
        done = self.run_import("bad.csv", feed.to_csv(rows), "--json", "--report", str(report_file))
        self.assertEqual(done.returncode, 3, done.stderr)
        errors = json.loads(done.stdout)["errors"]
        self.assertEqual([error["line"] for error in errors], list(range(2, 2502)))
        lines = report_file.read_text(encoding="utf-8-sig").splitlines()
        self.assertEqual(len(lines), 2501)
        self.assertTrue(lines[1].startswith('2,error,"CF_JDRQ",'), lines[1])


if __name__ == "__main__":
    unittest.main()
