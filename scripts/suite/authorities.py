"""The authorities of deploy/authorities, as far as test data and configuration need them."""

import dataclasses
import tomllib

from . import paths


@dataclasses.dataclass(frozen=True)
class Authority:
    code: str
    name: str
    uscc: str


def load(folder=None) -> list[Authority]:
    """Those that the suite works for through an adapter, by code."""
    found = []
    for file in sorted((folder or paths.DEPLOY / "authorities").glob("*.toml")):
        if file.stem == "succession":
            continue
        entry = tomllib.loads(file.read_text(encoding="utf-8"))
        if entry.get("handling", "IN_SUITE") == "IN_SUITE":
            found.append(Authority(entry["code"], entry["name"], entry["uscc"]))
    return sorted(found, key=lambda authority: authority.code)
