"""What a text demands: the same while only its wording or layout changes.

Demands are the content words of sentences that bind (RFC 2119 and RFC 8174 and their plain forms, EARS), of lists that
such a sentence opens and of definitions, and everywhere numbers with their units, comparisons, quoted and coded values,
endpoints, short items, cells with their row and lines of code. Prose that binds nobody leaves no demand, wherever it
stands: in a paragraph, a long cell or a comment of code; nor do the targets of links, HTML and tables of contents.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

_BINDS = re.compile(
    r"\b(?:must|shall|should|may|required|requires?|mandatory|forbidden|prohibited|recommended|optional|never|always"
    r"|not allowed|allowed|permitted|will|cannot|can not|needs? to|has to|have to|at least|at most|no more than"
    r"|exactly|means|is defined as|are defined as)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b(?:MUST|SHALL|SHOULD|MAY|REQUIRED|RECOMMENDED|OPTIONAL)\b")
_UNIT = (
    r"(?:%|°[CF]?|(?:n|µ|u|m)?s(?:ec(?:ond)?s?)?|milliseconds?|min(?:ute)?s?|h(?:ours?|rs?)?|days?|weeks?|months?|years?"
    r"|[kKMGTP]?i?[Bb](?:ytes?|its?|ps)?|bytes?|bits?|[kKMG]?Hz|px|em|[kMG]W|EUR|USD|GBP|x)"
)
_VALUE = re.compile(
    r"`[^`\n]+`"
    r"|\"[^\"\n]{1,80}\"|“[^”\n]{1,80}”"
    # Bold words are terms, except those that only label what follows.
    r"|(?<!^)\*\*[^*\n]{1,80}\*\*"
    r"|(?:GET|PUT|POST|PATCH|DELETE|HEAD)\s+/\S*|(?<![\w/.])(?:/[\w{}.:-]+){2,}"
    r"|[<>≤≥=≠±]=?"
    r"|(?<![\w.-])\d{4}-\d\d-\d\d(?![\w-])"
    rf"|(?<![\w.])[-+]?\d+(?:[.,:]\d+)*(?:\s?{_UNIT}(?!\w))?|[$€£]\s?\d+(?:[.,]\d+)*"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+(?=[\"“(*`]?[A-Z0-9`])")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_MARKS = re.compile(r"[*_`\"“”~]+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
_LAYOUT = re.compile(rf"{_ITEM.pattern}|^\s*>+\s?|^#{{1,6}}\s+")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_COLUMNS = re.compile(r"^\s*:?-+:?\s*\|[\s:|-]*$")
"""The rule of a table whose rows have no bars at their ends."""
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])")
_ONLY_LINKS = re.compile(rf"\s*(?:\**[\w /-]{{1,40}}\**:\**)?(?:[\s.,;()\[\]]*{_LINK.pattern})+[\s.,;()\[\]]*")
_TARGET = re.compile(r"^\s{0,3}\[[^\]\n]+\]:\s*\S.*$|\[\^[^\]\n]+\]|<?\bhttps?://[^\s)>\]]+>?", re.MULTILINE)
_DOCUMENT = re.compile(r"`?[\w./-]+\.(?:md|mdx|markdown|rst|adoc|txt|html)(?:#\S*)?`?")
_CODE_COMMENT = re.compile(r"(?:^\s*(?:--|/?\*+)|(?:^|(?<=\s))(?://+|#+|/\*+))\s+(.*?)(?:\*+/)?$")
_SHORT_ITEM_WORDS = 4
_SHORT_CELL_WORDS = 8
_IDLE = frozenset(
    "a an the of to in on at by for from with and or as is are be been being was were it its this that these those there"
    " here which who whom whose so such than then also thus hence therefore very just please note i.e e.g etc via per into"
    " onto their they them he she his her we our us you your".split()
)
"""Words that change nothing by coming or going."""
_SAME = {"shall": "must"}
"""RFC 2119 says that they are the same."""
_SPELT_OUT = tuple(
    (re.compile(short, re.IGNORECASE), full)
    for short, full in ((r"\bcan(?: no|['’])t\b", "cannot"), (r"\bwon['’]t\b", "will not"), (r"n['’]t\b", " not"))
)
_APOSTROPHE = re.compile("['’]")
"""Contractions are what they are short for, and an apostrophe that was forgotten changes nothing."""
_TERM = re.compile(r"\*\*([^*\n]{1,80})\*\*")
"""What an item tells of, as a field of a list of fields."""
_LABEL = re.compile(r"\*\*([^*\n:]{2,30}):?\*\*:?\s*(\S.{0,60})")
"""A field that a section says of itself, as `**Status**: Stable`."""


def speaks_in_capitals(text: str) -> bool:
    """Return True for a document that writes MUST and SHOULD: then, by RFC 8174, those in small letters bind nobody."""
    return len(_CAPITALS.findall(text)) >= 2


def demands(text: str, is_definition: bool = False, in_capitals: bool = False) -> tuple[str, ...]:
    """Return what a text demands, in order, in lower case. Of a definition every sentence binds."""
    return tuple(_demands(text, is_definition, _CAPITALS if in_capitals else _BINDS))


def normative_digest(text: str) -> str:
    """Return the digest of what a text demands."""
    return digest("\n".join(demands(text)))


def digest(text: str) -> str:
    """Return 32 hexadecimal characters for a text; equal texts, equal digests."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _demands(text: str, is_definition: bool, binds: re.Pattern[str]) -> Iterator[str]:
    opens_list = False
    for kind, block in _blocks(text):
        if kind == "code":
            yield from (one for line in block.splitlines() for one in _of_code(line, binds))
        elif kind == "row":
            yield from _of_row(block, binds)
        elif plain := _plain_prose(block):
            label = _LABEL.fullmatch(plain) if plain.startswith("**") else None
            if label and len(label[2].split()) <= _SHORT_ITEM_WORDS:
                yield f"{_plain(label[1])}: {_plain(label[2])}"
            elif kind == "item":
                yield from _of_item(plain, opens_list or is_definition, binds)
            else:
                yield from (one for part in _SENTENCE.split(plain) for one in _of_sentence(part, is_definition, binds))
                opens_list = plain.rstrip(" *_").endswith(":") and bool(binds.search(_SENTENCE.split(plain)[-1]))


