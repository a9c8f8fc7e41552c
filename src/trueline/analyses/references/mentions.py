"""Judge one path that the text of a document names.

Prose names paths of other repositories, of machines and of examples; a mention is broken only
where history shows that it was a path of this repository and is none now.
"""

from __future__ import annotations

from . import conventions
from .target import has_placeholder, within
from .verdict import Document, Scene, Verdict


def judge_mention(scene: Scene, document: Document, name: str, is_planned: bool = False) -> Verdict:
    """Return what can be said of a path that the text names."""
    if document.ignored_by is not None:
        return Verdict("ignored", document.ignored_by)
    if has_placeholder(name):
        return Verdict("templated", "part of it stands for something else")
    found = _standing(scene, document, name)
    if found is not None:
        return Verdict("resolves", target_path=found)
    if document.speaks_of_a_moment:
        return Verdict("ignored", "the document speaks of a moment, and may name what is gone")
    gone = _gone(scene, document, name)
    if gone is None:
        return Verdict("unknown", "nothing shows that it was ever a path of this repository")
    if document.is_for_elsewhere:
        return Verdict("unknown", "the document is a template for another place", gone)
    if scene.names_it_knowingly(document, gone):
        return Verdict("unknown", "the document was written or changed when it was already gone", gone)
    if is_planned:
        return Verdict("planned", "the text says that it is still to come", gone)
    return Verdict(
        "broken",
        "it was in the tree before and is gone",
        gone,
        moved_to=scene.tree.stands_now(gone),
        cause=scene.tree.missing_part(gone),
    )


def _places(document: Document, name: str) -> list[str]:
    """Return the places that a name may mean: from the root, then from the document's folder."""
    places = (within("", name), within(document.folder, name))
    return list(dict.fromkeys(place for place in places if place))


def _standing(scene: Scene, document: Document, name: str) -> str | None:
    for place in _places(document, name):
        if scene.tree.entry(place) is not None:
            return place
    if name.startswith(("/", "..")):
        return None
    matches = scene.tree.ending_with(name.removeprefix("./").rstrip("/"))
    return matches[0] if len(matches) == 1 else None


def _gone(scene: Scene, document: Document, name: str) -> str | None:
    """Return the path of the past that the name meant; a bare or very common file name is too weak to tell."""
    bare = name.removeprefix("./").strip("/")
    folder, _, last = bare.rpartition("/")
    if not folder or last.lower() in conventions.FILES_OF_ANY_REPOSITORY or scene.tree.ending_with(bare):
        return None
    for place in _places(document, name):
        if scene.tree.was_here(place):
            return place
    if name.startswith(("/", "..")):
        return None
    matches = scene.tree.gone_ending_with(bare)
    return matches[0] if len(matches) == 1 else None
