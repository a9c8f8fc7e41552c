"""Parse the files of trees, each content once: what was parsed before comes from the user's cache (decision 0002)."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence

from trueline.model.errors import LakeRefused, TruelineError
from trueline.model.table import Row, Status
from trueline.model.tree_tables import at_paths
from trueline.sources.trees.parsed import Blob, Parser, parse_blobs
from trueline.sources.trees.tree import Entry, Tree
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.lake import Lake
from trueline.tables.parsed_rows import ParsedRows

from .workspace import Report, Workspace

NamedTree = tuple[str, Tree]
"""A repository's name, and the tree that stands for it."""

MANY = 50
"""Reading more files than that for the first time is said."""


def parsed_rows(parser: Parser, trees: Sequence[NamedTree], workspace: Workspace) -> ParsedRows:
    """Parse what was never parsed, and return where the rows of the parser's tables are."""
    cache = parsed_in(parser, workspace)
    missing = _parse_new(parser, [tree for _, tree in trees], cache, workspace)
    live = [file for manifest in cache.manifests().values() for file in manifest.live]
    files = {
        table.name: tuple(cache.root / file.path for file in live if file.table == table.name)
        for table in parser.tables
    }
    status = (
        Status("", "incomplete", f"{missing} {parser.name} could not be read") if missing else Status("", "complete")
    )
    return ParsedRows(tuple(at_paths(table) for table in parser.tables), files, paths_of(parser, trees), status)


def not_read(parser: Parser) -> ParsedRows:
    """Return the tables of a parser that nothing asked for: empty, and said to be absent."""
    tables = tuple(at_paths(table) for table in parser.tables)
    return ParsedRows(tables, dict.fromkeys((table.name for table in tables), ()), (), Status("", "absent", "not read"))


def parsed_in(parser: Parser, workspace: Workspace) -> Lake:
    """Return where the rows of a parser are kept."""
    return Lake(workspace.cache / parser.name / f"v{parser.version}")


def paths_of(parser: Parser, trees: Iterable[NamedTree]) -> list[Row]:
    """Return repository, path, blob id and key of every file that a parser reads."""
    return [
        (name, entry.display_path, entry.blob_id, key) for name, tree in trees for entry, key in _wanted(parser, tree)
    ]


def _wanted(parser: Parser, tree: Tree) -> Iterator[tuple[Entry, str]]:
    for entry in tree.entries():
        if entry.kind == "file" and (key := parser.key(entry.path, entry.blob_id)) is not None:
            yield entry, key


def _parse_new(parser: Parser, trees: Sequence[Tree], cache: Lake, workspace: Workspace) -> int:
    """Parse files whose content is new; return how many could not be read."""
    known = _known_keys(parser, cache, workspace.report)
    waiting = [(tree, {e: key for e, key in _wanted(parser, tree) if key not in known}) for tree in trees]
    count = sum(len(entries) for _, entries in waiting)
    if not count:
        return 0
    if count > MANY:
        workspace.report(f"reading {count:,} files for {parser.name}")
    missing: list[Entry] = []
    with cache.collection(parser.name) as collection:
        for table, rows in parse_blobs(parser, _contents(parser, waiting, missing)):
            collection.emit(table, rows)
        if collection.rows:
            collection.publish(collected_at=workspace.now, cursor={}, tables=parser.tables)
    return len(missing)


def _contents(parser: Parser, waiting: Sequence[tuple[Tree, dict[Entry, str]]], missing: list[Entry]) -> Iterator[Blob]:
    for tree, keys in waiting:
        for entry, content in tree.read(keys):
            if content is None:
                missing.append(entry)
            else:
                yield Blob(keys[entry], parser.dialect(entry.path) or "", content)


def _known_keys(parser: Parser, cache: Lake, report: Report) -> set[str]:
    """Return what is parsed already; nothing where the cache is damaged, which is then begun anew."""
    try:
        return _stored_keys(parser, cache)
    except TruelineError as error:
        report(f"the cache of parsed {parser.name} is begun anew: {error.problems[0].message}")
        shutil.rmtree(cache.root, ignore_errors=True)
        return set()


def _stored_keys(parser: Parser, cache: Lake) -> set[str]:
    """Return the keys in the first table, which has a row for every content."""
    live = [file for manifest in cache.manifests().values() for file in manifest.live]
    for file in live:
        if not (cache.root / file.path).is_file():
            raise LakeRefused(f"{cache.root / file.path} is missing")
    first = parser.tables[0]
    listed = ", ".join(text_literal(str(cache.root / file.path)) for file in live if file.table == first.name)
    if not listed:
        return set()
    database = Database.building()
    try:
        return {row[0] for row in database.rows(f"select blob_id from read_parquet([{listed}], union_by_name=true)")}
    finally:
        database.close()
