"""Requirements with numbered acceptance criteria in EARS sentences, as `.kiro/specs/FEATURE/requirements.md` has them.

Numbers begin anew with each feature, so criterion 2 of requirement 1 is `feature/1.2`. A task is a tag: its line
`_Requirements: 1.2, 2.3_` says what it serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .importer import NOTHING, Imported, Importer, Item, Link
from .prose import UNCLOSED, Line, is_front_matter_open, stated_lines
from .scanning import text_with

PATH = re.compile(r"(?:.*/)?\.kiro/specs/(?P<feature>.+)/(?P<file>requirements|tasks)\.md")

_CANDIDATE = re.compile(rb"Requirements?\b|SHALL", re.IGNORECASE)
_REQUIREMENT = re.compile(r"(?:Requirement|Req\.?|REQ-)\s*(?P<number>\d+(?:\.\d+)*)\b\s*[-–—:.]*\s*(?P<title>.*)", re.I)
_CRITERION = re.compile(r" {0,3}(?P<number>\d{1,4}(?:\.\d{1,4})*)[.)]?\s+(?P<text>\S.*)")
_CRITERIA = re.compile(r"\W*Acceptance Criteria\W*", re.IGNORECASE)
_STORY = re.compile(r"\s*\**User Story:?\**:?\s*(.*)", re.IGNORECASE)
_TASK = re.compile(r"(?P<indent>\s*)[-*+]\s+\[(?P<done>[ xX~-])\]\*?\s+(?P<number>\d+(?:\.\d+)*)?[.)]?\s*(?P<title>.*)")
_SERVES = re.compile(r"\s*(?:[-*+]\s+)?[_*]*Requirements?:?[_*]*:?\s*(?P<ids>[\d., R_*and&–-]+?)\s*")
_CITED = re.compile(r"(?P<first>\d+(?:\.\d+)*)(?:\s*[-–]\s*(?P<last>\d+(?:\.\d+)*))?")
_LONGEST_RANGE = 100


def _dialect(path: bytes) -> str | None:
    if b".kiro/specs/" not in path or not path.endswith((b"/requirements.md", b"/tasks.md")):
        return None
    found = PATH.fullmatch(path.decode("utf-8", "replace"))
    return f"{found['file']}/{found['feature']}" if found and not re.search(r"[\t\n]", found["feature"]) else None


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(_CANDIDATE, content)
    if text is None:
        return NOTHING
    form, _, feature = dialect.partition("/")
    lines = list(stated_lines(text.text))
    items = tuple(_stated(lines, feature) if form == "requirements" else _tasks(lines, feature))
    return Imported(items, (*text.problems, UNCLOSED) if is_front_matter_open(text.text) else text.problems)


def _stated(lines: Sequence[Line], feature: str) -> Iterator[Item]:
    """Yield each requirement and, below it, its criteria."""
    requirement, is_criteria, level = "", False, 0
    for place, line in enumerate(lines):
        if line.level:
            found = _REQUIREMENT.fullmatch(line.heading)
            is_criteria = bool(requirement) and _CRITERIA.fullmatch(line.heading) is not None
            if found:
                requirement, level = found["number"], line.level
                yield _requirement(line, lines[place + 1 :], f"{feature}/{requirement}", found["title"])
            elif line.level <= level:
                requirement = ""
        elif requirement and _CRITERIA.fullmatch(line.text):
            is_criteria = True
        elif requirement and is_criteria and (found := _CRITERION.fullmatch(line.text)):
            number = found["number"]
            number = number if number.startswith(f"{requirement}.") else f"{requirement}.{number}"
            yield _criterion(line, lines[place + 1 :], f"{feature}/{number}", found["text"])


def _requirement(line: Line, below: Sequence[Line], item_id: str, title: str) -> Item:
    story = next((found[1] for one in _before_heading(below) if (found := _STORY.fullmatch(one.text))), "")
    return Item(
        line.number,
        line.col(line.heading),
        "requirement",
        item_id,
        "requirement",
        title=title or story[:200] or None,
        is_normative=False,
        text=f"{title}\n{story}",
    )


def _before_heading(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if line.level:
            return
        yield line


def _criterion(line: Line, below: Sequence[Line], item_id: str, text: str) -> Item:
    more: list[Line] = []
    for one in below:
        if not one.text.strip() or one.level or not one.text[:1].isspace():
            break
        more.append(one)
    return Item(
        line.number,
        line.col(line.text.strip()),
        "requirement",
        item_id,
        "criterion",
        end_line=more[-1].number if more else line.number,
        title=text[:200],
        text="\n".join([text, *(one.text for one in more)]),
    )


def _tasks(lines: Sequence[Line], feature: str) -> Iterator[Item]:
    task: Item | None = None
    for line in lines:
        found = _TASK.fullmatch(line.text)
        serves = _SERVES.fullmatch(line.text)
        if found:
            if task and task.links:
                yield task
            number = found["number"]
            task = Item(
                line.number,
                found.start("number" if number else "title") + 1,
                "tag",
                None,
                "task",
                title=" ".join(filter(None, (number, found["title"])))[:200],
                status="open" if found["done"] == " " else "done",
            )
        elif serves and task:
            offset = serves.start("ids") + 1
            cited = {one: offset + at.start() for at in _CITED.finditer(serves["ids"]) for one in _numbers(at)}
            more = (Link(line.number, col, "covers", f"{feature}/{one}") for one, col in cited.items())
            task = replace(task, end_line=line.number, links=(*task.links, *more))
    if task and task.links:
        yield task


def _numbers(cited: re.Match[str]) -> list[str]:
    """Return the numbers that a task cites by one, or by a range within one requirement."""
    first, last = cited["first"], cited["last"]
    if last is None:
        return [first]
    stem, dot, start = first.rpartition(".")
    last_stem, _, end = last.rpartition(".")
    if last_stem not in ("", stem) or not 0 <= int(end[:9]) - int(start[:9]) < _LONGEST_RANGE:
        return [first, last]
    return [f"{stem}{dot}{number}" for number in range(int(start), int(end) + 1)]


EARS = Importer("ears", 1, "Numbered EARS criteria and the tasks that serve them", _dialect, _import)
