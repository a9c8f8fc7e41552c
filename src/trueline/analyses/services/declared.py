"""Decide which patterns each service has, and who says so: a record, the catalogue, or only the tree.

Precedence by service: the record's own paths, else the catalogue's folder. A component's folder ends where a deeper
one's begins. A proposal counts only where nothing that is declared has any of its files. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Basis = Literal["declared", "catalog", "proposed"]


class ServiceRecord(NamedTuple):
    """What a record of kind `service` says."""

    repository: str
    service: str
    code_repository: str | None
    paths: Sequence[str] | None
    path: str
    line: int


class CatalogComponent(NamedTuple):
    """What the catalogue says of a component."""

    repository: str
    service: str
    folder: str
    code_repository: str | None
    code_path: str | None
    path: str
    line: int


@dataclass(frozen=True)
class Claim:
    """The path set of one service in one repository, and who says so."""

    service: str
    repository: str
    """Of the code; it may be one that is not looked at."""
    patterns: tuple[str, ...]
    basis: Basis
    source: tuple[str, str, int | None]
    """Repository, path and line."""


def declared(records: Iterable[ServiceRecord]) -> list[Claim]:
    """Return what records declare; one without paths declares none."""
    return [
        Claim(r.service, r.code_repository or r.repository, tuple(r.paths), "declared", (r.repository, r.path, r.line))
        for r in records
        if r.paths
    ]


def catalogued(
    components: Iterable[CatalogComponent], repositories: Iterable[str], decided: Iterable[str]
) -> list[Claim]:
    """Return what the catalogue says of services that no record decides."""
    known = {name.lower(): name for name in repositories}
    tails: dict[str, list[str]] = {}
    for name in known:
        tails.setdefault(name.rpartition("/")[2], []).append(known[name])
    roots = [(c, *_root(c, known, tails)) for c in components if c.service not in set(decided)]
    folders: dict[str, set[str]] = {}
    for _, repository, folder in roots:
        folders.setdefault(repository, set()).add(folder)
    return [
        Claim(c.service, repository, _folder_patterns(folder, folders[repository]), "catalog", (c.repository, c.path, c.line))
        for c, repository, folder in roots
    ]  # fmt: skip


def proposed(repository: str, folders: Mapping[str, str], taken: Iterable[str]) -> list[Claim]:
    """Return what the tree suggests: folders with the file that shows it; ids that are taken get their whole path."""
    claims = []
    used = set(taken)
    for folder, mark in folders.items():
        name = folder.rpartition("/")[2]
        service = name if name not in used else folder.replace("/", "-")
        if service in used:
            continue
        used.add(service)
        claims.append(Claim(service, repository, (f"/{folder}/",), "proposed", (repository, f"{folder}/{mark}", None)))
    return claims


def _root(component: CatalogComponent, known: Mapping[str, str], tails: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Return the repository and folder of a component's code, by its source location where that names a known one."""
    named = component.code_repository
    if named is None:
        return component.repository, component.folder
    found = [known[named]] if named in known else list(tails.get(named.rpartition("/")[2], ()))
    if len(found) != 1:
        # A repository on the forge that is not looked at: its name is all that is known of it.
        return named, component.code_path or ""
    is_here = found[0] == component.repository
    return found[0], component.code_path or (component.folder if is_here else "")


def _folder_patterns(folder: str, others: Iterable[str]) -> tuple[str, ...]:
    inside = f"{folder}/" if folder else ""
    deeper = sorted(other for other in others if other != folder and other.startswith(inside))
    return (f"/{_escaped(inside)}**", *(f"!/{_escaped(other)}/**" for other in deeper))


def _escaped(folder: str) -> str:
    return "".join(f"\\{c}" if c in "\\*?[ " else c for c in folder)
