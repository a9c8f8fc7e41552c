"""Resolve the places that SARIF names to paths of the repository.

Tools write `file://` addresses of the machine that they ran on, paths below a named base, or plain paths. A machine's
root is found by vote: the folder under which most of a run's files are files of the commit. Nothing is looked up on disk.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from trueline.sources.git.paths import display_path

from .json_file import listed, mapping

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"/?[A-Za-z]:/")
LONGEST = 4_000
MOST_BASES = 10
"""A base may stand below another; more than that is a circle."""


class Places:
    """The places of one run."""

    def __init__(self, run: Mapping[str, Any], known: frozenset[str], checkout: str) -> None:
        """Prepare to resolve.

        Args:
            run: a run of a SARIF log.
            known: display paths of the files of the commit.
            checkout: absolute path of the work tree, a root that is tried.
        """
        self._bases = mapping(run, "originalUriBaseIds")
        self._artifacts = listed(run.get("artifacts"))
        self._known = known
        folders = [self._full(self._base(name, 0)) for name in self._bases]
        folders += [self._full(mapping(one, "workingDirectory").get("uri")) for one in listed(run.get("invocations"))]
        self._roots = sorted(
            {checkout, *(found for found in folders if found)} - {"", "/"}, key=lambda root: -len(root)
        )
        self._voted = self._vote(self._locations(run))

    def path_of(self, location: Mapping[str, Any]) -> str | None:
        """Return the display path of an `artifactLocation`; None where it lies outside or none is named."""
        place = self._place(location)
        if place is None:
            return None
        if not _is_absolute(place):
            return _inside(place)
        for root in (self._voted, *self._roots):
            if root is not None and place.startswith(root.rstrip("/") + "/"):
                return _inside(place[len(root.rstrip("/")) + 1 :])
        return None

    def _place(self, location: Mapping[str, Any]) -> str | None:
        index = location.get("index")
        if "uri" not in location and isinstance(index, int) and 0 <= index < len(self._artifacts):
            location = mapping(self._artifacts[index], "location")
        return self._full(self._joined(location, 0))

    def _joined(self, location: Mapping[str, Any], depth: int) -> str | None:
        uri, base = location.get("uri"), location.get("uriBaseId")
        if not isinstance(uri, str) or len(uri) > LONGEST:
            return None
        if _SCHEME.match(uri) or uri.startswith("/") or not isinstance(base, str):
            return uri
        before = self._base(base, depth + 1)
        return f"{before.rstrip('/')}/{uri}" if before else uri

    def _base(self, name: str, depth: int) -> str | None:
        """Return where a base is; None where only the reader can know, as for `%SRCROOT%` alone."""
        return self._joined(mapping(self._bases, name), depth) if depth < MOST_BASES else None

    @staticmethod
    def _full(uri: Any) -> str | None:
        """Return a path with slashes, absolute or not; None for what is no file."""
        if not isinstance(uri, str) or not uri or len(uri) > 2 * LONGEST:
            return None
        text = uri.replace("\\", "/")
        if text[:5].lower() == "file:":
            text = "/" + text[5:].partition("//")[2].partition("/")[2] if text[5:7] == "//" else text[5:]
        elif _SCHEME.match(text):
            return None
        text = posixpath.normpath(unquote(text, errors="surrogateescape"))
        return text[1:] if text.startswith("/") and _DRIVE.match(text) else re.sub("^//", "/", text)

    def _locations(self, run: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        for result in listed(run.get("results")):
            for place in listed(mapping(result).get("locations"))[:1]:
                yield mapping(place, "physicalLocation", "artifactLocation")

    def _vote(self, locations: Iterable[Mapping[str, Any]]) -> str | None:
        """Return the folder of the machine below which most files are files of the commit."""
        votes: Counter[str] = Counter()
        for place in {found for one in locations if (found := self._place(one)) and _is_absolute(found)}:
            at = place.find("/")
            while at >= 0:
                if _inside(place[at + 1 :]) in self._known:
                    votes[place[:at]] += 1
                    break
                at = place.find("/", at + 1)
        return max(votes, key=lambda root: (votes[root], len(root), root), default=None)


def _is_absolute(place: str) -> bool:
    return place.startswith("/") or _DRIVE.match(place) is not None


def _inside(place: str) -> str | None:
    """Return the display path of a relative path; None where it leaves the repository."""
    if place in (".", "..", "") or place.startswith(("../", "/")):
        return None
    return display_path(place.encode("utf-8", "surrogatepass" if _has_lone(place) else "surrogateescape"))


def _has_lone(place: str) -> bool:
    return any("\ud800" <= char <= "\udfff" and not "\udc80" <= char <= "\udcff" for char in place)
