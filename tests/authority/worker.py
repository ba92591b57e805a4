"""The authority's clerks: fetch and check the materials, write down the answers, send them until acknowledged.

Each step ends in one transaction that also says when the task needs attention next, so a process killed at any
point goes on where its store stands. A step may be done twice; its effect is the same.
"""

import base64
import datetime
import hashlib
import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zoneinfo

import character as characters
from store import Store, canonical

_RETRY_MS = (100, 250, 500, 1000, 2000)
_TIMEOUT_S = 10


class Unavailable(Exception):
    """The adapter could not be asked, or not now."""


class Adapter:
    """The suite's department adapter, as an authority's system sees it."""

    def __init__(self, base_url: str, token: str):
        self._base_url = base_url.rstrip("/")
        self._authorization = f"Bearer {token}"
        # No proxy of the machine's environment comes between two programs on one machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def _call(self, method: str, url: str, body: str | None = None):
        request = urllib.request.Request(url, method=method, data=None if body is None else body.encode("utf-8"))
        request.add_header("Authorization", self._authorization)
        if body is not None:
            request.add_header("Content-Type", "application/json; charset=utf-8")
        try:
            try:
                answer = self._opener.open(request, timeout=_TIMEOUT_S)
            except urllib.error.HTTPError as error:
                answer = error  # an answer like any other
            with answer:
                return answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unavailable(str(error)) from error

    def task(self, task: str) -> dict:
        status, _, body = self._call("GET", f"{self._base_url}/v1/tasks/{task}")
        if status != 200:
            raise Unavailable(f"query by task: HTTP {status}")
        return json.loads(body)

    def material(self, url: str) -> tuple[bytes, str]:
        """The bytes and the SHA-256 (hex) that the Digest header promises, "" without one."""
        url = urllib.parse.urljoin(self._base_url + "/", url)
        status, headers, body = self._call("GET", url)
        if status != 200:
            raise Unavailable(f"material: HTTP {status}")
        algorithm, _, value = headers.get("Digest", "").partition("=")
        return body, base64.b64decode(value).hex() if algorithm.lower() == "sha-256" else ""

    def answer(self, body: str) -> tuple[int, str]:
        status, _, content = self._call("POST", f"{self._base_url}/v1/answers", body)
        return status, content.decode("utf-8", errors="replace")


