"""Read Backstage's `catalog-info.yaml`: the components of a tree, and every problem with its place.

Each file may hold several documents; only those of kind Component are services. What Backstage's other kinds
declare is ignored (rule `other_kind`), and so are templates that have yet to be filled in (rule `skeleton`).
A file that is not sound YAML gives problems and no component. Which files a component has is not decided here.
Source: Backstage, "Descriptor Format of Catalog Entities", "Well-known Annotations".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from trueline.model.errors import Problem
from trueline.model.table import Row
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.git import display_path
from trueline.sources.records.yaml_nodes import Mapping, Node, Scalar, compose, decode
from trueline.sources.trees.codeowners import SHOWN
from trueline.sources.trees.tree import Tree

FILE_NAMES = (b"catalog-info.yaml", b"catalog-info.yml")
KINDS = ("API", "Component", "Domain", "Group", "Location", "Resource", "System", "Template", "User")
LONGEST = 253
"""Characters of a text that is kept."""

_NAME = re.compile(r"[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
_REFERENCE = re.compile(r"(?:(?P<kind>[A-Za-z]+):)?(?:(?P<namespace>[-\w.]+)/)?(?P<name>[-\w.]+)", re.ASCII)
_SOURCE = "backstage.io/source-location"
_TREE_URL = re.compile(r"/(?P<repository>[^/]+/[^/]+?)(?:\.git)?(?:/-)?(?:/(?:tree|blob)/[^/]+(?P<path>/.*)?)?/?")


@dataclass(frozen=True)
class Component:
    """One component of a catalogue, with the place of its name."""

    path: str
    line: int
    name: str
    title: str | None = None
    type: str | None = None
    lifecycle: str | None = None
    owner: str | None = None
    """A group as written, or words that stand for a person."""
    code_repository: str | None = None
    """`owner/name` of the repository that the source location names; None where it names none."""
    code_path: str | None = None
    """The folder that the source location names, from the root, without a slash at its end."""


@dataclass
class Catalog:
    """The components of one tree, and everything wrong with them."""

    components: list[Component] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_catalog(tree: Tree) -> Catalog:
    """Return the components of every catalogue file of a tree."""
    entries = [e for e in tree.entries() if e.kind == "file" and e.path.rpartition(b"/")[2].lower() in FILE_NAMES]
    files = ((display_path(entry.path), content) for entry, content in tree.read(entries))
    return parse_catalog((path, content) for path, content in files if content is not None)


def parse_catalog(files: Iterable[tuple[str, bytes]]) -> Catalog:
    """Return the components of some files; a name that two of them declare is the first one's."""
    catalog = Catalog()
    places: dict[str, str] = {}
    for path, content in files:
        text, problems = decode(content, path)
        composed = compose(text, path)
        problems = (*problems, *composed.problems)
        catalog.problems.extend(problems)
        for document in () if problems else composed.documents:
            component = _Reading(path, catalog.problems).component(document)
            if component is None:
                continue
            if component.name in places:
                said = f"component {shown(component.name)} is already declared in {places[component.name]}"
                catalog.problems.append(Problem(path, component.line, 0, said, "Give each component its own name."))
                continue
            places[component.name] = f"{path}:{component.line}"
            catalog.components.append(component)
    return catalog


def rows_of_components(repository: str, catalog: Catalog) -> Iterator[Row]:
    """Yield the rows of table `catalog_components`."""
    for c in catalog.components:
        folder = str(PurePosixPath(c.path).parent)
        yield (
            repository,
            c.path,
            c.line,
            c.name,
            c.title,
            c.type,
            c.lifecycle,
            c.owner,
            "" if folder == "." else folder,
            c.code_repository,
            c.code_path,
        )


def rows_of_problems(repository: str, catalog: Catalog) -> Iterator[Row]:
    """Yield the rows of table `catalog_problems`."""
    for problem in sorted(set(catalog.problems)):
        yield repository, problem.path, problem.line, problem.col, problem.message, problem.fix or None


