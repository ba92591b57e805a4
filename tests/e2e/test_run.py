"""scripts/run's program: what it prints last, its exit code, and that it ends what it started."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

if "XIUFU_BIN_DIR" in os.environ:  # the program runs in another folder
    os.environ["XIUFU_BIN_DIR"] = os.path.abspath(os.environ["XIUFU_BIN_DIR"])
SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

from suite import ports  # noqa: E402


class RunTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name) / "my var"  # a space, as in many a user's folder

    def command(self, *arguments):
        return ["/usr/bin/python3", "-B", "-m", "suite.run", "--root", str(self.root), *arguments]

    def run_it(self, *arguments):
        return subprocess.run(self.command(*arguments), cwd=SCRIPTS, capture_output=True, text=True, timeout=200)

    def begin(self, until):
        """A run in the background, once it has printed this."""
        running = subprocess.Popen(self.command("--json", "--free-ports"), cwd=SCRIPTS, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(running.stdout.close)
        self.addCleanup(running.kill)
        for line in running.stdout:
            if until in line:
                return running
        self.fail(f"ended before {until}")

    def processes(self):
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout.splitlines()
        return [line for line in listed if str(self.root) in line and "suite.run" not in line]

    def check_outcome(self, done):
        outcome = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(list(outcome), ["ok", "application", "state", "cases", "records", "pushed", "seconds"])
        self.assertTrue(outcome["ok"])
        self.assertEqual(outcome["state"], "CONCLUDED")
        self.assertEqual([(c["state"], c["result"]) for c in outcome["cases"]], [("CONCLUDED", "APPROVED")] * 3)
        self.assertEqual(len({case["authority"] for case in outcome["cases"]}), 3)
        self.assertEqual([(r["before"], r["after"]) for r in outcome["records"]], [("PUBLISHED", "ENDED")] * 3)
        self.assertEqual({c["record"] for c in outcome["cases"]}, {r["record"] for r in outcome["records"]})

        pushed = outcome["pushed"]
        self.assertEqual(list(pushed), ["upstream_no", "case", "state", "returned"])
        self.assertIn(pushed["upstream_no"], done.stdout)
        self.assertTrue(pushed["case"].startswith("cases/"))
        self.assertEqual((pushed["state"], pushed["returned"]), ("CONCLUDED", ["RECEIVED", "ACCEPTED", "RESULT"]))
        self.assertNotIn(pushed["case"], {case["case"] for case in outcome["cases"]})

    def check_notice(self, done):
        """Told before anything is submitted, with the letter and two forms as files; receipt and conclusion letter behind it."""
        told, submitted = done.stdout.find("一次性告知："), done.stdout.find("已提交")
        self.assertTrue(0 < told < submitted, done.stdout)
        notice = done.stdout[told:submitted]
        for words in ("3条失信信息，2份材料", "信用承诺书", "→ 1、2、3", "自受理起7个工作日内", "〔待核实〕", "12345", "免费"):
            self.assertIn(words, notice)
        files = sorted(self.root.glob("letters/*.pdf"))
        self.assertEqual(len(files), 5, files)
        self.assertEqual(sum(file.name in notice for file in files), 3, notice)
        self.assertIn("→ 接下来由您上传材料并提交申请", done.stdout)
        for file in files:
            self.assertIn(file.name, done.stdout)
            self.assertTrue(file.read_bytes().startswith(b"%PDF-"), file)

    def test_keep_run_again_and_stop(self):
        self.addCleanup(self.run_it, "--stop")
        kept = self.run_it("--json", "--keep", "--free-ports")
        self.check_outcome(kept)
        self.check_notice(kept)
        self.assertTrue(self.processes())
        for file in (self.root / "credentials").rglob("*"):
            self.assertEqual(file.stat().st_mode & 0o077, 0, file)
        self.check_outcome(self.run_it("--json", "--free-ports"))  # in the kept one's place
        self.assertEqual(self.processes(), [])
        stopped = self.run_it("--stop")
        self.assertEqual((stopped.returncode, "nothing was running" in stopped.stdout), (0, True))

    def test_interrupted_it_ends_what_it_started_whatever_is_pressed_meanwhile(self):
        for number in (signal.SIGINT, signal.SIGHUP):
            running = self.begin("intake 就绪")
            running.send_signal(number)
            rest = []
            for line in running.stdout:
                rest.append(line)
                if "正在停止" in line:
                    running.send_signal(number)
            self.assertEqual(running.wait(60), 1)
            self.assertFalse(json.loads(rest[-1])["ok"])
            self.assertNotIn("Traceback", "".join(rest))
            self.assertEqual(self.processes(), [])

    def test_one_run_at_a_time(self):
        first = self.begin("rabbitmq 就绪")
        for arguments in (("--json", "--free-ports"), ("--stop",)):
            refused = self.run_it(*arguments)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("another scripts/run", refused.stderr)
        lines = first.stdout.readlines()
        self.assertEqual(first.wait(120), 0, "".join(lines))
        self.assertTrue(json.loads(lines[-1])["ok"])

    def test_a_folder_of_somebody_else_is_not_touched(self):
        self.root.mkdir()
        (self.root / "file").write_text("mine")
        done = self.run_it("--json", "--free-ports")
        self.assertEqual(done.returncode, 1)
        self.assertFalse(json.loads(done.stdout.splitlines()[-1])["ok"])
        self.assertEqual((self.root / "file").read_text(), "mine")

    def test_where_somebody_else_listens_another_port_is_taken(self):
        wanted = ports.free()
        self.assertEqual(ports.wanted_or_free(wanted), wanted)
        import socket
        with socket.create_server(("127.0.0.1", wanted)):
            self.assertNotEqual(ports.wanted_or_free(wanted), wanted)


if __name__ == "__main__":
    unittest.main()
