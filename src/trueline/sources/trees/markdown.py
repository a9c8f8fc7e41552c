"""Parse Markdown (CommonMark and tables) so that every piece knows its line and column.

markdown-it gives lines only; the rules wrapped here note where each inline piece begins in the
inline text, and where each line of that text begins in the source. Nothing is rendered, so HTML
is parsed and every target is kept as it is written. What a piece means is decided elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .planned import is_planned

MAX_NESTING = 50
MAX_INLINE_CHARACTERS = 100_000
MAX_BRACKETS = 100_000
"""Per document: link brackets are the dearest characters, about 50 microseconds each when none closes."""

_TRIMMED = " \t\n\v\f\r\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""White space that the parser takes off both ends of a run."""
_HEADING_MARK = re.compile(r"#{1,6}[ \t\v\f]*")
_LINE_END = re.compile(r"\n")
_PIPE = re.compile(r"\|")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")

Container = Literal["paragraph", "heading", "item", "cell"]


@dataclass
class Inline:
    """A run of inline text: a paragraph, a heading, or the cell of a table."""

    token: Token
    container: Container
    line: int
    """1-based, of its first line."""
    starts: tuple[int, ...]
    """0-based column in the source where each of its lines begins, white space left out."""
    source: Sequence[str]
    """Lines of the document."""
    level: int = 0
    """Of a heading: 1 to 6."""
    _planned: dict[int, bool] = field(default_factory=dict, repr=False)

    @property
    def content(self) -> str:
        return self.token.content

    @property
    def children(self) -> list[Token]:
        return self.token.children or []

    def place(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset into the content."""
        row = bisect_right(self._breaks, offset) - 1
        begins = self._breaks[row]
        while begins < offset and self.content[begins] in " \t":
            begins += 1
        inner = offset - begins + (bisect_left(self._escaped, offset) if self.container == "cell" else 0)
        return self.line + row, self.starts[min(row, len(self.starts) - 1)] + inner + 1

    def is_planned(self, line: int) -> bool:
        """Return True where what speaks of a line (list item, table row, or the line itself) says `planned`."""
        key = 0 if self.container == "item" else line
        if key not in self._planned:
            self._planned[key] = is_planned(self.source[line - 1] if key else self.content)
        return self._planned[key]

    @cached_property
    def _breaks(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.content))]

    @cached_property
    def _escaped(self) -> list[int]:
        """Offsets of the `|` in a cell whose backslash the parser dropped: every one of them."""
        return [match.start() for match in _PIPE.finditer(self.content)]

    def text(self) -> str:
        """Return what the reader sees, without markup, images by their alternative text."""
        return plain_text(self.children)


@dataclass
class Reading:
    """A parsed document."""

    lines: Sequence[str]
    tokens: Sequence[Token]
    starts: dict[int, int] = field(default_factory=dict)
    """0-based line to 0-based column of its first character inside its containers."""
    problem: str | None = None

    def inlines(self) -> Iterator[Inline]:
        """Yield every run of inline text in order."""
        items = 0
        cells: list[int] = []
        for opener, token in pairwise(self.tokens):
            if token.type in ("list_item_open", "list_item_close"):
                items += token.nesting
            elif token.type == "tr_open":
                cells = self._cell_starts(token)
            elif token.type == "inline" and opener.type in ("th_open", "td_open"):
                line = token.map[0] + 1 if token.map else 1
                yield Inline(token, "cell", line, (cells.pop() if cells else 0,), self.lines)
            elif token.type == "inline":
                yield self._text(token, opener, "item" if items else "paragraph")

    def _cell_starts(self, row: Token) -> list[int]:
        """Return the columns where the cells of a row begin, last cell first."""
        line = row.map[0] if row.map else 0
        return [start for start, _ in reversed(row_cells(self.lines[line], self.starts.get(line, 0)))]

    def _text(self, token: Token, opener: Token, container: Container) -> Inline:
        first, last = token.map or (0, 1)
        starts = [self.starts.get(line, 0) for line in range(first, last)] or [0]
        source = self.lines[first]
        level = int(opener.tag[1:]) if opener.type == "heading_open" else 0
        if level and (mark := _HEADING_MARK.match(source, starts[0])):
            starts[0] = mark.end()
        while starts[0] < len(source) and source[starts[0]] in _TRIMMED:
            starts[0] += 1
        return Inline(token, "heading" if level else container, first + 1, tuple(starts), self.lines, level)


def read_markdown(text: str) -> Reading:
    """Return the tokens of a text whose line ends are line feeds.

    A run longer than `MAX_INLINE_CHARACTERS`, and all after `MAX_BRACKETS` opening brackets, is
    kept as plain text, and the reading says so.
    """
    lines = text.split("\n")
    env: dict[str, Any] = {"starts": {}, "brackets": 0}
    tokens = _parser().parse(text, env)
    unread = env.get("unread_line")
    problem = f"has too much markup on line {unread}; links there were not read" if unread else None
    return Reading(lines, tokens, env["starts"], problem)


def row_cells(line: str, start: int) -> list[tuple[int, str]]:
    """Return (0-based column, raw text) of each cell of a table row that begins at a column."""
    end = len(line.rstrip(_TRIMMED))
    begin = start
    cells: list[tuple[int, str]] = []
    for stop in [*(pipe.start() for pipe in _UNESCAPED_PIPE.finditer(line, start, end)), end]:
        raw = line[begin:stop]
        cells.append((begin + len(raw) - len(raw.lstrip(_TRIMMED)), raw.strip(_TRIMMED)))
        begin = stop + 1
    if cells and line.startswith("|", start):
        del cells[0]
    if cells and not cells[-1][1] and line.endswith("|", start, end):
        del cells[-1]
    return cells


def plain_text(tokens: Sequence[Token], *, with_images: bool = True) -> str:
    """Return the text that a reader sees in inline tokens."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image" and with_images:
            parts.append(plain_text(token.children or []))
    return "".join(parts)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    for name in ("table", "heading", "lheading", "html_block", "paragraph"):
        _wrap(parser.block.ruler, name, _noting_starts)
    for name, kind in (
        ("link", "link_open"),
        ("image", "image"),
        ("autolink", "link_open"),
        ("html_inline", "html_inline"),
        ("backticks", "code_inline"),
    ):
        _wrap(parser.inline.ruler, name, partial(_noting_span, kind))
    parser.core.ruler.at("inline", _bounded_inline)
    return parser


def _wrap(ruler: Any, name: str, wrapper: Callable[[Any], Any]) -> None:
    rule = next(rule for rule in ruler.__rules__ if rule.name == name)
    ruler.at(name, wrapper(rule.fn), {"alt": rule.alt})


def _noting_starts(rule: Any) -> Any:
    def noting(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
        if not rule(state, start_line, end_line, silent):
            return False
        if not silent:
            starts = state.env["starts"]
            for line in range(start_line, state.line):
                at = state.bMarks[line] + state.tShift[line]
                starts[line] = at - (state.src.rfind("\n", 0, at) + 1)
        return True

    return noting


def _noting_span(kind: str, rule: Any) -> Any:
    def noting(state: Any, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[known:]:
                if token.type == kind and "span" not in token.meta:
                    token.meta["span"] = (start, state.pos)
                    break
        return True

    return noting


def _bounded_inline(state: Any) -> None:
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        state.env["brackets"] += token.content.count("[")
        if len(token.content) > MAX_INLINE_CHARACTERS or state.env["brackets"] > MAX_BRACKETS:
            state.env.setdefault("unread_line", token.map[0] + 1)
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
