"""Digests of the statements of a source file, by which a remark on old code is told from one on new code.

A statement is a line without its layout and its comment, known by its neighbours, since the same line is written
often. Digests are short, so that one in many thousands is mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

STATEMENTS = "statements"
"""Scope of the measure that holds them; it is no measure of its own and is never compared."""
LONGEST = 200
LONGEST_LINE = 4_000
NEAR = 40
DIGITS = 6
MOST_STATEMENTS = 20_000

_COMMENT = re.compile(r"#|//|/\*")


def packed_statements(text: str) -> str:
    """Return the digests of a file's statements, each with the one that follows it, in one text."""
    bare = [one for one in map(_bare, text.split("\n", MOST_STATEMENTS)[:MOST_STATEMENTS]) if one]
    return "".join(sorted({_digest(one, other) for one, other in pairwise(["", *bare, ""])}))


def digests_of(packed: str) -> set[str]:
    """Return the digests that were packed."""
    return {packed[at : at + DIGITS] for at in range(0, len(packed), DIGITS)}


def digests_around(lines: Sequence[str], index: int, is_annotated: bool = False) -> str:
    """Return the digests of a line, with the statement before it, unless that is its annotation, and the one behind."""
    before = next((one for one in map(_bare, reversed(lines[max(0, index - NEAR) : index])) if one), "")
    behind = next((one for one in map(_bare, lines[index + 1 : index + NEAR]) if one), "")
    this = _bare(lines[index])
    return ("" if is_annotated else _digest(before, this)) + _digest(this, behind)


def _bare(line: str) -> str:
    return " ".join(_COMMENT.split(line[:LONGEST_LINE], maxsplit=1)[0].split())[:LONGEST]


def _digest(one: str, other: str) -> str:
    return f"{crc32(f'{one}|{other}'.encode()) & 0xFFFFFF:06x}"
