#!/usr/bin/python3
"""A simulated authority's own system: takes tasks, checks the papers, answers by its character.

Usage: authority.py --config FILE (README.md lists the keys). SIGTERM ends it in order; kill -9 loses nothing that
was acknowledged.
"""

import argparse
import datetime
import pathlib
import signal
import sys
import threading
import tomllib
import zoneinfo

from character import Character
from server import Server
from store import Store
from worker import Adapter, Workers


class Settings:
    """What does not change while it runs, and the two things in the store that may."""

    def __init__(self, config: dict, store: Store):
        self.code = config["code"]
        self.seed = config.get("seed", 1)
        self._today = config.get("today", "")
        self._default = config.get("character", "approve")
        self._store = store
        self._lock = threading.Lock()
        self._calls = 0
        Character.parse(self._default)

    def character_text(self) -> str:
        return self._store.setting("character", self._default)

    def character(self) -> Character:
        return Character.parse(self.character_text())

    def fails_now(self) -> bool:
        """Counts the call; the count starts anew with the process, as a real fault's would."""
        with self._lock:
            self._calls += 1
            return self.character().fails(str(self.seed), self._calls)

    def today(self) -> str:
        return self._today or datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date().isoformat()


def main() -> int:
    parser = argparse.ArgumentParser(description="A simulated authority's system.")
    parser.add_argument("--config", type=pathlib.Path, required=True)
    config = tomllib.loads(parser.parse_args().config.read_text(encoding="utf-8"))

    def token(key):
        return pathlib.Path(config[key]).read_text(encoding="ascii").strip()

    store = Store(pathlib.Path(config["store"]))
    settings = Settings(config, store)
    workers = Workers(store, Adapter(config["adapter"], token("to_adapter_token_file")), settings)
    host, _, port = config["listen"].rpartition(":")
    server = Server((host, int(port)), store, workers, settings, token("from_adapter_token_file"))

    def stop(*_):
        # shutdown() waits for serve_forever(), which this handler has interrupted: not in this thread.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    workers.start()
    print(f"{settings.code}: listening on {host}:{port}", flush=True)
    server.serve_forever(poll_interval=0.1)
    workers.stop()
    server.server_close()
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
