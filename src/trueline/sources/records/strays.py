"""Find documents that stand among records of one kind and forgot to say that they are one.

A judgement by neighbours alone: a page that explains a folder (`README.md`, `index.md`) and a
document without a front matter are never meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from trueline.model.errors import Problem

from .headers import HEAD_BYTES, MARKDOWN

NEIGHBOURS = 2
"""Records of one kind that make a folder theirs."""

_PAGES_OF_FOLDERS = frozenset({"readme", "index"})
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_KIND = re.compile(rb"""^["']?kind["']?[ \t]*:""", re.MULTILINE | re.IGNORECASE)


def may_be_stray(path: str, content: bytes) -> bool:
    """Say whether a file that is no record is a document with a front matter that names no kind."""
    name = PurePosixPath(path)
    if name.suffix.lower() not in MARKDOWN or name.stem.lower() in _PAGES_OF_FOLDERS:
        return False
    front = _FRONT_MATTER.match(content[:HEAD_BYTES])
    return front is not None and bool(front[1].strip()) and not _KIND.search(front[1])


def stray_problems(strays: Iterable[str], records: Mapping[str, str | None]) -> Iterator[Problem]:
    """Yield a problem for each document beside records that are all of one kind.

    `records` are the files that are records, with their kinds. A folder inside one of records is another folder.
    """
    kinds: dict[str, Counter[str]] = {}
    for path, kind in records.items():
        if kind is not None:
            kinds.setdefault(_folder(path), Counter())[kind] += 1
    for path in strays:
        around = kinds.get(_folder(path), Counter())
        if len(around) != 1:
            continue
        ((kind, count),) = around.items()
        if count >= NEIGHBOURS:
            message = f"names no kind, and its {count} neighbours are records of kind {kind}"
            yield Problem(path, 1, 1, message, f"Add kind: {kind}, or move what is no record to another folder.")


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
