"""The names of one repository: those that stand in its tree now, and those that once did.

Answers questions about names only; what an answer means for a document is decided in `verdict`.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Literal

Entry = Literal["file", "folder", "link", "submodule"]


def ancestors(path: str) -> Iterator[str]:
    """Yield the folders above a path, nearest first, without the root."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


class Tree:
    """Names of one repository, now and before."""

    def __init__(
        self,
        entries: Mapping[str, str],
        gone: Mapping[str, datetime | None] | None = None,
        renames: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take entries (path -> file, link or submodule), when paths that are no more went, and pairs of old and new name."""
        self._entries = entries
        self._folders = {folder for path in entries for folder in ancestors(path)}
        self._gone = {path: at for path, at in (gone or {}).items() if path not in entries}
        self._renames = list(renames)

    @property
    def paths(self) -> Iterable[str]:
        return self._entries.keys()

    def entry(self, path: str) -> Entry | None:
        """Return what stands at a path now; the empty path is the root."""
        if path in self._folders or path == "":
            return "folder"
        found = self._entries.get(path)
        return None if found is None else "link" if found == "link" else "submodule" if found == "submodule" else "file"

    def hidden_behind(self, path: str) -> str | None:
        """Return the link or submodule through which the path would have to be reached."""
        return next((folder for folder in ancestors(path) if self._entries.get(folder) in ("link", "submodule")), None)

    def was_here(self, path: str) -> bool:
        """Return whether the path was a file or folder of this repository and is none now."""
        return self.entry(path) is None and (path in self._gone or path in self._gone_folders)

    def gone_since(self, path: str) -> datetime | None:
        """Return when a path of the past, or the last file below it, went; None where that is not known."""
        if path in self._gone:
            return self._gone[path]
        below = [at for gone, at in self._gone.items() if at is not None and gone.startswith(path + "/")]
        return max(below, default=None)

    def ending_with(self, name: str) -> list[str]:
        """Return files and folders whose path ends in the name, at a folder's border."""
        return _ending_with(self._by_last_name, name)

    def gone_ending_with(self, name: str) -> list[str]:
        """Return files of the past, gone now, whose path ends in the name."""
        return _ending_with(self._gone_by_last_name, name)

    def in_other_case(self, path: str) -> str | None:
        """Return the one path that differs in upper and lower case only."""
        return self._by_lower_case.get(path.lower())

    def stands_now(self, path: str) -> str | None:
        """Return where a missing file stands now: where renames lead, else the only file of the same name."""
        seen = {path}
        place = path
        while place in self._renamed_to and place not in self._entries:
            place = self._renamed_to[place]
            if place in seen:
                break
            seen.add(place)
        if place in self._entries:
            return place
        same_name = [p for p in self._by_last_name.get(posixpath.basename(path), ()) if p in self._entries]
        return same_name[0] if len(same_name) == 1 else None

    def former_names(self, path: str) -> tuple[str, ...]:
        """Return the names that a file had before, nearest first."""
        names: list[str] = []
        pending = list(self._renamed_from.get(path, ()))
        while pending:
            name = pending.pop(0)
            if name != path and name not in names:
                names.append(name)
                pending.extend(self._renamed_from.get(name, ()))
        return tuple(names)

    def missing_part(self, path: str) -> str:
        """Return the highest folder above the path that is missing, with a slash, or the path itself."""
        missing = [folder for folder in ancestors(path) if self.entry(folder) is None]
        return missing[-1] + "/" if missing else path

    @cached_property
    def _gone_folders(self) -> set[str]:
        return {folder for path in self._gone for folder in ancestors(path)} - self._folders

    @cached_property
    def _by_last_name(self) -> Mapping[str, list[str]]:
        return _index([*self._entries, *self._folders])

    @cached_property
    def _gone_by_last_name(self) -> Mapping[str, list[str]]:
        return _index(self._gone)

    @cached_property
    def _by_lower_case(self) -> Mapping[str, str]:
        return {path.lower(): path for path in [*self._folders, *self._entries]}

    @cached_property
    def _renamed_to(self) -> Mapping[str, str]:
        return dict(self._renames)

    @cached_property
    def _renamed_from(self) -> Mapping[str, list[str]]:
        former: dict[str, list[str]] = defaultdict(list)
        for old, new in self._renames:
            former[new].append(old)
        return former


def _index(paths: Iterable[str]) -> Mapping[str, list[str]]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        by_name[posixpath.basename(path)].append(path)
    return by_name


def _ending_with(by_name: Mapping[str, list[str]], name: str) -> list[str]:
    candidates = by_name.get(posixpath.basename(name), ())
    return [path for path in candidates if path == name or path.endswith("/" + name)]
