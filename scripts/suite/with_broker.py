"""Runs a command beside a private broker in a temporary folder; scripts/with-broker calls it."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile

from .broker import Broker
from .ports import Ports


def environment(broker: Broker) -> dict[str, str]:
    return {
        "XIUFU_BROKER_PORT": str(broker.ports["amqp"]),
        "XIUFU_BROKER_MANAGEMENT_PORT": str(broker.ports["management"]),
        "XIUFU_BROKER_NODE": broker.node,
        "XIUFU_BROKER_ROOT": str(broker.root),
        "XIUFU_RABBITMQCTL": str(broker.control_script),
        "XIUFU_CREDENTIALS_DIR": str(broker.root / "credentials"),
    }


def main(command: list[str]) -> int:
    if not command:
        print("usage: scripts/with-broker COMMAND [ARGUMENT...]", file=sys.stderr)
        return 2
    # A cancelled job must not leave a node behind: SIGTERM takes the same way out as Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="xiufu-broker-") as root:
        broker = Broker(pathlib.Path(root), Ports.all_free().broker, test_admin=True)
        try:
            broker.start()
            code = subprocess.run(command, env={**os.environ, **environment(broker)}).returncode
        finally:
            if broker.alive():
                broker.kill()  # nothing of it is kept, and an orderly stop costs six seconds
            broker.stop()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
