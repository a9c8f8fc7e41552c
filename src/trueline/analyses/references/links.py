"""Judge one link or image: does its target stand in the tree?

`broken` is said only where a reader would miss the target; whatever a site generator, a build
or a template may still provide is `unknown`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from . import conventions
from .names import shown
from .target import (
    Target,
    could_name_section,
    has_placeholder,
    is_line_anchor,
    looks_like_address,
    looks_like_prose_or_code,
    parse_target,
    within,
)
from .verdict import Document, Scene, Verdict


def judge_link(scene: Scene, document: Document, written: str, is_planned: bool = False) -> Verdict:
    """Return what can be said of a link or image of a document."""
    target = parse_target(written)
    if document.ignored_by is not None:
        return Verdict("ignored", document.ignored_by, target_anchor=target.anchor)
    if target.kind == "external":
        return Verdict("external")
    if target.kind == "templated":
        return Verdict("templated", "a template or tool fills it in")
    if target.kind == "empty":
        return Verdict("unknown", "the target is empty")
    if target.kind == "here":
        return _at_anchor(scene, document.path, target.anchor)
    place = within(document.folder, target.path)
    if place is None and document.page_folder is None:
        return Verdict("outside", "it leads out of the repository", target_anchor=target.anchor)
    found = _find(scene, document, target)
    if found is not None:
        return _at_anchor(scene, found, target.anchor)
    verdict = _missing(scene, document, target, place)
    if is_planned and verdict.state == "broken":
        verdict = Verdict("planned", "the text says that it is still to come", place)
    return replace(verdict, target_anchor=target.anchor)


def _find(scene: Scene, document: Document, target: Target) -> str | None:
    for base, path in _starts(document, target):
        place = within(base, path)
        if place is None:
            continue
        for candidate in (place, *_as_page(place, path)):
            if scene.tree.entry(candidate) is not None:
                return candidate
    return None


def _starts(document: Document, target: Target) -> Iterator[tuple[str, str]]:
    """Yield folder and path to try: as a forge reads it, then as the site that publishes the document would."""
    yield document.folder, target.path
    if document.page_folder is None:
        return
    if target.is_rooted:
        site = document.page_folder
        above = posixpath.dirname(site)
        bare = target.path.lstrip("/")
        yield site, bare
        for folder in conventions.SITE_ASSETS:
            yield posixpath.join(site, folder), bare
            yield posixpath.join(above, folder), bare
        return
    yield posixpath.splitext(document.path)[0], target.path
    yield posixpath.dirname(document.folder), target.path


def _as_page(place: str, written: str) -> Iterator[str]:
    """Yield the files that a page address without, or with another, ending may stand for."""
    stem, ending = posixpath.splitext(place)
    if ending in (".html", ".htm"):
        yield from (stem + other for other in conventions.PAGE_ENDINGS)
        if posixpath.basename(stem) == "index":
            yield from (posixpath.join(posixpath.dirname(stem), name) for name in conventions.PAGE_INDEXES)
    elif written.endswith("/") or ending not in conventions.PAGE_ENDINGS:
        yield from (place + other for other in conventions.PAGE_ENDINGS if place)


def _missing(scene: Scene, document: Document, target: Target, place: str | None) -> Verdict:
    """Return why a target that no file answers may still be right, or that it is broken."""
    if place is None:
        return Verdict("outside", "it leads out of the repository")
    excuse = _excuse(scene, document, target, place)
    if excuse is not None:
        return replace(excuse, target_path=place)
    tree = scene.tree
    if looks_like_address(target.path):
        return Verdict("broken", "an address without https:// is read as a path", cause=target.path)
    other_case = tree.in_other_case(place)
    if other_case is not None:
        return Verdict("broken", f"case differs from {shown(other_case)}", place, moved_to=other_case, cause=place)
    for former in tree.former_names(document.path):
        seen_from_there = within(posixpath.dirname(former), target.path)
        if seen_from_there is not None and tree.entry(seen_from_there) is not None:
            reason = f"it starts where the document stood before, at {shown(former)}"
            return Verdict("broken", reason, place, moved_to=seen_from_there, cause=document.path)
    reason = "it was in the tree before and is gone" if tree.was_here(place) else "no such file or folder"
    return Verdict("broken", reason, place, moved_to=tree.stands_now(place), cause=tree.missing_part(place))


def _excuse(scene: Scene, document: Document, target: Target, place: str) -> Verdict | None:
    """Return the verdict on a missing target that a reader may not miss."""
    tree = scene.tree
    hidden = tree.hidden_behind(place)
    if hidden is not None and tree.entry(hidden) == "submodule":
        return Verdict("outside", f"it lies in submodule {shown(hidden)}")
    if hidden is not None:
        return Verdict("unknown", f"it lies behind the symbolic link {shown(hidden)}")
    if has_placeholder(target.path):
        return Verdict("templated", "part of it stands for something else")
    if document.is_for_elsewhere:
        return Verdict("unknown", "the document is a template for another place")
    first = place.partition("/")[0]
    if first in conventions.FORGE_PLACES and tree.entry(first) is None:
        return Verdict("outside", f"a forge answers {first}/ itself")
    if tree.was_here(place) or looks_like_address(target.path):
        return None
    if looks_like_prose_or_code(target.path):
        return Verdict("unknown", "it does not look like a path")
    if _is_bare_word(target.path):
        return Verdict("unknown", "a single word may be no path")
    built = next((name for name in place.split("/")[:-1] if name in conventions.BUILT_FOLDERS), None)
    if built is not None and built in tree.missing_part(place).split("/"):
        return Verdict("unknown", f"a build may write {built}/")
    return _site_excuse(scene, document, target, place)


def _site_excuse(scene: Scene, document: Document, target: Target, place: str) -> Verdict | None:
    """Return why the address of a page may be right: on a site, addresses need not be files."""
    is_named_as_document = posixpath.splitext(place)[1].lower() in (".md", ".mdx", ".markdown", ".rst")
    if document.page_folder is None:
        if document.has_front_matter and target.is_rooted and not posixpath.splitext(place)[1]:
            return Verdict("unknown", "a site elsewhere may publish the document")
        return None
    if target.is_rooted:
        return Verdict("unknown", "the site that publishes the document decides what stands at its root")
    if not is_named_as_document:
        return Verdict("unknown", "the site that publishes the document may make this page or file")
    if scene.tree.missing_part(place).endswith("/"):
        return Verdict("unknown", "the site that publishes the document may make this folder")
    return None


def _is_bare_word(path: str) -> bool:
    if "/" in path.strip("/") or "." in path:
        return path.lower().rpartition("/")[2].partition(".")[0] in conventions.PLACEHOLDER_WORDS
    return path.strip("/").lower() not in conventions.FILES_BY_CUSTOM


def _at_anchor(scene: Scene, place: str, anchor: str | None) -> Verdict:
    """Return the verdict on a target that stands in the tree, its anchor included."""
    found = Verdict("resolves", None, place, anchor)
    if anchor is None or anchor.lower() == "top" or is_line_anchor(anchor):
        return found
    page = scene.document_of_folder(place) if scene.tree.entry(place) == "folder" else place
    if page is None or not scene.anchors.get(page):
        return replace(found, state="unknown", reason="anchors are known in Markdown documents with headings only")
    wanted = anchor.lower().removeprefix("user-content-")
    if wanted in scene.anchors[page] or wanted.removesuffix("-ov-file") in ("readme", posixpath.basename(page).lower()):
        return found
    if has_placeholder(anchor) or not could_name_section(wanted) or page.endswith(".mdx"):
        return replace(found, state="unknown", reason="the anchor is no name of a section")
    if scene.document(page).page_folder is not None and _loose(wanted) in map(_loose, scene.anchors[page]):
        return replace(found, state="unknown", reason="the site that publishes the document may name its sections so")
    return replace(
        found, state="broken", reason=f"no section of {shown(page)} has this anchor", cause=f"{page}#{wanted}"
    )


def _loose(anchor: str) -> str:
    return "".join(character for character in anchor if character.isalnum())
