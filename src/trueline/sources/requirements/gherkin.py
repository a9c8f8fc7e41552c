"""Features and scenarios of Gherkin, in `.feature` and `.feature.md`, in the languages of `gherkin_keywords.txt`.

Steps are the text of a scenario and are never run. A tag that holds an id, `@REQ-12`, says what the scenario verifies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .importer import Imported, Importer, ImportProblem, Item, Link
from .plain_id import ID, is_plausible
from .scanning import text_with

_KINDS = ("feature", "rule", "background", "scenario", "outline", "examples")
_ANYTHING = re.compile(rb"\S")
_LANGUAGE = re.compile(r"\s*#\s*language\s*:\s*(\S+)\s*", re.IGNORECASE)
_TAG_LINE = re.compile(r"\s*`?@\S")
_CITED = re.compile(rf"(?<![\w-])(?:{ID})(?![\w-])")
_QUOTE = re.compile(r"\s*(\"\"\"|```|''')")
_HEADING = re.compile(r"^#{1,6}\s+")


@dataclass
class _Open:
    """What is being read: a feature, a rule, a scenario or an outline."""

    line: int
    col: int
    kind: str
    title: str
    tags: list[tuple[int, str]]
    text: list[str] = field(default_factory=list)
    end_line: int = 0

    def closed(self) -> Item:
        """Return the finished item."""
        links: dict[str, Link] = {}
        for number, written in self.tags:
            for found in _CITED.finditer(written):
                if is_plausible(found[0]):
                    links.setdefault(found[0], Link(number, found.start() + 1, "verifies", found[0]))
        return Item(
            self.line,
            self.col,
            "requirement",
            None,
            self.kind,
            end_line=max(self.end_line, self.line),
            title=self.title or None,
            is_normative=self.kind in ("scenario", "outline"),
            text="\n".join([self.title, *self.text]).strip(),
            attributes=tuple(f"tags={' '.join(written.split())}" for _, written in self.tags),
            links=tuple(links.values()),
        )


class _Reading:
    """Reads lines one by one."""

    def __init__(self, *, is_markdown: bool) -> None:
        self.items: list[Item] = []
        self.problems: list[ImportProblem] = []
        self._is_markdown = is_markdown
        self._words = keywords()["en"]
        self._features = 0
        self._open: _Open | None = None
        self._tags: list[tuple[int, str]] = []
        self._quote = ""

    def read(self, text: str) -> None:
        """Read all lines."""
        is_empty = True
        for number, line in enumerate(text.split("\n"), 1):
            is_empty = is_empty and (not line.strip() or line.lstrip().startswith("#"))
            self._step(number, line)
        self._close()
        if not is_empty and not self._features and not self.problems:
            self.problems.append(_no_feature(1))

    def _step(self, number: int, line: str) -> None:
        quote = _QUOTE.match(line)
        if self._quote or quote:
            self._quote = ("" if quote and quote[1] == self._quote else self._quote) if self._quote else quote[1]  # type: ignore[index]
            self._take(number, line)
        elif language := _LANGUAGE.fullmatch(line) if not self._features else None:
            self._speak(number, line, language[1])
        elif _TAG_LINE.match(line):
            self._tags.append((number, line.replace("`", " ")))
        elif not self._begins(number, line) and not line.lstrip().startswith("#"):
            self._take(number, line)

    def _speak(self, number: int, line: str, language: str) -> None:
        known = keywords().get(language) or keywords().get(language.partition("-")[0])
        if known:
            self._words = known
        else:
            fix = "Write its keywords in English, or in another language that Trueline reads"
            place = line.index(language) + 1
            self.problems.append(ImportProblem(number, place, f"Gherkin in the language {language} is not read", fix))

    def _begins(self, number: int, line: str) -> bool:
        """Return True where a line begins something, and begin it."""
        shown = _HEADING.sub("", line) if self._is_markdown else line.strip()
        word, colon, title = shown.strip().partition(":")
        kind = self._words.get(word) if colon and (not self._is_markdown or shown != line) else None
        if kind is None:
            return False
        tags, self._tags = self._tags, []
        if kind == "examples":
            if self._open:
                self._open.tags += tags
            self._take(number, line)
            return True
        self._close()
        self._features += kind == "feature"
        if kind == "feature" and self._features > 1:
            fix = "Give each feature a file of its own"
            self.problems.append(ImportProblem(number, line.index(word) + 1, "begins a second feature", fix))
        elif not self._features and not self.problems:
            self.problems.append(_no_feature(number))
        if kind != "background":
            self._open = _Open(number, line.index(word) + 1, kind, title.strip(), tags)
        return True

    def _take(self, number: int, line: str) -> None:
        if self._open and line.strip():
            self._open.text.append(line.strip())
            self._open.end_line = number

    def _close(self) -> None:
        if self._open:
            self.items.append(self._open.closed())
        self._open = None


def _no_feature(line: int) -> ImportProblem:
    fix = "Begin with `Feature:` and a name, or say `# language:` above it"
    return ImportProblem(line, 1, "has no feature before what it states", fix)


@cache
def keywords() -> Mapping[str, Mapping[str, str]]:
    """Return by language what each word begins: feature, rule, background, scenario, outline or examples."""
    known: dict[str, Mapping[str, str]] = {}
    text = (Path(__file__).parent / "gherkin_keywords.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        language, colon, sorts = line.partition(":")
        if colon and not line.startswith("#"):
            words = [sort.strip().split("|") for sort in sorts.split(";")]
            # A word of two sorts is the first: examples are named after what they are examples of.
            known[language] = {
                word: kind for kind, sort in reversed([*zip(_KINDS, words, strict=True)]) for word in sort
            }
    return known


def _dialect(path: bytes) -> str | None:
    lower = path.lower()
    if lower.endswith(b".feature.md"):
        return "markdown"
    return "" if lower.endswith(b".feature") else None


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(_ANYTHING, content)
    if text is None or (not text.text and not text.problems):
        return Imported()
    reading = _Reading(is_markdown=dialect == "markdown")
    reading.read(text.text)
    return Imported(tuple(reading.items), (*text.problems, *reading.problems))


GHERKIN = Importer("gherkin", 1, "Features and scenarios of Gherkin", _dialect, _import)
