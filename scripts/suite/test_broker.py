"""A private RabbitMQ node through its whole life: `/usr/bin/python3 -m unittest suite.test_broker` in scripts/."""

import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

from . import broker, paths, ports


def listeners(port: int) -> list[str]:
    """/proc/net's local addresses that listen on the port."""
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in pathlib.Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                found.append(fields[1].rpartition(":")[0])
    return found


class BrokerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.node = broker.Broker(pathlib.Path(folder.name), ports.Ports.all_free().broker, test_admin=True)
        self.addCleanup(self.node.stop)

    def queues(self):
        names = self.node.control("list_queues", "-p", broker.VHOST, "name", "--silent", "--no-table-headers")
        return set(names.split())

    def test_life(self):
        self.node.start()
        wanted = json.loads(self.node.definitions.read_text(encoding="utf-8"))
        self.assertEqual(self.queues(), {queue["name"] for queue in wanted["queues"]})
        # A password may begin like an option, and belongs on no command line.
        login = self.node.control("authenticate_user", "routing", given=self.node.password("routing") + "\n")
        self.assertIn("Success", login)
        self.assertNotIn("guest", self.node.control("list_users"))

        # Nothing but loopback, and nobody else may read a secret.
        for name, port in self.node.ports.items():
            for address in listeners(port):
                self.assertIn(address, ("0100007F", "0000000000000000FFFF00000100007F",
                                        "00000000000000000000000001000000"), name)
        for file in (*self.node.credentials.iterdir(), self.node.folder / "definitions.json"):
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file)
        command = pathlib.Path(f"/proc/{self.node.process.pid()}/cmdline").read_bytes()
        self.assertNotIn(self.node.password("routing").encode(), command)

        before = self.bindings()
        self.node.remove_binding("xiufu.events", "routing", "intake.#")
        self.assertEqual(before - self.bindings(), {("xiufu.events", "routing", "intake.#")})
        self.node.add_binding("xiufu.events", "routing", "intake.#")
        self.assertEqual(self.bindings(), before)
        self.node.remove_binding("xiufu.events", "routing", "intake.#")

        # Another process goes on with it by the root folder alone.
        def control(action):
            return subprocess.run([sys.executable, "-m", "suite.broker", "--root", str(self.node.root), action],
                                  cwd=paths.REPOSITORY / "scripts", env={**os.environ}, capture_output=True).returncode

        self.assertEqual((control("status"), control("kill"), control("status")), (0, 0, 1))
        with self.assertRaises(RuntimeError):
            self.node.control("status")
        self.assertEqual(listeners(self.node.ports["epmd"]), [], "a command to the dead node left an epmd behind")

        self.node.wipe()
        self.node.start()
        self.assertEqual(self.bindings(), before)
        self.node.stop()
        self.assertFalse(self.node.alive())
        self.assertEqual(listeners(self.node.ports["epmd"]), [])

    def bindings(self):
        return {(b["source"], b["destination"], b["routing_key"]) for b in self.node.api("GET", "/bindings/xiufu")}

    def test_with_broker_passes_the_exit_code_and_leaves_nothing(self):
        script = paths.REPOSITORY / "scripts" / "with-broker"
        done = subprocess.run([str(script), "sh", "-c", 'echo "$XIUFU_BROKER_ROOT"; $XIUFU_RABBITMQCTL -q ping; exit 7'],
                              capture_output=True, text=True)
        root = done.stdout.splitlines()[0]
        self.assertIn("Ping succeeded", done.stdout)
        self.assertEqual(done.returncode, 7, done.stderr)
        self.assertFalse(pathlib.Path(root).exists())
        self.assertNotIn(root, subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout)


if __name__ == "__main__":
    unittest.main()
