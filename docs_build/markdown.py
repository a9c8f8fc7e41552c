"""Small pieces of Markdown that several pages need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table; empty where there are no rows."""
    lines = ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *lines] if lines else []


def cell(value: object) -> str:
    """Return a value as one line that breaks no table."""
    return " ".join(str(value).split()).replace("|", "\\|")


def prose(text: str) -> str:
    """Return text with what looks like HTML or a placeholder kept as it is written."""
    return re.sub(r"[<>]", lambda found: {"<": "&lt;", ">": "&gt;"}[found[0]], " ".join(text.split()))


def details(summary: str, language: str, code: str) -> list[str]:
    """Return a block that opens on demand."""
    return [f"<details><summary>{summary}</summary>", "", f"```{language}", code.strip("\n"), "```", "", "</details>"]


def anchor(heading: str) -> str:
    """Return the anchor that a forge gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def page(title: str, about: str, *blocks: Iterable[str]) -> str:
    """Return a whole page; blocks are kept apart by an empty line."""
    parts = [f"# {title}", about, "_Made by `make docs` from the code._", *("\n".join(block) for block in blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"