class _Reading:
    """Reads one document; what is wrong goes to `problems`."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self._path = path
        self._problems = problems

    def component(self, document: Node) -> Component | None:
        if isinstance(document, Scalar) and document.is_empty:
            return None
        if not isinstance(document, Mapping):
            self._wrong(document, "is no catalogue entity", "Write apiVersion, kind, metadata and spec.")
            return None
        if not self._is_component(document):
            return None
        metadata, spec = self._part(document, "metadata"), self._part(document, "spec")
        name = self._name(document, metadata)
        if name is None:
            return None
        source = self._source(metadata)
        return Component(
            self._path,
            name.line,
            name.text,
            self._text(metadata, "title"),
            self._text(spec, "type", needed=document),
            self._text(spec, "lifecycle", needed=document),
            self._owner(document, spec),
            *source,
        )

    def _is_component(self, document: Mapping) -> bool:
        version, kind = document.get("apiVersion"), document.get("kind")
        if version is None:
            self._wrong(document, "apiVersion is missing", "Write apiVersion: backstage.io/v1alpha1.")
        elif not isinstance(version, Scalar) or "/" not in version.text:
            self._wrong(version, "apiVersion must be a group and a version", "Write backstage.io/v1alpha1.")
        if kind is None:
            self._wrong(document, "kind is missing", "Write kind: Component where it is a service.")
        elif not isinstance(kind, Scalar):
            self._wrong(kind, "kind must be a text")
        elif _is_own(version) and kind.text not in KINDS and "{{" not in kind.text:
            self._wrong(kind, f"there is no kind {shown(kind.text)}", did_you_mean(kind.text, KINDS))
        return isinstance(kind, Scalar) and kind.text == "Component" and _is_own(version)

    def _part(self, document: Mapping, name: str) -> Mapping | None:
        part = document.get(name)
        if part is None:
            self._wrong(document, f"{name} is missing")
        elif not isinstance(part, Mapping):
            self._wrong(part, f"{name} must be keys and values")
        return part if isinstance(part, Mapping) else None

    def _name(self, document: Mapping, metadata: Mapping | None) -> Scalar | None:
        name = metadata.get("name") if metadata else None
        if name is None:
            if metadata is not None:
                self._wrong(metadata, "metadata.name is missing")
            return None
        if isinstance(name, Scalar) and "{{" in name.text:
            return None
        if isinstance(name, Scalar) and _NAME.fullmatch(name.text):
            return name
        said = shown(name.text) if isinstance(name, Scalar) else "a list or mapping"
        fix = "Letters, digits and -_. between them, at most 63."
        self._wrong(name, f"metadata.name cannot be {said}", fix)
        return None

    def _text(self, part: Mapping | None, name: str, needed: Mapping | None = None) -> str | None:
        value = part.get(name) if part else None
        if isinstance(value, Scalar) and not value.is_empty:
            return value.text[:LONGEST]
        if value is not None and not isinstance(value, Scalar):
            self._wrong(value, f"{name} must be a text")
        elif needed is not None and part is not None:
            self._wrong(value or part, f"spec.{name} is missing")
        return None

    def _owner(self, document: Mapping, spec: Mapping | None) -> str | None:
        text = self._text(spec, "owner", needed=document)
        if text is None or spec is None:
            return None
        match = _REFERENCE.fullmatch(text)
        if match is None:
            value = spec.get("owner")
            self._wrong(value or spec, "spec.owner is no reference", "Write group:NAME, or the name alone.")
            return None
        if (match["kind"] or "group").lower() == "user":
            return SHOWN["person"]
        is_default = match["namespace"] in (None, "default")
        return match["name"] if is_default else f"{match['namespace']}/{match['name']}"

    def _source(self, metadata: Mapping | None) -> tuple[str | None, str | None]:
        """Return the repository and the folder that the source location names."""
        annotations = metadata.get("annotations") if metadata else None
        if annotations is None or (isinstance(annotations, Scalar) and annotations.is_empty):
            return None, None
        if not isinstance(annotations, Mapping):
            self._wrong(annotations, "annotations must be keys and values")
            return None, None
        value = annotations.get(_SOURCE)
        if not isinstance(value, Scalar) or value.is_empty:
            if value is not None and not isinstance(value, Scalar):
                self._wrong(value, f"{_SOURCE} must be a text")
            return None, None
        match = _tree_url(value.text)
        if match is None:
            self._wrong(value, f"{_SOURCE} names no folder of a repository", "Write url: and the address on the forge.")
            return None, None
        folder = unquote(match["path"] or "").strip("/")
        return match["repository"].lower(), folder or None

    def _wrong(self, node: Node, message: str, fix: str = "") -> None:
        self._problems.append(Problem(self._path, node.line, node.col, message, fix))


def _is_own(version: Node | None) -> bool:
    return isinstance(version, Scalar) and version.text.startswith("backstage.io/")


def _tree_url(text: str) -> re.Match[str] | None:
    scheme, _, address = text.partition(":")
    if scheme not in ("url", "github", "gitlab") or len(address) > 2_000:
        return None
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return None
    return _TREE_URL.fullmatch(path)
