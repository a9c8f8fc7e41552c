"""How Doorstop reads the texts of an item and makes the stamps that reviews and links keep.

The formulas are those of version 3.2, so that a stamp made here equals the one it stored.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import Any

_TITLE = re.compile(r"#\s+(.*)")
STANDARD = frozenset({"level", "active", "normative", "derived", "reviewed", "text", "ref", "references", "links"})
"""Fields that the stamp has, or leaves out, whatever a document asks for."""


def stamp(*parts: str) -> str:
    """Return the stamp of some texts, one after the other."""
    return urlsafe_b64encode(hashlib.sha256("".join(parts).encode("utf-8", "surrogatepass")).digest()).decode()


def cleaned(text: object) -> str:
    """Return a text without blank lines around it and without space at the ends of its lines."""
    lines = str(text or "").strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def serialised(value: object) -> str:
    """Return a value as the stamp has it where a document asks for further fields."""
    if isinstance(value, list):
        return "\\L" + "".join(serialised(one) for one in value)
    if isinstance(value, dict):
        return "\\D" + "".join(serialised(value[key]) for key in sorted(value))
    if isinstance(value, str):
        return f"\\T{type(value)}\\V" + value.replace("\\", "\\\\")
    return f"\\T{type(value)}\\V{value}"


def references_text(references: Iterable[Mapping[str, Any]]) -> str:
    """Return references as the stamp has them; nothing where there are none."""
    known = [{key: one[key] for key in ("type", "path", "keyword", "sha") if key in one} for one in references]
    return str([one | {"path": str(one.get("path", "")).strip()} for one in known]) if known else ""


def header_and_text(content: str) -> tuple[str | None, str]:
    """Return the title and the text of a Markdown item, below its front matter."""
    lines = content.strip().splitlines(keepends=True)
    title = _TITLE.match(lines[0].strip()) if lines else None
    if title is None:
        return None, "".join(lines)
    rest = lines[1:]
    while rest and not rest[0].strip():
        rest.pop(0)
    return title[1], "".join(rest)
