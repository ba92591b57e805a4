"""Recomputes every due date of a generated year of cases from its receipt alone, sharing nothing with what made it.

usage: recompute.py PROGRAM DEPLOY   (PROGRAM DEPLOY prints one receipt a line as JSON)
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tomllib

DAY = datetime.timedelta(days=1)


def load(folder: str) -> tuple[set, set, set]:
    """Days off, weekend days worked, and the years that are announced."""
    off, worked, years = set(), set(), set()
    for file in pathlib.Path(folder).glob("*.toml"):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        announced = "year" in data and isinstance(data["year"], int)
        years |= {data["year"]} if announced else set()
        for holiday in data["holiday"] if announced else [h for y in data["year"] for h in y["holiday"]]:
            span = (holiday["to"] - holiday["from"]).days + 1
            off |= {(announced, holiday["from"] + i * DAY) for i in range(span)}
            worked |= set(holiday.get("work", []))
    return {day for announced, day in off if announced or day.year not in years}, worked, years


class Recomputed:
    def __init__(self, calendar, receipt):
        self.off, self.worked, self.years = calendar
        self.skipped, self.makeups, self.provisional = [], [], False
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
        if day in self.off:
            self.skipped.append(day.isoformat())
            return False
        if day.weekday() < 5:
            return True
        if day in self.worked:
            self.makeups.append(day.isoformat())
        return day in self.worked


def main() -> int:
    calendar = load(f"{sys.argv[2]}/calendars")
    lines = subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout.splitlines()
    wrong = 0
    for line in lines:
        receipt = json.loads(line)
        mine = Recomputed(calendar, receipt)
        got = (mine.due.isoformat(), mine.provisional, mine.skipped, mine.makeups)
        said = (receipt["due"], receipt["provisional"], receipt["skipped"], receipt["worked"])
        named = receipt["source"] and receipt["calendar_version"] and receipt["start_event"]
        if got != said or not named:
            wrong += 1
            print(f"{line}\n  recomputed: {got}")
    paused = sum(bool(json.loads(line)["pauses"]) for line in lines)
    print(f"{len(lines)} receipts, {paused} with pauses, {wrong} wrong")
    return 0 if lines and paused and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
