"""Read the target of a link as written: an address, a template, an anchor here, or a path.

Knows nothing of any tree.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Literal

from . import conventions

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!:)")
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{|\$\(|%\(|^@|^~|^!|^:|^\$|^<|::|^pathname:")
_PLACEHOLDER = re.compile(r"<[^>]*>|\{[^}]*\}|\*|\.\.\.|…|\bX{3,}|\b[Yy]{4}\b|\$[A-Za-z_]|%[A-Za-z_]+%")
_NOT_A_PATH = re.compile(r"[\\<>\[\](){}\"'`,*|=;!^]|&&|\s(?!.*\.\w{1,5}$)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_SECTION_NAME = re.compile(r"[\w.%:~+-]+")
_LINES = re.compile(r"L\d+(C\d+)?(-L?\d+(C\d+)?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """The target of a link, taken apart."""

    kind: Literal["empty", "external", "templated", "here", "path"]
    path: str = ""
    anchor: str | None = None

    @property
    def is_rooted(self) -> bool:
        return self.path.startswith("/")


def parse_target(written: str) -> Target:
    """Return the target taken apart; a query after `?` is dropped."""
    text = written.translate(_INVISIBLE).strip()
    if not text:
        return Target("empty")
    if text.startswith("//") or _ADDRESS.fullmatch(text) or _SCHEME.match(text):
        return Target("external")
    if _TEMPLATE.search(text):
        return Target("templated")
    path, has_anchor, anchor = text.partition("#")
    path = path.partition("?")[0]
    kind: Literal["here", "path"] = "path" if path else "here"
    return Target(kind, path, (anchor or None) if has_anchor else None)


def within(folder: str, path: str) -> str | None:
    """Return the path seen from a folder of the repository, normalised; None where it leads out of the root.

    The root itself is the empty text; a leading slash starts at the root.
    """
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    clean = posixpath.normpath(joined) if joined else "."
    if clean == ".." or clean.startswith("../"):
        return None
    return "" if clean == "." else clean


def is_line_anchor(anchor: str) -> bool:
    """Return whether the anchor names lines of a file, as forges do: `L10`, `L10-L20`, `L10C3-L12C1`."""
    return _LINES.fullmatch(anchor) is not None


def could_name_section(anchor: str) -> bool:
    """Return whether the anchor could be the name of a section: no state of a page, text search or placeholder."""
    return _SECTION_NAME.fullmatch(anchor) is not None and not anchor.startswith((":~:", "fn", "footnote"))


def looks_like_address(path: str) -> bool:
    """Return whether a relative path begins as a host name does, so that its scheme was forgotten."""
    host = path.partition("/")[0].lower()
    name, _, ending = host.rpartition(".")
    return host.startswith("www.") or (bool(name.strip(".")) and ending in conventions.ADDRESS_ENDINGS)


def has_placeholder(text: str) -> bool:
    """Return whether part of the text stands for something else: `<name>`, `{id}`, `*`, `...`."""
    return _PLACEHOLDER.search(text) is not None


def looks_like_prose_or_code(text: str) -> bool:
    """Return whether the text holds characters that writers rarely put into paths."""
    return _NOT_A_PATH.search(text) is not None
