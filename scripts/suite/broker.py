"""A private RabbitMQ node: own name, ports, data folder, cookie and epmd; the machine's own broker is not touched.

The ports and names of a node are kept in <root>/broker/node.json, so that any process can go on with a node that
another one started: `python3 -m suite.broker --root ROOT start|stop|kill|wipe|status`.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

from . import files, paths
from .process import Process

# Not the wrapper in /usr/sbin: that one changes to the user rabbitmq, whose folders these are not.
SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server"
CONTROL = "/usr/lib/rabbitmq/bin/rabbitmqctl"
VHOST = "xiufu"
_DELIVERED = paths.DEPLOY / "rabbitmq"
# Where nothing else may make topology, a test still must be able to: never part of what is delivered.
TEST_ADMIN = "admin"


def password_hash(password: str) -> str:
    """RabbitMQ's rabbit_password_hashing_sha256: base64(salt + SHA-256(salt + password))."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode("ascii")


def speaks_amqp(port: int, timeout: float = 1.0) -> bool:
    """True when the node answers the protocol header with Connection.Start."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout) as connection:
            connection.sendall(b"AMQP\x00\x00\x09\x01")
            return connection.recv(1) == b"\x01"
    except OSError:
        return False


class Broker:
    def __init__(self, root: pathlib.Path, ports: dict[str, int], definitions: pathlib.Path | None = None,
                 test_admin: bool = False):
        """ports: amqp, management, prometheus, distribution, epmd. test_admin: also a user that may do anything."""
        self.root = root.resolve()
        self.ports = ports
        self.definitions = definitions or _DELIVERED / "definitions.json"
        self.test_admin = test_admin
        self.folder = self.root / "broker"
        self.node = f"xiufu-{ports['amqp']}@localhost"
        self.credentials = self.root / "credentials" / "broker"
        pids, log = self.root / "pids", self.root / "log"
        self._epmd = Process("epmd", pids / "epmd.json", log / "epmd.log")
        self.process = Process("broker", pids / "broker.json", log / "broker.log")

    @staticmethod
    def load(root: pathlib.Path) -> "Broker":
        state = json.loads((root / "broker" / "node.json").read_text(encoding="utf-8"))
        return Broker(root, state["ports"], pathlib.Path(state["definitions"]), state["test_admin"])

    @property
    def control_script(self) -> pathlib.Path:
        return self.folder / "rabbitmqctl"

    def password(self, user: str) -> str:
        return files.secret(self.credentials / user)

    def environment(self) -> dict[str, str]:
        """What the node and its command line tools need; nothing of /etc/rabbitmq is read."""
        at = str(self.folder)
        return {
            "HOME": at,
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_MNESIA_BASE": f"{at}/data",
            "RABBITMQ_LOG_BASE": f"{at}/log",
            "RABBITMQ_PID_FILE": f"{at}/pid",
            "RABBITMQ_CONFIG_FILE": f"{at}/rabbitmq.conf",
            "RABBITMQ_ADVANCED_CONFIG_FILE": f"{at}/advanced.config",
            "RABBITMQ_CONF_ENV_FILE": f"{at}/rabbitmq-env.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{at}/enabled_plugins",
            "RABBITMQ_DIST_PORT": str(self.ports["distribution"]),
            "ERL_EPMD_PORT": str(self.ports["epmd"]),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_INETRC": f"{at}/inetrc",
            # Without +sbwtdio each of a boot's thousands of file reads puts a thread to sleep and wakes it again:
            # 11 to 15 s to boot in a virtual machine instead of 6 to 7.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwtdio medium -kernel inet_dist_use_interface {127,0,0,1}",
            # The server script then replaces itself by the Erlang machine: the child's pid is the node's.
            "RABBITMQ_ALLOW_INPUT": "1",
        }

    def prepare(self) -> None:
        files.private_folder(self.folder)
        files.private_folder(self.root / "credentials")
        files.write(self.folder / "definitions.json", json.dumps(self._private_definitions(), indent=1), 0o600)
        settings = (_DELIVERED / "rabbitmq.conf").read_text(encoding="utf-8")
        files.write(self.folder / "rabbitmq.conf",
                    settings.format(definitions=self.folder / "definitions.json", **self.ports))
        files.write(self.folder / "advanced.config", "[].\n")
        files.write(self.folder / "rabbitmq-env.conf", "")
        files.write(self.folder / "enabled_plugins", (_DELIVERED / "enabled_plugins").read_text(encoding="ascii"))
        # A bare machine has no /etc/hosts, and a node's own name must not depend on somebody's name server.
        files.write(self.folder / "inetrc", '{host, {127,0,0,1}, ["localhost"]}.\n{lookup, [file, native]}.\n')
        cookie = self.folder / ".erlang.cookie"
        if not cookie.exists():
            files.write(cookie, secrets.token_hex(20), 0o400)
        # A command to a node that is down would start an epmd of its own and leave it behind.
        variables = self.environment() | {"ERL_FLAGS": "-start_epmd false"}
        exports = "".join(f"export {name}='{value}'\n" for name, value in variables.items())
        files.write(self.control_script, f"#!/bin/sh\n{exports}exec {CONTROL} -n '{self.node}' \"$@\"\n", 0o700)
        files.write(self.folder / "node.json", json.dumps(
            {"ports": self.ports, "definitions": str(self.definitions), "test_admin": self.test_admin}) + "\n")

    def _private_definitions(self) -> dict:
        """The delivered definitions with this installation's own passwords in them."""
        definitions = json.loads(self.definitions.read_text(encoding="utf-8"))
        if self.test_admin:
            definitions["users"].append({"name": TEST_ADMIN, "tags": "administrator"})
            definitions["permissions"].append(
                {"user": TEST_ADMIN, "vhost": VHOST, "configure": ".*", "write": ".*", "read": ".*"})
        for user in definitions["users"]:
            user["password_hash"] = password_hash(self.password(user["name"]))
            user["hashing_algorithm"] = "rabbit_password_hashing_sha256"
        return definitions

    def start(self, seconds: float = 120) -> float:
        """Starts the node and returns, after how long, when it takes AMQP connections."""
        if self.process.alive():
            raise RuntimeError(f"the node is running already (pid {self.process.pid()})")
        begin = time.monotonic()
        self._epmd.stop()  # one that an earlier, failed start left
        self.prepare()
        environment = self.environment()
        try:
            # Started here and in the foreground: one that the node starts would outlive it, unknown to anybody.
            self._epmd.start(["epmd", "-port", str(self.ports["epmd"]), "-address", "127.0.0.1"], environment)
            self._await(self._epmd, lambda: _listens(self.ports["epmd"]), begin + seconds)
            self.process.start([SERVER, "-noinput"], environment, cwd=self.folder)
            self._await(self.process, lambda: speaks_amqp(self.ports["amqp"]), begin + seconds)
        except BaseException:
            self.stop()
            raise
        return time.monotonic() - begin

    @staticmethod
    def _await(process: Process, ready, end: float) -> None:
        while not ready():
            if not process.alive():
                raise RuntimeError(f"{process.name} ended while starting:\n{process.log_tail()}")
            if time.monotonic() > end:
                raise RuntimeError(f"{process.name} does not answer:\n{process.log_tail()}")
            time.sleep(0.1)

    def stop(self) -> float:
        """An orderly stop (SIGTERM); epmd ends with the node."""
        seconds = self.process.stop(30)
        self._epmd.stop()
        return seconds

    def kill(self) -> None:
        """SIGKILL: what a power cut of the broker alone looks like; epmd goes too."""
        self.process.kill()
        self._epmd.stop()

    def wipe(self) -> None:
        """Loses everything the stopped node had; the next start imports the definitions into an empty one."""
        if self.process.alive():
            raise RuntimeError("the node must be stopped before its data is wiped")
        shutil.rmtree(self.folder / "data", ignore_errors=True)

    def alive(self) -> bool:
        return self.process.alive()

    def control(self, *arguments: str, given: str = "", timeout: float = 60) -> str:
        """rabbitmqctl's standard output, given this as input; raises with its standard error when it fails."""
        done = subprocess.run([str(self.control_script), *arguments], input=given, capture_output=True, text=True,
                              timeout=timeout)
        if done.returncode != 0:
            raise RuntimeError(f"rabbitmqctl {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def api(self, method: str, path: str, body: dict | None = None):
        """The management API as the test administrator, e.g. api("GET", "/queues/xiufu")."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['management']}/api{path}", method=method,
            data=None if body is None else json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        login = base64.b64encode(f"{TEST_ADMIN}:{self.password(TEST_ADMIN)}".encode()).decode("ascii")
        request.add_header("Authorization", f"Basic {login}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def remove_binding(self, exchange: str, queue: str, key: str) -> None:
        self.api("DELETE", _bindings(exchange, queue, key))

    def add_binding(self, exchange: str, queue: str, key: str) -> None:
        self.api("POST", _bindings(exchange, queue), {"routing_key": key})


def _bindings(*where: str) -> str:
    exchange, queue, *key = (urllib.parse.quote(part, safe="") for part in where)
    return "/".join(["/bindings", VHOST, "e", exchange, "q", queue, *key])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def main() -> int:
    parser = argparse.ArgumentParser(description="Goes on with the private broker whose files are under --root.")
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("action", choices=["start", "stop", "kill", "wipe", "status"])
    arguments = parser.parse_args()
    broker = Broker.load(arguments.root)
    if arguments.action == "status":
        print("running" if broker.alive() else "stopped")
        return 0 if broker.alive() else 1
    getattr(broker, arguments.action)()
    return 0


if __name__ == "__main__":
    sys.exit(main())
