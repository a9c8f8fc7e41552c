"""Match many paths against many CODEOWNERS patterns without trying every pair.

Each pattern names at least one folder or file literally, or the beginning or ending of one, or
matches widely; an index by name gives the few candidates, and the exact matcher decides.
Candidates are never too few: every path that a pattern matches has the literal name among its
parts. That holds for either forge's patterns.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

_WILD = re.compile(r"[*?\\\[\]]")
_LAST = chr(sys.maxunicode)


class PathIndex:
    """Paths by the names of their folders and files."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_ending: dict[str, list[int]] = defaultdict(list)
        for number, path in enumerate(paths):
            names = set(path.split("/"))
            for name in names:
                self._by_name[name].append(number)
            for ending in {name.rpartition(".")[2] for name in names if "." in name}:
                self._by_ending[ending].append(number)
        self._names = sorted(self._by_name)

    def candidates(self, pattern: str) -> Sequence[int]:
        """Return the positions of all paths that the pattern could match, and perhaps others."""
        names = [name for name in pattern.split("/") if name]
        literal = [self._by_name.get(name, []) for name in names if not _WILD.search(name)]
        if literal:
            return min(literal, key=len)
        endings = [name.rpartition(".")[2] for name in names if "." in name]
        found = [self._by_ending.get(ending, []) for ending in endings if ending and not _WILD.search(ending)]
        found += [self._beginning(start) for name in names if (start := _WILD.split(name, maxsplit=1)[0])]
        return min(found, key=len) if found else range(len(self.paths))

    def matching(self, pattern: str, is_match: Callable[[str], object]) -> list[int]:
        """Return the positions of the paths that the pattern matches, in order."""
        paths = self.paths
        return [number for number in self.candidates(pattern) if is_match(paths[number])]

    def _beginning(self, start: str) -> list[int]:
        """Return the positions of all paths with a part that begins so, in order."""
        first, end = bisect_left(self._names, start), bisect_left(self._names, start + _LAST)
        found: set[int] = set()
        return sorted(found.union(*(self._by_name[name] for name in self._names[first:end])))
