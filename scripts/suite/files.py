"""Small files that must be whole, and secrets that nobody else may read."""

import os
import pathlib
import secrets


def private_folder(path: pathlib.Path) -> pathlib.Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.chmod(0o700)
    return path


def write(path: pathlib.Path, text: str, mode: int = 0o644) -> pathlib.Path:
    """Writes beside and renames, so that a reader sees the old or the new text; never wider than mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), mode)
        file.write(text)
    beside.rename(path)
    return path


def secret(path: pathlib.Path) -> str:
    """The secret in a file of mode 0600; made (32 random bytes, base64url) when it is not there yet."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    value = secrets.token_urlsafe(32)
    private_folder(path.parent)
    write(path, value + "\n", 0o600)
    return value
