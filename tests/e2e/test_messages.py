"""What nobody should send over the broker: kept raw once, and the line behind it is not blocked."""

import base64
import os
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest  # noqa: E402
from harness.waiting import until  # noqa: E402

CONSUMERS = {"routing": "routing", "intake": "intake", "result_sync": "result_sync", "publication": "publication",
             "adapter.transport": "department_adapter"}


class MessageTest(PortalTest):
    def put(self, queue, body: bytes):
        """Straight into the queue, as only an operator can."""
        answer = self.suite.broker.api("POST", "/exchanges/xiufu/amq.default/publish", {
            "properties": {"delivery_mode": 2}, "routing_key": queue, "payload_encoding": "base64",
            "payload": base64.b64encode(body).decode("ascii")})
        self.assertTrue(answer["routed"], queue)

    def poison(self, service) -> list[tuple[str, int]]:
        with sqlite3.connect(f"file:{self.suite.service(service).store}?mode=ro", uri=True) as store:
            rows = store.execute("SELECT queue, full_size FROM poison ORDER BY id").fetchall()
        store.close()
        return rows

    def test_rubbish_is_kept_once_and_blocks_nobody(self):
        rubbish = [b"", b"\xff" * 100, b"not a run", b"\x00" * (300 * 1024)]
        for queue in CONSUMERS:
            for body in rubbish:
                self.put(queue, body)
                self.put(queue, body)
        _, draft = self.submitted(("transport",))
        final = self.await_state(draft, "CONCLUDED")
        self.assertEqual([case.result for case in final.cases], [1])
        sizes = sorted(len(body) for body in rubbish)
        for queue, service in CONSUMERS.items():
            kept = until(lambda: len(k := self.poison(service)) >= len(rubbish) and k, f"{service} keeps all")
            self.assertEqual([where for where, _ in kept], [queue] * len(rubbish))
            self.assertEqual(sorted(size for _, size in kept), sizes)

    def test_nothing_is_left_in_the_queues(self):
        _, draft = self.submitted(("transport", "environment"))
        self.await_state(draft, "CONCLUDED")

        def waiting():
            lines = self.suite.broker.control("list_queues", "-p", "xiufu", "name", "messages", "--silent",
                                              "--no-table-headers").split("\n")
            return {line.split("\t")[0]: line.split("\t")[1] for line in lines if line}

        until(lambda: set(waiting().values()) == {"0"}, "every queue is empty")


if __name__ == "__main__":
    unittest.main()
