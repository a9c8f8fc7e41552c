"""Read what declares services and what happened to their files, and give the rows of the three tables."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from trueline.analyses.base import Read
from trueline.analyses.code_owners.matching import PathIndex
from trueline.model.table import Row

from .changes import Touch, changes_of_services, earlier_names
from .declared import CatalogComponent, Claim, ServiceRecord, catalogued, declared, proposed
from .path_sets import Pattern, paths_of, read_pattern
from .proposals import service_folders
from .tables import SERVICE_CHANGES, SERVICE_FILES, SERVICE_PATHS

READS = (
    "repositories",
    "files",
    "path_kinds",
    "services",
    "catalog_components",
    "file_changes",
    "landed_commits",
    "landed_changes",
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_RECORDS = """
select s.repository, s.service_id, s.code_repository, s.paths, s.source_path, s.source_line
from services as s
where s.lifecycle is null or s.lifecycle <> 'retired'
order by s.repository, s.service_id
"""

# A catalogue in a fixture or in somebody else's code declares nothing here.
_COMPONENTS = """
select c.repository, c.component, c.folder, c.code_repository, c.code_path, c.path, c.line
from catalog_components as c
left join path_kinds as k on k.repository = c.repository and k.path = c.path
where coalesce(k.kind, 'other') not in ('vendored', 'generated', 'test')
order by c.repository, c.component
"""

_FILES = """
select f.repository, f.path, coalesce(k.kind in ('vendored', 'generated', 'test'), false)
from files as f
left join path_kinds as k using (repository, path)
order by f.repository, f.path
"""

_TOUCHES = """
select l.repository, l.change_id, f.path, f.old_path, f.status
from file_changes as f
join landed_commits as l using (repository, commit_id)
"""


@dataclass
class _Code:
    """One repository's files, and what its services hold of them."""

    paths: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Those that can show a service: not somebody else's, and no fixture."""
    claims: list[Claim] = field(default_factory=list)
    services_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of the three tables."""
    codes: dict[str, _Code] = {name: _Code() for (name,) in read("select repository from repositories")}
    for repository, path, is_foreign in read(_FILES):
        code = codes.setdefault(repository, _Code())
        code.paths.append(path)
        if not is_foreign:
            code.written.append(path)
    rows: dict[str, list[Row]] = {table.name: [] for table in (SERVICE_PATHS, SERVICE_FILES, SERVICE_CHANGES)}
    for claim in _claims(read, codes):
        if claim.repository in codes:
            codes[claim.repository].claims.append(claim)
        else:
            rows[SERVICE_PATHS.name].extend(_path_rows(claim, _patterns(claim), None))
    for repository, code in sorted(codes.items()):
        _fill(repository, code, rows)
    if any(code.claims for code in codes.values()):
        rows[SERVICE_CHANGES.name].extend(_change_rows(read, codes))
    return rows


def _claims(read: Read, codes: Mapping[str, _Code]) -> list[Claim]:
    """Return what records and the catalogue say."""
    records = declared(ServiceRecord(*row) for row in read(_RECORDS))
    components = [CatalogComponent(*row) for row in read(_COMPONENTS)]
    return [*records, *catalogued(components, codes, {claim.service for claim in records})]


def _fill(repository: str, code: _Code, rows: Mapping[str, list[Row]]) -> None:
    """Add the rows of one repository's paths and files, proposals last."""
    index = PathIndex(code.paths)
    for claim in code.claims:
        _hold(code, claim, index, rows[SERVICE_PATHS.name])
    folders = {folder: mark for folder, mark in service_folders(code.written).items() if folder}
    claimed = sorted(code.services_of)
    free = {f: mark for f, mark in folders.items() if not _has_any(claimed, f"{f}/")}
    for claim in proposed(repository, free, {claim.service for claim in code.claims}):
        code.claims.append(claim)
        _hold(code, claim, index, rows[SERVICE_PATHS.name])
    basis = {claim.service: claim.basis for claim in code.claims}
    rows[SERVICE_FILES.name].extend(
        (repository, path, service, basis[service])
        for path, services in sorted(code.services_of.items())
        for service in sorted(services)
    )


def _hold(code: _Code, claim: Claim, index: PathIndex, rows: list[Row]) -> None:
    patterns = _patterns(claim)
    rows.extend(_path_rows(claim, patterns, index))
    for position in paths_of(patterns, index):
        code.services_of[code.paths[position]].add(claim.service)


def _has_any(paths: Sequence[str], prefix: str) -> bool:
    place = bisect_left(paths, prefix)
    return place < len(paths) and paths[place].startswith(prefix)


def _patterns(claim: Claim) -> list[Pattern]:
    return [read_pattern(text) for text in claim.patterns]


def _path_rows(claim: Claim, patterns: Sequence[Pattern], index: PathIndex | None) -> Iterable[Row]:
    for position, pattern in enumerate(patterns, 1):
        matched = len(pattern.matching(index)) if index is not None and pattern.problem is None else None
        yield (claim.service, claim.repository, position, pattern.text, claim.basis, matched, pattern.problem, *claim.source)  # fmt: skip


def _change_rows(read: Read, codes: Mapping[str, _Code]) -> Iterable[Row]:
    touches: dict[str, list[Touch]] = defaultdict(list)
    for repository, *values in read(_TOUCHES):
        if repository in codes and codes[repository].claims:
            touches[repository].append(Touch(*values))
    landed = {
        (repository, change): at
        for repository, change, at in read("select repository, change_id, epoch_us(landed_at) from landed_changes")
    }
    for repository, found in sorted(touches.items()):
        code = codes[repository]
        names = {name for touch in found for name in (touch.path, touch.old_path) if name is not None}
        renames = {(touch.old_path, touch.path) for touch in found if touch.status == "R" and touch.old_path}
        in_tree = {path: code.services_of.get(path, set()) for path in code.paths}
        counted = changes_of_services(found, _by_pattern(sorted(names), code.claims), earlier_names(renames, in_tree))
        basis = {claim.service: claim.basis for claim in code.claims}
        for (change, service), paths in sorted(counted.items()):
            yield repository, change, service, basis[service], _instant(landed[repository, change]), paths


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _by_pattern(names: Sequence[str], claims: Iterable[Claim]) -> dict[str, set[str]]:
    index = PathIndex(names)
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for position in paths_of(_patterns(claim), index):
            found[names[position]].add(claim.service)
    return found
