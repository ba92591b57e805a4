"""scripts/import-million: a million rows through xiufuctl import, timed, with the peak memory of both ends.

Also: what searches by code and by name cost when the records are there, and what the same file costs again.
"""

import argparse
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zoneinfo

from . import authorities, feed, uscc
from .ports import Ports
from .suite import Suite

_SEARCHES = ["丹东", "公司", "鸿远", "锦江", "鸭绿锦", "（测试99", "水产"]


def made_up(number: int, dice: random.Random) -> feed.Subject:
    """Like feed.subject, for more of them than five digits can number."""
    name = f"丹东{feed.any_name(dice)}有限公司（测试{number}）"
    return feed.Subject(uscc.make("91", "210600", f"M{number:07d}"), name)


def write_feed(path: pathlib.Path, rows: int, today: datetime.date) -> None:
    """Penalties of made-up subjects, three records each, row by row."""
    dice = random.Random("million")
    known = authorities.load()
    with open(path, "wb") as out:
        out.write(feed.to_csv([]))
        header = len(feed.to_csv([]))
        part = []
        for number in range(rows):
            if number % 3 == 0:
                who = made_up(number // 3, dice)
            authority = known[number % len(known)]
            decided = today - datetime.timedelta(days=1 + number % 900)
            part.append(feed.penalty(who, authority, feed.document_no(authority, decided.year, number), "罚款", decided,
                                     fine_fen=100_00 * (1 + number % 500)))
            if len(part) == 10_000 or number == rows - 1:
                out.write(feed.to_csv(part)[header:])
                part = []


def peak_mib(pid: int) -> float:
    """The most memory a process has had at once, from /proc while it lives."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmHWM")


def run_import(suite: Suite, path: pathlib.Path) -> tuple[float, float, dict]:
    """Seconds, peak MiB of the client, report."""
    begin = time.monotonic()
    child = subprocess.Popen([suite.bin_dir / "xiufuctl", "import", path, "--json", "--target",
                              suite.service("publication").address, "--credentials", suite.root / "credentials"],
                             stdout=subprocess.PIPE)
    peak = 0.0
    while child.poll() is None:
        try:
            peak = max(peak, peak_mib(child.pid))
        except (OSError, RuntimeError):
            break  # it has just ended
        time.sleep(0.05)
    report = json.loads(child.stdout.read())
    if child.wait() != 0:
        raise RuntimeError("xiufuctl import failed")
    return time.monotonic() - begin, peak, report


def measure(rows: int) -> dict:
    today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date()
    with tempfile.TemporaryDirectory(prefix="xiufu-million-") as folder:
        root = pathlib.Path(folder)
        path = root / "feed.csv"
        begin = time.monotonic()
        write_feed(path, rows, today)
        print(f"{path.stat().st_size / 2**20:.0f} MiB written in {time.monotonic() - begin:.0f} s", file=sys.stderr)
        with Suite(root / "suite", Ports.all_free()) as suite:
            suite.start()
            result = {"rows": rows}
            for name in ("first", "again"):
                seconds, client, report = run_import(suite, path)
                result[name] = {"seconds": round(seconds, 1), "rows_s": round(rows / seconds),
                                "client_peak_mib": round(client, 1),
                                "service_peak_mib": round(peak_mib(suite.service("publication").process.pid()), 1),
                                "imported": report["imported"], "unchanged": report["unchanged"],
                                "rejected": report["rejected"]}
                print(name, result[name], file=sys.stderr)
            result["searches_ms"] = search(suite)
            result["store_mib"] = round(suite.service("publication").store.stat().st_size / 2**20)
            return result


def search(suite: Suite) -> dict[str, float]:
    from . import client  # needs the stubs that the suite has made by now

    portal = client.Portal(suite.service("intake").address, suite.credentials("portal"))
    request = portal.messages.SearchRecordsRequest
    costs = {}
    for name in _SEARCHES:
        times = []
        for _ in range(5):
            begin = time.monotonic()
            found = portal.call("SearchRecords", request(name=name, page_size=50))
            times.append((time.monotonic() - begin) * 1000)
        costs[f"{name} ({len(found.records)})"] = round(sorted(times)[2], 1)
    return costs


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/import-million")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    result = measure(arguments.rows)
    print(json.dumps(result, ensure_ascii=False, indent=None if arguments.json else 2))
    right = result["first"]["imported"] == result["again"]["unchanged"] == arguments.rows
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
