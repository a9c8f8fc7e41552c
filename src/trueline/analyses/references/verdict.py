"""What can be said of one reference, and the document in which it stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from . import conventions
from .sites import page_folder_of, page_folders
from .tree import Tree

_WORD_BORDER = re.compile(r"[^a-z]+")
_DATED = re.compile(r"(19|20)\d{2}[-_.]?\d{2}")

State = Literal["resolves", "broken", "planned", "external", "outside", "templated", "unknown", "ignored"]


@dataclass(frozen=True)
class Verdict:
    """The state of one reference."""

    state: State
    reason: str | None = None
    target_path: str | None = None
    target_anchor: str | None = None
    moved_to: str | None = None
    cause: str | None = None


@dataclass(frozen=True)
class Document:
    """A document as far as its place decides what its references mean."""

    path: str
    page_folder: str | None = None
    """The folder of the site that publishes it; None outside any site."""
    ignored_by: str | None = None
    """The rule by which its references are not judged."""
    has_front_matter: bool = False

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.path)

    @property
    def is_for_elsewhere(self) -> bool:
        """True for a template, whose links start at the place where it will be used."""
        return bool(conventions.DOCUMENTS_FOR_ELSEWHERE & self._names)

    @property
    def speaks_of_a_moment(self) -> bool:
        """True for changelogs, decisions, plans and the like, which may rightly name what is gone."""
        words = {word for name in self._names for word in _WORD_BORDER.split(name)}
        return bool(conventions.MOMENTS & words) or any(_DATED.match(name) for name in self._names)

    @property
    def _names(self) -> frozenset[str]:
        names = self.path.lower().split("/")
        return frozenset([*names, names[-1].partition(".")[0]])


class Scene:
    """One repository: its names, the anchors of its documents, and which documents a site publishes."""

    def __init__(
        self,
        tree: Tree,
        anchors: Mapping[str, frozenset[str]],
        kinds: Mapping[str, tuple[str, str]] | None = None,
        with_front_matter: Container[str] = (),
        changed_at: Mapping[str, Sequence[datetime]] | None = None,
    ) -> None:
        """Take, by path: anchors in lower case, kind and deciding rule; documents with front matter; instants of change."""
        self.tree = tree
        self.anchors = anchors
        self._kinds = kinds or {}
        self._with_front_matter = with_front_matter
        self._changed_at = changed_at or {}
        self._page_folders = page_folders(tree)

    def document(self, path: str) -> Document:
        """Return the document that stands at a path."""
        return Document(
            path,
            page_folder_of(path, self._page_folders),
            self._ignored_by(path),
            path in self._with_front_matter,
        )

    def is_code(self, path: str) -> bool:
        """Return whether a path holds source or tests."""
        return self.kind(path) in conventions.CODE_KINDS

    def names_it_knowingly(self, document: Document, gone: str) -> bool:
        """Return whether the document is younger than the removal of a path, or was changed along with it."""
        removed_at = self.tree.gone_since(gone)
        changes = self._changed_at.get(document.path)
        if removed_at is None or not changes:
            return False
        span = timedelta(days=conventions.DAYS_OF_ONE_CHANGE)
        return min(changes) > removed_at or any(abs(at - removed_at) <= span for at in changes)

    def kind(self, path: str) -> str | None:
        """Return the kind of a path, None where it has none."""
        return self._kinds.get(path, (None, ""))[0]

    def _ignored_by(self, path: str) -> str | None:
        kind, rule = self._kinds.get(path, (None, ""))
        if kind in conventions.KINDS_IGNORED:
            return f"{kind}: {rule}"
        fixtures = conventions.FIXTURE_FOLDERS.intersection(path.lower().split("/")[:-1])
        return f"test data: {min(fixtures)}/" if fixtures else None

    def document_of_folder(self, folder: str, names: Iterable[str] = conventions.PAGE_INDEXES) -> str | None:
        """Return the document that a forge or site shows for a folder."""
        places = (posixpath.join(folder, name) for name in names)
        return next((place for place in places if place in self.anchors), None)
