"""Find where each key of a TOML document is written.

`tomllib` gives values without places. This scan runs after it, over text that is known to be
valid TOML, so it only has to step over values, never to judge them.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Key = tuple[str | int, ...]
"""`("repository", 0, "path")`: names of tables and keys, numbers of array items."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""(?:[^=\]"'#\n]|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')+""")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^,\]}#\n]+")


def key_places(text: str) -> dict[Key, tuple[int, int]]:
    """Return line and column, both 1-based, of every table, key and array item of valid TOML."""
    return _Scan(text).places


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Key, tuple[int, int]] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._last_item: dict[Key, int] = {}
        self._statements()

    def _statements(self) -> None:
        table: Key = ()
        while self._skip_space() < len(self.text):
            brackets = 2 if self.text.startswith("[[", self.at) else int(self.text[self.at] == "[")
            if brackets:
                table = self._header(brackets)
            else:
                self._pair(table)

    def _header(self, brackets: int) -> Key:
        start = self.at
        self.at += brackets
        _, names = self._names()
        self.at += brackets
        key: Key = (*self._in_arrays(names[:-1]), names[-1])
        self._note(key, start)
        if brackets == 1:
            return key
        self._last_item[key] = self._last_item.get(key, -1) + 1
        return self._note((*key, self._last_item[key]), start)

    def _in_arrays(self, names: list[str]) -> Key:
        """Return the key with the newest item of each array of tables on the way."""
        key: Key = ()
        for name in names:
            key = (*key, name)
            if key in self._last_item:
                key = (*key, self._last_item[key])
        return key

    def _pair(self, table: Key) -> None:
        start, names = self._names()
        self.at += 1  # the equals sign
        self._value(self._note((*table, *names), start))

    def _names(self) -> tuple[int, list[str]]:
        self._skip_space()
        start = self.at
        match = _KEY.match(self.text, start)
        assert match is not None, "the text is valid TOML"
        self.at = match.end()
        found: object = tomllib.loads(f"{match[0].strip()} = 0")
        names = []
        while isinstance(found, dict):
            name, found = next(iter(found.items()))
            names.append(name)
        return start, names

    def _value(self, key: Key) -> None:
        self._skip_space()
        opening = self.text[self.at]
        if opening not in "[{":
            pattern = _STRING if opening in "\"'" else _BARE
            match = pattern.match(self.text, self.at)
            assert match is not None, "the text is valid TOML"
            self.at = match.end()
            return
        self.at += 1
        number = 0
        while self.text[self._skip_space()] not in "]}":
            if opening == "{":
                self._pair(key)
            else:
                self._value(self._note((*key, number), self.at))
                number += 1
            if self.text[self._skip_space()] == ",":
                self.at += 1
        self.at += 1

    def _skip_space(self) -> int:
        match = _SPACE.match(self.text, self.at)
        assert match is not None, "the pattern matches the empty text"
        self.at = match.end()
        return self.at

    def _note(self, key: Key, offset: int) -> Key:
        line = bisect_right(self._starts, offset)
        for depth in range(len(key), 0, -1):  # tables around it may be written nowhere else
            self.places.setdefault(key[:depth], (line, offset - self._starts[line - 1] + 1))
        return key
