"""Find remarks and annotations in source code that make a tool look away.

Each counts where it stands: on its statement, or on the next one where it has a line of its own. Words inside
strings and prose are none; where no grammar is at hand, a line's strings are cut out first. Most files have none,
and are not parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from typing import Any, cast

from trueline.model.enforcement import ChangeKind, Ledger, Measure

from .configs import decoded, is_foreign
from .statements import LONGEST_LINE, STATEMENTS, digests_around, packed_statements

MOST_SUPPRESSIONS = 2_000
LONGEST_SCOPE = 200
LONGEST_CALL = 2_000
WIDEST = 20
"""Lines that a statement is looked for in."""
TELLING = 12
"""Letters and digits that a statement must have, so as not to be taken for another: `else:` has too few."""

_WORD = re.compile(r"[\w@/:.*-]+")
# What is never closed ends with the file: otherwise each of its beginnings would be followed to the end in vain.
_STRING = (
    r"\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)|"
    r"\"(?:\\.|[^\"\\\n]){0,1000}\"|'(?:\\.|[^'\\\n]){0,1000}'|`(?:\\.|[^`\\])*(?:`|\Z)"
)
_HEREDOC = r"<<[~-](?P<quote>[\"'`]?)(?P<end>[A-Z]\w*)(?P=quote)[^\n]*\n.{0,3000}?^[ \t]*(?P=end)\b"
_PIECES = {
    "#": re.compile(rf"(?P<text>{_STRING})|(?P<comment>#[^\n]*)", re.DOTALL),
    "//": re.compile(rf"(?P<text>{_STRING})|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))", re.DOTALL),
    "ruby": re.compile(rf"(?P<text>{_HEREDOC}|{_STRING})|(?P<comment>#[^\n]*)", re.DOTALL | re.MULTILINE),
}


def selects(path: str) -> bool:
    """Return True for source code of a language whose comments are known."""
    return not is_foreign(path) and path.rpartition(".")[2].lower() in _languages()


def read(path: str, content: bytes) -> Ledger:
    """Return the suppressions of a source file."""
    language = _languages()[path.rpartition(".")[2].lower()]
    text = decoded(content)
    statements = Measure("lint_suppressed", STATEMENTS, packed_statements(text), "present", scope=STATEMENTS)
    folded = content.lower()
    if not any(word in folded for word in _words()):
        return Ledger(path, language, measures=(statements,))
    comments, strings = _pieces(language, text)
    code = _without(text, comments)
    found = chain(_in_comments(language, comments, text, code), _in_code(language, strings, code))
    return Ledger(path, language, measures=(statements, *islice(found, MOST_SUPPRESSIONS)))


def _in_comments(language: str, comments: list[tuple[int, int]], text: str, code: str) -> Iterator[Measure]:
    rules = [rule for rule in _rules("comments") if rule.language.fullmatch(language)]
    starts, lines = _line_starts(text), code.split("\n")
    for start, end in comments:
        written = text[start:end]
        for rule in rules:
            for match in (
                rule.pattern.finditer(written) if rule.is_anywhere else filter(None, [rule.pattern.match(written)])
            ):
                yield from _suppressed(rule, match, start + match.start(), lines, starts)


def _in_code(language: str, strings: list[tuple[int, int]], code: str) -> Iterator[Measure]:
    starts, lines = _line_starts(code), code.split("\n")
    begins = [begin for begin, _ in strings]
    for rule in _rules("code"):
        if rule.language.fullmatch(language):
            for match in rule.pattern.finditer(code):
                last = bisect_right(begins, match.start()) - 1
                if last < 0 or strings[last][1] <= match.start():
                    end = _end_of_call(code, match, strings)
                    yield from _suppressed(rule, match, match.start(), lines, starts, end)


def _end_of_call(code: str, match: re.Match[str], strings: list[tuple[int, int]]) -> int:
    """Return where the call or annotation that a match begins is closed: what it holds back comes after that."""
    begin = code.find("(", match.start(), match.end())
    last = min(len(code), match.end() + LONGEST_CALL)
    depth, at = 0, begin
    string = bisect_right(strings, (begin, len(code)))
    while 0 <= at < last:
        if string < len(strings) and strings[string][0] <= at:
            at = max(at + 1, strings[string][1])
            string += 1
            continue
        depth += (code[at] == "(") - (code[at] == ")")
        if depth == 0:
            return at
        at += 1
    return match.start()


def _suppressed(
    rule: _Rule, match: re.Match[str], offset: int, lines: list[str], starts: list[int], end: int | None = None
) -> Iterator[Measure]:
    line, is_code = _line_at(starts, offset), end is not None
    at, scope = _statement(lines, line if end is None else _line_at(starts, end), is_code)
    around = digests_around(lines, at, is_code)
    what = match.groupdict().get("what") or ""
    shown = " ".join(match[0].split())[:120]
    words = [" ".join(what.split())] if is_code else _WORD.findall(what)
    for word in words or [""]:
        key = f"{rule.name} {word}".strip()[:200]
        yield Measure(rule.kind, key, around, "absent", line, f"{shown} on: {scope}"[:300], scope)


def _statement(lines: list[str], line: int, is_code: bool) -> tuple[int, str]:
    """Return where the statement of a line is, or the next, and its text, with what follows where that says little."""
    first = line if is_code else line - 1
    parts: list[str] = []
    at = min(first, len(lines) - 1)
    for index, written in enumerate(lines[first : first + WIDEST], first):
        folded = " ".join(written[:LONGEST_LINE].split())[:LONGEST_SCOPE]
        if folded and not (is_code and folded.startswith("@")):
            at = at if parts else index
            parts.append(folded)
            if not folded.startswith("@") and sum(map(str.isalnum, "".join(parts))) >= TELLING:
                break
    return at, " ".join(parts)


def _pieces(language: str, text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the comments of a text stand, and where its strings do."""
    mark = language if language in _PIECES else "#" if _marks()[language][0] == "#" else "//"
    found = list(_PIECES[mark].finditer(text))
    return [match.span() for match in found if match["comment"]], [match.span() for match in found if match["text"]]


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with its comments blank, of the same length."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], re.sub(r"[^\n]", " ", text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _line_at(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset)


@dataclass(frozen=True)
class _Rule:
    language: re.Pattern[str]
    name: str
    pattern: re.Pattern[str]
    kind: ChangeKind
    is_anywhere: bool


@cache
def _rules(section: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            re.compile(rule["in"]), rule["name"], re.compile(rule["pattern"]), rule["kind"], rule.get("anywhere", False)
        )
        for rule in _catalog()[section]
    )


@cache
def _languages() -> dict[str, str]:
    return {ending: name for name, language in _catalog()["languages"].items() for ending in language["endings"]}


@cache
def _marks() -> dict[str, list[str]]:
    return {name: language["line"] for name, language in _catalog()["languages"].items()}


@cache
def _words() -> tuple[bytes, ...]:
    return tuple(word.lower().encode() for word in _catalog()["words"])


@cache
def _catalog() -> dict[str, Any]:
    import yaml

    text = (files(__package__) / "suppressions.yaml").read_text("utf-8")
    return cast("dict[str, Any]", yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
