"""Recomputes every due date of a generated year of cases and withdrawals from its receipt alone, sharing nothing with what made it.

usage: recompute.py PROGRAM DEPLOY EXCEPTIONS   (PROGRAM DEPLOY CALENDARS prints one receipt a line as JSON)
"""

import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib

DAY = datetime.timedelta(days=1)


def load(folder: str) -> tuple[set, set, set, dict]:
    """Days off, weekend days worked, the years that are announced, and what an authority or its line does otherwise."""
    off, worked, years, own = set(), set(), set(), {}
    for file in pathlib.Path(folder).glob("*.toml"):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for row in data.get("exception", []):
            for who in row.get("authorities", []) + row.get("authority_kinds", []):
                own |= {(who, day): row["working"] for day in row["days"]}
        announced = isinstance(data.get("year"), int)
        years |= {data["year"]} if announced else set()
        for holiday in data["holiday"] if announced else [h for y in data.get("year", []) for h in y["holiday"]]:
            span = (holiday["to"] - holiday["from"]).days + 1
            off |= {(announced, holiday["from"] + i * DAY) for i in range(span)}
            worked |= set(holiday.get("work", []))
    return {day for announced, day in off if announced or day.year not in years}, worked, years, own


class Recomputed:
    def __init__(self, calendar, receipt):
        self.off, self.worked, self.years, self.own = calendar
        self.authority = receipt["authority"]
        self.skipped, self.makeups, self.exceptions, self.provisional = [], [], [], False
        day = datetime.date.fromisoformat
        at, left = day(receipt["start_date"]), receipt["days"]
        for pause in receipt["pauses"]:
            while receipt["working_days"] and at < day(pause["asked"]):
                at += DAY
                left -= self.works(at)
            left -= 0 if receipt["working_days"] else (day(pause["asked"]) - at).days
            at, left = day(pause["supplemented"]), max(left, 0)
        if receipt["working_days"] and (left > 0 or not receipt["pauses"]):
            while left > 0:
                at += DAY
                left -= self.works(at)
        else:
            at += left * DAY
            while not self.works(at):
                at += DAY
        self.due = at

    def works(self, day) -> bool:
        self.provisional |= day.year not in self.years
        public = day not in self.off and (day.weekday() < 5 or day in self.worked)
        for who in (self.authority["code"], self.authority["kind"]):
            if (who, day) in self.own:
                if self.own[who, day] == public:
                    break
                self.exceptions.append([day.isoformat(), not public])
                return not public
        if day in self.off:
            self.skipped.append(day.isoformat())
        elif day.weekday() >= 5 and public:
            self.makeups.append(day.isoformat())
        return public


def main() -> int:
    program, deploy, exceptions = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(f"{deploy}/calendars", folder, dirs_exist_ok=True)
        shutil.copy(exceptions, f"{folder}/exceptions.toml")
        calendar = load(folder)
        lines = subprocess.check_output([program, deploy, folder], text=True).splitlines()
    wrong = 0
    for line in lines:
        receipt = json.loads(line)
        mine = Recomputed(calendar, receipt)
        got = [mine.due.isoformat(), mine.provisional, mine.skipped, mine.makeups, mine.exceptions]
        said = [receipt["due"], receipt["provisional"], *([day[:10] for day in receipt[name]] for name in ("skipped", "worked")),
                [exception[:2] for exception in receipt["exceptions"]]]
        if got != said or not all(receipt[name] for name in ("source", "calendar_version", "start_event")):
            wrong += 1
            print(f"{line}\n  recomputed: {got}")
    seen = {name: sum(bool(json.loads(line)[name]) for line in lines) for name in ("pauses", "exceptions", "provisional")}
    print(f"{len(lines)} receipts, {seen}, {wrong} wrong")
    return 0 if all(seen.values()) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
