"""Say which services each landed change touched, over the whole history.

A change belongs to a service where it touched a path that the service's patterns match, whatever became of the file
since, or an earlier name of a file that is the service's now. The patterns are those of the day that is asked for:
history is not judged by the patterns of its own days (decision 0016).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple


class Touch(NamedTuple):
    """A path that a landed change touched."""

    change_id: str
    path: str
    old_path: str | None
    status: str


def earlier_names(renames: Iterable[tuple[str, str]], files: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    """Return, for each earlier name of the files, the services of what it became.

    `renames` are pairs of old and new name, `files` the services of each file of the tree. A name that is in use again
    is another file's, and leads no further.
    """
    before: dict[str, set[str]] = defaultdict(set)
    for old, new in renames:
        if old not in files:
            before[new].add(old)
    found: dict[str, set[str]] = defaultdict(set)
    waiting = [(path, service) for path, services in files.items() for service in services]
    while waiting:
        name, service = waiting.pop()
        for old in before.get(name, ()):
            if service not in found[old]:
                found[old].add(service)
                waiting.append((old, service))
    return found


def changes_of_services(
    touches: Iterable[Touch], by_pattern: Mapping[str, Set[str]], by_name: Mapping[str, Set[str]]
) -> dict[tuple[str, str], int]:
    """Return how many paths each change touched of each service, by (change, service).

    `by_pattern` gives the services whose patterns match a path, `by_name` those of a file's earlier names.
    """
    touched: dict[tuple[str, str], set[str]] = defaultdict(set)
    for touch in touches:
        names = {touch.path} if touch.old_path is None or touch.status != "R" else {touch.path, touch.old_path}
        for name in names:
            for service in by_pattern.get(name, frozenset()) | by_name.get(name, frozenset()):
                touched[touch.change_id, service].add(touch.path)
    return {key: len(paths) for key, paths in touched.items()}
