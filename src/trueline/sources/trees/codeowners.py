"""Read CODEOWNERS by GitHub's rules, which are close to those of gitignore but not the same.

Source: GitHub's documentation "About code owners". Lines that GitHub skips are kept, each
with the reason. Whether an owner exists is not known here, nor how a pseudonym is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trueline.model.table import Row

from .decoding import decode
from .tree import Entry, Tree

PLACES = (b".github/CODEOWNERS", b"CODEOWNERS", b"docs/CODEOWNERS")
"""The first of these that exists counts, the others do not."""

MAX_BYTES = 3_000_000
"""GitHub does not load a larger file."""

_PATTERN = re.compile(r"(?:\\.|\S)+")
_COMMENT = re.compile(r"\s#.*")
_OWNER = re.compile(
    r"@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9_])?(?:/[A-Za-z0-9_][\w.-]{0,99})?|[^@\s]{1,64}@[^@\s]{1,200}\.[^@\s.]{1,63}"
)
_TEAM = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)+")
_PERSON = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_.-]*")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


SHOWN = {"person": "a person", "email": "an address", "invalid": "unreadable"}
"""How owners who are no team stand in tables, by kind."""


@dataclass(frozen=True)
class OwnersLine:
    """One line that is neither blank nor a comment."""

    line: int
    pattern: str | None
    owners: tuple[str, ...]
    problem: str | None
    """Why the forge skips it; None where it does not."""


def codeowners_entry(tree: Tree) -> Entry | None:
    """Return the file that counts."""
    found = {entry.path: entry for entry in tree.entries() if entry.path in PLACES and entry.kind == "file"}
    return next((found[place] for place in PLACES if place in found), None)


def owner_kind(owner: str) -> str:
    """Return team, person, email or invalid."""
    for kind, form in (("team", _TEAM), ("person", _PERSON), ("email", _EMAIL)):
        if form.fullmatch(owner):
            return kind
    return "invalid"


def shown_owner(owner: str) -> str:
    """Return an owner as tables have it: a team as written, a person only as such. No output names one."""
    kind = owner_kind(owner)
    return owner if kind == "team" else SHOWN[kind]


def rows_of_codeowners(repository: str, tree: Tree, pseudonym: Callable[[str], str]) -> Iterator[Row]:
    """Yield the rows of table `codeowners_lines`; a file that cannot be loaded gives one row that says why."""
    entry = codeowners_entry(tree)
    if entry is None:
        return
    ((_, content),) = tree.read([entry], MAX_BYTES)
    if content is None:
        is_large = entry.size_bytes is not None and entry.size_bytes > MAX_BYTES
        problem = "the file is larger than 3 MB, so none of it counts" if is_large else "the file's content is missing"
        yield repository, entry.display_path, 1, None, [], problem, []
        return
    for line in parse_codeowners(content):
        keys = [_owner_key(owner, pseudonym) for owner in line.owners]
        shown = [shown_owner(owner) for owner in line.owners]
        yield repository, entry.display_path, line.line, line.pattern, shown, line.problem, keys


def parse_codeowners(content: bytes) -> list[OwnersLine]:
    """Return the lines of a CODEOWNERS file that say something."""
    text, _ = decode(content)
    return [_parsed(number, line) for number, line in enumerate(text.split("\n"), 1) if _is_said(line)]


def compile_pattern(pattern: str) -> Callable[[str], bool]:
    """Return the test whether a pattern matches a path (from the root, with slashes, no leading one).

    A pattern without a slash, or with one at its end only, matches at any depth; any other is
    anchored at the root. What matches a folder matches all in it, but a last segment `*` stands
    for one level. Letter case matters. Every pattern takes time linear in the path per wildcard.
    """
    regex = re.compile(_regex(pattern), re.DOTALL)
    return lambda path: regex.match(path) is not None


def _owner_key(owner: str, pseudonym: Callable[[str], str]) -> str | None:
    """Return the pseudonym that the git collector gives the same login or address."""
    kind = owner_kind(owner)
    if kind == "person":
        return pseudonym(f"login:{owner[1:].lower()}")
    return pseudonym(owner.lower()) if kind == "email" else None


def _is_said(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _parsed(number: int, line: str) -> OwnersLine:
    bare = _COMMENT.sub("", line.strip())
    match = _PATTERN.match(bare)
    pattern = match[0] if match else bare
    owners = tuple(bare[len(pattern) :].split())
    return OwnersLine(number, pattern, owners, _problem(pattern, owners))


def _problem(pattern: str, owners: tuple[str, ...]) -> str | None:
    if pattern.startswith("!"):
        return "a pattern that begins with ! is not supported"
    if pattern.startswith("\\#"):
        return "a pattern that begins with \\# is not supported"
    if re.search(r"(?<!\\)[\[\]]", pattern):
        return "character ranges in [ ] are not supported"
    if "***" in pattern:
        return "three stars in a row are not supported"
    for number, owner in enumerate(owners, 1):
        if not _OWNER.fullmatch(owner):  # it may name somebody, so it is counted and not quoted
            return f"owner {number} of it is not a user, a team or an email address"
    return None


def _regex(pattern: str) -> str:
    """Return the pattern as a regular expression whose every choice is final, so that none is tried twice."""
    segments = pattern.split("/")
    is_floating = len(segments) == 1 or (len(segments) == 2 and not segments[1])
    if segments[0] == "":
        del segments[0]
        is_floating = False
    if not any(segments):
        return r"(?!)"
    is_folder = segments[-1] == ""
    if is_folder:
        segments[-1] = "**"
    if is_floating and segments[0] != "**":
        segments.insert(0, "**")
    return _joined(_runs(segments))


def _runs(segments: list[str]) -> list[list[str]]:
    """Return the segments between each `**` and the next."""
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(segment)
    return runs


def _joined(runs: list[list[str]]) -> str:
    *leading, last = runs
    parts: list[str] = []
    for number, run in enumerate(leading):
        if not run:
            continue
        body = "/".join(map(_segment, run)) + "/"
        parts.append(body if number == 0 else f"(?>(?:[^/]+/)*?{body})")
    if not last:
        return "".join(parts) + r".+\Z"
    end = r"\Z" if last[-1] == "*" else r"(?:/.*)?\Z"
    anywhere = "(?:[^/]+/)*?" if leading else ""
    return "".join(parts) + anywhere + "/".join(map(_segment, last)) + end


def _segment(segment: str) -> str:
    """Return one segment as a regular expression: `*` any characters, `?` one, a backslash escapes."""
    if segment == "*":
        return "[^/]+"
    pieces = [_literal(piece) for piece in re.split(r"(?<!\\)\*+", segment)]
    if len(pieces) == 1:
        return pieces[0]
    middle = "".join(f"(?>[^/]*?{piece})" for piece in pieces[1:-1] if piece)
    last = rf"(?>[^/]*{pieces[-1]}(?=/|\Z))"
    return pieces[0] + middle + last


def _literal(piece: str) -> str:
    return "".join("[^/]" if token == "?" else re.escape(token[-1]) for token in re.findall(r"\\.|.", piece, re.DOTALL))
