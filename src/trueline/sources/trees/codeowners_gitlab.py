"""Read the lines of CODEOWNERS by GitLab's rules: sections, default owners, exclusions.

Source: GitLab's documentation, "Syntax of CODEOWNERS file", "Advanced CODEOWNERS configuration"
and, up to 17.8, "Error handling in Code Owners" on the first of these pages. In each section the
last line that matches counts, and what is outside all sections is one more section. A word that is
no owner is ignored and the rest of its line holds. A head that cannot be read is an entry. There
are no comments behind an entry, but only the owners in such text count.

The documentation leaves open whose defaults count where heads of one name differ. Here it is
those of the nearest head above, and of the first such head that has any where that one has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .codeowners_line import PATTERN, OwnersLine, Said, owner_kind, said_lines, with_comments_above

_HEAD = re.compile(r"(?P<optional>\^?)\[(?P<name>[^\]]+)\](?:\[(?P<count>[^\]]*)\])?(?P<owners>(?:\s.*)?)")
_OPEN_HEAD = re.compile(r"\^\[|\[\s*\]|\[[^\]\s]*(?:\s|\Z)")

Owners = tuple[str, ...]


def parse_gitlab(content: bytes) -> list[OwnersLine]:
    """Return the lines that say something, each with its section and the owners that count for it."""
    names: dict[str, str] = {}
    first_defaults: dict[str, Owners] = {}
    section: str | None = None
    defaults: Owners = ()
    lines: list[OwnersLine] = []
    for said in said_lines(content):
        head = _head_in(said.text)
        if head is None:
            lines.append(_exclusion(said, section) if said.text.startswith("!") else _entry(said, section, defaults))
            continue
        key = head["name"].strip().lower()
        section = names.setdefault(key, head["name"].strip())
        line = _head(said, head, section)
        lines.append(line)
        if line.owners:
            first_defaults.setdefault(key, line.owners)
        defaults = line.owners or first_defaults.get(key, ())
    return with_comments_above(lines)


def has_sections(content: bytes) -> bool:
    """Return whether a line can only be meant as a section head: GitHub skips it for its brackets."""
    return any(_head_in(said.text) for said in said_lines(content))


def _head_in(text: str) -> re.Match[str] | None:
    head = _HEAD.fullmatch(text)
    return head if head and head["name"].strip() else None


def _head(said: Said, head: re.Match[str], section: str) -> OwnersLine:
    owners, ignored = _owners(head["owners"].split(), said.comment)
    count = head["count"] or ""
    # Whatever is no positive number stands for one.
    approvals = 0 if head["optional"] else max(1, int(count)) if re.fullmatch(r"[0-9]{1,9}", count) else 1
    return OwnersLine(said.line, None, owners, None, "section", section, approvals, ignored, said.has_comment)


def _entry(said: Said, section: str | None, defaults: Owners) -> OwnersLine:
    match = PATTERN.match(said.text)
    pattern = match[0] if match else said.text
    owners, ignored = _owners(said.text[len(pattern) :].split(), said.comment)
    problem = "a section head that cannot be read is taken for a pattern" if _OPEN_HEAD.match(said.text) else None
    return OwnersLine(
        said.line,
        pattern,
        owners or defaults,
        problem,
        section=section,
        ignored_owners=ignored,
        has_comment=said.has_comment,
    )


def _exclusion(said: Said, section: str | None) -> OwnersLine:
    match = PATTERN.match(said.text[1:])
    problem = None if match else "an exclusion needs a pattern right after its !"
    pattern = match[0] if match else said.text
    return OwnersLine(said.line, pattern, (), problem, "exclusion", section, has_comment=said.has_comment)


def _owners(words: Iterable[str], comment: str) -> tuple[Owners, int]:
    """Return the owners among the words and in the comment, and how many words are none."""
    read = [(word, owner_kind(word) != "invalid") for word in words]
    behind = (word for word in comment.split() if owner_kind(word) != "invalid")
    owners = (*(word for word, is_owner in read if is_owner), *behind)
    return tuple(dict.fromkeys(owners)), sum(not is_owner for _, is_owner in read)
