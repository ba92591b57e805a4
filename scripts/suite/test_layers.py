"""scripts/check-layers sees what breaks the layers: `/usr/bin/python3 -m unittest suite.test_layers` in scripts/."""

import pathlib
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "check-layers"

BREAKS = [
    ("libs/base/a.cc", "libs/storage/tx.h"),
    ("libs/storage/a.cc", "libs/messaging/consumer.h"),
    ("libs/rpc/a.cc", "services/intake/domain/application.h"),
    ("libs/messaging/a.h", "amqp.h"),
    ("libs/service/a.cc", "sqlite3.h"),
    ("libs/storage/a.cc", "grpcpp/grpcpp.h"),
    ("services/intake/domain/a.h", "services/intake/app/ports.h"),
    ("services/intake/domain/a.cc", "libs/storage/tx.h"),
    ("services/intake/domain/a.cc", "xiufu/intake/v1/intake.pb.h"),
    ("services/intake/domain/a.cc", "unistd.h"),
    ("services/intake/app/a.cc", "services/intake/drivers/sql.h"),
    ("services/intake/app/a.cc", "libs/messaging/consumer.h"),
    ("services/intake/app/a.cc", "spdlog/spdlog.h"),
    ("services/intake/drivers/a.cc", "services/routing/domain/case.h"),
    ("services/intake/main.cc", "services/routing/wiring.h"),
]
KEEPS = [
    ("libs/storage/a.cc", "libs/messaging/envelope.h"),
    ("libs/messaging/a.cc", "amqp.h"),
    ("services/intake/domain/a.cc", "libs/catalogue/catalogue.h"),
    ("services/intake/domain/a.cc", "absl/time/time.h"),
    ("services/intake/app/a.cc", "libs/storage/tx.h"),
    ("services/intake/drivers/a.cc", "grpcpp/grpcpp.h"),
    ("services/intake/main.cc", "services/intake/drivers/sql.h"),
]


class LayerTest(unittest.TestCase):
    def check(self, path: str, text: str) -> int:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            return subprocess.run([str(SCRIPT), folder], capture_output=True).returncode

    def test_breaks_are_seen(self):
        for path, header in BREAKS:
            self.assertEqual(self.check(path, f'#include "{header}"\n'), 1, (path, header))

    def test_what_is_allowed_passes(self):
        for path, header in KEEPS:
            self.assertEqual(self.check(path, f'#include "{header}"\n'), 0, (path, header))

    def test_domain_reads_no_clock(self):
        self.assertEqual(self.check("services/intake/domain/a.cc", "auto now = absl::Now();\n"), 1)
        self.assertEqual(self.check("services/intake/drivers/a.cc", "auto now = absl::Now();\n"), 0)

    def test_an_empty_tree_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(subprocess.run([str(SCRIPT), folder], capture_output=True).returncode, 1)


if __name__ == "__main__":
    unittest.main()
