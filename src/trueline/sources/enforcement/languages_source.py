"""One parsed file as tokens, so that the text of any part of it is normalised in time linear in its length.

The whole file is walked once, for the nodes that mean something; tokens are taken of the statements that are asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from tree_sitter import Node, Query, QueryCursor

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages import Language
from trueline.sources.enforcement.languages_chain import Link, chain_of
from trueline.sources.enforcement.languages_memory import Memory
from trueline.sources.enforcement.languages_tokens import Token, tokens_of

_BODY_TOKENS = 2_000


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
        """Ask the tree once for comments and marks, in the order of the source, what is around first."""
        captured = QueryCursor(_marks_of(self.language)).captures(self.root)
        self.comments = sorted(captured.pop("comment", ()), key=_start_byte)
        found = [
            (node.start_byte, -node.end_byte, -node.descendant_count, node, kind)
            for kind, nodes in captured.items()
            for node in nodes
        ]
        found.sort(key=_PLACE)
        self._marks = [each[3] for each in found]
        self._mark_kinds = [each[4] for each in found]
        self._mark_starts = [each[0] for each in found]
        self._mark_ends = [-each[1] for each in found]

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
        tokens = tokens_of(node, self.content, self.language.name)
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


_start_byte = attrgetter("start_byte")
_PLACE = itemgetter(0, 1, 2)
"""What is around a node of the same span holds more."""


@cache
def _marks_of(language: Language) -> Query:
    """Return the query for the comments of a language, and for its marks by their kinds."""
    grammar = syntax.grammar(language.name)
    known = [kind for kind in sorted(language.marked) if grammar.id_for_node_kind(kind, True) is not None]
    comments = [kind for kind in language.comments if grammar.id_for_node_kind(kind, True) is not None]
    kinds = " ".join(f"({kind}) @{kind}" for kind in known)
    return Query(grammar, f"{kinds} [{' '.join(f'({kind})' for kind in comments)}] @comment")


def _start_of(segment: _Segment) -> int:
    return segment.start
