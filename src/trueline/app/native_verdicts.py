"""Say what a native tool says of the same requirements, in its own words, without running it.

OpenFastTrace: the summary of its plain text report, below the ids of the defects. Doorstop: the messages
of its validation. A validator that a repository brings is a program; it is named and never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from trueline.sources.trees.tree import Entry, Tree
from trueline.tables.engine import Database

_NOT_TEXT = (b".yml", b".csv", b".tsv")
"""Files in which Doorstop does not look for what an item refers to."""

Said = tuple[list[str], bool]
"""The lines, and whether the tool would end with another status than 0."""


def native_verdicts(tool: str, database: Database, tree: Tree, build: Callable[[str], None]) -> Said:
    """Return what a tool says, `oft` or `doorstop`; `build` makes a view by its name."""
    if tool == "oft":
        return _openfasttrace(database)
    build("requirement_doorstop_warnings")
    return _doorstop(database, tree)


def _openfasttrace(database: Database) -> Said:
    total, defects = database.rows("select count(*), count(*) filter (where not is_ok) from requirement_verdicts")[0]
    lines = [
        f"not ok {name or kind + ' tag'} ({path}:{line})"
        for name, kind, path, line in database.rows(
            "select item_id || '~' || revision, kind, path, line from requirement_verdicts"
            " where not is_ok order by kind, item_id nulls last, path, line"
        )
    ]
    summary = f"not ok - {total} total, {defects} defect" if defects else f"ok - {total} total"
    return [*lines, *([""] if lines else []), summary], defects > 0


def _doorstop(database: Database, tree: Tree) -> Said:
    said: list[tuple[str, str, str | None, str]] = database.rows(
        "select level, document, item_id, message from requirement_doorstop_warnings order by place"
    )
    said += [("ERROR", *one) for one in _not_found(database, tree)]
    lines = [f"{level}: {document}: " + (f"{uid}: " if uid else "") + message for level, document, uid, message in said]
    lines += [
        f"WARNING: {document}: {Path(path).parent / validator} is a program and was not run; it may say more"
        for document, path, validator in database.rows(
            "select document, path, validator from requirement_documents where validator is not null order by path"
        )
    ]
    return lines, any(level == "ERROR" for level, *_ in said)


def _not_found(database: Database, tree: Tree) -> Iterator[tuple[str, str, str]]:
    """Yield the first reference of each item that leads nowhere: document, item and message."""
    wanted: list[tuple[Any, ...]] = database.rows(
        "select s.document, s.item_id, s.path, i.attributes,"
        " list(l.to_id order by l.link_number) filter (where l.role = 'references')"
        " from requirement_scope as s inner join requirement_items as i using (repository, path, importer, number)"
        " left join requirement_links as l using (repository, path, importer, number)"
        " where s.is_active and s.importer = 'doorstop' group by all order by min(s.item)"
    )
    for document, uid, own, attributes, paths in wanted:
        named = dict(one.partition("=")[::2] for one in attributes if one.startswith("ref="))
        keywords = dict(one[8:].split("\t", 1) for one in attributes if one.startswith("keyword="))
        if not named and not paths:
            continue
        entries = [entry for entry in tree.entries() if entry.display_path != own]
        lost = [word for word in named.values() if not _is_anywhere(word, entries, tree)]
        lost += [path for path in paths or () if not _is_at(path, keywords.get(path), entries, tree)]
        if lost:
            yield document, uid, f"external reference not found: {lost[0]}"


def _is_anywhere(word: str, entries: Sequence[Entry], tree: Tree) -> bool:
    searched = _searched(entries)
    return any(e.display_path.rpartition("/")[2] == word for e in entries) or _stands_in(word, searched, tree)


def _is_at(path: str, word: str | None, entries: Sequence[Entry], tree: Tree) -> bool:
    found = [entry for entry in entries if entry.display_path == path]
    return bool(found) and (word is None or _stands_in(word, found, tree))


def _searched(entries: Iterable[Entry]) -> list[Entry]:
    return [e for e in entries if not (b"/" + e.path).count(b"/.") and not e.path.endswith(_NOT_TEXT)]


def _stands_in(word: str, entries: Iterable[Entry], tree: Tree) -> bool:
    pattern = re.compile(rb"(\b|\W)" + re.escape(word.encode()) + rb"(\b|\W)")
    return any(content is not None and pattern.search(content) for _, content in tree.read(entries))
