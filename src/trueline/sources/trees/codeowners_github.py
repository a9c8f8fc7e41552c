"""Read the lines of CODEOWNERS by GitHub's rules.

Source: GitHub's documentation "About code owners". The last line that matches counts. Lines
that GitHub skips are kept, each with the reason; `codeowners_pattern` says what matches.
"""

from __future__ import annotations

import re

from .codeowners_line import PATTERN, OwnersLine, Said, said_lines, with_comments_above

_OWNER = re.compile(
    r"@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9_])?(?:/[A-Za-z0-9][\w.-]{0,99})?|[^@\s]{1,64}@[^@\s]{1,200}\.[^@\s.]{1,63}"
)


def parse_github(content: bytes) -> list[OwnersLine]:
    """Return the lines that say something."""
    return with_comments_above([_parsed(said) for said in said_lines(content)])


def _parsed(said: Said) -> OwnersLine:
    match = PATTERN.match(said.text)
    pattern = match[0] if match else said.text
    owners = tuple(said.text[len(pattern) :].split())
    return OwnersLine(said.line, pattern, owners, _problem(pattern, owners), has_comment=said.has_comment)


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
