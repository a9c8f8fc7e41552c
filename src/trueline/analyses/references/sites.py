"""Find which documents a site generator publishes, because its links may mean its own pages.

Goes by configuration files in the tree (`conventions.SITE_CONFIGS`); never reads one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from . import conventions
from .tree import Tree


def page_folders(tree: Tree) -> tuple[str, ...]:
    """Return the folders whose documents are pages of a site, longest first; the empty text is the root."""
    folders: set[str] = set()
    for path in tree.paths:
        folder, name = posixpath.split(path)
        if name in conventions.SITE_CONFIGS and _counts(tree, folder, name):
            folders.update(_pages_beside(tree, folder, conventions.SITE_CONFIGS[name]))
        elif posixpath.basename(folder) in conventions.SITE_FOLDERS:
            folders.add(posixpath.dirname(folder))
    return tuple(sorted(folders, key=len, reverse=True))


def page_folder_of(path: str, folders: Iterable[str]) -> str | None:
    """Return the folder of the site that publishes a document, or None."""
    return next((folder for folder in folders if not folder or path.startswith(folder + "/")), None)


def _counts(tree: Tree, folder: str, name: str) -> bool:
    needs = conventions.SITE_NEEDS_BESIDE.get(name)
    return needs is None or any(tree.entry(posixpath.join(folder, other)) for other in needs)


def _pages_beside(tree: Tree, folder: str, candidates: tuple[str, ...]) -> list[str]:
    beside = [posixpath.join(folder, candidate) for candidate in candidates]
    return [path for path in beside if tree.entry(path) == "folder"] or [folder]
