"""An authority that is silent past every limit, on real processes: reminder, yellow, red, escalation, 督办单 with deadline
and reply. Nothing is decided by it, and the other authority's clocks have nothing to do with it."""

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

DAYS = 24 * 3600


class SupervisionTest(PortalTest):
    @classmethod
    def configure(cls):
        cls.shift_file = cls.root / "clock-shift"
        Scenario.settable_clock(cls.suite.service("routing"), cls.shift_file)

    @classmethod
    def ready(cls):
        super().ready()
        cls.books = Books(cls.suite)

    def ctl(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run([self.suite.bin_dir / "xiufuctl", *words, "--target", self.suite.service("routing").address,
                               "--credentials", self.root / "credentials"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode != 0, fails, done.stderr)
        return done.stderr if fails else done.stdout

    def listed(self, what: str, *words: str) -> list[dict]:
        return [json.loads(line) for line in self.ctl("supervise", what, "--json", *words).splitlines()]

    def test_silent_to_the_end(self):
        self.suite.authority("transport").behave("silent")
        _, draft = self.submitted(("transport", "urban-management"))
        silent = until(lambda: next((c for c in self.get(draft).cases if c.authority.code == "transport"
                                     and c.state == 2), None), "the silent one has its task")
        until(lambda: any(c.HasField("loop_close_time") for c in self.get(draft).cases
                          if c.authority.code == "urban-management"), "the other one is done meanwhile")
        case = silent.name.rpartition("/")[2]
        items = json.loads(self.ctl("work", "list", "--as", "transport", "--json"))["items"]
        self.assertEqual([(one["case"], one["light"]) for one in items], [(case, "GREEN")])
        self.assertIn("PERMISSION_DENIED", self.ctl("work", "list", "--as", "urban-management", "--authority", "transport",
                                                     fails=True))

        # Routing dies, and all limits lie behind it when it comes back.
        routing = self.suite.service("routing")
        routing.kill()
        self.shift_file.write_text(str(40 * DAYS))
        routing.start()
        routing.wait_serving()
        proposal = until(lambda: self.listed("proposals", "--authority", "transport"), "an order is proposed")[0]
        lights = [(one["kind"], one["light"]) for one in self.listed("reminders") if one["kind"] == "ACCEPT"]
        self.assertEqual(lights, [("ACCEPT", "LIGHT_YELLOW"), ("ACCEPT", "LIGHT_RED")])
        steps = [(one["to"], one.get("toName", "")) for one in self.listed("escalations") if one["kind"] == "ACCEPT"]
        self.assertEqual([to for to, _ in steps], ["AUTHORITY", "LINE_SUPERIOR", "SUPERVISION"])
        self.assertEqual(steps[1][1], "辽宁省交通运输厅")
        self.assertEqual(json.loads(self.ctl("work", "list", "--authority", "transport", "--json"))["items"][0]["light"], "RED")

        self.ctl("supervise", "issue", case, "--kind", proposal["kind"], "--person", "李某", "--demand", "请于三日内办理")
        order = self.listed("orders", "--open")[0]
        self.assertTrue(order["replyDue"]["dueDate"])
        paper = self.root / "order.pdf"
        self.ctl("supervise", "print", order["number"], "--out", str(paper))
        self.assertTrue(paper.read_bytes().startswith(b"%PDF-"))
        sent = lambda: [row["kind"] for row in self.books.authority_rows("transport", "SELECT kind FROM reminder ORDER BY received_ms")]
        until(lambda: "SUPERVISION_ORDER" in sent(), "the authority's system has the order")
        self.assertLess({"DUE_SOON", "OVERDUE"}, set(sent()))
        self.ctl("supervise", "reply", order["number"], "--person", "张某", "--reply", "材料正在核实")
        self.assertEqual(self.listed("orders", "--open"), [])

        until(lambda: "应于" in self.books.timeline(draft) and "已列入督办" in self.books.timeline(draft), "the applicant is told")
        now = next(c for c in self.get(draft).cases if c.authority.code == "transport")
        self.assertEqual(now.state, 2, "nothing is decided by silence")
        self.assertIn("该期限已过", now.next_step.text)
        figures = {one["authority"]["code"]: one for one in self.listed("figures")}
        self.assertGreater(int(figures["transport"]["overdueNow"]), 0)
        self.assertEqual(figures["urban-management"].get("overdueEver", "0"), "0")
        self.assertEqual(self.books.rows("routing", "SELECT * FROM reminder WHERE authority_code = 'urban-management'"), [])


if __name__ == "__main__":
    unittest.main()
