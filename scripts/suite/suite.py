"""The whole suite under one root folder: broker, five services, simulated authorities.

    with Suite(root, Ports.all_free()) as suite:
        suite.start()
        suite.service("routing").kill()
        suite.service("routing").start()

Everything written (configuration, credentials, stores, logs, pid files, stubs) is below the root.
"""

import base64
import json
import pathlib
import subprocess
import time
import urllib.request

from . import authorities, config, paths, process, stubs
from .broker import Broker
from .ports import Ports, SERVICES
from .process import Process

PROGRAMS = {name: f"xiufu-{name.replace('_', '-')}" for name in SERVICES}


class Service:
    """One of the five; its program may be another link of it (with crash points)."""

    def __init__(self, suite: "Suite", name: str):
        self.name = name
        self.program = suite.bin_dir / PROGRAMS[name]
        self.environment = {}
        self._suite = suite
        self.process = Process(name, suite.root / "pids" / f"{name}.json", suite.root / "log" / f"{name}.log")

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._suite.ports.grpc[self.name]}"

    @property
    def store(self) -> pathlib.Path:
        return self._suite.root / self.name / "store.db"

    def start(self) -> None:
        if not self.program.exists():
            raise FileNotFoundError(f"{self.program} is not built")
        self.process.start([str(self.program), "--config", str(config.config_file(self._suite.root, self.name))],
                           self.environment, cwd=paths.REPOSITORY)

    def serving(self) -> bool:
        """gRPC health of the whole server says SERVING."""
        import grpc
        from grpc.health.v1 import health_pb2, health_pb2_grpc

        with grpc.insecure_channel(self.address) as channel:
            try:
                answer = health_pb2_grpc.HealthStub(channel).Check(
                    health_pb2.HealthCheckRequest(), timeout=2, metadata=self._suite.credentials("operator"))
            except grpc.RpcError:
                return False
        return answer.status == health_pb2.HealthCheckResponse.SERVING

    def wait_serving(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not self.serving():
            if not self.process.alive():
                raise RuntimeError(f"{self.name} ended (exit code {self.process.exit_code()}):\n{self.process.log_tail()}")
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name} is not serving after {seconds} s:\n{self.process.log_tail()}")
            time.sleep(0.05)

    def kill(self) -> None:
        self.process.kill()

    def stop(self) -> float:
        return self.process.stop()


