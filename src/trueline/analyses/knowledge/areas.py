"""Divide a repository into areas by its directories.

Top-level directories, except that one which holds most of the code is opened and its own directories count
instead (`src/product/…`). Files directly in the root are in no area. Teams or services are not asked here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

LEAST_FILES: Final = 10
"""Fewer files are no area: a share of three files says nothing."""
OPENED_ABOVE_SHARE: Final = 0.6
"""A directory that holds more of the repository's files than this is opened."""
LEVELS_OPENED: Final = 3


def areas_of(paths: Iterable[str]) -> dict[str, str]:
    """Return the area of each path that is in one.

    What stands directly in an opened directory, or in one inside it that is too small to be an area, belongs to
    the opened directory itself, if that is enough for an area.
    """
    paths = sorted(set(paths))
    found: dict[str, str] = {}
    prefix, inside = "", paths
    for level in range(LEVELS_OPENED + 1):
        groups = _by_directory(inside, prefix)
        opened = None
        if level < LEVELS_OPENED:
            opened = next((name for name, held in groups.items() if _is_opened(held, len(paths), prefix + name)), None)
        rest = [path for path in inside if "/" not in path[len(prefix) :]]
        for name, held in groups.items():
            if name == opened:
                continue
            if len(held) >= LEAST_FILES:
                found.update(dict.fromkeys(held, prefix + name))
            else:
                rest.extend(held)
        if prefix and len(rest) >= LEAST_FILES:
            found.update(dict.fromkeys(rest, prefix.rstrip("/")))
        if opened is None:
            break
        prefix, inside = f"{prefix}{opened}/", groups[opened]
    return found


def _by_directory(paths: Iterable[str], prefix: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        name, slash, _ = path[len(prefix) :].partition("/")
        if slash:
            groups[name].append(path)
    return groups


def _is_opened(held: list[str], files: int, directory: str) -> bool:
    """Return True where a directory holds most files and some of them stand deeper in it."""
    depth = directory.count("/") + 2
    return len(held) > OPENED_ABOVE_SHARE * files and any(path.count("/") >= depth for path in held)
