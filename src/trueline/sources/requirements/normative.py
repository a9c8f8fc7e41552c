"""What a text demands: the same while only its wording or layout changes.

Demands are the content words of sentences that bind (RFC 2119 and RFC 8174 and their plain forms, EARS), and
everywhere numbers with their units, comparisons, quoted and coded values, defined terms, endpoints, rows of tables
and lines of code. Prose that binds nobody leaves no demand, so changing it changes no meaning.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

_BINDS = re.compile(
    r"\b(?:must|shall|should|may|required|requires?|mandatory|forbidden|prohibited|recommended|optional|never|always|only"
    r"|not allowed|allowed|permitted|will|cannot|can not|needs? to|has to|have to|is to|are to|at least|at most|no more than"
    r"|up to|exactly|unless|until|within)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"`[^`\n]+`"
    r"|\"[^\"\n]{1,80}\"|“[^”\n]{1,80}”"
    r"|\*\*[^*\n]{1,80}\*\*"
    r"|(?:GET|PUT|POST|PATCH|DELETE|HEAD)\s+/\S*|(?<![\w/])(?:/[\w{}.:-]+){2,}"
    r"|[<>≤≥=≠±]+"
    r"|[-+]?\d[\d.,:]*\s?(?:%|°?[A-Za-zµ€$£]{1,9}\b)?|[$€£]\s?\d[\d.,]*"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+(?=[\"“(*`]?[A-Z0-9`])")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_MARKS = re.compile(r"[*_`\"“”~]+")
_LAYOUT = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+|^\s*>+\s?|^#{1,6}\s+")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_IDLE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "as",
        "is",
        "are",
        "be",
        "been",
        "being",
        "was",
        "were",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "which",
        "who",
        "whom",
        "whose",
        "so",
        "such",
        "than",
        "then",
        "also",
        "thus",
        "hence",
        "therefore",
        "very",
        "just",
        "please",
        "note",
        "i.e",
        "e.g",
        "etc",
        "via",
        "per",
        "into",
        "onto",
        "their",
        "they",
        "them",
        "he",
        "she",
        "his",
        "her",
        "we",
        "our",
        "us",
        "you",
        "your",
    ]
)
"""Words that change nothing by coming or going."""


def demands(text: str) -> tuple[str, ...]:
    """Return what a text demands, in order, in lower case."""
    return tuple(_demands(text))


def normative_digest(text: str) -> str:
    """Return the digest of what a text demands."""
    return digest("\n".join(demands(text)))


def digest(text: str) -> str:
    """Return 32 hexadecimal characters for a text; equal texts, equal digests."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _demands(text: str) -> Iterator[str]:
    for kind, block in _blocks(text):
        if kind == "code":
            yield from ("code " + " ".join(line.split()) for line in block.splitlines() if line.strip())
        elif kind == "row":
            yield from ("cell " + _plain(cell) for cell in block.strip().strip("|").split("|") if cell.strip())
        else:
            for sentence in _SENTENCE.split(block):
                yield from _of_sentence(sentence)


def _of_sentence(sentence: str) -> Iterator[str]:
    """Yield the values of a sentence and, where it binds, its content words as well."""
    yield from (_plain(found) for found in _VALUE.findall(sentence))
    if _BINDS.search(sentence):
        rest = _VALUE.sub(" ", sentence)
        yield from (word for word in map(str.lower, _WORD.findall(rest)) if word not in _IDLE)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield prose with its lines joined, rows of tables, and the insides of fences."""
    prose: list[str] = []
    code: list[str] = []
    fence = ""
    for line in text.splitlines():
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
            yield "prose", " ".join(prose)
            prose = []
        if mark:
            fence = mark[1]
        elif is_row:
            if not _RULE.match(line):
                yield "row", line
        else:
            prose.append(_LAYOUT.sub("", line).strip())
    yield "code" if fence else "prose", "\n".join(code) if fence else " ".join(prose)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split()).lower()
