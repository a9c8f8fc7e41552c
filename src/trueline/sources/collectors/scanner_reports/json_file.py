"""Read a JSON file that strangers may have written: in any Unicode form, of bounded size, and never half."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

MAX_BYTES = 200_000_000
"""Read, a file takes some ten times as much memory."""


class ReportRefused(Exception):
    """A report is not what it should be; the collector turns it into a problem of the file."""

    def __init__(self, message: str, line: int = 0, col: int = 0, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.col = col
        self.fix = fix


@dataclass(frozen=True)
class JsonFile:
    """A JSON object with its text."""

    top: Mapping[str, Any]
    text: str

    def refused(self, message: str, key: str, fix: str = "") -> ReportRefused:
        """Return a refusal at the place where a key first stands, at the start where it does not."""
        found = re.search(rf'"{re.escape(key)}"\s*:', self.text)
        at = found.start() if found else 0
        return ReportRefused(message, self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at), fix)


def read_json(file: IO[bytes], fix: str) -> JsonFile:
    """Return the object that a file holds. Raises ReportRefused, which says `fix`."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ReportRefused(f"is larger than {MAX_BYTES:,} bytes", 0, 0, "Write it in parts, each of one run")
    if not content.strip():
        raise ReportRefused("is empty", 0, 0, fix)
    try:
        text = content.decode(json.detect_encoding(content)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise ReportRefused("is no text in UTF-8, UTF-16 or UTF-32", 0, 0, fix) from None
    try:
        top = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReportRefused("is not JSON", error.lineno, error.colno, f"{fix}; it may be cut off") from None
    except (ValueError, RecursionError):  # numbers of thousands of digits; brackets in brackets
        raise ReportRefused("is JSON that no tool writes", 0, 0, fix) from None
    if not isinstance(top, dict):
        raise ReportRefused("is no JSON object", 1, 1, fix)
    return JsonFile(top, text)


def mapping(value: Any, *keys: str) -> Mapping[str, Any]:
    """Return the object below some keys; an empty one where anything on the way is missing or something else."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> Sequence[Any]:
    """Return a list; an empty one for everything else."""
    return value if isinstance(value, list) else []


def text_of(value: Any, longest: int) -> str:
    """Return a text without its controls, cut; empty for everything else."""
    if not isinstance(value, str):
        return ""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", value[: longest * 4]).strip()[:longest]


def first_line(value: Any, longest: int = 300) -> str | None:
    """Return the first line of a text that is not blank, cut; None where there is none."""
    start = value[:20_000] if isinstance(value, str) else ""
    return next((line for raw in start.splitlines() if (line := text_of(raw, longest))), None)


def web_page(value: Any) -> str | None:
    """Return an address that a browser may open; None for everything else."""
    text = text_of(value, 500)
    return text if re.match(r"https?://[^\s/]", text, re.IGNORECASE) else None


def instant(value: Any) -> datetime | None:
    """Return an instant in UTC; without a zone, or as a day alone, UTC is taken."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is None:
            return None
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
