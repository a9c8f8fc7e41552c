"""Specifications of OpenSpec, and what its open changes would make of them.

A requirement is a heading, and the heading is its id: `capability/heading`. An entry of an open change is of
nature `delta`; changes that were filed under `archive` are history and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .importer import NOTHING, Imported, Importer, ImportProblem, Item, Nature
from .prose import UNCLOSED, Line, is_front_matter_open, stated_lines
from .scanning import text_with

PATH = re.compile(
    r"(?P<root>(?:.*/)?)openspec/(?:specs/(?P<capability>.+)|changes/(?!archive/)(?P<change>[^/]+)/specs/(?P<target>.+))"
    r"/spec\.md"
)
ARCHIVE = re.compile(r"(?:.*/)?openspec/changes/archive/.+")

_CANDIDATE = re.compile(rb"Requirement:", re.IGNORECASE)
_SECTION = re.compile(r"(ADDED|MODIFIED|REMOVED|RENAMED)\s+Requirements", re.IGNORECASE)
_REQUIREMENT = re.compile(r"Requirement:\s*(.+)", re.IGNORECASE)
_SCENARIO = re.compile(r"Scenario:\s*(.+)", re.IGNORECASE)
_RENAMED = re.compile(r"\s*[-*+]?\s*(FROM|TO)\s*:\s*`?(?:#+\s*)?Requirement:\s*(.+?)`?\s*", re.IGNORECASE)
_REMOVED = re.compile(r"\s*[-*+]\s*`?(?:#+\s*)?Requirement:\s*(.+?)`?\s*", re.IGNORECASE)


def _dialect(path: bytes) -> str | None:
    if not path.endswith(b"spec.md") or b"openspec/" not in path:
        return None
    shown = path.decode("utf-8", "replace")
    return shown if PATH.fullmatch(shown) and "\t" not in shown and "\n" not in shown else None


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(_CANDIDATE, content)
    place = PATH.fullmatch(dialect)
    if text is None or place is None:
        return NOTHING
    lines = list(stated_lines(text.text))
    problems = (*text.problems, UNCLOSED) if is_front_matter_open(text.text) else text.problems
    if place["capability"]:
        return Imported(tuple(_stated(lines, place["root"] + place["capability"])), problems)
    items, wrong = _deltas(lines, place["root"] + place["target"], place["change"])
    return Imported(tuple(items), (*problems, *wrong))


def _stated(lines: Sequence[Line], capability: str) -> Iterator[Item]:
    for heading, block in _blocks(lines):
        title = _REQUIREMENT.fullmatch(heading.heading)
        scenario = _SCENARIO.fullmatch(heading.heading)
        if title and heading.level == 3:
            yield _item(heading, block, f"{capability}/{title[1].strip()}", "requirement", title[1].strip())
        elif scenario and heading.level == 4:
            yield _item(heading, block, None, "scenario", scenario[1].strip(), is_normative=False)


def _deltas(lines: Sequence[Line], capability: str, change: str) -> tuple[list[Item], list[ImportProblem]]:
    items: list[Item] = []
    problems: list[ImportProblem] = []
    operation = ""
    renamed_from: tuple[Line, str] | None = None
    attributes = (f"change={change}",)
    for heading, block in _blocks(lines, with_top=True):
        if heading.level == 2:
            section = _SECTION.fullmatch(heading.heading)
            operation = section[1].lower() if section else ""
        title = _REQUIREMENT.fullmatch(heading.heading) if heading.level == 3 else None
        if title and operation in ("added", "modified", "removed"):
            name = title[1].strip()
            items.append(_item(heading, block, f"{capability}/{name}", operation, name, "delta", attributes))
        elif title and not operation:
            problems.append(_outside(heading))
        for line in block if operation in ("renamed", "removed") and heading.level < 4 else ():
            listed = _REMOVED.fullmatch(line.text) if operation == "removed" else None
            if listed:
                items.append(
                    _item(line, [line], f"{capability}/{listed[1]}", operation, listed[1], "delta", attributes)
                )
            pair = _RENAMED.fullmatch(line.text) if operation == "renamed" else None
            if pair and pair[1].upper() == "FROM":
                renamed_from = line, pair[2]
            elif pair and renamed_from:
                start, name = renamed_from
                to = (*attributes, f"to={capability}/{pair[2]}")
                items.append(_item(start, [start, line], f"{capability}/{name}", "renamed", name, "delta", to))
                renamed_from = None
    return items, problems


def _outside(heading: Line) -> ImportProblem:
    return ImportProblem(
        heading.number,
        heading.col(heading.heading),
        "a requirement of a change stands under no operation",
        "Put it under a heading ADDED, MODIFIED, REMOVED or RENAMED Requirements",
    )


def _blocks(lines: Sequence[Line], *, with_top: bool = False) -> Iterator[tuple[Line, list[Line]]]:
    """Yield each heading and the lines below it, up to the next heading of its level or above.

    With `with_top`, headings of level 2 have only the lines up to the next heading of any level.
    """
    places = [place for place, line in enumerate(lines) if line.level]
    for position, start in enumerate(places):
        heading = lines[start]
        later = (
            p for p in places[position + 1 :] if lines[p].level <= heading.level or (with_top and heading.level < 3)
        )
        yield heading, list(lines[start + 1 : next(later, len(lines))])


def _item(
    heading: Line,
    block: Sequence[Line],
    item_id: str | None,
    kind: str,
    title: str,
    nature: Nature = "requirement",
    attributes: tuple[str, ...] = (),
    is_normative: bool = True,
) -> Item:
    written = [line for line in block if line.text.strip()]
    return Item(
        heading.number,
        heading.col(title),
        nature,
        item_id,
        kind,
        end_line=written[-1].number if written else heading.number,
        title=title,
        is_normative=is_normative,
        text="\n".join(line.text for line in written),
        attributes=attributes,
    )


OPENSPEC = Importer("openspec", 1, "OpenSpec specifications and open changes", _dialect, _import)
