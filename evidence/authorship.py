"""The truck factor a second time, straight from `git log`, as Avelino et al. 2016 describe it.

Written apart from Trueline's analysis and as plainly as can be, so that both are not wrong in the
same way. It knows neither bots nor people with two addresses, so it agrees where those do not matter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

from .git_figures import git


def truck_factor(repository: Path, counted: set[str]) -> int:
    """Return how many authors have to leave until more than half of the counted files have none."""
    creator: dict[str, str] = {}
    changes: dict[str, dict[str, int]] = {}
    log = git(
        repository,
        "log",
        "--reverse",
        "--topo-order",
        "--no-merges",
        "--use-mailmap",
        "--raw",
        "-z",
        "-M",
        "--format=%x01%aE",
        "HEAD",
    )
    for commit in log.split("\x01")[1:]:
        fields = [field.strip("\n") for field in commit.split("\0")]
        author = fields[0].lower()
        position = 1
        while position < len(fields):
            if not fields[position].startswith(":"):
                position += 1
                continue
            status, path = fields[position].split()[-1], fields[position + 1]
            position += 2
            if status[0] in "RC":
                old, path = path, fields[position]
                position += 1
                source = changes.get(old) if status[0] == "C" else changes.pop(old, None)
                if status[0] == "R":
                    changes[path], creator[path] = source or defaultdict(int), creator.get(old, author)
                    changes[path][author] += 1
                    continue
            if status[0] == "D":
                changes.pop(path, None)
            elif path not in changes:
                changes[path], creator[path] = defaultdict(int), author
            else:
                changes[path][author] += 1
    return _greedy({path: _authors(creator[path], changes[path]) for path in counted if path in changes}, len(counted))


def _authors(creator: str, by: dict[str, int]) -> set[str]:
    """Return the authors of one file: degree above 3/4 of the highest and at least 3.293."""
    total = sum(by.values())
    degree = {
        person: 3.293
        + 1.098 * (person == creator)
        + 0.164 * by.get(person, 0)
        - 0.321 * math.log(1 + total - by.get(person, 0))
        for person in {creator, *by}
    }
    highest = max(degree.values())
    return {person for person, value in degree.items() if value >= 3.293 and value > 0.75 * highest}


def _greedy(authors: dict[str, set[str]], files: int) -> int:
    gone = 0
    while sum(bool(people) for people in authors.values()) * 2 >= files:
        count: dict[str, int] = defaultdict(int)
        for people in authors.values():
            for person in people:
                count[person] += 1
        first = max(sorted(count), key=lambda person: count[person])
        for people in authors.values():
            people.discard(first)
        gone += 1
    return gone
