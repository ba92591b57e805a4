"""scripts/bench chain: the suite's chain against the floor, interleaved, as the ratio of the medians.

The floor (tests/bench/floor) is the least that the same seven hops can cost with the same durability and queue type.
"""

import argparse
import dataclasses
import datetime
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import zoneinfo

from . import authorities, feed, paths, table
from .broker import TEST_ADMIN, Broker
from .ports import Ports, free
from .process import Process
from .suite import Suite
from .usage import Sample, rss_mib

FLOOR_ROLES = {"intake": ["concluded"], "routing": ["submitted", "answer"], "adapter": ["task"],
               "result": ["taken", "ended"], "publication": ["entered"]}
_SUBJECT_RECORDS = 40


@dataclasses.dataclass
class Measured:
    apps_s: float
    lonely_ms: float
    p50_ms: float
    p99_ms: float
    cpu_us: dict[str, float]  # per application, by process
    rss_mib: dict[str, float]
    counters: dict[str, float]  # per application


def _load(arguments: list[str], pids: dict[str, int], count: int, counters) -> Measured:
    """Runs the load generator; CPU and counters are those of the closed loop alone."""
    child = subprocess.Popen([str(paths.bin_dir() / "xiufu-load"), *arguments], stdout=subprocess.PIPE, text=True)
    before, counted = None, {}
    for line in child.stdout:
        if line.startswith("lonely"):
            before, counted = Sample.take(pids), counters()
        elif line.startswith("{"):
            result = json.loads(line)
            used = Sample.take(pids).since(before)
            after = counters()
    if child.wait() != 0:
        raise RuntimeError("the load generator failed")
    return Measured(result["apps_s"], result["lonely_ms"], result["p50_ms"], result["p99_ms"],
                    {name: seconds / count * 1e6 for name, seconds in used.items()},
                    {name: rss_mib(pid) for name, pid in pids.items()},
                    {name: (after[name] - counted[name]) / count for name in after})


def measure_floor(count: int, lonely: int, window: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix="xiufu-bench-") as folder:
        root = pathlib.Path(folder)
        broker = Broker(root, Ports.all_free().broker, test_admin=True)
        processes = {}
        try:
            broker.start()
            _floor_topology(broker)
            address = f"127.0.0.1:{free()}"
            for role in FLOOR_ROLES:
                process = Process(role, root / "pids" / f"{role}.json", root / "log" / f"{role}.log")
                process.start([str(paths.bin_dir() / "xiufu-floor"), f"--role={role}", f"--store={root}/{role}.db",
                               f"--queue=floor.{role}", f"--port={broker.ports['amqp']}", f"--user={TEST_ADMIN}",
                               f"--password_file={broker.credentials / TEST_ADMIN}",
                               *([f"--listen={address}"] if role == "intake" else [])])
                processes[role] = process
            _await_consumers(broker, "floor", len(FLOOR_ROLES))
            pids = {name: process.pid() for name, process in processes.items()} | {"broker": broker.process.pid()}
            return _load(["--target=floor", f"--address={address}", f"--store={root}/intake.db", f"--count={count}",
                          f"--window={window}", f"--lonely={lonely}"], pids, count, lambda: {})
        finally:
            for process in processes.values():
                process.stop()
            broker.kill()


def _floor_topology(broker: Broker) -> None:
    broker.api("PUT", "/vhosts/floor", {})
    broker.api("PUT", f"/permissions/floor/{TEST_ADMIN}", {"configure": ".*", "write": ".*", "read": ".*"})
    broker.api("PUT", "/exchanges/floor/floor.events", {"type": "topic", "durable": True})
    for role, streams in FLOOR_ROLES.items():
        broker.api("PUT", f"/queues/floor/floor.{role}", {"durable": True, "arguments": {"x-queue-type": "quorum"}})
        for stream in streams:
            broker.api("POST", f"/bindings/floor/e/floor.events/q/floor.{role}", {"routing_key": f"{stream}.#"})


def _await_consumers(broker: Broker, vhost: str, count: int) -> None:
    end = time.monotonic() + 30
    while len(broker.api("GET", f"/consumers/{vhost}")) < count:
        if time.monotonic() > end:
            raise RuntimeError("the floor's consumers did not come up")
        time.sleep(0.1)


