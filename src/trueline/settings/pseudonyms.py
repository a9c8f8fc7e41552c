"""Keyed pseudonyms of persons, and where the key lives.

HMAC-SHA-256 (RFC 2104) cut to 128 bits. Who has no key can neither name a person nor test a
guess. It does not decide which two addresses are one person.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from trueline.model.errors import UsageError

KEY_VARIABLE = "TRUELINE_PSEUDONYM_KEY"
KEY_FILE = "pseudonym.key"
KEY_BYTES = 32


def pseudonymizer(key: bytes) -> Callable[[str], str]:
    """Return the function from a text to its pseudonym, 32 hexadecimal digits."""

    def pseudonym(text: str) -> str:
        # Undecodable bytes of old commits arrive as lone surrogates and must stay distinct.
        return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")[:16].hex()

    return pseudonym


def key_for(directory: Path, environ: Mapping[str, str]) -> bytes:
    """Return the key that the environment holds, else the one kept in the directory."""
    given = environ.get(KEY_VARIABLE)
    if not given:
        return key_in(directory)
    key = _decoded(given)
    if key is None:  # the value is a secret: never repeat it
        raise UsageError(f"{KEY_VARIABLE} is not a key", fix=f"Give it {KEY_BYTES * 2} hexadecimal digits.")
    return key


def key_in(directory: Path) -> bytes:
    """Return the key kept in the directory, making a random one the first time.

    Safe when two processes make it at once: both get the key of the one that came first.
    Raises UsageError where the file cannot be read, written or is no key.
    """
    path = directory / KEY_FILE
    try:
        if not path.exists():
            _create(path)
        text = path.read_text("ascii", "replace")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be used: {(error.strerror or str(error)).lower()}",
            fix=f"Make the directory readable and writable, or set {KEY_VARIABLE}.",
        ) from error
    key = _decoded(text)
    if key is None:
        raise UsageError(
            f"{path} holds no key", fix="Restore it, or delete it: then pseudonyms change and history splits."
        )
    return key


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # mkstemp: mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)  # unlike a rename it never replaces the key of a faster process
    finally:
        Path(temporary).unlink()


def _decoded(text: str) -> bytes | None:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
