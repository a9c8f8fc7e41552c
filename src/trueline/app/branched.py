"""Read what open branches make of requirements: each content once, at the end of a branch and where it began."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trueline.model.branch_tables import BRANCH_FILES, BRANCH_ITEMS, STORED_AS
from trueline.model.table import Row, Status
from trueline.sources.git import GitFailed, display_path
from trueline.sources.requirements.parser import REQUIREMENTS
from trueline.sources.versions.branch_files import BranchFile, Span, branch_files
from trueline.sources.versions.history import HistoryTree
from trueline.tables.catalog import Source
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.parsed_rows import ParsedRows
from trueline.tables.snapshot import TreeRows

from .looking import Looked
from .parsing import parsed_rows
from .workspace import Workspace

MOST_FILES = 5_000
"""More changed files than that are not read: then the tables are incomplete."""


def branched(looked: Sequence[Looked], sources: Sequence[Source], workspace: Workspace) -> tuple[TreeRows, ParsedRows]:
    """Return the tables of open branches; as absent or stale as the branches are that were collected."""
    (known,) = (source for source in sources if source.table.name == "branches")
    spans = _spans([workspace.lake.root / file.path for file in known.files], workspace)
    rows: list[Row] = []
    trees: list[tuple[str, HistoryTree]] = []
    reason = ""
    for one in looked:
        if one.target.git is None or one.target.name not in spans:
            continue
        try:
            found = [
                file
                for file in branch_files(one.target.git.git, spans[one.target.name])
                if REQUIREMENTS.dialect(file.path)
            ]
        except GitFailed:
            reason = f"this copy of {one.target.name} lacks commits of its branches"
            continue
        if len(found) > MOST_FILES:
            reason = f"{len(found) - MOST_FILES:,} changes of files on branches were not read"
        kept = found[:MOST_FILES]
        rows += [(one.target.name, f.branch, display_path(f.path), f.before, f.after) for f in kept]
        trees.append((one.target.name, HistoryTree(one.target.git.git, _contents(kept))))
    parsed = parsed_rows(REQUIREMENTS, trees, workspace)
    status = parsed.status
    if known.status.state != "complete":
        status = Status("", known.status.state, known.status.reason)
    elif reason:
        status = Status("", "incomplete", reason)
    files = TreeRows(BRANCH_FILES, rows, Status(BRANCH_FILES.name, status.state, status.reason))
    return files, ParsedRows((BRANCH_ITEMS,), {BRANCH_ITEMS.name: parsed.files[STORED_AS]}, parsed.paths, status)


def _contents(files: Sequence[BranchFile]) -> list[tuple[bytes, str]]:
    return [(file.path, blob) for file in files for blob in (file.before, file.after) if blob is not None]


def _spans(files: Sequence[Path], workspace: Workspace) -> dict[str, list[Span]]:
    """Return the open branches of each repository, by its name of today; none whose beginning is not known."""
    if not files:
        return {}
    listed = ", ".join(text_literal(str(file)) for file in files)
    database = Database.building()
    try:
        rows = database.rows(
            "select distinct repository, branch, commit_id, forked_from_commit_id"
            f" from read_parquet([{listed}], union_by_name=true)"
            " where ahead > 0 and forked_from_commit_id is not null order by all"
        )
    finally:
        database.close()
    spans: dict[str, list[Span]] = {}
    for repository, *span in rows:
        spans.setdefault(workspace.renamed.get(repository, repository), []).append(Span(*span))
    return spans
