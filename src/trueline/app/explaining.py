"""Explain one file: what governs it, which requirements it carries, what verifies them, and who owns it.

Each answer is one select on the snapshot; nothing is asked of the file itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trueline.model.errors import UsageError
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.git import display_path
from trueline.tables.json_lines import text_literal

from .snapshots import Taken
from .workspace import Workspace

NEAR_LINES = 40
"""A tag stands above or inside what it tags; further up it belongs to something else."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Explained:
    """What is known of one file; a table that is not there is said in `unknown`."""

    repository: str
    path: str
    line: int | None
    facts: Mapping[str, Any]
    """kind, language, size and, for a document, its class and state."""
    governed_by: Rows
    requirements: Rows
    verified_by: Rows
    owned_by: Rows
    services: Rows
    named_in: Rows
    unknown: Mapping[str, str]
    """By what could not be answered: why."""


def explain(taken: Taken, workspace: Workspace, asked: str, line: int | None, here: Path) -> Explained:
    """Return what is known of the file that is asked for. Raises UsageError where the tree has none of that name.

    `asked` is a path from `here`, or from the root of the repository.
    """
    repository, path = _found(taken, workspace, asked, here)
    where = f"repository = {text_literal(repository)} and path = {text_literal(path)}"
    unknown: dict[str, str] = {}

    def rows(what: str, sql: str) -> Rows:
        reason = next((reason for table in _TABLES[what] if (reason := _missing(taken, table))), None)
        if reason:
            unknown[what] = reason
            return ()
        columns, found = taken.snapshot.database.table(sql, seconds=10.0)
        return [dict(zip(columns, row, strict=True)) for row in found]

    carried = f"l.line between {line - NEAR_LINES} and {line + NEAR_LINES}" if line else "true"
    facts = rows("facts", _FACTS.format(where=where))
    return Explained(
        repository,
        path,
        line,
        facts[0] if facts else {},
        rows("governed_by", _GOVERNED_BY.format(where=where)),
        rows("requirements", _REQUIREMENTS.format(where=_of("l", where), carried=carried)),
        rows("verified_by", _VERIFIED_BY.format(where=_of("l", where), carried=carried)),
        rows("owned_by", _OWNED_BY.format(where=where)),
        rows("services", _SERVICES.format(where=where)),
        rows("named_in", _NAMED_IN.format(repository=text_literal(repository), path=text_literal(path))),
        unknown,
    )


def _of(alias: str, where: str) -> str:
    return where.replace("repository =", f"{alias}.repository =").replace("path =", f"{alias}.path =")


def _missing(taken: Taken, table: str) -> str | None:
    """Return why a table says nothing; None where it is complete."""
    status = taken.snapshot.statuses.get(table)
    if status is None:
        return f"there is no table {table}"
    return None if status.state in ("complete", "incomplete", "stale") else f"{table}: {status.reason or status.state}"


def _found(taken: Taken, workspace: Workspace, asked: str, here: Path) -> tuple[str, str]:
    """Return the repository and the display path of the file that is meant."""
    candidates: list[tuple[str, str]] = []
    for looked in taken.looked:
        for base in (here / asked, looked.target.path / asked):
            root = looked.target.git.work_tree if looked.target.git else looked.target.path
            if root is not None and base.absolute().is_relative_to(root.absolute()):
                relative = base.absolute().relative_to(root.absolute()).as_posix()
                candidates.append((looked.target.name, display_path(relative.encode("utf-8", "surrogateescape"))))
        candidates.append((looked.target.name, asked.removeprefix("./")))
    for repository, path in dict.fromkeys(candidates):
        known = f"repository = {text_literal(repository)} and path = {text_literal(path)}"
        if taken.snapshot.database.rows(f"select 1 from files where {known}"):
            return repository, path
    names = [row[0] for row in taken.snapshot.database.rows("select path from files order by path limit 50000")]
    raise UsageError(f"no file {shown(asked)} is in {workspace.name}", fix=did_you_mean(asked, names))


_TABLES: Mapping[str, Sequence[str]] = {
    "facts": ("files", "path_kinds", "governed_documents"),
    "governed_by": ("governed_paths",),
    "requirements": ("requirement_verdicts",),
    "verified_by": ("requirement_verdicts",),
    "owned_by": ("path_owners",),
    "services": ("service_files",),
    "named_in": ("document_references",),
}

_FACTS = """
select k.kind, k.language, f.size_bytes, d.class_id as class, d.state, d.version, d.owner
from (select * from files where {where}) as f
left join path_kinds as k using (repository, path)
left join governed_documents as d using (repository, path)
"""
_GOVERNED_BY = """
select spec_id as spec, status, owner, spec_path as path from governed_paths where {where} order by spec_id
"""
_CARRIED = """
    select distinct l.repository, l.to_id as requirement, l.role, min(l.line) as line
    from requirement_links as l where {where} and {carried} and l.role <> 'references' group by all
    union
    select l.repository, l.item_id, 'states', l.line
    from requirement_items as l where {where} and {carried} and l.nature = 'requirement' and l.item_id is not null
"""
_REQUIREMENTS = (
    "with carried as ("
    + _CARRIED
    + """)
select c.requirement, c.role, c.line, v.verdict, i.title, v.path, v.line as stated_at, i.owner
from carried as c
left join requirement_verdicts as v on v.nature = 'requirement' and v.repository = c.repository and v.item_id = c.requirement
left join requirement_items as i on i.repository = v.repository and i.path = v.path and i.line = v.line and i.item_id = v.item_id
order by c.line, c.requirement, v.path
"""
)
_VERIFIED_BY = (
    "with carried as ("
    + _CARRIED
    + """)
select distinct c.requirement, t.path, t.line, i.kind
from carried as c
join requirement_links as t on t.repository = c.repository and t.to_id = c.requirement and t.role = 'verifies'
join requirement_items as i
    on i.repository = t.repository and i.path = t.path and i.importer = t.importer and i.number = t.number
order by c.requirement, t.path, t.line
"""
)
_OWNED_BY = """
select unnest(owners) as owner, 'CODEOWNERS' as by, codeowners_path || ':' || line as where_it_says
from path_owners where {where}
"""
_SERVICES = """
select s.service, s.basis as by, p.source_path || coalesce(':' || p.source_line, '')
from (select * from service_files where {where}) as s
join service_paths as p on p.service = s.service and p.repository = s.repository and p.position = 1
order by s.service
"""
_NAMED_IN = """
select path, min(line) as line, count(*) as times from document_references
where repository = {repository} and target_path = {path} and path <> {path} group by path order by path limit 20
"""
