"""Paths of git as text, and back.

A path is bytes without NUL. Where it reads well it is shown as it is; where it does not, it is
quoted as git quotes it (C-style, in double quotes), so that no two paths share a text.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Controls, and what turns or breaks a line unseen: line separators and bidirectional formatting.
_UNFIT = re.compile('[\x00-\x1f\x7f-\x9f"\\\\\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]')

_NAMED = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_QUOTED = tuple(_NAMED.get(byte, chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in range(256))
_ESCAPE = re.compile(r'\\([0-3][0-7]{2}|[abtnvfr"\\])')
_BYTES = {text[1]: bytes((byte,)) for byte, text in _NAMED.items()}


@lru_cache(maxsize=1 << 15)
def display_path(path: bytes) -> str:
    """Return the path as text: itself where it is clean UTF-8, else quoted as git quotes it."""
    try:
        text = path.decode()
    except UnicodeDecodeError:
        return _quoted(path)
    return text if _UNFIT.search(text) is None else _quoted(path)


def path_bytes(display: str) -> bytes:
    """Return the path that `display_path` showed like this."""
    if not display.startswith('"'):
        return display.encode()
    return b"".join(
        _BYTES.get(part) or bytes((int(part, 8),)) if index % 2 else part.encode()
        for index, part in enumerate(_ESCAPE.split(display[1:-1]))
    )


def _quoted(path: bytes) -> str:
    return '"' + "".join(_QUOTED[byte] for byte in path) + '"'
