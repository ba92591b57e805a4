"""A simulated upstream front door (信用中国): pushes applications to intake by gRPC, takes what is returned over HTTP.

The contract is proto/xiufu/intake/v1/front_door.proto; the real one is not public. What it was told to push is in its
store before it answers, and is pushed until intake has it with all its papers, through restarts of either side.

    /usr/bin/python3 upstream.py --config FILE.toml

Characters, joined by "+": prompt; twice (pushes everything a second time); forgets (loses intake's first answer, and
its own answer to every first return); slow (half a second for each return); down (503); refusing (422, for good).
"""

import argparse
import base64
import datetime
import hashlib
import hmac
import http.server
import json
import pathlib
import signal
import socket
import sqlite3
import sys
import threading
import time
import tomllib

CHARACTERS = ("prompt", "twice", "forgets", "slow", "down", "refusing")
_CHUNK = 64 * 1024
_AGAIN_S = 0.1
_CALL_S = 10
_MAX_BODY = 64 << 20
_SCHEMA = """
CREATE TABLE IF NOT EXISTS outgoing (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, upstream_no TEXT NOT NULL,
                                     body TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, pushes INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS receipt (upstream_no TEXT PRIMARY KEY, state TEXT NOT NULL, application_number TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS returned (return_id TEXT PRIMARY KEY, upstream_no TEXT NOT NULL, body TEXT NOT NULL,
                                     calls INTEGER NOT NULL DEFAULT 1);
"""


class Store:
    """One connection, one lock; every write is on disk before the caller goes on."""

    def __init__(self, path: pathlib.Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.executescript(_SCHEMA)
        self._lock = threading.Lock()

    def write(self, sql: str, *values) -> int:
        with self._lock, self._connection:
            return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values) -> list:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()


class Pusher(threading.Thread):
    """Takes outgoing rows in order, each until intake has all of it."""

    def __init__(self, config: dict, store: Store, door: "Door"):
        super().__init__(daemon=True)
        self._config, self._store, self._door = config, store, door
        self._token = pathlib.Path(config["to_intake_token_file"]).read_text(encoding="ascii").strip()
        self._ending = threading.Event()
        self._woken = threading.Event()
        self._stub = None

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._ending.set()
        self._woken.set()

    def run(self) -> None:
        while not self._ending.is_set():
            due = self._store.rows("SELECT id, kind, upstream_no, body, pushes FROM outgoing WHERE done = 0 ORDER BY id")
            for row in due:
                self._try(*row)
            self._woken.wait(_AGAIN_S if due else 60)
            self._woken.clear()

    def _try(self, number: int, kind: str, upstream_no: str, body: str, pushes: int) -> None:
        import grpc

        try:
            receipt = {"push": self._push, "supplement": self._supplement, "withdraw": self._withdraw}[kind](
                upstream_no, json.loads(body))
        except grpc.RpcError as error:
            if error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
                print(f"{kind} {upstream_no}: {error.code().name} {error.details()}", flush=True)
            return
        character = self._door.character
        self._store.write("UPDATE outgoing SET pushes = pushes + 1 WHERE id = ?", number)
        if pushes == 0 and ("forgets" in character or "twice" in character):
            return  # once more, with the same content
        state = self._messages.PushReceipt.State.Name(receipt.state)
        self._store.write("INSERT OR REPLACE INTO receipt VALUES (?, ?, ?)", upstream_no, state, receipt.application_number)
        if not receipt.missing_sha256:  # it has all of it; what becomes of it is returned
            self._store.write("UPDATE outgoing SET done = 1 WHERE id = ?", number)

    def _connect(self):
        if self._stub is not None:
            return self._stub
        sys.path.insert(0, self._config["stubs"])
        import grpc
        from xiufu.common.v1 import common_pb2
        from xiufu.intake.v1 import front_door_pb2, front_door_pb2_grpc

        self._messages, self._common = front_door_pb2, common_pb2
        channel = grpc.insecure_channel(self._config["intake"], options=[("grpc.max_reconnect_backoff_ms", 1000),
                                                                       ("grpc.enable_http_proxy", 0)])
        self._stub = front_door_pb2_grpc.FrontDoorServiceStub(channel)
        return self._stub

    def _call(self, method: str, request):
        return getattr(self._connect(), method)(request, timeout=_CALL_S, metadata=self._metadata())

    def _metadata(self):
        return [("authorization", f"Bearer {self._token}")]

    def _announced(self, papers: list[dict]) -> list:
        return [self._messages.PushedMaterial(
            kind=paper["kind"], file_name=paper["fileName"], media_type="application/pdf",
            size=len(content := base64.b64decode(paper["content"])), sha256=hashlib.sha256(content).hexdigest())
            for paper in papers]

    def _push(self, upstream_no: str, body: dict):
        self._connect()
        record = body["record"]
        request = self._messages.ReceivePushedRequest(
            upstream_no=upstream_no, upstream_query_code="CX" + upstream_no, channel="网站",
            record=self._messages.PushedRecord(subject_uscc=record["subjectUscc"], authority_uscc=record["authorityUscc"],
                                               document_no=record["documentNo"]),
            materials=self._announced(body["papers"]))
        request.received_at.FromJsonString(body["receivedAt"])
        request.pushed_at.FromJsonString(body["receivedAt"])
        request.applicant.name = "测试经办人"
        request.applicant.phone = "0415-0000000"
        request.applicant.capacity = self._common.CAPACITY_HANDLER
        return self._send_missing(self._call("ReceivePushed", request), upstream_no, body["papers"])

    def _supplement(self, upstream_no: str, body: dict):
        self._connect()
        receipt = self._call("ReceivePushedSupplement", self._messages.ReceivePushedSupplementRequest(
            upstream_no=upstream_no, round=body["round"], note="补正", materials=self._announced(body["papers"])))
        return self._send_missing(receipt, upstream_no, body["papers"])

    def _withdraw(self, upstream_no: str, _body: dict):
        self._connect()
        return self._call("ReceivePushedWithdrawal", self._messages.ReceivePushedWithdrawalRequest(
            upstream_no=upstream_no, reason="申请人不再申请"))

    def _send_missing(self, receipt, upstream_no: str, papers: list[dict]):
        for paper in papers:
            content = base64.b64decode(paper["content"])
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in receipt.missing_sha256:
                receipt = self._connect().PushMaterial(self._parts(upstream_no, sha256, content), timeout=_CALL_S,
                                                       metadata=self._metadata())
        return receipt

    def _parts(self, upstream_no: str, sha256: str, content: bytes):
        parts = self._messages.PushMaterialRequest
        yield parts(header=parts.Header(upstream_no=upstream_no, sha256=sha256))
        for begin in range(0, len(content), _CHUNK):
            yield parts(chunk=content[begin:begin + _CHUNK])


