"""Forms that state requirements and that no importer reads, so that their silence is not taken for absence.

One item of nature `unread` per file, and nothing of what it says.
"""

from __future__ import annotations

import re

from .importer import NOTHING, Imported, Importer, Item

_ID = re.compile(rb"(?<![\w~>])[A-Za-z]{2,20}~[A-Za-z][\w.-]*~[0-9]+")
_ANYTHING = re.compile(rb"\S")
_NEED = re.compile(
    rb"^[ \t]*(?:\.\. [a-z][\w-]*::|(?:`{3,}|:{3,})\{[a-z][\w-]*\})[^\n]*\n(?:[ \t]*:[\w-]+:[^\n]*\n){0,9}[ \t]*:id:[ \t]*[A-Za-z]\w*_\w",
    re.M,
)
"""A directive with an id, as sphinx-needs has them under whatever names a project gives."""
_FORMS = {
    b"adoc": _ID,
    b"asciidoc": _ID,
    b"textile": _ID,
    b"org": _ID,
    b"tex": _ID,
    b"rst": _NEED,
    b"md": _NEED,
    b"sdoc": re.compile(rb"^\[\[?REQUIREMENT", re.MULTILINE),
    b"trlc": _ANYTHING,
    b"reqif": _ANYTHING,
    b"reqifz": _ANYTHING,
    b"reqm2": _ANYTHING,
    b"oreqm": _ANYTHING,
}


def _dialect(path: bytes) -> str | None:
    ending = path.rpartition(b"/")[2].rpartition(b".")[2].lower()
    return ending.decode() if ending in _FORMS else None


def _import(dialect: str, content: bytes) -> Imported:
    found = _FORMS[dialect.encode()].search(content)
    if found is None:
        return NOTHING
    line = content.count(b"\n", 0, found.start()) + 1
    col = found.start() - (content.rfind(b"\n", 0, found.start()) + 1) + 1
    return Imported((Item(line, col, "unread", None, dialect),))


UNREAD = Importer("unread", 2, "Forms of requirements that nobody reads", _dialect, _import)
