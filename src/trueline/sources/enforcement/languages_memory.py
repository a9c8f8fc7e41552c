"""Remember what functions of test files enforce: from one version of a file to the next, most of them stay as they were.

A function is known by its bytes, the comments above it, and all of its file that reading it depends on. Where it
stands is no part of that: lines are moved along.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from tree_sitter import Node

from trueline.model.enforcement import TestUnit
from trueline.sources.enforcement import syntax

MOST_FUNCTIONS = 12_000
"""Kept in memory, the least recently used goes first."""

Units = tuple[tuple[TestUnit, ...], ...]

_WORD = re.compile(rb"[\w$]+")
_units: OrderedDict[bytes, tuple[int, Units]] = OrderedDict()
_childless: OrderedDict[bytes, None] = OrderedDict()


class Memory:
    """What may be remembered of one file."""

    def __init__(self, content: bytes, said: str, names: Iterable[str], outer: Mapping[str, Node]) -> None:
        """Take what reading any function depends on: always, and where a name or a value of the file stands in it."""
        self._content = content
        self._said = said.encode()
        self._known = {name.encode(): b"" for name in names}
        for name, value in outer.items():
            word = name.encode()
            given = blake2b(self._content[value.start_byte : value.end_byte], digest_size=16).digest()
            self._known[word] = self._known.get(word, b"-") + given
        self._always = {word for word in self._known if not word.isascii()}

    def units(self, node: Node, said: str, read: Callable[[], Units]) -> Units:
        """Return the units that a node was read to, or read it; `said` is what this depends on besides its bytes."""
        key = self._key(node, said.encode())
        line = syntax.line_of(node)
        if key in _units:
            known_line, units = _units[key]
            if known_line != line:
                units = tuple(tuple(_moved(unit, line - known_line) for unit in some) for some in units)
        else:
            units = read()
        _units[key] = line, units
        _kept(_units, key)
        return units

    def nodes(self, node: Node, find: Callable[[], list[Node]]) -> list[Node]:
        """Return what is found in a node, which is not searched again where nothing was."""
        key = self._key(node, b"")
        if key in _childless:
            _childless.move_to_end(key)
            return []
        found = find()
        if not found:
            _childless[key] = None
            _kept(_childless, key)
        return found

    def _key(self, node: Node, said: bytes) -> bytes:
        written = self._content[node.start_byte : node.end_byte]
        digest = blake2b(written, digest_size=16)
        words = self._known.keys() & _WORD.findall(written) | self._always
        for part in (self._said, said, *(part for word in sorted(words) for part in (word, self._known[word]))):
            digest.update(b"%d:%b" % (len(part), part))
        return digest.digest()


def _kept(store: OrderedDict[bytes, Any], key: bytes) -> None:
    store.move_to_end(key)
    if len(store) > MOST_FUNCTIONS:
        store.popitem(last=False)


def _moved(unit: TestUnit, by: int) -> TestUnit:
    return replace(
        unit,
        line=unit.line + by,
        end_line=unit.end_line + by,
        assertions=tuple(replace(one, line=one.line + by) for one in unit.assertions),
        conditions=tuple(replace(one, line=one.line + by) for one in unit.conditions),
    )
