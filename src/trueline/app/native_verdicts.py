"""Say what a native tool says of the same requirements, in its own words, without running it.

OpenFastTrace: the summary of its plain text report, below the ids of the defects. Doorstop: the messages
of its validation. A validator that a repository brings is a program; it is named and never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from trueline.sources.trees.tree import Entry, Tree
from trueline.tables.engine import Database

NATIVE: dict[str, tuple[str, ...]] = {"oft": ("openfasttrace", "openfasttrace_tags"), "doorstop": ("doorstop",)}
"""The importers whose items a tool would see."""

_NOT_TEXT = (b".yml", b".csv", b".tsv")
"""Files in which Doorstop does not look for what an item refers to."""

Said = tuple[list[str], bool]
"""The lines, and whether the tool would end with another status than 0."""


def native_verdicts(tool: str, database: Database, tree: Tree, build: Callable[[str], None]) -> Said:
    """Return what a tool of `NATIVE` says; `build` makes a view by its name."""
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
    """Yield what items refer to by a word that stands in no file: document, item and message."""
    wanted: list[tuple[Any, ...]] = database.rows(
        "select s.document, s.item_id, s.path, a.attribute from requirement_scope as s"
        " inner join (select repository, path, importer, number, unnest(attributes) as attribute from requirement_items) as a"
        " using (repository, path, importer, number)"
        " where s.is_active and (a.attribute like 'ref=%' or a.attribute like 'keyword=%') order by s.item"
    )
    for document, uid, own, attribute in wanted:
        kind, _, value = attribute.partition("=")
        path, _, word = value.rpartition("\t") if kind == "keyword" else ("", "", value)
        entries = [entry for entry in tree.entries() if entry.display_path != own]
        searched = [e for e in entries if e.display_path == path] if path else _searched(entries)
        named = not path and any(
            entry.path.rpartition(b"/")[2].decode("utf-8", "replace") == word for entry in searched
        )
        if (searched or not path) and not named and not _stands_in(word, searched, tree):
            yield document, uid, f"external reference not found: {path or word}"


def _searched(entries: Iterable[Entry]) -> list[Entry]:
    return [e for e in entries if not (b"/" + e.path).count(b"/.") and not e.path.endswith(_NOT_TEXT)]


def _stands_in(word: str, entries: Iterable[Entry], tree: Tree) -> bool:
    pattern = re.compile(rb"(\b|\W)" + re.escape(word.encode()) + rb"(\b|\W)")
    return any(content is not None and pattern.search(content) for _, content in tree.read(entries))
