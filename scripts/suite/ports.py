"""Ports on 127.0.0.1: the demo's own table, or free ones for tests that run side by side."""

import fcntl
import os
import pathlib
import random
import socket
import tempfile

BROKER = {"amqp": 5680, "management": 15680, "prometheus": 15681, "distribution": 25680, "epmd": 4380}
SERVICES = {
    "intake": 7101,
    "routing": 7102,
    "department_adapter": 7103,
    "result_sync": 7104,
    "publication": 7105,
}
METRICS_OFFSET = 100
ADAPTER_HTTP = 7113
UPSTREAM_HTTP = 7121
FIRST_AUTHORITY = 8101

_FREE_RANGE = range(18000, 32000)
# port -> its lock file's descriptor, and a socket that is bound there and does not listen: servers may (SO_REUSEADDR),
# but the kernel gives the port to no outgoing connection in between. Both until the process ends.
_held = {}


def _bound(port: int) -> socket.socket | None:
    """A socket bound as the servers do it: a port in TIME_WAIT counts as free."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(("127.0.0.1", port))
    except OSError:
        bound.close()
        return None
    return bound


def is_free(port: int) -> bool:
    bound = _bound(port)
    if bound is not None:
        bound.close()
    return bound is not None


def _hold(port: int) -> bool:
    folder = pathlib.Path(tempfile.gettempdir()) / f"xiufu-ports.{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder / str(port), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return False
    bound = _bound(port)
    if bound is None:
        os.close(lock)
        return False
    _held[port] = lock, bound
    return True


def free() -> int:
    """A free port that no other process using this function gets as long as this one lives."""
    for _ in range(1000):
        port = random.SystemRandom().choice(_FREE_RANGE)
        if port not in _held and _hold(port):
            return port
    raise RuntimeError("no free port on 127.0.0.1")


def wanted_or_free(port: int) -> int:
    return port if is_free(port) else free()


class Ports:
    """One suite's ports by what listens there; authorities are added as they are named."""

    def __init__(self, choose):
        self.broker = {name: choose(port) for name, port in BROKER.items()}
        self.grpc = {name: choose(port) for name, port in SERVICES.items()}
        self.metrics = {name: choose(port + METRICS_OFFSET) for name, port in SERVICES.items()}
        self.adapter_http = choose(ADAPTER_HTTP)
        self.upstream_http = choose(UPSTREAM_HTTP)
        self.authorities = {}
        self._choose = choose

    @staticmethod
    def demo() -> "Ports":
        """The documented ports; where somebody else listens, a free one instead."""
        return Ports(wanted_or_free)

    @staticmethod
    def all_free() -> "Ports":
        return Ports(lambda _: free())

    def authority(self, code: str) -> int:
        if code not in self.authorities:
            self.authorities[code] = self._choose(FIRST_AUTHORITY + len(self.authorities))
        return self.authorities[code]
