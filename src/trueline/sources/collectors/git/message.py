"""Read what the message of a commit says about the change: its subject, its number, whence it came, what it reverts."""

from __future__ import annotations

import re

SUBJECT_CHARACTERS = 300

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

_CHANGE_IN_SUBJECT = re.compile(
    r"\(#(\d{1,9})\)$|^Merge (?:pull request|PR) #(\d{1,9})\b|^Merged in [^\n]{1,300} \(pull request #(\d{1,9})\)$",
    re.IGNORECASE,
)
_CHANGE_IN_BODY = re.compile(r"^See merge request [^\s!]{0,300}!(\d{1,9})\b", re.MULTILINE)
_LOGIN = re.compile(
    r"(?P<before>^Merge pull request #\d{1,9} from | of (?:https://|ssh://)?(?:git@)?[\w.-]{1,100}[:/])[\w-]{1,100}(?=/)",
    re.IGNORECASE,
)
"""The owner of the fork that a merge came from, which is often a person."""
_FROM_FORK = re.compile(r"^Merge pull request #\d{1,9} from ([a-z0-9][a-z0-9_-]{0,99})/", re.IGNORECASE)

_REVERT_SUBJECT = re.compile(r'revert(?:s|ed)? "|revert(?:\([^)]{0,100}\))?!?: ', re.IGNORECASE)
_REVERTED = re.compile(r"\bThis reverts commits?\s{1,4}([0-9a-f]{7,64})\b", re.IGNORECASE)

_PICKED = re.compile(r"\(cherry picked from commit ([0-9a-f]{7,64})\)", re.IGNORECASE)


def first_line(message: str) -> str:
    """Return the first line that is not blank, cut where it could not be shown anyway."""
    return message.lstrip("\r\n")[: SUBJECT_CHARACTERS * 4].partition("\n")[0].strip()


def shown_subject(line: str) -> str:
    """Return the line with unseen characters as escapes and no owner of a fork, at most 300 characters."""
    if line.startswith("Merge "):
        line = _LOGIN.sub(r"\g<before>…", line)
    if not line.isprintable():
        line = _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode(), line)
    return line if len(line) <= SUBJECT_CHARACTERS else line[: SUBJECT_CHARACTERS - 1] + "…"


def change_number(line: str, message: str) -> int | None:
    """Return the number of the pull or merge request that the message names."""
    found = _CHANGE_IN_SUBJECT.search(line) if "#" in line else None
    if found is None and "See merge request" in message:
        found = _CHANGE_IN_BODY.search(message)
    return int(found[found.lastindex or 0]) if found else None


def merged_login(line: str) -> str | None:
    """Return the login, in lower case, whose fork the subject of a merge names."""
    found = _FROM_FORK.match(line)
    return found[1].lower() if found else None


def reverted_commit(message: str, lowered: str) -> str | None:
    """Return the id of the first commit that the message says it reverts, as far as it is written out."""
    found = _REVERTED.search(message) if "this reverts commit" in lowered else None
    return found[1].lower() if found else None


def picked_commit(message: str, lowered: str) -> str | None:
    """Return the id of the last commit that the message says it was picked from: the one picked in the end."""
    found = _PICKED.findall(message) if "(cherry picked from commit " in lowered else None
    return found[-1].lower() if found else None


def is_revert_subject(line: str) -> bool:
    return _REVERT_SUBJECT.match(line) is not None
