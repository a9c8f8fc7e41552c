"""Find the roles that headers of governed documents and records name; persons and teams are left out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from trueline.model.table import Row

from .classes import loaded
from .owners import shown_owner

_REFERENCE = re.compile(r"(?<![\w-])role:\s*([a-z0-9][\w.-]*)", re.IGNORECASE)
_TEAM = re.compile(
    r"(?:team|group):|@|\b(?:teams?|squads?|tribes?|guilds?|groups?|wg|sig|committees?|boards?|councils?|chapters?"
    r"|circles?|departments?|divisions?|maintainers|everyone|all|editors|n/?a|tbd|none|unassigned)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[*`\[\]]|\(.*?\)")
MOST_WORDS = 6

Values = Mapping[str, Sequence[tuple[str, int]]]


def role_mentions(
    headers: Mapping[tuple[str, str], Values], places: Container[tuple[str, str]], roles: Sequence[str]
) -> Iterator[Row]:
    """Yield the rows of table `role_mentions` for the documents in `places`, by repository and path."""
    names = loaded("fields.yaml")
    owning = set(names["owner"])
    naming = {*owning, *names["roles"]}
    for (repository, path), values in sorted(headers.items()):
        if (repository, path) in places:
            seen: set[tuple[Any, ...]] = set()
            for field, said in sorted(values.items()):
                for written, line in said:
                    for role, is_reference in _roles(written, roles if field in naming else None):
                        row = (repository, path, line, field, role, is_reference, field in owning)
                        if row not in seen:
                            seen.add(row)
                            yield row


def key_of_role(name: str) -> str:
    """Return a role as it is compared: `role:head-of-specs` and `the Head of Specs` are `head of specs`."""
    bare = re.sub(r"^(?:role:\s*|the\s+|our\s+)", "", _MARKUP.sub("", name).strip().lower())
    return re.sub(r"[\s_-]+", " ", bare).strip(" .")


def _roles(written: str, roles: Sequence[str] | None) -> Iterator[tuple[str, bool]]:
    """Yield each role that a value names, and whether it says `role:`; plain names only where `roles` is given."""
    references = _REFERENCE.findall(written)
    for name in references:
        yield key_of_role(name), True
    if roles is None or references:
        return
    for part in re.split(r"[,;]|<br>", written):
        name = _MARKUP.sub("", part).strip()
        is_name = 0 < len(name.split()) <= MOST_WORDS and not _TEAM.search(part)
        if is_name and shown_owner(name, roles) == name:
            yield key_of_role(name), False
