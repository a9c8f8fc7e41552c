"""What local names stand for, so that an assertion reads the same with and without a variable in between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_source import Source

INLINED_CHARACTERS = 600
_DEEPEST = 4
_EXPECTED = re.compile(r"(?:want|exp|expect|expected)(?:[A-Z_]\w*)?")
"""Names of what is expected: resolved however often they are used, since failures print them too."""


Span = tuple[int, int]
"""From which byte to which."""


@dataclass(frozen=True)
class Definition:
    """One place that gives a name a value."""

    start: int
    end: int
    value: Node | None
    """None where it is changed in place or not given."""
    place: int
    """Which of several values it takes, as in `value, err := f()`."""
    inside: Span
    """The function that it stands in."""
    is_declared: bool


class Scope:
    """The names of one test and of its file, each with what it stands for at a place."""

    def __init__(self, source: Source, root: Node, outer: Mapping[str, Node], ignored: Iterable[Span] = ()) -> None:
        """Read the definitions below `root`; uses within the `ignored` spans do not count."""
        self.source = source
        self.language = source.language
        self.outer = outer
        self._functions = _Functions(root, source)
        self._definitions: dict[str, dict[Span, list[Definition]]] = {}
        for name, places in definitions_of(root, source).items():
            groups = self._definitions.setdefault(name, {})
            for place in places:
                groups.setdefault(place.inside, []).append(place)
        self._changed = self._changed_inside()
        self._root, self._ignored = root, ignored

    def text(self, node: Node) -> str:
        """Return a node normalised, local names of one use resolved."""
        bare = self.meant(node)
        if bare.id != node.id:
            return self.source.text(bare)
        return syntax.shortened(self._resolved(node, 0))

    def meant(self, node: Node) -> Node:
        """Return the value written out that a bare name stands for, or the node itself."""
        if node.type in self.language.identifiers:
            name = syntax.text_of(node)
            found = self._definition(name, node.start_byte)
            value = found.value if found else self.outer.get(name) if name not in self._definitions else None
            if value is not None and value.type in self.language.literals | self.language.composites:
                return value
        return node

    def value(self, node: Node) -> Node | None:
        """Return the expression that a bare local name was given, None for anything else."""
        if node.type not in self.language.identifiers:
            return None
        found = self._definition(syntax.text_of(node), node.start_byte)
        return found.value if found else None

    def _resolved(self, node: Node, depth: int) -> str:
        tokens = self.source.between(node.start_byte, node.end_byte)
        if depth > _DEEPEST or len(tokens) > INLINED_CHARACTERS:
            return syntax.joined([token.text for token in tokens])
        words: list[str] = []
        for index, token in enumerate(tokens):
            words.append(token.text)
            if token.is_name and (not index or tokens[index - 1].text not in (".", "?.", "new")):
                following = tokens[index + 1].text if index + 1 < len(tokens) else ""
                if following not in (":", "=>", "->"):
                    words[-1] = self._replacement(token.text, token.start, depth) or token.text
        return syntax.joined(words)

    def _replacement(self, name: str, at: int, depth: int) -> str | None:
        if name not in self._definitions:
            value = self.outer.get(name)
            return self.source.text(value) if value is not None and value.type in self.language.literals else None
        found = self._definition(name, at)
        if found is None or found.value is None or found.value.type in self.language.functions:
            return None
        if found.value.end_byte - found.value.start_byte > 4 * INLINED_CHARACTERS:
            return None
        is_told = found.value.type in self.language.literals or _EXPECTED.fullmatch(name)
        if not is_told and self._count(name, found) != 1:
            return None
        text = self._resolved(found.value, depth + 1)
        if len(text) > INLINED_CHARACTERS:
            return None
        return f"{text}#{found.place}" if found.place else text

    def _definition(self, name: str, at: int) -> Definition | None:
        """Return the definition that holds at a place: the last before it in the nearest function that has any."""
        groups = self._definitions.get(name)
        if not groups:
            return None
        for span in self._functions.around(at):
            if span in groups:
                group = groups[span]
                if (name, span) in self._changed:
                    return None
                place = bisect_right(group, at, key=lambda one: one.end) - 1
                found = group[place] if place >= 0 else None
                is_literal = (
                    found is not None and found.value is not None and found.value.type in self.language.literals
                )
                return None if is_literal and len(group) > 1 else found
        return None

    def _changed_inside(self) -> set[tuple[str, Span]]:
        """Return the names that a function inside their own assigns: what they stand for cannot be told."""
        changed: set[tuple[str, Span]] = set()
        for name, groups in self._definitions.items():
            for span, group in groups.items():
                if len(groups) > 1 and not any(one.is_declared for one in group):
                    changed |= {(name, around) for around in self._functions.around(span[0]) if around != span}
        return changed

    def _count(self, name: str, definition: Definition) -> int:
        group = self._definitions[name][definition.inside]
        place = bisect_left(group, definition.end, key=lambda one: one.start)
        end = group[place].start if place < len(group) else definition.inside[1]
        uses = self._uses.get(name, [])
        return bisect_left(uses, end) - bisect_left(uses, definition.end)

    @cached_property
    def _uses(self) -> Mapping[str, list[int]]:
        """Where each name of the scope is used; most scopes are never asked."""
        uses: dict[str, list[int]] = defaultdict(list)
        ignored = sorted(self._ignored)
        starts = [start for start, _ in ignored]
        tokens = self.source.between(self._root.start_byte, self._root.end_byte)
        for index, token in enumerate(tokens):
            if token.is_name and token.text in self._definitions and tokens[index - 1].text not in (".", "?."):
                place = bisect_right(starts, token.start) - 1
                if place < 0 or token.start >= ignored[place][1]:
                    uses[token.text].append(token.start)
        return uses


class _Functions:
    """The functions below a node, each with the one around it."""

    def __init__(self, root: Node, source: Source) -> None:
        self._outermost = (root.start_byte, root.end_byte)
        self._spans: list[Span] = []
        self._around: dict[Span, Span] = {}
        open_spans = [self._outermost]
        for node in source.marked(root, source.language.functions):
            while node.start_byte >= open_spans[-1][1] and len(open_spans) > 1:
                open_spans.pop()
            if node.id != root.id:
                span = (node.start_byte, node.end_byte)
                if span not in self._around and span != self._outermost:
                    self._around[span] = open_spans[-1]
                    self._spans.append(span)
                    open_spans.append(span)

    def around(self, at: int) -> Iterator[Span]:
        """Yield the functions around a place, the nearest first."""
        place = bisect_right(self._spans, (at, 1 << 60)) - 1
        span: Span | None = self._spans[place] if place >= 0 else None
        while span is not None and span != self._outermost:
            if span[0] <= at < span[1]:
                yield span
            span = self._around.get(span)
        yield self._outermost


def definitions_of(root: Node, source: Source) -> dict[str, list[Definition]]:
    """Return everything below the root that gives a name a value, in the order of the source."""
    language = source.language
    found: dict[str, list[Definition]] = defaultdict(list)
    spans = [(root.start_byte, root.end_byte)]
    for node in source.marked(root, language.functions | language.definitions | language.changes):
        while node.start_byte >= spans[-1][1] and len(spans) > 1:
            spans.pop()
        if node.type in language.functions and node.id != root.id:
            spans.append((node.start_byte, node.end_byte))
        if node.type in language.definitions:
            left, value = part(node, "name", "left"), part(node, "value", "right")
            is_declared = not node.type.startswith("assignment")
            for place, name, given in _pairs(left, value, source):
                end = node.end_byte
                found[name].append(Definition(node.start_byte, end, given, place, spans[-1], is_declared))
        elif node.type in language.changes:
            for child in named(node)[:1]:
                if child.type in language.identifiers:
                    name = syntax.text_of(child)
                    found[name].append(Definition(node.start_byte, node.end_byte, None, 0, spans[-1], False))
    return found


def _pairs(left: Node | None, value: Node | None, source: Source) -> Iterable[tuple[int, str, Node | None]]:
    if left is None:
        return
    names = named(left) if left.type == "expression_list" else [left]
    values = named(value) if value is not None and value.type == "expression_list" else [value] if value else []
    for place, name in enumerate(names):
        if name.type not in source.language.identifiers:
            continue
        text = syntax.text_of(name)
        if len(names) == len(values):
            yield 0, text, values[place]
        elif len(values) == 1:
            yield place, text, values[0]
        else:
            yield 0, text, None