class Workers:
    def __init__(self, store: Store, adapter: Adapter, settings, threads: int = 4):
        """settings: code, seed, character() and today() of this authority."""
        self._store = store
        self._adapter = adapter
        self._settings = settings
        self._condition = threading.Condition()
        self._busy = set()
        self._stopping = False
        self._threads = [threading.Thread(target=self._run, name=f"clerk-{i}") for i in range(threads)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        for thread in self._threads:
            thread.join()

    def wake(self) -> None:
        with self._condition:
            self._condition.notify_all()

    def _run(self) -> None:
        while task := self._next():
            try:
                self._step(task)
            except Unavailable as error:
                self._postpone(task, str(error))
            finally:
                with self._condition:
                    self._busy.discard(task["task"])
                    self._condition.notify()

    def _next(self):
        """The task that is due next and nobody works on; None when it is time to stop."""
        with self._condition:
            while not self._stopping:
                open_tasks = self._store.rows(
                    "SELECT * FROM task WHERE due_ms IS NOT NULL ORDER BY due_ms LIMIT ?", len(self._threads) + 1)
                waiting = [task for task in open_tasks if task["task"] not in self._busy]
                if waiting and waiting[0]["due_ms"] <= now_ms():
                    self._busy.add(waiting[0]["task"])
                    return waiting[0]
                self._condition.wait((waiting[0]["due_ms"] - now_ms()) / 1000 if waiting else None)
        return None

    def _postpone(self, task, reason: str) -> None:
        attempts = task["attempts"] + 1
        base = _RETRY_MS[min(attempts, len(_RETRY_MS)) - 1]
        due = now_ms() + random.Random(f"{task['task']}/{attempts}").randint(base // 2, base)
        # Work that arrived meanwhile is not put off.
        with self._store.transaction() as sql:
            sql.execute("UPDATE task SET attempts = ?, due_ms = ? WHERE task = ? AND changes = ?",
                        (attempts, due, task["task"], task["changes"]))
        print(f"{self._settings.code}: task {task['task']}: {reason}; again at {due}", flush=True)

    def _step(self, task) -> None:
        """Does the first thing that is to be done for the task."""
        cancelled = self._store.row("SELECT 1 FROM cancellation WHERE task = ?", task["task"])
        if cancelled and self._settings.character().heeds_cancellations:
            self._finish(task, None)
            return
        if not task["answered"]:
            body = json.loads(task["body"])
            give_answers = characters.objection_answers if "statement" in body else characters.first_answers
            self._examine(task, body.get("materials", []), "task", task["task"], give_answers)
            return
        supplement = self._store.row(
            "SELECT * FROM supplement WHERE task = ? AND NOT answered ORDER BY round LIMIT 1", task["task"])
        if supplement:
            self._examine(task, json.loads(supplement["body"]).get("materials", []), "supplement",
                          supplement["request_id"], characters.answers_to_supplement)
            return
        fault = self._store.row("SELECT * FROM fault WHERE task = ? AND NOT handled LIMIT 1", task["task"])
        if fault:
            self._answer_again(task, fault)
            return
        answer = self._store.row("SELECT * FROM answer WHERE task = ? AND sent < copies AND refused IS NULL "
                                 "ORDER BY ordinal LIMIT 1", task["task"])
        if answer and answer["due_ms"] <= now_ms():
            self._send(task, answer)
            return
        if cancelled and not answer and not self._concluded(task):
            self._decide(task)
            return
        self._finish(task, answer["due_ms"] if answer else None)

    def _finish(self, task, due: int | None) -> None:
        with self._store.transaction() as sql:
            sql.execute("UPDATE task SET due_ms = ?, attempts = 0 WHERE task = ? AND changes = ?",
                        (due, task["task"], task["changes"]))

    def _examine(self, task, materials: list[dict], table: str, key: str, give_answers) -> None:
        """Fetches and checks materials, then writes down the answers, all in one transaction."""
        fetched = [(material, *self._adapter.material(material["url"])) for material in materials]
        wrong = []
        with self._store.transaction() as sql:
            for material, content, digest in fetched:
                sha256 = hashlib.sha256(content).hexdigest()
                fits = (len(content) == int(material["size"]) and sha256 == material["sha256"].lower()
                        and digest in ("", sha256))
                if not fits:
                    wrong.append(material.get("fileName", material["material"]))
                sql.execute("INSERT INTO material VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                            (task["task"], material["material"], material["kind"], len(content), sha256, int(fits),
                             now_ms()))
            body, number = json.loads(task["body"]), self._number(task)
            if wrong:
                answers = characters.unreadable_material(wrong)
            else:
                answers = give_answers(self._settings.character(), body, number, self._settings.today(),
                                       self._count(task, "supplementRequested"))
            column = "task" if table == "task" else "request_id"
            sql.execute(f"UPDATE {table} SET verified = ?, answered = 1 WHERE {column} = ?", (int(not wrong), key))
            self._write_down(sql, task, answers)

    def _answer_again(self, task, fault) -> None:
        """The answer could not be entered: ask what the task is about now, and decide the same anew."""
        current = self._adapter.task(task["task"])
        faulty = json.loads(self._store.row("SELECT body FROM answer WHERE answer_id = ?", fault["answer_id"])["body"])
        approved = faulty.get("decided", {}).get("outcome") == "APPROVED"
        with self._store.transaction() as sql:
            round_ = sql.execute("SELECT count(*) FROM fault WHERE task = ? AND handled", (task["task"],)).fetchone()[0]
            number = f"{self._number(task)}-F{round_ + 1}"
            answer = characters.decided("APPROVED" if approved else "REFUSED", current, number, self._settings.today())
            sql.execute("UPDATE fault SET handled = 1 WHERE answer_id = ?", (fault["answer_id"],))
            self._write_down(sql, task, [(f"F{round_ + 1}", answer)])

    def _count(self, task, *kinds: str) -> int:
        """How many answers of these kinds the task has."""
        answers = self._store.rows("SELECT body FROM answer WHERE task = ?", task["task"])
        return sum(any(kind in json.loads(answer["body"]) for kind in kinds) for answer in answers)

    def _concluded(self, task) -> bool:
        return self._count(task, "decided", "notAccepted", "returned", "objectionUpheld", "objectionRejected") > 0

    def _decide(self, task) -> None:
        """Nobody waits for it any more, and still it decides."""
        body = json.loads(task["body"])
        who, number, today = self._settings.character(), self._number(task), self._settings.today()
        answers = (characters.objection_answers(who, body, number, today, 0) if "statement" in body
                   else characters.decisions(who, body, number, today))
        with self._store.transaction() as sql:
            self._write_down(sql, task, answers)

    def find(self, task, kind: str) -> None:
        """Writes a finding about the task's approval down, to be sent like every other answer."""
        with self._store.transaction() as sql:
            self._write_down(sql, task, [("V", characters.finding(kind, self._number(task), self._settings.today()))])
        self.wake()

    def _number(self, task) -> str:
        return receipt_number(self._settings.code, task["number"])

    def _write_down(self, sql, task, answers: list[tuple[str, dict]]) -> None:
        """Puts answers into the outbox; their ids follow from what they answer, so they are the same after a crash."""
        who = self._settings.character()
        if "answers_twice" in who.traits:
            answers = characters.again(answers)
        ordinal = sql.execute("SELECT coalesce(max(ordinal), 0) FROM answer WHERE task = ?",
                              (task["task"],)).fetchone()[0]
        due = now_ms()
        for suffix, answer in answers:
            ordinal += 1
            answer_id = f"{self._number(task)}-{suffix}"
            if sql.execute("SELECT 1 FROM answer WHERE answer_id = ?", (answer_id,)).fetchone():
                answer_id += f"-{ordinal}"  # the same kind of answer in a later round
            due += who.delay_ms(f"{self._settings.seed}/{answer_id}")
            body = {"answerId": answer_id, "task": task["task"], "answeredAt": timestamp(due), **answer}
            sql.execute("INSERT INTO answer (answer_id, task, ordinal, body, due_ms, copies) VALUES (?, ?, ?, ?, ?, ?)",
                        (answer_id, task["task"], ordinal, canonical(body), due, who.copies))
        sql.execute("UPDATE task SET due_ms = ?, attempts = 0 WHERE task = ?", (now_ms(), task["task"]))

    def _send(self, task, answer) -> None:
        status, content = self._adapter.answer(answer["body"])
        with self._store.transaction() as sql:
            sql.execute("UPDATE answer SET last_status = ? WHERE answer_id = ?", (status, answer["answer_id"]))
            if status == 200:
                sql.execute("UPDATE task SET attempts = 0 WHERE task = ?", (task["task"],))
                sql.execute("UPDATE answer SET sent = sent + 1, acknowledged_ms = coalesce(acknowledged_ms, ?) "
                            "WHERE answer_id = ?", (now_ms(), answer["answer_id"]))
            elif status in (400, 409):
                sql.execute("UPDATE answer SET refused = ? WHERE answer_id = ?",
                            (f"HTTP {status}: {content}", answer["answer_id"]))
        if status not in (200, 400, 409):
            raise Unavailable(f"answer {answer['answer_id']}: HTTP {status}")


def receipt_number(code: str, number: int) -> str:
    return f"{code.upper()}-{number:06d}"


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def timestamp(at_ms: int) -> str:
    at = datetime.datetime.fromtimestamp(at_ms / 1000, zoneinfo.ZoneInfo("Asia/Shanghai"))
    return at.isoformat(timespec="milliseconds")