class Simulated:
    """A system outside of the suite: a program in tests/authority, spoken to through its /admin pages."""

    def __init__(self, suite: "Suite", kind: str, code: str, program: pathlib.Path):
        self.code = code
        self._program = program
        self._config = suite.root / kind / f"{code}.toml"
        self.store = suite.root / kind / f"{code}.db"
        self.process = Process(code, suite.root / "pids" / f"{kind}-{code}.json",
                               suite.root / "log" / f"{kind}-{code}.log")

    def port(self) -> int:
        raise NotImplementedError

    def start(self) -> None:
        self.process.start([paths.PYTHON, str(self._program), "--config", str(self._config)])

    def _call(self, method: str, path: str, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port()}{path}",
                                         method=method, data=None if body is None else json.dumps(body).encode())
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return json.loads(answer.read())

    def wait_listening(self, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                self.state()
                return
            except OSError:
                if not self.process.alive() or time.monotonic() > end:
                    raise RuntimeError(f"{self.code} does not answer:\n{self.process.log_tail()}") from None
                time.sleep(0.05)

    def state(self) -> dict:
        return self._call("GET", "/admin/state")

    def behave(self, character: str) -> None:
        """How it deals with everything from now on."""
        self._call("POST", "/admin/character", {"character": character})

    def find(self, task: str, kind: str) -> None:
        """It finds that a repair which it has approved was got falsely, broken, or is to be annulled."""
        self._call("POST", "/admin/finding", {"task": task, "kind": kind})


class SimulatedAuthority(Simulated):
    def __init__(self, suite: "Suite", code: str):
        super().__init__(suite, "authority", code, paths.AUTHORITY_PROGRAM)
        self.port = lambda: suite.ports.authority(code)


class SimulatedUpstream(Simulated):
    """A front door that pushes applications and takes what is returned: 信用中国."""

    def __init__(self, suite: "Suite", code: str):
        super().__init__(suite, "upstream", code, paths.UPSTREAM_PROGRAM)
        self.port = lambda: suite.ports.upstream_http

    def push(self, upstream_no: str, record, papers: list[tuple[str, str, bytes]]) -> None:
        """One application for a record (its snapshot), from now on until intake has it; papers: kind, name, content."""
        self._call("POST", "/admin/push", {
            "upstreamNo": upstream_no,
            "record": {"subjectUscc": record.subject_uscc, "authorityUscc": record.authority.uscc,
                       "documentNo": record.document_no},
            "papers": _papers(papers)})

    def supplement(self, upstream_no: str, asked: int, papers: list[tuple[str, str, bytes]]) -> None:
        self._call("POST", "/admin/supplement", {"upstreamNo": upstream_no, "round": asked, "papers": _papers(papers)})

    def withdraw(self, upstream_no: str) -> None:
        self._call("POST", "/admin/withdraw", {"upstreamNo": upstream_no})

    def returned(self, upstream_no: str) -> list[dict]:
        """What came back under the number, each once, in the order in which it came."""
        return [one for one in self.state()["returns"] if one["upstreamNo"] == upstream_no]

    def receipt(self, upstream_no: str) -> dict:
        return self.state()["receipts"].get(upstream_no, {})


def _papers(papers: list[tuple[str, str, bytes]]) -> list[dict]:
    return [{"kind": kind, "fileName": name, "content": base64.b64encode(content).decode()}
            for kind, name, content in papers]


class Suite:
    def __init__(self, root: pathlib.Path, ports: Ports, bin_dir: pathlib.Path | None = None,
                 characters: dict[str, str] | None = None, connector: str = "push", test_admin: bool = True,
                 notify: bool = False):
        self.root = root.resolve()
        self.ports = ports
        self.bin_dir = bin_dir or paths.bin_dir()
        self.characters = characters or {}
        self.connector = connector
        self.notify = notify
        self.broker = Broker(self.root, ports.broker, test_admin=test_admin)
        self.services = {name: Service(self, name) for name in SERVICES}
        self.authorities = {a.code: SimulatedAuthority(self, a.code) for a in authorities.load()}
        self.upstream = SimulatedUpstream(self, "credit-china")

    def __enter__(self) -> "Suite":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def service(self, name: str) -> Service:
        return self.services[name]

    def authority(self, code: str) -> SimulatedAuthority:
        return self.authorities[code]

    def credentials(self, principal: str) -> list[tuple[str, str]]:
        """gRPC metadata of a caller."""
        return [("authorization", f"Bearer {config.token(self.root, principal)}")]

    def prepare(self) -> None:
        config.write_all(self.root, self.ports, self.characters, connector=self.connector, notify=self.notify)
        self.broker.prepare()
        stubs.use(self.root / "stubs")

    def start(self, report=lambda name, seconds: None) -> None:
        """Starts everything and waits until all of it serves; report() tells each.

        Nothing needs another one to start. The broker goes first all the same: services that miss it come back in
        steps of their back-off, seconds after it is there.
        """
        begin = time.monotonic()
        self.prepare()
        self.broker.start()
        report("rabbitmq", time.monotonic() - begin)
        self.check_topology()
        for authority in self.authorities.values():
            authority.start()
        self.upstream.start()
        for service in self.services.values():
            service.start()
        for name, service in self.services.items():
            service.wait_serving()
            report(name, time.monotonic() - begin)
        for code, authority in self.authorities.items():
            authority.wait_listening()
            report(f"authority {code}", time.monotonic() - begin)
        self.upstream.wait_listening()
        report("credit-china", time.monotonic() - begin)

    def check_topology(self) -> None:
        """Raises with every difference between the running broker and the one table that all topology comes from."""
        done = subprocess.run(
            [str(self.bin_dir / "xiufuctl"), "topology", "check", "--authorities", str(paths.DEPLOY / "authorities"),
             "--management", f"http://127.0.0.1:{self.ports.broker['management']}", "--user", "operator",
             "--password-file", str(self.broker.credentials / "operator")], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"the broker is not as it should be:\n{done.stdout}{done.stderr}")

    def stop(self) -> list[str]:
        return stop(self.root)


def stop(root: pathlib.Path) -> list[str]:
    """Ends what was started under the root, and nothing else; returns the names of what was still running."""
    return process.stop_all(root / "pids", last=["broker", "epmd"])
