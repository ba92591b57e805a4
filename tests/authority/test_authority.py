"""The simulated authority by itself, against a fake adapter: run with `/usr/bin/python3 -m unittest`."""

import base64
import hashlib
import http.client
import http.server
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parents[1] / "scripts"))

from character import Character  # noqa: E402
from suite import ports  # noqa: E402

PYTHON = "/usr/bin/python3"
TO_ADAPTER, FROM_ADAPTER = "token-of-the-authority", "token-of-the-adapter"
WAIT_S = 30


class FakeAdapter(http.server.ThreadingHTTPServer):
    """Keeps what was answered; fails the calls it is told to."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _AdapterHandler)
        self.lock = threading.Lock()
        self.materials = {}      # path -> bytes
        self.tasks = {}          # task -> current Task
        self.answers = []        # every POST that was acknowledged, in order
        self.refuse_with = None  # (status, how often)
        self.cut_short = 0       # how many of the next answers break off, as those of a killed process do
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_):
        """An authority that was killed in mid-call: what the tests are about."""

    def contents_by_id(self):
        """answer id -> the set of bodies under it."""
        found = {}
        with self.lock:
            for body in self.answers:
                found.setdefault(json.loads(body)["answerId"], set()).add(body)
        return found


class _AdapterHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, status, content=b"{}", headers=()):
        if self.server.cut_short > 0:
            self.server.cut_short -= 1
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            return
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        if self.headers.get("Authorization") != f"Bearer {TO_ADAPTER}":
            return self.reply(401)
        content = self.server.materials.get(self.path)
        if content is not None:
            digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
            return self.reply(200, content, [("Digest", f"sha-256={digest}")])
        task = self.server.tasks.get(self.path.removeprefix("/v1/tasks/"))
        return self.reply(404) if task is None else self.reply(200, json.dumps(task).encode())

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # killed while it sent
            self.close_connection = True
            return None
        body = body.decode()
        if self.headers.get("Authorization") != f"Bearer {TO_ADAPTER}" or self.path != "/v1/answers":
            return self.reply(401)
        with self.server.lock:
            if self.server.refuse_with and self.server.refuse_with[1] > 0:
                status, left = self.server.refuse_with
                self.server.refuse_with = (status, left - 1)
                return self.reply(status)
            self.server.answers.append(body)
        return self.reply(200)

    def log_message(self, *_):
        pass


def kind_of(answer):
    return (set(answer) - {"answerId", "task", "answeredAt"}).pop()


class AuthorityTest(unittest.TestCase):
    def setUp(self):
        self.adapter = FakeAdapter()
        self.addCleanup(self.adapter.server_close)
        self.addCleanup(self.adapter.shutdown)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "to").write_text(TO_ADAPTER + "\n")
        (self.folder / "from").write_text(FROM_ADAPTER + "\n")
        self.port = ports.free()
        self.process = None

    def begin(self, character, seed=1):
        (self.folder / "config.toml").write_text(
            f'code = "transport"\nlisten = "127.0.0.1:{self.port}"\nstore = "{self.folder}/store.db"\n'
            f'adapter = "{self.adapter.url}"\nfrom_adapter_token_file = "{self.folder}/from"\n'
            f'to_adapter_token_file = "{self.folder}/to"\ncharacter = "{character}"\nseed = {seed}\n'
            'today = "2026-11-24"\n', encoding="utf-8")
        self.restart()

    def restart(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [PYTHON, str(HERE / "authority.py"), "--config", str(self.folder / "config.toml")],
                stdout=log, stderr=log)
        self.addCleanup(self.end)
        self.until(self.state, "the authority answers")

    def end(self, number=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(10)

    def call(self, method, path, body=None, token=FROM_ADAPTER):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method,
                                         data=None if body is None else json.dumps(body).encode())
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"{}")

    def persist(self, method, path, body):
        """As the adapter's job does: the same request until it is acknowledged."""
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            try:
                status, answer = self.call(method, path, body)
                if status == 200:
                    return answer
            except (OSError, http.client.HTTPException):
                pass  # killed before or while it answered
            time.sleep(0.01)
        raise AssertionError(f"{method} {path} is never acknowledged")

    def state(self):
        try:
            return self.call("GET", "/admin/state", token=None)[1]
        except OSError:
            return None

    def until(self, condition, what):
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            if value := condition():
                return value
            time.sleep(0.01)
        raise AssertionError(f"not within {WAIT_S} s: {what}; {self.state()}")

    def settled(self):
        state = self.state()
        return state if state and state["tasks_open"] == 0 else None

    def material(self, task, content=None, listed=None):
        material = str(uuid.uuid4())
        content = content or f"%PDF-1.7 {material}".encode()
        path = f"/v1/tasks/{task}/materials/{material}"
        self.adapter.materials[path] = content
        listed = listed or content
        return {"material": material, "kind": "M2", "fileName": "承诺书.pdf", "mediaType": "application/pdf",
                "size": str(len(listed)), "sha256": hashlib.sha256(listed).hexdigest(), "url": self.adapter.url + path}

    def task(self, **changes):
        task = str(uuid.uuid4())
        body = {"requestId": str(uuid.uuid4()), "task": task, "authorityCode": "transport",
                "subject": {"uscc": "91210600MAYY000188", "name": "测试公司"},
                "record": {"record": str(uuid.uuid4()), "version": "1"},
                "materials": [self.material(task), self.material(task)], **changes}
        self.adapter.tasks[task] = body
        return body

    def answers(self, task):
        """The acknowledged answers to a task, first sendings only, in order."""
        seen, found = set(), []
        for text in self.adapter.answers:
            body = json.loads(text)
            if body["task"] == task and body["answerId"] not in seen:
                seen.add(body["answerId"])
                found.append(body)
        return found

    def kinds(self, task):
        return [kind_of(answer) for answer in self.answers(task)]

    def give(self, character, seed=1):
        """A task to an authority that behaves so; what it answers by itself has been acknowledged then."""
        self.begin(character, seed)
        task = self.task()
        self.call("POST", "/tasks", task)
        self.until(self.settled, "nothing is left to do")
        return task

    def cancellation(self, task, cause="WITHDRAWN"):
        return {"requestId": str(uuid.uuid4()), "task": task["task"], "cause": cause, "reason": "申请人已撤回 / withdrawn",
                "cancelledAt": "2026-11-24T09:00:00.000+08:00"}

    def cancel(self, task, cancellation=None):
        return self.call("POST", f"/tasks/{task['task']}/cancellation", cancellation or self.cancellation(task))

    def supplement(self, task, round_=1):
        body = {"requestId": str(uuid.uuid4()), "task": task["task"], "round": round_,
                "materials": [self.material(task["task"])]}
        return self.call("POST", f"/tasks/{task['task']}/supplements", body)

    def test_approves_after_checking_both_materials(self):
        self.begin("approve")
        task = self.task()
        status, receipt = self.call("POST", "/tasks", task)
        self.assertEqual((status, receipt), (200, {"authorityTaskNo": "TRANSPORT-000001"}))
        state = self.until(self.settled, "all answers acknowledged")
        accepted, decided = self.answers(task["task"])
        self.assertIn("documentNo", accepted["accepted"])
        self.assertEqual(decided["decided"]["outcome"], "APPROVED")
        self.assertEqual(decided["decided"]["recordVersion"], "1")
        self.assertEqual(decided["decided"]["decisionDate"], "2026-11-24")
        self.assertEqual((state["materials_verified"], state["answers_acknowledged"]), (2, 2))

    def test_same_task_again_gets_the_same_receipt_and_another_body_409(self):
        self.begin("silent")
        task = self.task()
        self.assertEqual(self.call("POST", "/tasks", task), self.call("POST", "/tasks", task))
        self.assertEqual(self.call("POST", "/tasks", {**task, "ruleId": "N36-GEN"})[0], 409)
        self.assertEqual(self.call("POST", "/tasks", {**task, "requestId": str(uuid.uuid4())})[0], 409)
        self.assertEqual(self.state()["tasks"], 1)

    def test_query_by_task(self):
        self.begin("silent")
        task = self.task()
        self.assertEqual(self.call("GET", f"/tasks/{task['task']}")[0], 404)
        receipt = self.call("POST", "/tasks", task)
        self.assertEqual(self.call("GET", f"/tasks/{task['task']}"), receipt)

    def test_token_is_required(self):
        self.begin("approve")
        for token in (None, "other", TO_ADAPTER):
            self.assertEqual(self.call("POST", "/tasks", self.task(), token)[0], 401)
        self.assertEqual(self.state()["tasks"], 0)

    def test_malformed_bodies_change_nothing(self):
        self.begin("approve")
        for wrong in ({"task": "1"}, {"requestId": ""}, {"authorityCode": "tax"}, {"record": {}}, {"subject": {}},
                      {"materials": [{"material": "x"}]}):
            self.assertEqual(self.call("POST", "/tasks", self.task(**wrong))[0], 400, wrong)
        self.assertEqual(self.call("POST", "/tasks", [1])[0], 400)
        self.assertEqual(self.call("POST", "/tasks", {"note": "x" * (1 << 20)})[0], 413)
        self.assertEqual(self.state()["tasks"], 0)

    def test_refuses_with_reasons_and_remedies(self):
        for character in ("refuse", "lying"):
            with self.subTest(character):
                self.begin(character)
                task = self.task()
                self.call("POST", "/tasks", task)
                self.until(self.settled, "decided")
                decided = self.answers(task["task"])[-1]["decided"]
                self.assertEqual(decided["outcome"], "REFUSED")
                self.assertTrue(decided["reasons"] and decided["remedies"])
                self.end()

    def test_objections(self):
        for character, kinds in (("approve", ["objectionRejected"]), ("approve+disowns", ["returned"]),
                                 ("refuse+upholds+second_opinion", ["objectionUpheld", "objectionRejected"])):
            with self.subTest(character):
                self.begin(character)
                objection = self.task(objectionNumber="XYXF210600202604010000000022", kind="CONTENT", statement="金额有误")
                self.assertEqual(self.call("POST", "/objections", {**objection, "statement": ""})[0], 400)
                receipt = self.call("POST", "/objections", objection)
                self.assertEqual(self.call("GET", f"/objections/{objection['task']}"), receipt)
                self.until(self.settled, "answered")
                self.assertEqual(self.kinds(objection["task"]), kinds)
                self.end()

    def test_asks_for_what_it_was_given(self):
        task = self.give("asks_needlessly")
        self.assertEqual(self.answers(task["task"])[-1]["supplementRequested"]["missing"], [{"defect": 0, "kind": "M2"}])
        self.assertEqual(self.supplement(task, 0)[0], 200)
        self.until(lambda: len(self.answers(task["task"])) == 3, "decided with what it had")

    def test_supplement_once(self):
        self.begin("supplement_once")
        task = self.task()
        self.call("POST", "/tasks", task)
        self.until(self.settled, "supplement requested")
        self.assertEqual(self.kinds(task["task"]), ["accepted", "supplementRequested"])
        supplement = {"requestId": str(uuid.uuid4()), "task": task["task"], "round": 1,
                      "materials": [self.material(task["task"])]}
        path = f"/tasks/{task['task']}/supplements"
        self.assertEqual(self.call("POST", path, supplement), self.call("POST", path, supplement))
        self.assertEqual(self.call("POST", path, {**supplement, "note": "x"})[0], 409)
        self.until(lambda: len(self.answers(task["task"])) == 3 and self.settled(), "decided after the supplement")
        self.assertEqual(self.answers(task["task"])[-1]["decided"]["outcome"], "APPROVED")
        self.assertEqual(self.state()["materials_verified"], 3)

    def test_not_accepted_says_why_and_what_to_do_about_it(self):
        task = self.give("not_accepted")
        self.assertEqual(self.kinds(task["task"]), ["notAccepted"])
        answer = self.answers(task["task"])[0]["notAccepted"]
        self.assertTrue(answer["documentNo"] and answer["reasons"] and answer["remedies"])

    def test_extend_once_accepts_extends_and_approves(self):
        task = self.give("extend_once")
        self.assertEqual(self.kinds(task["task"]), ["accepted", "extended", "decided"])
        _, extended, decided = self.answers(task["task"])
        self.assertTrue(extended["extended"]["reason"])
        self.assertEqual(decided["decided"]["outcome"], "APPROVED")

    def test_returns_what_is_not_its_own(self):
        task = self.give("returns")
        self.assertEqual(self.kinds(task["task"]), ["returned"])
        self.assertTrue(self.answers(task["task"])[0]["returned"]["reason"])

    def test_asks_twice_on_another_ground_and_approves(self):
        task = self.give("asks_twice")
        wanted = ["accepted", "supplementRequested"]
        self.assertEqual(self.kinds(task["task"]), wanted)
        for round_, answer in ((1, "supplementRequested"), (2, "decided")):
            self.assertEqual(self.supplement(task, round_)[0], 200)
            wanted.append(answer)
            self.until(lambda: self.kinds(task["task"]) == wanted and self.settled(), wanted)
        first, second = (a["supplementRequested"]["defects"] for a in self.answers(task["task"])[1:3])
        self.assertFalse(set(first) & set(second))
        self.assertEqual(self.answers(task["task"])[-1]["decided"]["outcome"], "APPROVED")

    def test_answers_twice_says_the_same_under_two_ids(self):
        task = self.give("approve+answers_twice")
        self.assertEqual(self.kinds(task["task"]), ["accepted", "accepted", "decided", "decided"])
        said = self.answers(task["task"])
        self.assertEqual(len({answer["answerId"] for answer in said}), 4)
        self.assertEqual(said[2]["decided"], said[3]["decided"])

    def test_opinions_are_kept_and_change_nothing(self):
        own = {"review": "own", "by": "", "text": "未见所列材料 / not found", "missing": ["M3"]}
        self.begin("silent")
        task = self.task(opinions=[own])
        for _ in range(2):
            self.assertEqual(self.call("POST", "/tasks", task)[0], 200)
        self.assertEqual(self.state()["opinions"], 1)
        opinion = {"requestId": str(uuid.uuid4()), "task": task["task"], "review": "r1", "by": "REVIEWER",
                   "text": "整改报告缺页", "missing": [], "givenAt": "2026-11-24T09:00:00.000+08:00"}
        path = f"/tasks/{task['task']}/opinions"
        for _ in range(2):
            self.assertEqual(self.call("POST", path, opinion)[0], 200)
        self.assertEqual(self.call("POST", path, {**opinion, "text": "材料齐全"})[0], 409)
        for wrong in ({"requestId": "1"}, {"task": str(uuid.uuid4())}, {"review": ""}, {"text": ""}):
            self.assertEqual(self.call("POST", path, {**opinion, **wrong})[0], 400, wrong)
        self.assertEqual(self.call("POST", f"/tasks/{uuid.uuid4()}/opinions", opinion)[0], 404)
        self.assertEqual((self.state()["opinions"], self.state()["answers"]), (2, 0))

    def test_a_cancelled_task_is_no_work_any_more(self):
        task = self.give("supplement_once")
        cancellation = self.cancellation(task, "CLOSED_NO_SUPPLEMENT")
        for _ in range(2):
            self.assertEqual(self.cancel(task, cancellation), (200, {}))
        self.assertEqual(self.cancel(task, {**cancellation, "cause": "WITHDRAWN"})[0], 409)
        self.assertEqual(self.cancel(task)[0], 409)
        self.assertEqual(self.supplement(task)[0], 200)
        state = self.until(self.settled, "left alone")
        self.assertEqual((state["cancellations"], state["supplements"], state["answers"]), (1, 1, 2))
        # What was acknowledged once is acknowledged again.
        self.assertEqual(self.call("POST", "/tasks", task), self.call("GET", f"/tasks/{task['task']}"))

    def test_a_cancellation_is_kept_over_a_kill(self):
        task = self.give("supplement_once")
        cancellation = self.cancellation(task)
        self.assertEqual(self.cancel(task, cancellation)[0], 200)
        self.end(signal.SIGKILL)
        self.restart()
        self.assertEqual(self.cancel(task, cancellation), (200, {}))
        self.supplement(task)
        self.assertEqual(self.until(self.settled, "left alone")["answers"], 2)

    def test_what_it_was_about_to_answer_a_cancellation_stops(self):
        self.begin("approve")
        self.adapter.refuse_with = (503, 1 << 30)
        task = self.task()
        self.call("POST", "/tasks", task)
        self.until(lambda: self.state()["answers"] == 2, "it has decided")
        self.assertEqual(self.cancel(task)[0], 200)
        self.until(self.settled, "left alone")
        self.adapter.refuse_with = None
        self.assertEqual(self.answers(task["task"]), [])

    def test_wrong_cancellations_change_nothing(self):
        task = self.give("silent")
        cancellation = self.cancellation(task)
        for wrong in ({"requestId": "1"}, {"task": str(uuid.uuid4())}, {"cause": ""}, {"reason": ""}):
            self.assertEqual(self.cancel(task, {**cancellation, **wrong})[0], 400, wrong)
        unknown = self.task()
        self.assertEqual(self.cancel(unknown)[0], 404)
        self.assertEqual(self.state()["cancellations"], 0)

    def test_late_after_cancel_decides_all_the_same(self):
        for character, before in (("silent", []), ("supplement_once", ["accepted", "supplementRequested"])):
            with self.subTest(character):
                task = self.give(f"{character}+late_after_cancel")
                self.assertEqual(self.kinds(task["task"]), before)
                self.assertEqual(self.cancel(task)[0], 200)
                wanted = [*before, "decided"]
                self.until(lambda: self.kinds(task["task"]) == wanted and self.settled(), "decided late")
                self.end()

    def test_late_after_cancel_says_no_more_once_it_has_decided(self):
        for character in ("approve", "not_accepted", "returns"):
            with self.subTest(character):
                task = self.give(f"{character}+late_after_cancel")
                before = self.kinds(task["task"])
                self.assertEqual(self.cancel(task)[0], 200)
                self.until(self.settled, "nothing to add")
                self.assertEqual(self.kinds(task["task"]), before)
                self.end()

    def test_file_that_does_not_fit_is_complained_about(self):
        self.begin("approve")
        task = self.task()
        task["materials"][1] = self.material(task["task"], content=b"%PDF-other", listed=b"%PDF-listed")
        self.call("POST", "/tasks", task)
        state = self.until(self.settled, "complained")
        self.assertIn("supplementRequested", self.answers(task["task"])[-1])
        self.assertEqual((state["materials_verified"], state["materials_wrong"]), (1, 1))

    def test_twice_sends_the_same_answer_twice(self):
        self.begin("approve+twice")
        self.call("POST", "/tasks", self.task())
        self.until(self.settled, "all sent")
        self.assertEqual(len(self.adapter.answers), 4)
        self.assertEqual([len(bodies) for bodies in self.adapter.contents_by_id().values()], [1, 1])

    def test_second_opinion_differs_under_another_id(self):
        self.begin("approve+second_opinion")
        task = self.task()
        self.call("POST", "/tasks", task)
        self.until(self.settled, "all sent")
        first, second = self.answers(task["task"])[1:]
        self.assertNotEqual(first["answerId"], second["answerId"])
        self.assertEqual([first["decided"]["outcome"], second["decided"]["outcome"]], ["APPROVED", "REFUSED"])

    def test_fault_gets_another_answer_about_the_record_as_it_is_now(self):
        self.begin("approve")
        task = self.task()
        self.call("POST", "/tasks", task)
        self.until(self.settled, "decided")
        faulty = self.answers(task["task"])[-1]["answerId"]
        self.adapter.tasks[task["task"]] = {**task, "record": {**task["record"], "version": "2"}}
        path, fault = f"/tasks/{task['task']}/faults", {"answerId": faulty, "reason": "RECORD_VERSION_CHANGED"}
        for _ in range(2):
            self.assertEqual(self.call("POST", path, fault), (200, {}))
        self.until(lambda: len(self.answers(task["task"])) == 3 and self.settled(), "decided anew")
        again = self.answers(task["task"])[-1]
        self.assertNotEqual(again["answerId"], faulty)
        self.assertEqual((again["decided"]["outcome"], again["decided"]["recordVersion"]), ("APPROVED", "2"))
        self.assertEqual(self.call("POST", path, {"answerId": "none"})[0], 404)

    def test_answers_are_retried_until_acknowledged(self):
        self.begin("approve")
        self.adapter.refuse_with = (503, 3)
        self.call("POST", "/tasks", self.task())
        state = self.until(self.settled, "acknowledged in the end")
        self.assertEqual((state["answers"], state["answers_acknowledged"]), (2, 2))

    def test_an_adapter_that_breaks_off_is_asked_again(self):
        self.begin("approve")
        self.adapter.cut_short = 8  # more than there are clerks
        self.call("POST", "/tasks", self.task())
        state = self.until(self.settled, "acknowledged in the end")
        self.assertEqual((state["answers_acknowledged"], state["materials_verified"]), (2, 2))

    def test_an_answer_the_adapter_refuses_for_good_is_counted_and_not_repeated(self):
        self.begin("approve")
        self.adapter.refuse_with = (409, 1)
        self.call("POST", "/tasks", self.task())
        state = self.until(self.settled, "all settled")
        self.assertEqual((state["answers_refused"], state["answers_acknowledged"]), (1, 1))

    def test_flaky_still_takes_everything_once(self):
        self.begin("approve+flaky", seed=7)
        tasks = [self.task() for _ in range(20)]
        statuses = []
        for task in tasks:
            while (status := self.call("POST", "/tasks", task)[0]) != 200:
                statuses.append(status)
        self.until(self.settled, "all settled")
        self.assertIn(500, statuses)
        self.assertEqual(self.state()["tasks"], 20)

    def test_rejecting_takes_nothing_until_it_behaves_otherwise(self):
        self.begin("approve+rejecting")
        task = self.task()
        self.assertEqual(self.call("POST", "/tasks", task)[0], 422)
        self.assertEqual(self.call("GET", f"/tasks/{task['task']}")[0], 404)
        self.assertEqual(self.call("POST", "/admin/character", {"character": "approve"}, token=None)[0], 200)
        self.assertEqual(self.call("POST", "/tasks", task)[0], 200)

    def test_character_can_be_changed_and_survives(self):
        self.begin("approve")
        self.assertEqual(self.call("POST", "/admin/character", {"character": "nice"}, None)[0], 400)
        self.assertEqual(self.call("POST", "/admin/character", {"character": "refuse"}, None)[0], 200)
        self.end(signal.SIGKILL)
        self.restart()
        self.assertEqual(self.state()["character"], "refuse")

    def test_survives_kill_at_any_moment(self):
        seed = int(os.environ.get("XIUFU_SEED", "20261124"))
        print(f"seed {seed}", file=sys.stderr)
        dice = random.Random(seed)
        self.begin("approve+twice")
        tasks = [self.task() for _ in range(30)]
        feeder = threading.Thread(target=lambda: [self.persist("POST", "/tasks", task) for task in tasks])
        feeder.start()
        for _ in range(8):
            before = len(self.adapter.answers)
            wanted = before + dice.randint(1, 12)
            end = time.monotonic() + dice.uniform(0.05, 0.6)
            while len(self.adapter.answers) < wanted and time.monotonic() < end:
                time.sleep(0.001)
            self.end(signal.SIGKILL)
            self.restart()
        feeder.join()
        self.until(self.settled, "all settled")
        for answer_id, bodies in self.adapter.contents_by_id().items():
            self.assertEqual(len(bodies), 1, f"{answer_id} was sent with several contents")
        for task in tasks:
            self.assertEqual(self.kinds(task["task"]), ["accepted", "decided"])
        self.end()
        with sqlite3.connect(f"file:{self.folder}/store.db?mode=ro", uri=True) as books:
            self.assertEqual(books.execute("SELECT count(*), count(DISTINCT task) FROM task").fetchone(), (30, 30))
            self.assertEqual(books.execute("SELECT count(*) FROM material WHERE verified").fetchone(), (60,))
            self.assertEqual(books.execute("SELECT count(*) FROM answer WHERE sent < copies").fetchone(), (0,))
        books.close()

    def test_sigterm_ends_in_order(self):
        self.begin("approve+slow")
        self.call("POST", "/tasks", self.task())
        begin = time.monotonic()
        self.end()
        self.assertEqual(self.process.returncode, 0)
        self.assertLess(time.monotonic() - begin, 5)


class CharacterTest(unittest.TestCase):
    def test_parse(self):
        self.assertEqual(Character.parse("slow").outcome, "approve")
        for wrong in ("", "approve+refuse", "nice"):
            with self.assertRaises(ValueError):
                Character.parse(wrong)

    def test_slow_is_slow_and_repeatable(self):
        slow = Character.parse("approve+slow")
        self.assertEqual(slow.delay_ms("a"), slow.delay_ms("a"))
        self.assertGreaterEqual(slow.delay_ms("a"), 500)
        self.assertEqual(Character.parse("approve").delay_ms("a"), 0)

    def test_flaky_fails_sometimes_and_never_twice_running(self):
        flaky = Character.parse("flaky")
        failed = [flaky.fails("1", call) for call in range(1, 200)]
        self.assertTrue(20 < sum(failed) < 100)
        self.assertFalse(any(a and b for a, b in zip(failed, failed[1:])))


if __name__ == "__main__":
    unittest.main()
