"""What a text demands: the same while only its wording or layout changes.

Demands are the content words of sentences that bind (RFC 2119 and RFC 8174 and their plain forms, EARS), of lists that
such a sentence opens and of definitions, and everywhere numbers with their units, comparisons, quoted and coded values,
endpoints, short items, cells with their row and lines of code. Prose that binds nobody leaves no demand; nor do the
targets of links, HTML and tables of contents.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
    rf"|(?<![\w.])[-+]?\d+(?:[.,:]\d+)*(?:\s?{_UNIT}(?!\w))?|[$€£]\s?\d+(?:[.,]\d+)*"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+(?=[\"“(*`]?[A-Z0-9`])")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_MARKS = re.compile(r"[*_`\"“”~]+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
_LAYOUT = re.compile(rf"{_ITEM.pattern}|^\s*>+\s?|^#{{1,6}}\s+")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])")
_TARGET = re.compile(r"^\s{0,3}\[[^\]\n]+\]:\s*\S.*$|\[\^[^\]\n]+\]|<?\bhttps?://[^\s)>\]]+>?", re.MULTILINE)
_DOCUMENT = re.compile(r"`?[\w./-]+\.(?:md|mdx|markdown|rst|adoc|txt|html)(?:#\S*)?`?")
_SHORT_ITEM_WORDS = 4
_IDLE = frozenset(
    "a an the of to in on at by for from with and or as is are be been being was were it its this that these those there"
    " here which who whom whose so such than then also thus hence therefore very just please note i.e e.g etc via per into"
    " onto their they them he she his her we our us you your".split()
)
"""Words that change nothing by coming or going."""
_SAME = {"shall": "must", "mustn't": "must not", "can't": "cannot", "won't": "will not"}
"""RFC 2119 says that they are the same."""
_CAN_NOT = re.compile(r"\bcan not\b", re.IGNORECASE)
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
            yield from ("code " + " ".join(line.split()) for line in block.splitlines() if line.strip())
        elif kind == "row":
            yield from _of_row(block)
        elif plain := _plain_prose(block):
            label = _LABEL.fullmatch(plain)
            if label and len(label[2].split()) <= _SHORT_ITEM_WORDS:
                yield f"{_plain(label[1])}: {_plain(label[2])}"
            elif kind == "item":
                yield from _of_item(plain, opens_list or is_definition, binds)
            else:
                yield from (one for part in _SENTENCE.split(plain) for one in _of_sentence(part, is_definition, binds))
                opens_list = plain.rstrip(" *_").endswith(":") and bool(binds.search(_SENTENCE.split(plain)[-1]))


def _plain_prose(text: str) -> str:
    """Return prose without the targets of links and HTML; what is nothing but a link leads elsewhere and is dropped."""
    if re.fullmatch(rf"\s*{_LINK.pattern}[\s.,;]*", text):
        return ""
    return _TAG.sub(" ", _TARGET.sub(" ", _LINK.sub(r"\1", text))).strip()


def _of_item(text: str, is_demanded: bool, binds: re.Pattern[str]) -> Iterator[str]:
    """Yield what an item demands; a short one without a full stop is part of an enumeration."""
    words = _WORD.findall(text)
    if len(words) <= _SHORT_ITEM_WORDS and not text.endswith((".", "!", "?", ":")) and not binds.search(text):
        yield "item " + _plain(text)
        return
    for sentence in _SENTENCE.split(text):
        yield from _of_sentence(sentence, is_demanded, binds)


def _of_row(row: str) -> Iterator[str]:
    """Yield the cells of a row, each but the first with the first: two rows that swap values are not the same."""
    cells = [_plain(_plain_prose(cell) or _LINK.sub(r"\1", cell)) for cell in _CELL_BREAK.split(row.strip().strip("|"))]
    if cells and cells[0]:
        yield f"cell {cells[0]}"
    yield from (f"cell {cells[0]}: {cell}" for cell in cells[1:] if cell)


def _of_sentence(sentence: str, is_demanded: bool, binds: re.Pattern[str]) -> Iterator[str]:
    """Yield the values of a sentence and, where it binds, its content words as well."""
    values = (found for found in _VALUE.findall(sentence) if not _DOCUMENT.fullmatch(found))
    yield from (value.replace(" ", "") if value[:1].isdigit() else value for value in map(_plain, values))
    if is_demanded or binds.search(sentence):
        rest = _VALUE.sub(" ", sentence)
        words = map(str.lower, _WORD.findall(_CAN_NOT.sub("cannot", rest)))
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
    for line in _COMMENT.sub(" ", text).splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                yield "code", "\n".join(code)
                fence, code = "", []
            else:
                code.append(line)
            continue
        is_row = line.lstrip().startswith("|")
        if mark or is_row or not line.strip() or _LAYOUT.match(line):
            yield prose.kind, " ".join(prose.lines)
            prose = _Prose("item" if _ITEM.match(line) else "prose")
        if mark:
            fence = mark[1]
        elif is_row:
            if not _RULE.match(line):
                yield "row", line
        else:
            prose.lines.append(_LAYOUT.sub("", line).strip())
    yield ("code", "\n".join(code)) if fence else (prose.kind, " ".join(prose.lines))


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split()).lower().replace("\\", "")
