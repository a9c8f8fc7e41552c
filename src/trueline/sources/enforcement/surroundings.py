"""Read what surrounds the checks of a pipeline: the rows of its matrices, which of them may fail, and its variables.

A matrix that loses its oldest version follows what is supported; one that loses its newest tells less. What a
script computes is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from trueline.model.enforcement import Measure

from .commands import relaxed_by_variable
from .configs import line_of

MOST_ROWS = 60
DEEPEST = 12
NEWEST = "newest version"
"""Scope of the newest versions: they are compared where both sides name one."""

_AXIS = re.compile(
    r"(?i)(^|[^a-z])(python|py|node|nodejs|java|jdk|jvm|go|ruby|rvm|php|scala|kotlin|dotnet|perl|elixir|otp|julia|django|"
    r"rails|toolchain)([^a-z]|$)|version"
)
_VERSION = re.compile(
    r"v?(\d{1,4})(?:\.(\d{1,4}|x|\*))?(?:\.[\w*]+)?(?:[-.]?(?:dev|ea|alpha|beta|rc|pre|nightly)[\w.]*)?"
)
_AHEAD = re.compile(r"(nightly|dev|head|ruby-head|jruby-head|edge|canary|tip|master|main|ea|gotip)")
_FLOATING = re.compile(r"(latest|stable|current|lts.*|node|oldstable|\^.*|>.*|~.*)")
_AHEAD_OF_ALL = 99_999_999


def newest_versions(values: Iterable[tuple[str, Any]]) -> Iterator[Measure]:
    """Yield the newest version along each axis of a matrix, but where one of its versions floats."""
    by_axis: dict[str, list[Any]] = {}
    for axis, value in values:
        if _AXIS.search(axis):
            by_axis.setdefault(axis.lower(), []).append(value)
    for axis, versions in sorted(by_axis.items()):
        numbers = [number for one in versions if (number := _number(str(one))) is not None]
        if len(numbers) > 1 and not any(_FLOATING.fullmatch(str(one).strip().lower()) for one in versions):
            text = f"{axis}: {', '.join(dict.fromkeys(str(one) for one in versions))}"[:300]
            key, line = f"newest {axis}"[:200], line_of(versions[0])
            yield Measure("ci_disabled", key, str(max(numbers)), "more", line, text, NEWEST)


def _number(version: str) -> int | None:
    folded = version.strip().lower()
    if _AHEAD.fullmatch(folded):
        return _AHEAD_OF_ALL
    found = _VERSION.fullmatch(folded)
    if not found:
        return None
    minor = found[2] or "0"
    return int(found[1]) * 10_000 + (int(minor) if minor.isdigit() else 0)


def values_of_matrix(matrix: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield every value that a matrix holds, with the name that it stands under."""
    if depth > DEEPEST:
        return
    if isinstance(matrix, dict):
        for key, part in matrix.items():
            if key not in ("exclude", "allow_failures"):
                for one in part if isinstance(part, list) else [part]:
                    if isinstance(one, (dict, list)):
                        yield from values_of_matrix(one, depth + 1)
                    else:
                        yield str(key), one
    elif isinstance(matrix, list):
        for part in matrix:
            yield from values_of_matrix(part, depth + 1)


def rows_of_matrix(matrix: Any) -> list[dict[str, Any]]:
    """Return the rows of a matrix of lists and `include`, and each of its values by itself."""
    if not isinstance(matrix, dict):
        return []
    lists = {key: part for key, part in matrix.items() if isinstance(part, list) and key not in ("include", "exclude")}
    whole = (dict(zip(lists, row, strict=True)) for row in islice(product(*lists.values()), MOST_ROWS))
    single = ({key: one} for key, part in lists.items() for one in part)
    included = matrix.get("include")
    return [*whole, *single, *(included if isinstance(included, list) else [])]


def rows_that_may_fail(rows: Sequence[Any], forgiven: Sequence[Any], place: str, flag: str = "") -> Iterator[Measure]:
    """Yield the rows of a matrix, and which of them may fail: known again by their values, but for the flag."""
    for text in dict.fromkeys(_written(row, place, flag) for row in rows):
        if text:
            yield Measure("ci_disabled", text, f"settings {'_'.join(text.split())}", "present")
    for text in dict.fromkeys(_written(row, place, flag) for row in forgiven):
        if text:
            yield Measure("ci_nonfailing", f"{text} may fail", "yes", "absent", text=f"may fail: {text}", scope=text)


def _written(row: Any, place: str, flag: str) -> str:
    pairs = sorted(row.items()) if isinstance(row, dict) else []
    text = ", ".join(f"{key}: {one}" for key, one in pairs if key != flag and not isinstance(one, (dict, list)))
    return f"{text} in {place}"[:200] if text else ""


def relaxing_variables(document: Any) -> Iterator[Measure]:
    """Yield words that variables of a pipeline pass to its tools, and that take the edge off them."""
    found: dict[tuple[str, str], Measure] = {}
    for name, value in _variables(document, 0):
        for kind, what in relaxed_by_variable(name, value):
            key = f"{name}: {what}"[:300]
            found.setdefault((kind, key), Measure(kind, key, "yes", "absent", line_of(value), f"{name}: {value}"[:300]))
    yield from found.values()


def _variables(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        for key, part in value.items():
            if isinstance(part, str) and re.fullmatch(r"[A-Z][A-Z_]+", str(key)):
                yield str(key), part
            elif isinstance(part, (dict, list)):
                yield from _variables(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from _variables(part, depth + 1)
