"""One child process with a pid file that survives its parent.

The pid file names the process by pid and start time, so that whoever stops it later never hits a stranger that
got the same pid.
"""

import json
import os
import pathlib
import signal
import subprocess
import time

from . import files


def start_time(pid: int) -> int | None:
    """Clock ticks after boot at which the process started; None when it is gone or only waits to be reaped."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The second field is the name in parentheses and may itself hold spaces and parentheses.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


class Process:
    def __init__(self, name: str, pid_file: pathlib.Path, log_file: pathlib.Path):
        self.name = name
        self.pid_file = pid_file
        self.log_file = log_file
        self._child = None

    def start(self, command: list[str], environment: dict[str, str] | None = None, cwd=None) -> None:
        """Starts it in a session of its own: Ctrl-C at the terminal reaches the caller, who stops in order."""
        if self.alive():
            raise RuntimeError(f"{self.name} is running already (pid {self.pid()})")
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log_file, "ab") as log:
            self._child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, **(environment or {})}, cwd=cwd)
        record = {"name": self.name, "pid": self._child.pid, "start_time": start_time(self._child.pid)}
        files.write(self.pid_file, json.dumps(record) + "\n")

    def _record(self) -> dict | None:
        try:
            return json.loads(self.pid_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def pid(self) -> int | None:
        record = self._record()
        return record["pid"] if record else None

    def alive(self) -> bool:
        if self._child is not None and self._child.poll() is not None:
            return False
        record = self._record()
        return bool(record and record["start_time"] and start_time(record["pid"]) == record["start_time"])

    def exit_code(self) -> int | None:
        """As subprocess reports it (negative: a signal); None while it runs or when another process started it."""
        return self._child.poll() if self._child is not None else None

    def send(self, number: int) -> bool:
        """False when it was not running."""
        if not self.alive():
            return False
        try:
            os.kill(self.pid(), number)
        except ProcessLookupError:
            return False
        return True

    def wait(self, seconds: float) -> bool:
        """True as soon as it is gone; then its pid file is gone as well."""
        end = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        if self._child is not None:
            # A killed process looks gone before its last thread has let go of its files and locks.
            self._child.wait(10)
        self.pid_file.unlink(missing_ok=True)
        return True

    def stop(self, seconds: float = 10, asked: bool = False) -> float:
        """SIGTERM unless it was asked to end before, then SIGKILL when it takes too long. Returns how long it took."""
        begin = time.monotonic()
        if not asked:
            self.send(signal.SIGTERM)
        if not self.wait(seconds):
            self.send(signal.SIGKILL)
            self.wait(10)
        return time.monotonic() - begin

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        if not self.wait(10):
            raise RuntimeError(f"{self.name} (pid {self.pid()}) survived SIGKILL")

    def log_tail(self, lines: int = 20) -> str:
        if not self.log_file.exists():
            return ""
        return "\n".join(self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def stop_all(folder: pathlib.Path, last: list[str]) -> list[str]:
    """Ends every process that has a pid file in the folder and is still the one that was started.

    All at once, but those named in last one after another when the others are gone.
    """
    processes = [Process(file.stem, file, pathlib.Path(os.devnull)) for file in sorted(folder.glob("*.json"))]
    running = [process.name for process in processes if process.alive()]
    for process in processes:
        if process.name not in last:
            process.send(signal.SIGTERM)
    for process in sorted(processes, key=lambda p: last.index(p.name) if p.name in last else -1):
        process.stop(asked=process.name not in last)
    return running
