"""Writes an installation's configuration under one root folder, from the templates in deploy/config.

A template is the service's configuration file with ${names} for what differs between installations.
"""

import pathlib
import string

from . import authorities, files, paths
from .ports import Ports, SERVICES

# The windows of the city and of its counties (deploy/catalogue/windows.toml).
WINDOWS = ["window", *(f"window-{region}" for region in (210602, 210603, 210604, 210624, 210681, 210682))]
# Who calls: the suite's own services, and who stands outside.
PRINCIPALS = ["portal", "operator", "credit-china", *WINDOWS, *SERVICES]

_AUTHORITY = string.Template("""
[[department_adapter.authority]]
code = "${code}"
connector = "${connector}"
base_url = "http://127.0.0.1:${port}"
outgoing_token_file = "${credentials}/authority/${code}.out.token"
incoming_token_file = "${credentials}/authority/${code}.in.token"
""")

_SIMULATED_AUTHORITY = string.Template("""\
code = "${code}"
listen = "127.0.0.1:${port}"
store = "${root}/authority/${code}.db"
adapter = "http://127.0.0.1:${adapter_http}"
from_adapter_token_file = "${credentials}/authority/${code}.out.token"
to_adapter_token_file = "${credentials}/authority/${code}.in.token"
character = "${character}"
seed = ${seed}
""")


# What applicants are told goes into a folder, as a portal without a webhook would read it.
_NOTIFIED = string.Template("""
[[intake.notification_channel]]
name = "board"
kind = "file"
folder = "${root}/notifications"
""")

_SIMULATED_UPSTREAM = string.Template("""\
listen = "127.0.0.1:${upstream_http}"
store = "${root}/upstream/credit-china.db"
stubs = "${root}/stubs"
intake = "${intake_grpc}"
to_intake_token_file = "${credentials}/credit-china.token"
from_intake_token_file = "${credentials}/upstream/credit-china.token"
character = "prompt"
""")


def write_all(root: pathlib.Path, ports: Ports, characters: dict[str, str], seed: int = 1,
              connector: str = "push", notify: bool = False) -> None:
    """characters: how each simulated authority behaves, by code; those not named approve."""
    values = _values(root, ports)
    for principal in [*PRINCIPALS, *_authority_principals()]:
        files.secret(root / "credentials" / f"{principal}.token")
    for name in SERVICES:
        template = (paths.DEPLOY / "config" / f"{name}.toml").read_text(encoding="utf-8")
        text = string.Template(template).substitute(values)
        if name == "department_adapter":
            text += "".join(_served(authority.code, values, ports, connector) for authority in authorities.load())
        if name == "intake" and notify:
            text += _NOTIFIED.substitute(values)
            (root / "notifications").mkdir(parents=True, exist_ok=True)
        (root / name).mkdir(parents=True, exist_ok=True)
        files.write(config_file(root, name), text)
    files.write(root / "streams.toml", string.Template(
        (paths.DEPLOY / "config" / "streams.toml").read_text(encoding="utf-8")).substitute(values))
    files.secret(root / "credentials" / "upstream" / "credit-china.token")
    files.write(root / "upstream" / "credit-china.toml", _SIMULATED_UPSTREAM.substitute(values))
    for authority in authorities.load():
        _simulated(authority.code, values, ports, characters.get(authority.code, "approve"), seed)


def _authority_principals() -> list[str]:
    return [f"authority-{authority.code}" for authority in authorities.load()]


def _values(root: pathlib.Path, ports: Ports) -> dict[str, str]:
    values = {"root": str(root), "deploy": str(paths.DEPLOY), "credentials": str(root / "credentials"),
              "amqp_port": str(ports.broker["amqp"]), "adapter_http": str(ports.adapter_http),
              "upstream_http": str(ports.upstream_http),
              "authority_principals": ", ".join(f'"{name}"' for name in _authority_principals())}
    for name in SERVICES:
        values[f"{name}_grpc"] = f"127.0.0.1:{ports.grpc[name]}"
        values[f"{name}_metrics"] = f"127.0.0.1:{ports.metrics[name]}"
    return values


def _served(code: str, values: dict[str, str], ports: Ports, connector: str) -> str:
    for direction in ("in", "out"):
        files.secret(pathlib.Path(values["credentials"]) / "authority" / f"{code}.{direction}.token")
    return _AUTHORITY.substitute(values, code=code, connector=connector, port=ports.authority(code))


def _simulated(code: str, values: dict[str, str], ports: Ports, character: str, seed: int) -> None:
    folder = pathlib.Path(values["root"]) / "authority"
    files.write(folder / f"{code}.toml", _SIMULATED_AUTHORITY.substitute(
        values, code=code, port=ports.authority(code), character=character, seed=seed))


def config_file(root: pathlib.Path, service: str) -> pathlib.Path:
    return root / "config" / f"{service}.toml"


def token(root: pathlib.Path, principal: str) -> str:
    return files.secret(root / "credentials" / f"{principal}.token")
