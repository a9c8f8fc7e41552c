"""An outside importer for Trueline: pledges, each a line `pledge ID title` and indented lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trueline.sources.requirements.importer import NOTHING, Imported, Importer, ImportProblem, Item, Link
from trueline.sources.requirements.scanning import text_with

_CANDIDATE = re.compile(rb"^pledge ", re.MULTILINE)
_PLEDGE = re.compile(r"pledge (?P<id>\S+)(?: +(?P<title>.*))?")
_FIELD = re.compile(r"\s+(?P<name>kept by|covers): *(?P<value>.+)")


def dialect(path: bytes) -> str | None:
    """Return "" for the paths that hold pledges."""
    return "" if path.endswith(b".pledge") else None


def read(_: str, content: bytes) -> Imported:
    """Return the pledges of one content."""
    text = text_with(_CANDIDATE, content)
    if text is None:
        return NOTHING
    lines = text.text.split("\n")
    items = tuple(_pledges(lines))
    return Imported(items, (*text.problems, *(_silent(item) for item in items if not item.text)))


def _pledges(lines: list[str]) -> Iterator[Item]:
    starts = [number for number, line in enumerate(lines) if _PLEDGE.fullmatch(line)]
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _pledge(lines, start, following)


def _pledge(lines: list[str], start: int, following: int) -> Item:
    head = _PLEDGE.fullmatch(lines[start])
    assert head is not None
    owner, links, said = None, [], []
    for number, line in enumerate(lines[start + 1 : following], start + 2):
        found = _FIELD.fullmatch(line)
        if found is None:
            said.append(line.strip())
        elif found["name"] == "kept by":
            owner = found["value"]
        else:
            links.append(Link(number, found.start("value") + 1, "covers", found["value"]))
    return Item(
        start + 1,
        head.start("id") + 1,
        "requirement",
        head["id"],
        "pledge",
        end_line=following,
        title=head["title"],
        owner=owner,
        text="\n".join(said).strip(),
        links=tuple(links),
    )


def _silent(item: Item) -> ImportProblem:
    return ImportProblem(item.line, item.col, f"pledge {item.item_id} says nothing", "Write below it what is pledged")


PLEDGES = Importer("pledges", 1, "Pledges", dialect, read)