class Door(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, config: dict, store: Store):
        host, _, port = config["listen"].rpartition(":")
        super().__init__((host, int(port)), _Handler)
        self.store = store
        self.character = config["character"].split("+")
        self.token = pathlib.Path(config["from_intake_token_file"]).read_text(encoding="ascii").strip()
        self.pusher = Pusher(config, store, self)

    def take(self, body: dict) -> int:
        """The HTTP status for one return, which is kept first."""
        if "down" in self.character:
            return 503
        if "refusing" in self.character:
            return 422
        if "slow" in self.character:
            time.sleep(0.5)
        first = self.store.write("INSERT OR IGNORE INTO returned (return_id, upstream_no, body) VALUES (?, ?, ?)",
                                 body["returnId"], body["upstreamNo"], json.dumps(body, ensure_ascii=False))
        if not first:
            self.store.write("UPDATE returned SET calls = calls + 1 WHERE return_id = ?", body["returnId"])
        return 500 if first and "forgets" in self.character else 200

    def state(self) -> dict:
        returns = self.store.rows("SELECT body, calls FROM returned ORDER BY rowid")
        return {"character": "+".join(self.character),
                "receipts": {no: {"state": state, "applicationNumber": number} for no, state, number in
                             self.store.rows("SELECT upstream_no, state, application_number FROM receipt")},
                "waiting": self.store.rows("SELECT count(*) FROM outgoing WHERE done = 0")[0][0],
                "returns": [{**json.loads(body), "calls": calls} for body, calls in returns]}

    def send(self, kind: str, body: dict) -> None:
        """From now on, until intake has all of it."""
        known = "UPDATE outgoing SET done = 0, pushes = 0 WHERE kind = ? AND upstream_no = ?"
        if kind == "push" and self.store.write(known, kind, body["upstreamNo"]):
            return self.pusher.wake()  # the same again
        if kind == "push":
            now = datetime.datetime.now(datetime.timezone.utc)
            body["receivedAt"] = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.store.write("INSERT INTO outgoing (kind, upstream_no, body) VALUES (?, ?, ?)", kind, body["upstreamNo"],
                         json.dumps(body))
        self.pusher.wake()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "upstream"
    sys_version = ""
    timeout = 60

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self):
        self._send(*((200, self.server.state()) if self.path == "/admin/state" else (404, {})))

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MAX_BODY:
            self.close_connection = True
            return self._send(413, {})
        body = json.loads(self.rfile.read(int(length)))
        if self.path == "/v1/returns":
            given = self.headers.get("Authorization", "")
            known = hmac.compare_digest(given.encode(), f"Bearer {self.server.token}".encode())
            return self._send(self.server.take(body) if known else 401, {})
        if self.path == "/admin/character":
            character = body["character"].split("+")
            if not set(character) <= set(CHARACTERS):
                return self._send(400, {"error": f"one of {CHARACTERS}"})
            self.server.character = character
            return self._send(200, {})
        kind = self.path.removeprefix("/admin/")
        if kind not in ("push", "supplement", "withdraw"):
            return self._send(404, {})
        self.server.send(kind, body)
        return self._send(200, {})

    def _send(self, status: int, body: dict) -> None:
        content = json.dumps(body, ensure_ascii=False).encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing: the store holds what happened, and requests carry applicants' data."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=pathlib.Path, required=True)
    config = tomllib.loads(parser.parse_args().config.read_text(encoding="utf-8"))
    door = Door(config, Store(pathlib.Path(config["store"])))

    def stop(*_):
        # shutdown() waits for serve_forever(), which this handler has interrupted: not in this thread.
        threading.Thread(target=door.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    door.pusher.start()
    print(f"listening on {config['listen']}", flush=True)
    door.serve_forever(poll_interval=0.1)
    door.pusher.stop()
    door.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
