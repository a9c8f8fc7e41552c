"""Specifications of spec-kit: numbered bullets or rows in `specs/NNN-feature/spec.md`, and the tasks beside them.

Numbers begin anew with each feature, so an id is `NNN-feature/FR-001`. A task is a tag: it says what it serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .importer import NOTHING, Imported, Importer, Item, Link
from .prose import UNCLOSED, Line, is_front_matter_open, stated_lines
from .scanning import text_with

_FEATURE = r"\d{3,}(?:-\d+)?-[^/]+"
PATH = re.compile(
    rf"(?:.*/)?(?:specs|\.specify/features)/(?:(?P<feature>{_FEATURE})/(?P<file>spec|tasks)|(?P<beside>{_FEATURE}))\.md"
)
"""The specification of a feature lies in its folder, or beside it under the same name."""

_CANDIDATE = re.compile(rb"(?:FR|NFR|SC|US)-?[0-9]|User Story|T[0-9]{3}")
_ID = r"(?:FR|NFR|SC)-(?:[A-Z]+-)?\d+[a-z]?"
_BULLET = re.compile(rf"(\s*)[-*+]\s+(?:\[[ xX]\]\s+)?(\*\*|__)?(?P<id>{_ID})(?:\2)?\s*:?(?:\2)?:?\s*(?P<title>.*)")
_ROW = re.compile(rf"\s*\|\s*[*_`]*(?P<id>{_ID})[*_`]*\s*\|(?P<title>[^|]*).*")
_STORY = re.compile(r"(?:User Story\s+(\d+)|US-?(\d+))\b\s*[-–—:]*\s*(.*)", re.IGNORECASE)
_TASK = re.compile(r"\s*[-*+]\s+\[(?P<done>[ xX])\]\s+(?:\*\*)?(?P<id>T\d{3,}[a-z]?)\b(?P<rest>.*)")
_CITED = re.compile(rf"(?<![\w-])(?:(?P<id>{_ID})(?![\w-])|\[US-?(?P<story>\d+)\])")
_UNCLEAR = "[NEEDS CLARIFICATION"


def _dialect(path: bytes) -> str | None:
    if not path.endswith(b".md"):
        return None
    found = PATH.fullmatch(path.decode("utf-8", "replace"))
    feature = (found["feature"] or found["beside"]) if found else "\n"
    return f"{found['file'] or 'spec'}/{feature}" if found and not re.search(r"[\t\n]", feature) else None


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(_CANDIDATE, content)
    if text is None:
        return NOTHING
    form, _, feature = dialect.partition("/")
    lines = list(stated_lines(text.text))
    items = tuple(_stated(lines, feature) if form == "spec" else _tasks(lines, feature))
    return Imported(items, (*text.problems, UNCLOSED) if is_front_matter_open(text.text) else text.problems)


def _stated(lines: Sequence[Line], feature: str) -> Iterator[Item]:
    for place, line in enumerate(lines):
        story = _STORY.match(line.heading) if line.level else None
        if story:
            yield _item(line, [], f"{feature}/US{int(story[1] or story[2])}", "story", story[3], is_normative=False)
            continue
        found = _BULLET.match(line.text) or _ROW.fullmatch(line.text)
        if found:
            more = _continued(lines[place + 1 :]) if "|" not in line.text[:2] else []
            yield _item(line, more, f"{feature}/{found['id']}", found["id"].partition("-")[0].lower(), found["title"])


def _continued(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that go on with a bullet: indented, up to the next that is blank or not."""
    more = []
    for line in lines:
        if not line.text.strip() or not line.text.startswith((" ", "\t")) or _BULLET.match(line.text):
            break
        more.append(line)
    return more


def _item(line: Line, more: Sequence[Line], item_id: str, kind: str, title: str, *, is_normative: bool = True) -> Item:
    text = "\n".join([title.strip(), *(one.text for one in more)])
    return Item(
        line.number,
        line.col(item_id.rpartition("/")[2]),
        "requirement",
        item_id,
        kind,
        end_line=more[-1].number if more else line.number,
        title=title.strip(" *:")[:200] or None,
        status="needs clarification" if _UNCLEAR in text else None,
        is_normative=is_normative,
        text=text,
    )


def _tasks(lines: Sequence[Line], feature: str) -> Iterator[Item]:
    for line in lines:
        task = _TASK.match(line.text)
        if task is None:
            continue
        links = tuple(
            Link(
                line.number, found.start() + 1, "covers", f"{feature}/{found['id'] or 'US' + str(int(found['story']))}"
            )
            for found in _CITED.finditer(line.text, task.end("id"))
        )
        if links:
            done = task["done"] != " "
            yield Item(
                line.number,
                task.start("id") + 1,
                "tag",
                f"{feature}/{task['id']}",
                "task",
                title=task["rest"].strip(" *:")[:200] or None,
                status="done" if done else "open",
                links=tuple({link.to_id: link for link in reversed(links)}.values())[::-1],
            )


SPECKIT = Importer("speckit", 1, "spec-kit specifications and tasks", _dialect, _import)
