"""One parsed file as tokens, so that the text of any part of it is normalised in time linear in its length.

The whole file is walked once, for the nodes that mean something; tokens are taken of the statements that are asked for.
"""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tree_sitter import Node

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages import Language
from trueline.sources.enforcement.languages_chain import Link, chain_of
from trueline.sources.enforcement.languages_memory import Memory

_NUMBER = re.compile(r"[\d_]+(\.[\d_]*)?([eE][+-]?\d+)?[lLfFdDn]?")
_TRAILING_ZEROS = re.compile(r"^(\d*\.\d+?)0+$")
_BODY_TOKENS = 2_000
_WRITTEN_VARIOUSLY = frozenset("\"'`0123456789")
"""How tokens begin that mean the same in several spellings."""


class Token(NamedTuple):
    """One token with where it starts."""

    start: int
    text: str
    is_name: bool


class Source:
    """The syntax tree of one file and its tokens, without comments and layout."""

    def __init__(self, content: bytes, language: Language) -> None:
        """Parse the bytes; broken parts become `ERROR` nodes, and the rest is read."""
        self.content = content
        self.language = language
        self.root = syntax.parse(language.name, content)
        self.problem = syntax.first_problem(self.root)
        self.comments: list[Node] = []
        self._chains: dict[int, tuple[Link, ...]] = {}
        self._marks: list[Node] = []
        self._mark_kinds: list[str] = []
        self._mark_starts: list[int] = []
        self._mark_ends: list[int] = []
        self._read()
        self._comment_starts = [comment.start_byte for comment in self.comments]
        self._segments: list[_Segment] = []
        self.memory: Memory | None = None
        """Set once it is known what reading a function of the file depends on."""

    def remember(self, said: str, names: Iterable[str], outer: Mapping[str, Node]) -> None:
        """Let functions be remembered, unless the file is broken, where what they are depends on what is around them."""
        if self.problem is None:
            self.memory = Memory(self.content, f"{self.language.name} {said}", names, outer)

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens of the whole file, in the order of the source."""
        return self._segment_of(self.root).tokens

    def between(self, start: int, end: int) -> Sequence[Token]:
        """Return the tokens that start in the span of bytes, which is that of a node."""
        segment = self._segment(start, end)
        return segment.tokens[bisect_left(segment.starts, start) : bisect_left(segment.starts, end)]

    def is_named_twice(self, name: str) -> bool:
        """Return True where an identifier stands in more than one place."""
        word = name.encode()
        found, at = 0, self.content.find(word)
        while at >= 0 and found < 2:
            leaf = self.root.descendant_for_byte_range(at, at + len(word) - 1)
            is_name = leaf is not None and leaf.type in self.language.identifiers
            found += is_name and syntax.text_of(leaf) == name
            at = self.content.find(word, at + len(word))
        return found > 1

    def text(self, node: Node) -> str:
        """Return a node as joined tokens, shortened with a digest where it is long."""
        return syntax.shortened(syntax.joined([token.text for token in self.between(node.start_byte, node.end_byte)]))

    def shown(self, node: Node) -> str:
        """Return a node as written, white space folded, for people."""
        piece = self.content[node.start_byte : min(node.end_byte, node.start_byte + 8 * syntax.SHOWN_LENGTH)]
        return syntax.shown(piece.decode("utf-8", "replace"))

    def body(self, node: Node) -> str:
        """Return a node as tokens with one space between them, cut to what is kept of a body."""
        found = self.between(node.start_byte, node.end_byte)[:_BODY_TOKENS]
        return " ".join(token.text for token in found)[: syntax.BODY_LENGTH]

    def comments_of(self, node: Node) -> str:
        """Return the comments inside a node and directly above it."""
        first = bisect_left(self._comment_starts, node.start_byte)
        last = bisect_left(self._comment_starts, node.end_byte)
        line = node.start_point[0]
        while first and self.comments[first - 1].end_point[0] >= line - 1:
            first -= 1
            line = self.comments[first].start_point[0]
        return "\n".join(syntax.text_of(comment) for comment in self.comments[first:last])

    def marked(self, root: Node, kinds: frozenset[str]) -> Iterator[Node]:
        """Yield the functions, definitions and calls of these types that a node is or holds."""
        first = bisect_left(self._mark_starts, root.start_byte)
        last = bisect_left(self._mark_starts, root.end_byte)
        ends, kind_of, end = self._mark_ends, self._mark_kinds, root.end_byte
        for place in range(first, last):
            if kind_of[place] in kinds and ends[place] <= end:
                yield self._marks[place]

    def below(self, node: Node) -> Sequence[Node]:
        """Return the outermost marked nodes below a node; its children where that cannot be told by place alone."""
        start, end = node.start_byte, node.end_byte
        starts, ends = self._mark_starts, self._mark_ends
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        place = first
        while place < last and starts[place] == start and ends[place] >= end:
            place += 1
        if place > first and ends[place - 1] == end:  # the node itself, what is around it or in it
            same = [at for at in range(first, place) if self._marks[at].id == node.id]
            if not same:
                return node.named_children
            place = same[0] + 1
        found: list[Node] = []
        while place < last:
            found.append(self._marks[place])
            place = bisect_left(starts, ends[place], place + 1, last)
        return found

    def chain(self, node: Node) -> tuple[Link, ...]:
        """Return the links of the chain that a node is; each is taken apart once."""
        links = self._chains.get(node.id)
        if links is None:
            links = self._chains[node.id] = chain_of(node, self.language)
        return links

    def _read(self) -> None:
        """Walk the tree once, for comments and marks."""
        language = self.language
        kinds, strings, comments = language.marked, language.strings, language.comments
        marks, mark_kinds = self._marks, self._mark_kinds
        cursor = self.root.walk()
        while True:
            node = cursor.node
            assert node is not None
            kind = node.type
            if kind in kinds:
                marks.append(node)
                mark_kinds.append(kind)
            if kind not in strings:
                if cursor.goto_first_child():
                    continue
                if kind in comments:
                    self.comments.append(node)
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    self._mark_starts = [mark.start_byte for mark in marks]
                    self._mark_ends = [mark.end_byte for mark in marks]
                    return

    def _segment(self, start: int, end: int) -> _Segment:
        """Return the tokens of the statement around a span."""
        segments = self._segments
        place = bisect_right(segments, start, key=_start_of) - 1
        if place >= 0 and end <= segments[place].end:
            return segments[place]
        node = self.root
        if self.problem is None:
            node = self.root.descendant_for_byte_range(start, max(start, end - 1)) or self.root
            while (around := node.parent) is not None and around.type not in _HOLDS_STATEMENTS:
                node = around
            if not (node.start_byte <= start and end <= node.end_byte):
                node = self.root
        return self._segment_of(node)

    def _segment_of(self, node: Node) -> _Segment:
        segments = self._segments
        start, end = (node.start_byte, node.end_byte) if node.id != self.root.id else (0, len(self.content) + 1)
        place = bisect_right(segments, start, key=_start_of) - 1
        if place >= 0 and end <= segments[place].end:
            return segments[place]
        tokens = _tokens_of(node, self.content, self.language)
        segment = _Segment(start, end, tokens, [token.start for token in tokens])
        segments[:] = [one for one in segments if one.end <= start or one.start >= end]
        insort(segments, segment, key=_start_of)
        return segment


class _Segment(NamedTuple):
    """The tokens of one statement."""

    start: int
    end: int
    tokens: list[Token]
    starts: list[int]


_HOLDS_STATEMENTS = frozenset(
    {"source_file", "program", "block", "statement_list", "statement_block", "class_body", "constructor_body"}
)
"""What no token of a statement is joined beyond."""


def _start_of(segment: _Segment) -> int:
    return segment.start


def _tokens_of(root: Node, content: bytes, language: Language) -> list[Token]:
    """Return the tokens of a node, without comments and layout."""
    strings, comments, identifiers = language.strings, language.comments, language.identifiers
    found: list[Token] = []
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        kind = node.type
        if kind not in strings and cursor.goto_first_child():
            continue
        if kind in strings or kind not in comments:
            start = node.start_byte
            text = content[start : node.end_byte].decode("utf-8", "replace")
            if text in _PLAIN:
                if found and text in _CLOSING and found[-1].text == ",":
                    found.pop()
                found.append(Token(start, text, False))
            elif text and text != ";" and not text.isspace():
                _take(found, Token(start, text, kind in identifiers), kind)
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return found


_CLOSING = frozenset(")]}")
_PLAIN = frozenset("()[]{},.:=")
"""Tokens that are what they are in every language."""


def _take(found: list[Token], token: Token, kind: str) -> None:
    text = token.text
    if text[0] in _WRITTEN_VARIOUSLY:
        text = _plain(text, kind)
        if text[0] == '"' and len(found) > 1 and found[-1].text == "+" and found[-2].text[-1:] == '"':
            found.pop()  # a string in several pieces is one
            found[-1] = Token(found[-1].start, found[-1].text[:-1] + text[1:], False)
            return
        token = Token(token.start, text, token.is_name)
    found.append(token)


def unquoted(text: str) -> str:
    """Return what a string literal says."""
    for quote in ('"""', '"', "'", "`"):
        if len(text) >= 2 * len(quote) and text.startswith(quote) and text.endswith(quote):
            return text[len(quote) : -len(quote)].replace("\\" + quote, quote)
    return text


def _plain(text: str, kind: str) -> str:
    """Return a token with one style of quotes and of numbers."""
    quote = text[0]
    if text.startswith('"""') and len(text) > 5:
        inner = textwrap.dedent(text[3:-3].lstrip(" \t").removeprefix("\n"))
        return '"' + inner.replace('\\"', '"').replace('"', '\\"').replace("\n", "\\n") + '"'
    if quote in "'`" and len(text) > 1 and text[-1] == quote and kind not in ("character_literal", "rune_literal"):
        inner = text[1:-1].replace("\\" + quote, quote)
        if quote == "'" or not ("\\" in inner or "\n" in inner):
            return '"' + inner.replace('\\"', '"').replace('"', '\\"') + '"'
    elif quote.isdigit() and _NUMBER.fullmatch(text):
        plain = text.rstrip("lLfFdDn").replace("_", "") or text
        return _TRAILING_ZEROS.sub(r"\1", plain)
    return text
