"""A day at the windows on real processes: pre-checked, filed, handed over to the subject's county and decided there; a
consultation linked to it; everything by the command line, as a clerk without a page."""

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


class WindowTest(PortalTest):
    @classmethod
    def ready(cls):
        super().ready()
        cls.books = Books(cls.suite)

    def window(self, *words: str, region: str = "210602", fails: bool = False) -> str:
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", "window", *words, "--target",
                               self.suite.service("intake").address, "--credentials", self.root / "credentials",
                               *(("--as", region) if region else ())],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1 if fails else 0, done.stderr)
        return done.stderr if fails else done.stdout

    def asked(self, *words: str, region: str = "210602"):
        return json.loads(self.window(*words, "--json", region=region))

    def papers(self, who):
        files = {"M2": pdf.commitment(who.name, who.uscc, TODAY.isoformat()), "M3": pdf.proof(who.name, [], TODAY.isoformat())}
        for kind, content in files.items():
            (self.root / f"{kind}.pdf").write_bytes(content)
        return [word for kind in files for word in ("--paper", f"{kind}={self.root / f'{kind}.pdf'}")]

    def test_a_day_at_the_windows(self):
        who, records = self.subject_with_records(("transport",))
        record, = records.values()
        papers = self.papers(who)
        listed = self.root / "list.pdf"
        lacking = self.asked("precheck", "--clerk", "C07", "--uscc", who.uscc, *papers[:2], "--out", str(listed))
        self.assertEqual([(paper["kind"], paper["state"]) for paper in lacking["papers"]],
                         [("M2", "PRESENT"), ("M3", "MISSING")])
        self.assertEqual(listed.read_bytes()[:5], b"%PDF-")
        self.assertEqual(self.asked("filings")["filings"], [], "no application was made")
        self.window("forms", "--uscc", who.uscc, "--out", str(self.root / "forms.pdf"))

        slip = self.root / "slip.pdf"
        filed = self.asked("file", "--clerk", "C07", "--uscc", who.uscc, "--record", record, "--name", "王某", "--phone",
                           "0415-0000000", "--capacity", "handler", *papers, "--slip", str(slip))
        words = subprocess.run(["pdftotext", slip, "-"], capture_output=True, check=True).stdout.decode()
        self.assertIn(filed["query_code"], words)
        consultation = self.asked("ask", "--clerk", "C07", "--mode", "walk-in", "--topic", "MATERIALS", "--question",
                                  "要什么材料", "--answer", "承诺书和证明")
        self.window("link", consultation["name"], "--application", filed["number"])

        # The other county does not see it before it is handed over, and acts on it once it took it up.
        self.window("show", filed["number"], region="210681", fails=True)
        given = self.asked("hand-over", "--clerk", "C07", "--application", filed["number"], "--to", "210681", "--reason",
                           "住所在东港")
        self.assertEqual(len(self.asked("hand-overs", region="210681")["hand_overs"]), 1)
        self.window("take-up", given["name"], "--clerk", "D01", region="210681")
        self.window("show", filed["number"], fails=True)
        donggang = self.client.Portal(self.suite.service("intake").address, self.suite.credentials("window-210681"))
        self.addCleanup(donggang.close)
        donggang.submit(filed["name"])
        until(lambda: donggang.get(filed["name"], filed["query_code"]).loop_closed, "it is decided like any other")
        self.assertEqual(self.asked("show", filed["number"], region="210681")["filed_region"], "210602")
        receipt = self.root / "receipt.pdf"
        self.window("print", filed["number"], "--kind", "receipt", "--code", filed["query_code"], "--out", str(receipt),
                    region="210681")
        self.assertEqual(receipt.read_bytes()[:5], b"%PDF-")
        case, = donggang.get(filed["name"], filed["query_code"]).cases
        self.window("print", filed["number"], "--kind", "decision", "--case", case.name, "--out",
                    str(self.root / "decision.pdf"), region="210681")

        found, = self.asked("register", region="")["consultations"]
        self.assertEqual(found["application"], filed["name"])
        counts = self.asked("counts", region="")
        self.assertEqual([(one["window"], one["topic"], one["count"]) for one in counts["consultations"]],
                         [("210602", "MATERIALS", "1")])
        self.assertEqual([one["count"] for one in counts["prechecks"]], ["1"])
        # Who the clerk is leaves intake in no event.
        self.assertEqual(self.books.one("intake", "SELECT count(*) FROM outbox WHERE instr(bytes, CAST('C07' AS BLOB)) > 0"), 0)

    def test_an_agent_needs_a_power_that_covers_what_he_does(self):
        self.suite.authority("transport").behave("silent")
        self.addCleanup(self.suite.authority("transport").behave, "approve")
        who, records = self.subject_with_records(("transport",))
        power = self.root / "power.json"
        acts = ["ACT_APPLY"]
        power.write_text(json.dumps({
            "subject_uscc": who.uscc, "agent_name": "李某", "organisation_name": "某咨询公司",
            "organisation_uscc": "91210600MAYY000371", "acts": acts, "valid_from": "2020-01-01", "valid_to": "2020-12-31"}))
        options = ["file", "--clerk", "C07", "--uscc", who.uscc, "--record", *records.values(), "--name", "李某", "--phone",
                   "0415-0000000", "--capacity", "agent", "--power", str(power)]
        self.assertIn("2020-12-31", self.window(*options, fails=True))
        power.write_text(power.read_text().replace("2020-12-31", "2099-12-31"))
        self.papers(who)
        (self.root / "M5.pdf").write_bytes(pdf.document(["授权委托书"]))
        filed = self.asked(*options, *self.papers(who), "--paper", f"M5={self.root / 'M5.pdf'}", "--submit")
        agents, = self.asked("agents", region="")["agents"]
        self.assertEqual((agents["agent"], agents["subjects"], agents["latest_number"]),
                         ("91210600MAYY000371", "1", filed["number"]))
        window = self.client.Portal(self.suite.service("intake").address, self.suite.credentials("window-210602"))
        self.addCleanup(window.close)
        until(lambda: window.get(filed["name"], filed["query_code"]).cases, "the case is opened")
        refusal = self.refused("FAILED_PRECONDITION", "POWER_OF_ATTORNEY_LACKING",
                               lambda: window.withdraw(filed["name"]))
        self.assertIn("power_of_attorney.acts", refusal.violations)


if __name__ == "__main__":
    unittest.main()