def measure_chain(count: int, lonely: int, window: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix="xiufu-bench-") as folder:
        root = pathlib.Path(folder)
        with Suite(root, Ports.all_free(), connector="instant") as suite:
            suite.start()
            subjects = _import_subjects(suite, count + lonely)
            (root / "subjects").write_text("".join(f"{code}\n" for code in subjects), encoding="ascii")
            pids = {name: service.process.pid() for name, service in suite.services.items()}
            pids["broker"] = suite.broker.process.pid()
            return _load(["--target=chain", f"--address={suite.service('intake').address}",
                          f"--store={suite.service('intake').store}", f"--count={count}", f"--window={window}",
                          f"--lonely={lonely}", f"--token_file={root}/credentials/portal.token",
                          f"--subjects={root}/subjects"], pids, count, lambda: _counters(suite))


def _import_subjects(suite: Suite, records: int) -> list[str]:
    """Minor penalties of today's subjects: repairable at once."""
    from . import client  # needs the stubs that the suite has made by now

    today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date()
    known = authorities.load()
    rows, subjects = [], []
    while len(rows) < records:
        who = feed.subject(len(subjects) + 1)
        subjects.append(who.uscc)
        for number in range(_SUBJECT_RECORDS):
            authority = known[number % len(known)]
            document = feed.document_no(authority, today.year, len(rows))
            rows.append(feed.penalty(who, authority, document, "警告", today - datetime.timedelta(days=20)))
    report = client.import_records(suite.service("publication").address, suite.credentials("operator"),
                                   feed.to_csv(rows), "bench.csv", feed.LAYOUT)
    if report.imported != len(rows):
        raise RuntimeError(f"the feed was not imported whole: {report.imported} of {len(rows)}")
    return subjects


def _counters(suite: Suite) -> dict[str, float]:
    """Commits and AMQP writes of all services so far, from their metrics."""
    totals = {"commits": 0.0, "amqp_writes": 0.0, "messages": 0.0}
    names = {"xiufu_db_commits_total": "commits", "xiufu_amqp_writes_total": "amqp_writes",
             "xiufu_publisher_messages_total": "messages"}
    for port in suite.ports.metrics.values():
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            for line in answer.read().decode().splitlines():
                found = re.match(r"([a-z_]+)(?:\{[^}]*\})? ([0-9.e+]+)$", line)
                if found and found[1] in names:
                    totals[names[found[1]]] += float(found[2])
    return totals


def _report(floor: list[Measured], chain: list[Measured]) -> None:
    def row(name, measured):
        middle = sorted(measured, key=lambda m: m.apps_s)[len(measured) // 2]
        services = sum(us for process, us in middle.cpu_us.items() if process != "broker")
        return [name, " ".join(f"{m.apps_s:.0f}" for m in measured),
                f"{statistics.median(m.apps_s for m in measured):.0f}",
                f"{statistics.median(m.lonely_ms for m in measured):.1f}", f"{middle.p50_ms:.0f}/{middle.p99_ms:.0f}",
                f"{services:.0f}", f"{middle.cpu_us['broker']:.0f}",
                " ".join(f"{process}={mib:.0f}" for process, mib in middle.rss_mib.items())]
    print(table.render(["", "apps/s by round", "median", "lonely ms", "p50/p99 ms", "services us/app", "broker us/app",
                        "RSS MiB"], [row("floor", floor), row("chain", chain)]))
    last = chain[-1]
    print("chain, per application: " + ", ".join(f"{name} {value:.3f}" for name, value in last.counters.items()))
    print("chain, CPU us per application: " + ", ".join(f"{n} {us:.0f}" for n, us in last.cpu_us.items()))


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("what", choices=["chain"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--window", type=int, default=2000)
    parser.add_argument("--lonely", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    floor, chain = [], []
    for number in range(arguments.rounds):
        for what, measure, results in (("floor", measure_floor, floor), ("chain", measure_chain, chain)):
            results.append(measure(arguments.count, arguments.lonely, arguments.window))
            print(f"round {number + 1} {what}: {results[-1].apps_s:.0f} apps/s, lonely {results[-1].lonely_ms:.1f} ms",
                  file=sys.stderr, flush=True)
    _report(floor, chain)
    medians = {name: statistics.median(getattr(m, key) for m in measured)
               for name, key, measured in (("floor_apps_s", "apps_s", floor), ("chain_apps_s", "apps_s", chain),
                                           ("floor_lonely_ms", "lonely_ms", floor),
                                           ("chain_lonely_ms", "lonely_ms", chain))}
    outcome = {"floor_apps_s": medians["floor_apps_s"], "chain_apps_s": medians["chain_apps_s"],
               "ratio": round(medians["chain_apps_s"] / medians["floor_apps_s"], 3),
               "floor_lonely_ms": medians["floor_lonely_ms"], "chain_lonely_ms": medians["chain_lonely_ms"]}
    print(json.dumps(outcome) if arguments.json else f"ratio {outcome['ratio']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
