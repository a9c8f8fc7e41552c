"""One line of CODEOWNERS as either forge reads it, and what kind of owner a word names.

Whether an owner exists is not known here. Persons are told from teams so that tables can leave
their names out; GitLab writes a person and a group without parent the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .decoding import decode

Dialect = Literal["github", "gitlab"]
LineKind = Literal["entry", "exclusion", "section"]

PATTERN = re.compile(r"(?:\\.|\S)+")
"""What stands before the first space that no backslash escapes."""

SHOWN = {"person": "a person", "email": "an address", "invalid": "unreadable"}
"""How owners who are no team and no role stand in tables, by kind."""

_FORMS = {
    "team": re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+"),
    "person": re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.-]*"),
    "role": re.compile(r"@@(developer|maintainer|owner)s?", re.IGNORECASE),
    "email": re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
}
_COMMENT = re.compile(r"\s#.*")


@dataclass(frozen=True)
class OwnersLine:
    """One line that is neither blank nor a comment."""

    line: int
    pattern: str | None
    """Without the `!` of an exclusion; None for a section head."""
    owners: tuple[str, ...]
    """Those that count: by GitLab's rules the section's where the line names none."""
    problem: str | None
    """Why the forge skips it; None where it does not."""
    kind: LineKind = "entry"
    section: str | None = None
    """As its first head writes it; None outside all sections."""
    approvals: int | None = None
    """Approvals that a section head asks for, 0 where it is optional; None on every other line."""
    ignored_owners: int = 0
    """Words in the owners' place that the forge cannot read as owners, where it keeps the line."""
    has_comment: bool = False
    """True where a comment stands on the line, just above it, or above its run of lines without owners."""


@dataclass(frozen=True)
class Said:
    """The text of a line that says something."""

    line: int
    text: str
    """Without its comment and outer spaces."""
    comment: str
    """What follows ` #` on the same line; empty where there is none."""
    is_below_comment: bool

    @property
    def has_comment(self) -> bool:
        """True where a comment stands on the line or just above it."""
        return self.is_below_comment or bool(self.comment)


def said_lines(content: bytes) -> Iterator[Said]:
    """Yield the lines that are neither blank nor a comment."""
    text, _ = decode(content)
    is_below_comment = False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            kept = _COMMENT.sub("", bare)
            yield Said(number, kept, bare[len(kept) :].strip(), is_below_comment)
        is_below_comment = bare.startswith("#")


def with_comments_above(lines: list[OwnersLine]) -> list[OwnersLine]:
    """Return the lines so that one comment stands for the whole run of lines without owners below it."""
    marked: list[OwnersLine] = []
    for line in lines:
        above = marked[-1] if marked else None
        is_in_run = above is not None and above.line == line.line - 1 and not above.owners and above.kind == line.kind
        is_explained = is_in_run and not line.owners and above is not None and above.has_comment
        marked.append(replace(line, has_comment=True) if is_explained else line)
    return marked


def owner_kind(owner: str) -> str:
    """Return team, person, role, email or invalid."""
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(owner)), "invalid")


def shown_owner(owner: str) -> str:
    """Return an owner as tables have it: a team or role as written, a person only as such. No output names one."""
    return SHOWN.get(owner_kind(owner), owner)
