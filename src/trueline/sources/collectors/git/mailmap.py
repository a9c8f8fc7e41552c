"""Give addresses in messages the form that the repository's own `.mailmap` says, as git does for authors.

git itself resolves them, in one process; only who is asked about comes from the file. Names are not mended here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from trueline.sources.git import Git

MAX_BYTES = 3_000_000
"""A larger file is left alone: it is no list of contributors."""

_MENTION = re.compile(rb"([^<>\n]*)<([^<>\n]*)>")

Mailmap = Mapping[tuple[str, str], str]
"""From (name or nothing, address), both in lower case, to the address that stands for it."""


def read_mailmap(git: Git, mailmap: str) -> Mailmap:
    """Return what the blob of that name maps; nothing where there is none."""
    content = git.output("cat-file", "blob", mailmap, accept=(0, 128))
    asked: dict[tuple[bytes, bytes], None] = {}
    for line in content.splitlines() if len(content) <= MAX_BYTES else ():
        if not line.startswith(b"#"):
            for name, address in _MENTION.findall(line):
                asked |= {(b"", address.strip()): None, (name.strip(), address.strip()): None}
    if not asked:
        return {}
    lines = b"".join(b"%s <%s>\n" % (name, address) if name else b"<%s>\n" % address for name, address in asked)
    answers = git.output("check-mailmap", "--stdin", stdin=lines, config=(f"mailmap.blob={mailmap}",)).splitlines()
    return {
        (_text(name), _text(address)): _text(answer[answer.rindex(b"<") + 1 :].rstrip(b">"))
        for (name, address), answer in zip(asked, answers, strict=True)
    }


def mapped_address(mailmap: Mailmap, name: str, address: str) -> str:
    """Return the address that stands for this one, in lower case."""
    name, address = name.lower(), address.lower()
    return mailmap.get((name, address)) or mailmap.get(("", address)) or address


def _text(field: bytes) -> str:
    return field.decode("utf-8", "surrogateescape").lower()
