"""The authority's side of the HTTP contract (README.md): what the department adapter calls."""

import hmac
import http.server
import json
import re
import socket

from character import Character
from store import Conflict, Store
from worker import now_ms, receipt_number

_MAX_BODY = 1 << 20
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Refused(Exception):
    def __init__(self, status: int, field: str = "", reason: str = ""):
        super().__init__(reason)
        self.status = status
        self.field = field
        self.reason = reason


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, store: Store, workers, settings, token: str):
        super().__init__(address, _Handler)
        self.store = store
        self.workers = workers
        self.settings = settings
        self.token = token


def _uuid(body: dict, field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise Refused(400, field, "must be a UUID in lower case")
    return value


def _materials(body: dict) -> None:
    for material in body.setdefault("materials", []):
        for field in ("material", "kind", "size", "sha256", "url"):
            if not material.get(field):
                raise Refused(400, f"materials.{field}", "missing")


def check_task(body: dict, code: str) -> None:
    """What an authority needs to work on a task; anything else it keeps as it came."""
    _uuid(body, "requestId")
    _uuid(body, "task")
    if body.get("authorityCode") != code:
        raise Refused(400, "authorityCode", f"this is {code}")
    if not body.get("record", {}).get("version"):
        raise Refused(400, "record.version", "missing")
    if not body.get("subject", {}).get("uscc"):
        raise Refused(400, "subject.uscc", "missing")
    _materials(body)


def check_objection(body: dict, code: str) -> None:
    _uuid(body, "requestId")
    _uuid(body, "task")
    if body.get("authorityCode") != code:
        raise Refused(400, "authorityCode", "is not this authority")
    for field in ("objectionNumber", "kind", "statement"):
        if not body.get(field):
            raise Refused(400, field, "missing")
    _materials(body)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "authority"
    sys_version = ""
    timeout = 60

    def setup(self):
        super().setup()
        # Answers are written in two pieces; without this the second waits for the peer's delayed acknowledgement.
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self):
        self._serve({r"/(?:tasks|objections)/([^/]+)": self._get_task, r"/admin/state": self._get_state})

    def do_POST(self):
        self._serve({
            r"/tasks": self._post_task,
            r"/objections": self._post_objection,
            r"/tasks/([^/]+)/supplements": self._post_supplement,
            r"/tasks/([^/]+)/opinions": self._post_opinion,
            r"/tasks/([^/]+)/faults": self._post_fault,
            r"/(?:tasks|objections)/([^/]+)/cancellation": self._post_cancellation,
            r"/tasks/([^/]+)/reminders": self._post_reminder,
            r"/admin/character": self._post_character,
            r"/admin/finding": self._post_finding,
        })

    def _serve(self, routes) -> None:
        try:
            body = self._body() if self.command == "POST" else None
            for pattern, handle in routes.items():
                match = re.fullmatch(pattern, self.path)
                if match:
                    if not self.path.startswith("/admin/"):
                        self._check_caller()
                    self._send(200, handle(*match.groups(), *([] if body is None else [body])))
                    return
            raise Refused(404)
        except Conflict as error:
            self._send(409, {"error": {"field": "requestId", "reason": str(error)}})
        except Refused as error:
            self._send(error.status, {"error": {"field": error.field, "reason": error.reason}})

    def _body(self) -> dict:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MAX_BODY:
            self.close_connection = True  # the body is not read, so the connection cannot go on
            raise Refused(413 if length.isdecimal() else 411)
        try:
            body = json.loads(self.rfile.read(int(length)))
        except ValueError as error:
            raise Refused(400, "", f"not JSON: {error}") from error
        if not isinstance(body, dict):
            raise Refused(400, "", "must be an object")
        return body

    def _check_caller(self) -> None:
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.server.token}".encode()):
            raise Refused(401)
        if self.server.settings.fails_now():
            raise Refused(500, "", "flaky")

    def _receipt(self, number: int) -> dict:
        return {"authorityTaskNo": receipt_number(self.server.settings.code, number)}

    def _number(self, task: str) -> int:
        row = self.server.store.row("SELECT number FROM task WHERE task = ?", task)
        if row is None:
            raise Refused(404, "task", "never received")
        return row["number"]

    def _post_task(self, body: dict) -> dict:
        check_task(body, self.server.settings.code)
        return self._take(body)

    def _post_objection(self, body: dict) -> dict:
        check_objection(body, self.server.settings.code)
        return self._take(body)

    def _take(self, body: dict) -> dict:
        if self.server.settings.character().rejects:
            raise Refused(422, "task", "rejecting")
        number = self.server.store.take_task(body, now_ms())
        self.server.workers.wake()
        return self._receipt(number)

    def _get_task(self, task: str) -> dict:
        return self._receipt(self._number(task))

    def _post_supplement(self, task: str, body: dict) -> dict:
        number = self._number(task)
        _uuid(body, "requestId")
        if body.get("task") != task:
            raise Refused(400, "task", "is not the one in the path")
        _materials(body)
        self.server.store.take_supplement(body, now_ms())
        self.server.workers.wake()
        return self._receipt(number)

    def _post_opinion(self, task: str, body: dict) -> dict:
        self._number(task)
        _uuid(body, "requestId")
        if body.get("task") != task:
            raise Refused(400, "task", "is not the one in the path")
        for field in ("review", "text", "givenAt"):
            if not body.get(field):
                raise Refused(400, field, "missing")
        self.server.store.take_opinion(body, now_ms())
        return {}

    def _post_fault(self, task: str, body: dict) -> dict:
        self._number(task)
        if not self.server.store.row("SELECT 1 FROM answer WHERE answer_id = ? AND task = ?",
                                     body.get("answerId"), task):
            raise Refused(404, "answerId", "no answer of this authority to this task")
        self.server.store.take_fault(task, body["answerId"], body.get("reason", ""), now_ms())
        self.server.workers.wake()
        return {}

    def _post_cancellation(self, task: str, body: dict) -> dict:
        self._number(task)
        _uuid(body, "requestId")
        if body.get("task") != task:
            raise Refused(400, "task", "is not the one in the path")
        for field in ("cause", "reason"):
            if not body.get(field):
                raise Refused(400, field, "missing")
        self.server.store.take_cancellation(body, now_ms())
        self.server.workers.wake()
        return {}

    def _post_reminder(self, task: str, body: dict) -> dict:
        self._number(task)
        _uuid(body, "requestId")
        if body.get("task") != task:
            raise Refused(400, "task", "is not the one in the path")
        for field in ("kind", "text", "givenAt"):
            if not body.get(field):
                raise Refused(400, field, "missing")
        self.server.store.take_reminder(body, now_ms())
        return {}

    def _get_state(self) -> dict:
        return {"code": self.server.settings.code, "character": self.server.settings.character_text(),
                **self.server.store.counts()}

    def _post_character(self, body: dict) -> dict:
        try:
            Character.parse(body.get("character", ""))
        except ValueError as error:
            raise Refused(400, "character", str(error)) from error
        self.server.store.set("character", body["character"])
        return {}

    def _post_finding(self, body: dict) -> dict:
        task = self.server.store.row("SELECT * FROM task WHERE task = ?", body.get("task", ""))
        if task is None:
            raise Refused(404, "task", "never received")
        if not body.get("kind"):
            raise Refused(400, "kind", "missing")
        self.server.workers.find(task, body["kind"])
        return {}

    def _send(self, status: int, body: dict) -> None:
        content = json.dumps(body, ensure_ascii=False).encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing: the store holds what happened, and requests carry applicants' data."""
