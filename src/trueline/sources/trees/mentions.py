"""Find the file paths that the text of a document names without linking them.

Conservative: what could as well be a URL, a pattern, a place outside the repository, a version,
a module or two words with a slash between them is left out. Whether a path exists is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .markdown import Inline
from .word_lists import word_list

_WORD = re.compile(r"\S+")
_OPENING = "([\"'“‘„«*_"
_CLOSING = ")]\"'”’»*_.,;:!?…"
_SUFFIX = re.compile(r"(?::\d+(?:[-–:]\d+)*|#[\w.:/-]*)$")
_PATH = re.compile(r"(?:\.{1,2}/)*(?:[\w.@+-]+/)*[\w.@+-]+/?")
_PLACEHOLDER = re.compile(r"(?:^|/)path/to/|(?:^|[/._-])(?:x{2,}|n{3,}|yyyy|0000|your|my)(?=[/._-]|$)|\.{3}", re.I)
_FILE_NAME = re.compile(r"(?P<stem>[\w.@+-]*)\.(?P<ending>\w+)")
_NUMBER = re.compile(r"[vV]?\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Mention:
    """A path as written, without line suffix."""

    line: int
    col: int
    name: str
    is_planned: bool


def mentions(inlines: Sequence[Inline]) -> list[Mention]:
    """Return the paths that inline code and plain words name, in the order of the document."""
    found = [mention for inline in inlines for mention in _inline_mentions(inline)]
    return sorted(found, key=lambda mention: (mention.line, mention.col))


def path_in_code(code: str) -> str | None:
    """Return the path that a piece of inline code is, or None where it is something else."""
    path = _without_suffix(code.strip())
    if not _could_be_path(path):
        return None
    if "/" not in path:
        return path if _is_file_name(path, alone=True) else None
    is_folder_or_relative = path.endswith("/") or path.startswith(("./", "../"))
    return path if is_folder_or_relative or _is_file_name(path.rsplit("/", 1)[1]) else None


def path_in_text(word: str) -> str | None:
    """Return the path that a plain word is: with a slash, and a name that looks like a file's."""
    path = _without_suffix(word)
    if "/" not in path or path.endswith("/") or not _could_be_path(path):
        return None
    return path if _is_file_name(path.rsplit("/", 1)[1]) else None


def _inline_mentions(inline: Inline) -> Iterator[Mention]:
    masked = list(inline.content)
    for token in inline.children:
        if "span" not in token.meta:
            continue
        start, end = token.meta["span"]
        if token.type == "code_inline" and masked[start] != "\0" and (path := path_in_code(token.content)):
            yield _mention(inline, inline.content.index(path, start), path)
        masked[start:end] = "\0" * (end - start)
    for word in _WORD.finditer("".join(masked)) if "/" in inline.content else ():
        bare = word[0].lstrip(_OPENING)
        start = word.end() - len(bare)
        if path := path_in_text(bare.rstrip(_CLOSING)):
            yield _mention(inline, start, path)


def _mention(inline: Inline, offset: int, path: str) -> Mention:
    line, col = inline.place(offset)
    return Mention(line, col, path, inline.is_planned(line))


def _without_suffix(text: str) -> str:
    return _SUFFIX.sub("", text)


def _could_be_path(path: str) -> bool:
    if len(path) > 300 or not _PATH.fullmatch(path) or _PLACEHOLDER.search(path):
        return False
    segments = [segment for segment in path.split("/") if segment not in ("", ".", "..")]
    if not segments or all(_NUMBER.fullmatch(segment) for segment in segments):
        return False
    return not ("/" in path and _is_host(segments[0]) and path[0] != ".")


def _is_host(segment: str) -> bool:
    return "." in segment.lstrip(".") and segment.rsplit(".", 1)[1].lower() in word_list("path_domains.txt")


def _is_file_name(name: str, *, alone: bool = False) -> bool:
    if name in word_list("path_names.txt"):
        return not alone
    match = _FILE_NAME.fullmatch(name)
    if not match or match["ending"].lower() not in word_list("path_endings.txt"):
        return False
    return not alone or (len(match["stem"]) >= 3 and match["ending"].lower() not in _AMBIGUOUS_ALONE)


_AMBIGUOUS_ALONE = frozenset({"c", "env", "ex", "fs", "h", "in", "lock", "mod", "r", "sum", "t", "template"})
"""Endings that on a name without a folder are more often a property of an object."""
