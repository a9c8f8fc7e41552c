"""Look at the trees of all repositories: files, owners, documents and records as rows.

What parsers read is read once per content and kept in the cache (`parsing`); everything else is
quick enough to read each time a snapshot is built.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from trueline.model.errors import Problem
from trueline.model.run import Moment
from trueline.model.table import Row, Status
from trueline.model.tree_tables import (
    CATALOG_COMPONENTS,
    CATALOG_PROBLEMS,
    CODEOWNERS_LINES,
    FILES,
    RECORD_FILES,
    RECORD_PROBLEMS,
)
from trueline.settings.discovery import FILE
from trueline.settings.settings import Settings
from trueline.sources.catalogs.backstage import Catalog, read_catalog, rows_of_components, rows_of_problems
from trueline.sources.git.at import commit_at
from trueline.sources.parsers import CODE_PARSERS, PARSERS
from trueline.sources.records.read import RecordsRead, file_rows, problem_rows, read_records
from trueline.sources.trees.codeowners import rows_of_codeowners
from trueline.sources.trees.commit_tree import commit_tree
from trueline.sources.trees.directory_tree import directory_tree
from trueline.sources.trees.empty_tree import EmptyTree
from trueline.sources.trees.tree import Entry, Tree, rows_of_files
from trueline.sources.trees.working_tree import working_tree
from trueline.tables.parsed_rows import ParsedRows
from trueline.tables.snapshot import TreeRows

from .definitions import Definitions
from .parsing import not_read, parsed_rows
from .workspace import Target, Workspace

SETTINGS_FILE = FILE.encode()
RECORD_SUFFIXES = (b".md", b".markdown", b".yaml", b".yml")


@dataclass(frozen=True)
class Looked:
    """One target and the tree that stands for it."""

    target: Target
    tree: Tree
    head: str | None
    """Its main line's commit as of the moment."""
    is_committed: bool
    """True where the tree is a commit's, false for a working tree or a plain directory."""

    @cached_property
    def tree_id(self) -> str:
        remotes = self.target.git.remote_urls() if self.target.git else ()  # they decide how CODEOWNERS is read
        digest = hashlib.sha256(f"{self.target.name}\0{self.head}\0{remotes}\n".encode())
        for entry in self.tree.entries():
            digest.update(b"\0".join((entry.path, entry.blob_id.encode(), entry.kind.encode())) + b"\n")
        return digest.hexdigest()

    @cached_property
    def uncommitted(self) -> int:
        """Count the files of a working tree that are not as the head commit has them."""
        if self.is_committed or self.target.git is None:
            return 0
        here = {entry.path: entry.blob_id for entry in self.tree.entries()}
        committed = {}
        if self.head is not None:
            committed = {entry.path: entry.blob_id for entry in commit_tree(self.target.git.git, self.head).entries()}
        return sum(here.get(path) != committed.get(path) for path in here.keys() | committed.keys())


def look(target: Target, moment: Moment, now_is: Moment) -> Looked:
    """Choose the tree of a target: the working tree today, the commit of the day for the past.

    A working tree stands for its repository only while its main line is what is checked out.
    """
    if target.git is None:
        return Looked(target, directory_tree(target.path), None, False)
    main = target.git.main_line(target.branch)
    if moment.as_of_at < now_is.known_at:
        commit = commit_at(target.git.git, main.commit_id, moment.as_of_at, now_is.known_at) if main.commit_id else None
        return Looked(target, commit_tree(target.git.git, commit) if commit else EmptyTree(), commit, True)
    is_checked_out = main.commit_id is None or target.git.checked_out_branch() == main.branch
    if target.git.work_tree is not None and is_checked_out:
        return Looked(target, working_tree(target.git), main.commit_id, False)
    tree = commit_tree(target.git.git, main.commit_id) if main.commit_id else EmptyTree()
    return Looked(target, tree, main.commit_id, True)