def _plain_prose(text: str) -> str:
    """Return prose without the targets of links and HTML; what is links alone, or after a label, leads elsewhere."""
    if "[" in text:
        if _ONLY_LINKS.fullmatch(text):
            return ""
        text = _LINK.sub(r"\1", text)
    if "[" in text or "http" in text:
        text = _TARGET.sub(" ", text)
    return (_TAG.sub(" ", text) if "<" in text else text).strip()


def _of_item(text: str, is_demanded: bool, binds: re.Pattern[str]) -> Iterator[str]:
    """Yield what an item demands; a short one without a full stop is part of an enumeration."""
    words = _WORD.findall(text)
    if len(words) <= _SHORT_ITEM_WORDS and not text.endswith((".", "!", "?", ":")) and not binds.search(text):
        yield _plain(text) if _VALUE.fullmatch(text) else "item " + _plain(text).rstrip(",;")
        return
    if term := _TERM.match(text):
        yield "item " + _plain(term[1])
    for sentence in _SENTENCE.split(text):
        yield from _of_sentence(sentence, is_demanded, binds)


def _of_code(line: str, binds: re.Pattern[str]) -> Iterator[str]:
    """Yield a line of code, whatever its layout, and what its comment demands, which is prose."""
    comment = _CODE_COMMENT.search(line)
    code = line[: comment.start()] if comment else line
    if code.strip():
        yield "code " + " ".join(code.split())
    if comment:
        yield from _of_sentence(comment[1], False, binds)


def _of_row(row: str, binds: re.Pattern[str]) -> Iterator[str]:
    """Yield the cells of a row, each but the first with the first: two rows that swap values are not the same."""
    cells = [_plain_prose(cell) or _LINK.sub(r"\1", cell) for cell in _CELL_BREAK.split(row.strip().strip("|"))]
    name = _plain(cells[0]) if cells else ""
    if name:
        yield f"cell {name}"
    for cell in filter(None, map(str.strip, cells[1:])):
        if len(_WORD.findall(cell)) <= _SHORT_CELL_WORDS:
            yield f"cell {name}: {_plain(cell).rstrip('.')}"
        else:
            yield from (one for part in _SENTENCE.split(cell) for one in _of_sentence(part, False, binds))


def _of_sentence(sentence: str, is_demanded: bool, binds: re.Pattern[str]) -> Iterator[str]:
    """Yield the values of a sentence and, where it binds, its content words as well."""
    values = _VALUE.findall(sentence)
    for value in (_plain(found) for found in values if not _DOCUMENT.fullmatch(found)):
        yield value.replace(" ", "") if value[:1].isdigit() else value
    if "'" in sentence or "’" in sentence or " not" in sentence:
        for short, full in _SPELT_OUT:
            sentence = short.sub(full, sentence)
    if is_demanded or binds.search(sentence):
        rest = _VALUE.sub(" ", sentence) if values else sentence
        words = _WORD.findall(_APOSTROPHE.sub("", rest).lower())
        yield from (_SAME.get(word, word) for word in words if word not in _IDLE)


@dataclass
class _Prose:
    """Lines of one paragraph or item that are still being joined."""

    kind: str = "prose"
    lines: list[str] = field(default_factory=list)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield paragraphs and items with their lines joined, rows of tables, and the insides of fences."""
    prose = _Prose()
    code: list[str] = []
    fence = ""
    lines = (_COMMENT.sub(" ", text) if "<!--" in text else text).splitlines()
    bare_rows = _bare_rows(lines) if "|" in text else ()
    for number, line in enumerate(lines):
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            if mark and mark[1].startswith(fence):
                yield "code", "\n".join(code)
                fence, code = "", []
            else:
                code.append(line)
            continue
        is_row = number in bare_rows or line.lstrip().startswith("|")
        if mark or is_row or not line.strip() or _LAYOUT.match(line):
            yield prose.kind, " ".join(prose.lines)
            prose = _Prose("item" if _ITEM.match(line) else "prose")
        if mark:
            fence = mark[1]
        elif is_row:
            if not (_RULE.match(line) or _COLUMNS.match(line)):
                yield "row", line
        else:
            prose.lines.append(_LAYOUT.sub("", line).strip())
    yield ("code", "\n".join(code)) if fence else (prose.kind, " ".join(prose.lines))


def _bare_rows(lines: Sequence[str]) -> set[int]:
    """Return the lines of tables whose rows have no bars at their ends: the line above a rule, and those below."""
    rows: set[int] = set()
    for rule in (number for number, line in enumerate(lines) if "|" in line and _COLUMNS.match(line)):
        rows.update(range(max(rule - 1, 0), rule + 1))
        rows.update(rule + below for below, line in takewhile(lambda one: one[1].strip(), enumerate(lines[rule:])))
    return rows


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split()).lower().replace("\\", "")
