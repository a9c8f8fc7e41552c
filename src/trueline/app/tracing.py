"""Trace requirements: read what states and cites them, and say how each stands and why.

A light road: only the parser and the views of requirements, in a database in memory. No history, no
other table and no rule, so that a tree of a hundred thousand items is answered while one waits.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from trueline import practices
from trueline.analyses.path_kinds import ANALYSIS as PATH_KINDS
from trueline.model.errors import Problem, UsageError
from trueline.model.run import Moment
from trueline.model.tree_tables import FILES, RECORD_FILES
from trueline.sources.requirements.parser import REQUIREMENTS
from trueline.sources.trees.directory_tree import directory_tree
from trueline.sources.trees.tree import MAX_READ_BYTES, Entry, Tree, rows_of_files
from trueline.sources.trees.working_tree import working_tree
from trueline.tables.engine import Database, ddl
from trueline.tables.json_lines import text_literal
from trueline.tables.parsed_rows import PARSED_PATHS, ParsedRows

from .parsing import parsed_in, parsed_rows
from .trace_store import Question, TraceStore
from .traced import Cause, Files, Traced
from .workspace import Target, Workspace, open_workspace

VIEWS = (
    "requirement_documents",
    "requirement_sources",
    "requirement_prefixes",
    "requirement_scope",
    "requirement_citations",
    "requirement_verdicts",
    "requirement_causes",
    "requirement_accounting",
)
"""In the order in which they are built."""

NATIVE: dict[str, tuple[str, ...]] = {"oft": ("openfasttrace", "openfasttrace_tags"), "doorstop": ("doorstop",)}
"""The importers whose items a native tool would see."""

_FOLDER = Path(practices.__file__).parent / "conformance" / "views"


@dataclass(frozen=True)
class _Part:
    """The part of a tree that lies below some paths."""

    whole: Tree
    below: tuple[bytes, ...]

    @property
    def problems(self) -> list[Problem]:
        return self.whole.problems

    def entries(self) -> list[Entry]:
        folders = tuple(path + b"/" for path in self.below)
        return [e for e in self.whole.entries() if e.path in self.below or e.path.startswith(folders)]

    def read(self, entries: Iterable[Entry], max_bytes: int = MAX_READ_BYTES) -> Iterator[tuple[Entry, bytes | None]]:
        return self.whole.read(entries, max_bytes)


def trace(
    directory: Path,
    paths: Sequence[Path],
    *,
    environ: Mapping[str, str],
    now: datetime,
    report: Callable[[str], None],
    native: str | None = None,
    as_of_at: datetime | None = None,
    config: Path | None = None,
    use_file: bool = True,
) -> Traced:
    """Return how the requirements below some paths stand; of a whole repository where none is given.

    With `native`, only what that tool would read counts. Raises UsageError for a path that does not
    exist or lies in another repository than the first.
    """
    start = _folder_of(paths[0]) if paths else directory
    workspace = open_workspace(
        start, environ=environ, now=now, report=report, config=config, use_file=use_file, own_lake=True
    )
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = Moment(as_of_at, midnight) if as_of_at else Moment.end_of(now.date(), midnight)
    target = workspace.targets[0]
    tree = _narrowed(_tree_of(target, moment if as_of_at else None, now), target.path, paths)
    question = Question(target.name, REQUIREMENTS, (native or "", *_below(tree), *_texts()), native is not None)
    store = TraceStore(workspace.cache / "traces", parsed_in(REQUIREMENTS, workspace))
    files = question.files(tree)
    known = store.answer(question, files, tree, moment)
    if known is None:
        known, is_whole = _worked_out(target.name, tree, workspace, moment, native)
        if is_whole:
            store.keep(question, files, known)
    return replace(known, problems=sorted([*_listing_problems(tree), *known.problems]))


def _worked_out(name: str, tree: Tree, workspace: Workspace, moment: Moment, native: str | None) -> tuple[Traced, bool]:
    """Return the answer without the problems of the listing, and whether everything could be read for it."""
    database = Database.building()
    try:
        is_whole = _load(database, name, tree, workspace)
        if native:
            _keep(database, NATIVE[native])
        for view in VIEWS:
            _build(database, view)
        said: tuple[Sequence[str], bool] = ([], False)
        if native:
            from .native_verdicts import native_verdicts

            said = native_verdicts(native, database, tree, lambda view: _build(database, view))
        return _traced(database, name, moment, *said), is_whole
    finally:
        database.close()


def _below(tree: Tree) -> tuple[str, ...]:
    return tuple(os.fsdecode(path) for path in tree.below) if isinstance(tree, _Part) else ()


def _texts() -> Iterator[str]:
    """Yield the text of everything that decides an answer and is no code."""
    for view in (*VIEWS, "requirement_doorstop_warnings"):
        yield _sql(view)
    yield f"{PATH_KINDS.name} {PATH_KINDS.version}"


def _tree_of(target: Target, past: Moment | None, now: datetime) -> Tree:
    """Return the files as they are, or as they were; `looking` knows all the ways, and is slow to import."""
    if past is None and target.git is None:
        return directory_tree(target.path)
    if past is None and target.git is not None and target.git.work_tree is not None:
        return working_tree(target.git)
    from .looking import look

    here = Moment(now, now)
    return look(target, past or here, here).tree


def _folder_of(path: Path) -> Path:
    if not path.exists():
        raise UsageError(f"{path} does not exist")
    return path if path.is_dir() else path.parent


def _narrowed(tree: Tree, root: Path, paths: Sequence[Path]) -> Tree:
    below = []
    for path in paths:
        _folder_of(path)
        if not path.resolve().is_relative_to(root):
            raise UsageError(f"{path} lies outside {root}", fix="Trace one repository at a time")
        below.append(os.fsencode(path.resolve().relative_to(root).as_posix()))
    return tree if not below or b"." in below else _Part(tree, tuple(below))


def _load(database: Database, name: str, tree: Tree, workspace: Workspace) -> bool:
    """Make the tables that the views read, and say whether every file could be read."""
    database.load(FILES, rows_of_files(name, tree))
    parsed = parsed_rows(REQUIREMENTS, [(name, tree)], workspace)
    _attach(database, parsed)
    database.execute(ddl(RECORD_FILES))
    for table in PATH_KINDS.writes:
        database.load(table, PATH_KINDS.build(database.rows)[table.name])
    return parsed.status.state == "complete"


def _attach(database: Database, parsed: ParsedRows) -> None:
    """Make the tables of the parser without copying them: each view reads the columns that it needs."""
    database.load(PARSED_PATHS, parsed.paths)
    for table in parsed.tables:
        stored = ", ".join(text_literal(str(file)) for file in parsed.files[table.name])
        if stored:
            database.execute(
                f"create view {table.name} as select d.repository, d.path, p.* replace (d.blob_id as blob_id)"
                f" from read_parquet([{stored}], union_by_name=true) as p inner join parsed_paths as d on p.blob_id = d.key"
            )
        else:
            database.execute(ddl(table))


def _keep(database: Database, importers: Sequence[str]) -> None:
    """Leave only what a native tool would read; it does not know which files are generated or come from elsewhere."""
    named = ", ".join(f"'{name}'" for name in importers)
    for table in REQUIREMENTS.tables:
        database.execute(f"create table kept as select * from {table.name} where importer in ({named})")
        kind = database.rows(f"select table_type from information_schema.tables where table_name = '{table.name}'")[0][
            0
        ]
        database.execute(
            f"drop {'view' if kind == 'VIEW' else 'table'} {table.name}; alter table kept rename to {table.name}"
        )
    database.execute("update path_kinds set kind = 'other'")


def _build(database: Database, view: str) -> None:
    database.execute(f"create table {view} as {_sql(view)}")


def _sql(view: str) -> str:
    return (_FOLDER / f"{view}.sql").read_text(encoding="utf-8").partition("--- */")[2]


def _traced(database: Database, name: str, moment: Moment, native: Sequence[str], native_failed: bool) -> Traced:
    counts = database.rows(
        "select verdict, coalesce(kind, nature), is_ok, count(*) from requirement_verdicts group by all order by all"
    )
    causes = database.rows(
        "select cause, subject, message, path, line, col, places, owner, affected, affected_ids"
        " from requirement_causes order by affected desc, cause, subject"
    )
    files = database.rows(
        "select state, rule, count(*), sum(items)::bigint from requirement_accounting group by all order by all"
    )
    return Traced(
        name,
        moment,
        sum(row[3] for row in counts),
        sum(row[3] for row in counts if row[2] is True),
        sum(row[3] for row in counts if row[2] is False),
        _summed((row[0], row[3]) for row in counts),
        _summed((row[1], row[3]) for row in counts),
        [Cause(*row) for row in causes],
        [Files(*row) for row in files],
        _problems(database),
        native,
        native_failed,
    )


def _summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for name, count in counts:
        summed[name] = summed.get(name, 0) + count
    return dict(sorted(summed.items()))


def _problems(database: Database) -> list[Problem]:
    """Return what could not be read, each once however many importers say it."""
    rows: list[tuple[Any, ...]] = database.rows(
        "select path, line, col, message, min(fix) from requirement_problems group by all order by all"
    )
    return [Problem(path, line, col, message, fix or "") for path, line, col, message, fix in rows]


def _listing_problems(tree: Tree) -> list[Problem]:
    """Return what could not be listed, and what is too large to be read."""
    large = [
        Problem(entry.display_path, 0, 0, f"is larger than {MAX_READ_BYTES:,} bytes and was not read", "Split it")
        for entry in tree.entries()
        if (entry.size_bytes or 0) > MAX_READ_BYTES and REQUIREMENTS.dialect(entry.path) is not None
    ]
    return [*tree.problems, *large]
