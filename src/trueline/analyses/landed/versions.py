"""Tell from a tag's name whether it is a release, of what, and whether it is a final one.

A release has a version of at least two numbers (`v1.2`, `REL_9_6`, `pkg@1.2.3`, `2024.1`), or one number with a
release prefix where no longer version shares it (`v4` beside `v4.1` only points to the latest). A version
followed by words that say neither "before" nor "final" (`1.2-docs`, `1.0.x`) is a mark, not a release.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_VERSION: Final = re.compile(
    r"(?P<prefix>v\.?|version|release|rel|r)?(?P<numbers>\d{4}-\d\d-\d\d|\d{1,14}(?:[._]\d{1,14}){0,4})(?P<suffix>\D.*)?",
    re.IGNORECASE,
)
_SERIES_END: Final = re.compile(r"[@/_-](?=[a-z]{0,7}\.?\d)", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"([-._]?[a-z0-9]+(?:[-._][a-z0-9]+)*)?(\+[a-z0-9.-]+)?")
_TOKEN: Final = re.compile(r"[a-z]+|\d+")
_PATCH_LETTER: Final = re.compile(r"[a-wyz]")
_LONGEST: Final = 200

_GENERIC: Final = frozenset({"v", "version", "ver", "release", "releases", "rel", "tag", "tags", "stable", "prod"})
_BEFORE: Final = frozenset(
    {"rc", "cr", "alpha", "beta", "a", "b", "dev", "pre", "prerelease", "preview", "m", "milestone", "snapshot"}
    | {"nightly", "canary", "next", "ea", "eap", "insiders", "test"}
)
_FINAL: Final = frozenset(
    {"final", "release", "ga", "sp", "p", "pl", "patch", "post", "hotfix", "lts", "stable", "r", "rev", "update", "u"}
)


class Version(NamedTuple):
    """What a tag's name says."""

    text: str
    """The version as written, without series and prefix."""
    numbers: tuple[int, ...]
    is_prerelease: bool
    series: str | None = None
    """What is released, where the tag names it, such as a package; generic words are no series."""
    is_certain: bool = True
    """False for a single number, which may be a pointer that moves."""


def read_version(tag: str, repository: str = "") -> Version | None:
    """Return the version that a tag names, None where it names none."""
    if len(tag) > _LONGEST:
        return None
    plain = _read(tag)
    if plain is not None:
        return plain
    for end in _SERIES_END.finditer(tag):
        series = tag[: end.start()]
        is_generic = series.lower() in _GENERIC
        version = _read(tag[end.end() :], is_prefixed=is_generic)
        if series and version is not None:
            own_name = series.lower() == repository.rpartition("/")[2].lower()
            return version._replace(series=None if is_generic or own_name else series)
    return None


def _read(text: str, is_prefixed: bool = False) -> Version | None:
    """Return the version that the whole text is."""
    found = _VERSION.fullmatch(text)
    if not found:
        return None
    suffix = found["suffix"] or ""
    numbers = tuple(int(part) for part in re.split(r"[._-]", found["numbers"]))
    is_prerelease = _is_prerelease(suffix.lower())
    if is_prerelease is None or (len(numbers) == 1 and not (found["prefix"] or is_prefixed)):
        return None
    return Version(found["numbers"] + suffix, numbers, is_prerelease, is_certain=len(numbers) > 1)


def _is_prerelease(suffix: str) -> bool | None:
    """Return True for a suffix that says "before", False for a final one, None for one that says neither."""
    found = _SUFFIX.fullmatch(suffix)
    if not found:
        return None
    if _PATCH_LETTER.fullmatch(suffix):
        return False
    words = {token for token in _TOKEN.findall(found[1] or "") if token.isalpha()}
    if words & _BEFORE:
        return True
    return False if words <= _FINAL else None