class TreeReading:
    """The rows of all trees of a workspace, read when they are asked for."""

    def __init__(
        self, looked: list[Looked], workspace: Workspace, definitions: Definitions, *, reads_code: bool = False
    ) -> None:
        self.looked = looked
        self.parsers = (*PARSERS, *CODE_PARSERS) if reads_code else PARSERS
        self._workspace = workspace
        self._definitions = definitions

    @property
    def ids(self) -> list[str]:
        """Return what identifies these trees and how they are read."""
        parsers = " ".join(f"{parser.name} v{parser.version}" for parser in self.parsers)
        kinds = hashlib.sha256(repr(sorted(self._definitions.kinds.items())).encode()).hexdigest()
        globs = repr(sorted(self._workspace.settings.records.items()))
        return [*(looked.tree_id for looked in self.looked), parsers, kinds, globs]

    @property
    def problems(self) -> list[Problem]:
        """Return what could not be listed or read."""
        return [problem for looked in self.looked for problem in looked.tree.problems]

    def rows(self) -> tuple[TreeRows, ...]:
        """Return the tree tables that are not about documents, and the record tables."""
        tables = [
            TreeRows(FILES, self._files(), Status(FILES.name, "complete")),
            TreeRows(CODEOWNERS_LINES, self._codeowners(), Status(CODEOWNERS_LINES.name, "complete")),
            TreeRows(RECORD_FILES, self._record_files(), Status(RECORD_FILES.name, "complete")),
            TreeRows(RECORD_PROBLEMS, self._record_problems(), Status(RECORD_PROBLEMS.name, "complete")),
            TreeRows(CATALOG_COMPONENTS, self._components(), Status(CATALOG_COMPONENTS.name, "complete")),
            TreeRows(CATALOG_PROBLEMS, self._catalog_problems(), Status(CATALOG_PROBLEMS.name, "complete")),
        ]
        for kind in self._definitions.kinds.values():
            table = self._definitions.record_tables[kind.name]
            rows = [row for _, read in self.records for row in read.rows[table.name]]
            for field in (field.name for field in kind.fields if field.pseudonymised):
                rows = [*_pseudonymised(rows, table.column_names.index(field), self._workspace.pseudonym)]
            tables.append(TreeRows(table, rows, Status(table.name, "complete")))
        return tuple(tables)

    def parsed(self) -> tuple[ParsedRows, ...]:
        """Parse what was never parsed, and return where the rows of every parser's tables are."""
        trees = [(one.target.name, one.tree) for one in self.looked]
        read = tuple(parsed_rows(parser, trees, self._workspace) for parser in self.parsers)
        return (*read, *(not_read(parser) for parser in CODE_PARSERS if parser not in self.parsers))

    @cached_property
    def records(self) -> list[tuple[str, RecordsRead]]:
        """The records of each repository; those of the first may be referred to from the others."""
        kinds, globs = self._definitions.kinds, self._workspace.settings.records
        read: list[tuple[str, RecordsRead]] = []
        for looked in self.looked:
            candidates = _may_be_records(looked, self._workspace.settings)
            files = ((e.display_path, content) for e, content in looked.tree.read(candidates) if content is not None)
            known = read[0][1].ids if read else None
            handbook = looked.target.is_handbook and self._workspace.settings.file is not None
            found = read_records(
                looked.target.name, files, kinds, globs if handbook else {}, is_handbook=handbook, known_ids=known
            )
            read.append((looked.target.name, found))
        return read

    def _files(self) -> Iterator[Row]:
        for looked in self.looked:
            yield from rows_of_files(looked.target.name, looked.tree)

    def _codeowners(self) -> Iterator[Row]:
        for looked in self.looked:
            git = looked.target.git
            remote = next(iter(git.remote_urls()), None) if git else None
            yield from rows_of_codeowners(looked.target.name, looked.tree, self._workspace.pseudonym, remote)

    @cached_property
    def catalogs(self) -> list[tuple[str, Catalog]]:
        """The catalogue of each repository."""
        return [(looked.target.name, read_catalog(looked.tree)) for looked in self.looked]

    def _components(self) -> Iterator[Row]:
        for name, catalog in self.catalogs:
            yield from rows_of_components(name, catalog)

    def _catalog_problems(self) -> Iterator[Row]:
        for name, catalog in self.catalogs:
            yield from rows_of_problems(name, catalog)

    def _record_files(self) -> Iterator[Row]:
        for name, read in self.records:
            yield from file_rows(name, read)

    def _record_problems(self) -> Iterator[Row]:
        for name, read in self.records:
            yield from problem_rows(name, read.problems)


def _pseudonymised(rows: Iterable[Row], place: int, pseudonym: Callable[[str], str]) -> Iterator[Row]:
    """Yield the rows with each address listed at that place as the pseudonym that the git collector gives it."""
    for row in rows:
        held = row[place]
        shown = [pseudonym(str(address).strip(" \t<>").lower()) for address in held] if isinstance(held, list) else None
        yield (*row[:place], shown, *row[place + 1 :])


def _may_be_records(looked: Looked, settings: Settings) -> list[Entry]:
    """Return the files that may be records: those below another settings file are another handbook's."""
    entries = [entry for entry in looked.tree.entries() if entry.kind == "file"]
    homes = {
        e.path.removesuffix(SETTINGS_FILE)
        for e in entries
        if e.path == SETTINGS_FILE or e.path.endswith(b"/" + SETTINGS_FILE)
    }
    own = b""
    if settings.file is not None and settings.root.resolve().is_relative_to(looked.target.path):
        own = os.fsencode(settings.root.resolve().relative_to(looked.target.path).as_posix()) + b"/"
        own = b"" if own == b"./" else own
    others = tuple(home for home in homes if home != own and not own.startswith(home))
    return [
        e for e in entries if e.path.lower().endswith(RECORD_SUFFIXES) and not (others and e.path.startswith(others))
    ]
