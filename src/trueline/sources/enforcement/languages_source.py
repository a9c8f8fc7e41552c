"""One parsed file as tokens, so that the text of any part of it is normalised in time linear in its length."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tree_sitter import Node

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages import Language
from trueline.sources.enforcement.languages_chain import Link, chain_of

_NUMBER = re.compile(r"[\d_]+(\.[\d_]*)?([eE][+-]?\d+)?[lLfFdDn]?")
_TRAILING_ZEROS = re.compile(r"^(\d*\.\d+?)0+$")
_BODY_TOKENS = 2_000


class Mark(NamedTuple):
    """A node that readers ask for again and again, with where it starts."""

    start: int
    kind: str
    node: Node


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
        self.tokens: list[Token] = []
        self.marks: list[Mark] = []
        """Its functions, definitions and calls, in the order of the source."""
        self._chains: dict[int, tuple[Link, ...]] = {}
        self._read()
        self._starts = [token.start for token in self.tokens]
        self._mark_starts = [mark.start for mark in self.marks]
        self._comment_starts = [comment.start_byte for comment in self.comments]

    def between(self, start: int, end: int) -> Sequence[Token]:
        """Return the tokens that start in the span of bytes."""
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

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
        for mark in self.marks[first:last]:
            if mark.kind in kinds and mark.node.end_byte <= root.end_byte:
                yield mark.node

    def chain(self, node: Node) -> tuple[Link, ...]:
        """Return the links of the chain that a node is; each is taken apart once."""
        links = self._chains.get(node.id)
        if links is None:
            links = self._chains[node.id] = chain_of(node, self.language)
        return links

    def _read(self) -> None:
        """Walk the tree once, for tokens, comments and marks."""
        language = self.language
        kinds = language.functions | language.definitions | language.changes | language.calls
        cursor = self.root.walk()
        while True:
            node = cursor.node
            assert node is not None
            kind = node.type
            if kind in kinds:
                self.marks.append(Mark(node.start_byte, kind, node))
            if kind in language.strings:
                self._take(node, kind)
            elif cursor.goto_first_child():
                continue
            elif kind in language.comments:
                self.comments.append(node)
            else:
                self._take(node, kind)
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return

    def _take(self, node: Node, kind: str) -> None:
        text = syntax.text_of(node)
        if not text or text == ";" or text.isspace():
            return
        found = self.tokens
        if found and text in ")]}" and found[-1].text == ",":
            found.pop()
        text = _plain(text, kind)
        if text[0] == '"' and len(found) > 1 and found[-1].text == "+" and found[-2].text[-1:] == '"':
            found.pop()  # a string in several pieces is one
            found[-1] = Token(found[-1].start, found[-1].text[:-1] + text[1:], False)
            return
        found.append(Token(node.start_byte, text, kind in self.language.identifiers))


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
