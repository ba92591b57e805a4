"""The authority's own books, in SQLite: whatever was acknowledged or sent is here first.

A task has at most one piece of work at a time; task.due_ms says when, NULL that nothing is left to do. Checkers read
the tables read-only: task, supplement, material, answer, fault, opinion, reminder, cancellation.
"""

import json
import pathlib
import sqlite3
import threading

SCHEMA = """
CREATE TABLE IF NOT EXISTS task (
  number INTEGER PRIMARY KEY AUTOINCREMENT,   -- the authority's own running number
  task TEXT NOT NULL UNIQUE,                  -- the suite's UUID
  request_id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,                         -- as received, canonical JSON
  received_ms INTEGER NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0,        -- 1: every material was fetched and fits
  answered INTEGER NOT NULL DEFAULT 0,        -- 1: the answers to the task itself are in table answer
  attempts INTEGER NOT NULL DEFAULT 0,        -- failures of the work at hand
  changes INTEGER NOT NULL DEFAULT 0,         -- rises when work arrives, so that none is overlooked
  due_ms INTEGER                              -- when to go on with it
) STRICT;
CREATE INDEX IF NOT EXISTS task_due ON task (due_ms) WHERE due_ms IS NOT NULL;
CREATE TABLE IF NOT EXISTS supplement (
  request_id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (task),
  round INTEGER NOT NULL,
  body TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS material (
  task TEXT NOT NULL REFERENCES task (task),
  material TEXT NOT NULL,
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,                      -- of the bytes that were fetched
  sha256 TEXT NOT NULL,
  verified INTEGER NOT NULL,                  -- 1: size and hash are those of the task
  checked_ms INTEGER NOT NULL,
  PRIMARY KEY (task, material)
) STRICT;
CREATE TABLE IF NOT EXISTS answer (
  answer_id TEXT PRIMARY KEY,                 -- stable: sent under this id until it is acknowledged
  task TEXT NOT NULL REFERENCES task (task),
  ordinal INTEGER NOT NULL,                   -- within the task, sent in this order
  body TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  copies INTEGER NOT NULL,                    -- how often it is to be sent
  sent INTEGER NOT NULL DEFAULT 0,            -- how often it was acknowledged with 200
  acknowledged_ms INTEGER,                    -- first 200
  last_status INTEGER,
  refused TEXT,                               -- why the other side will never take it (400, 409)
  UNIQUE (task, ordinal)
) STRICT;
CREATE TABLE IF NOT EXISTS fault (
  answer_id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (task),
  reason TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  handled INTEGER NOT NULL DEFAULT 0          -- 1: another answer was given
) STRICT;
CREATE TABLE IF NOT EXISTS opinion (          -- on completeness, from somebody else: for information
  request_id TEXT PRIMARY KEY,                -- of one that came with a task: "<task>/<review>"
  task TEXT NOT NULL REFERENCES task (task),
  review TEXT NOT NULL,
  body TEXT NOT NULL,                         -- as received, canonical JSON
  received_ms INTEGER NOT NULL,
  UNIQUE (task, review)
) STRICT;
CREATE TABLE IF NOT EXISTS cancellation (
  task TEXT PRIMARY KEY REFERENCES task (task),
  request_id TEXT NOT NULL UNIQUE,
  cause TEXT NOT NULL,
  body TEXT NOT NULL,                         -- as received, canonical JSON
  received_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS reminder (
  request_id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (task),
  kind TEXT NOT NULL,
  body TEXT NOT NULL,                         -- as received, canonical JSON
  received_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


class Conflict(Exception):
    """The same id with other content."""


def canonical(value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Store:
    """Safe for use by several threads: one connection, one lock, one transaction a call."""

    def __init__(self, path: pathlib.Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.executescript(SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def transaction(self):
        return _Transaction(self._lock, self._connection)

    def rows(self, sql: str, *values) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values) -> sqlite3.Row | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    def setting(self, key: str, default: str) -> str:
        found = self.row("SELECT value FROM setting WHERE key = ?", key)
        return found["value"] if found else default

    def set(self, key: str, value: str) -> None:
        with self.transaction() as sql:
            sql.execute("INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        (key, value))

    def take_task(self, body: dict, now_ms: int) -> int:
        """Keeps a task and returns the authority's number for it; the same again returns the same."""
        text = canonical(body)
        with self.transaction() as sql:
            known = sql.execute("SELECT number, body FROM task WHERE request_id = ? OR task = ?",
                                (body["requestId"], body["task"])).fetchone()
            if known:
                if known["body"] != text:
                    raise Conflict("requestId or task is known with another body")
                return known["number"]
            number = sql.execute("INSERT INTO task (task, request_id, body, received_ms, due_ms) VALUES (?, ?, ?, ?, ?)",
                                 (body["task"], body["requestId"], text, now_ms, now_ms)).lastrowid
            for opinion in body.get("opinions", []):
                _keep_opinion(sql, f"{body['task']}/{opinion['review']}", opinion | {"task": body["task"]}, now_ms)
            return number

    def take_opinion(self, body: dict, now_ms: int) -> None:
        """For information: it wakes nobody."""
        with self.transaction() as sql:
            known = sql.execute("SELECT body FROM opinion WHERE request_id = ? OR (task = ? AND review = ?)",
                                (body["requestId"], body["task"], body["review"])).fetchone()
            if known is None:
                _keep_opinion(sql, body["requestId"], body, now_ms)
            elif known["body"] != canonical(body):
                raise Conflict("requestId or review is known with another body")

    def take_supplement(self, body: dict, now_ms: int) -> None:
        text = canonical(body)
        with self.transaction() as sql:
            known = sql.execute("SELECT body FROM supplement WHERE request_id = ?", (body["requestId"],)).fetchone()
            if known:
                if known["body"] != text:
                    raise Conflict("requestId is known with another body")
                return
            sql.execute("INSERT INTO supplement (request_id, task, round, body, received_ms) VALUES (?, ?, ?, ?, ?)",
                        (body["requestId"], body["task"], int(body.get("round", 1)), text, now_ms))
            _wake(sql, body["task"], now_ms)

    def take_fault(self, task: str, answer_id: str, reason: str, now_ms: int) -> None:
        with self.transaction() as sql:
            added = sql.execute("INSERT INTO fault (answer_id, task, reason, received_ms) VALUES (?, ?, ?, ?) "
                                "ON CONFLICT DO NOTHING", (answer_id, task, reason, now_ms)).rowcount
            if added:
                _wake(sql, task, now_ms)

    def take_cancellation(self, body: dict, now_ms: int) -> None:
        text = canonical(body)
        with self.transaction() as sql:
            known = sql.execute("SELECT body FROM cancellation WHERE request_id = ? OR task = ?",
                                (body["requestId"], body["task"])).fetchone()
            if known:
                if known["body"] != text:
                    raise Conflict("requestId or task is known with another body")
                return
            sql.execute("INSERT INTO cancellation (task, request_id, cause, body, received_ms) VALUES (?, ?, ?, ?, ?)",
                        (body["task"], body["requestId"], body["cause"], text, now_ms))
            _wake(sql, body["task"], now_ms)

    def take_reminder(self, body: dict, now_ms: int) -> None:
        text = canonical(body)
        with self.transaction() as sql:
            known = sql.execute("SELECT body FROM reminder WHERE request_id = ?", (body["requestId"],)).fetchone()
            if known:
                if known["body"] != text:
                    raise Conflict("requestId is known with another body")
                return
            sql.execute("INSERT INTO reminder (request_id, task, kind, body, received_ms) VALUES (?, ?, ?, ?, ?)",
                        (body["requestId"], body["task"], body["kind"], text, now_ms))

    def counts(self) -> dict:
        """What GET /admin/state tells."""
        with self._lock:
            def count(sql):
                return self._connection.execute(sql).fetchone()[0]

            return {
                "tasks": count("SELECT count(*) FROM task"),
                "tasks_verified": count("SELECT count(*) FROM task WHERE verified"),
                "tasks_open": count("SELECT count(*) FROM task WHERE due_ms IS NOT NULL"),
                "supplements": count("SELECT count(*) FROM supplement"),
                "materials_verified": count("SELECT count(*) FROM material WHERE verified"),
                "materials_wrong": count("SELECT count(*) FROM material WHERE NOT verified"),
                "answers": count("SELECT count(*) FROM answer"),
                "answers_acknowledged": count("SELECT count(*) FROM answer WHERE acknowledged_ms IS NOT NULL"),
                "answers_refused": count("SELECT count(*) FROM answer WHERE refused IS NOT NULL"),
                "faults": count("SELECT count(*) FROM fault"),
                "opinions": count("SELECT count(*) FROM opinion"),
                "reminders": count("SELECT count(*) FROM reminder"),
                "cancellations": count("SELECT count(*) FROM cancellation"),
            }


def _keep_opinion(sql, request_id: str, body: dict, now_ms: int) -> None:
    sql.execute("INSERT INTO opinion (request_id, task, review, body, received_ms) VALUES (?, ?, ?, ?, ?)",
                (request_id, body["task"], body["review"], canonical(body), now_ms))


def _wake(sql, task: str, now_ms: int) -> None:
    sql.execute("UPDATE task SET due_ms = ?, attempts = 0, changes = changes + 1 WHERE task = ?", (now_ms, task))


class _Transaction:
    def __init__(self, lock, connection):
        self._lock = lock
        self._connection = connection

    def __enter__(self):
        self._lock.acquire()
        self._connection.execute("BEGIN IMMEDIATE")
        return self._connection

    def __exit__(self, kind, *_):
        try:
            self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
        finally:
            self._lock.release()
        return False
