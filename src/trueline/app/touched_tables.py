"""Which tree tables a change touches: the others are the same at both of its ends, and so is what rules say of them.

Of the tables of requirements, which code fills as well, the rows of the changed files are compared, so that a change
of code without tags does not have every file of the tree read for the first time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, cached_property

from trueline.model.table import Row
from trueline.model.tree_tables import (
    CATALOG_COMPONENTS,
    CATALOG_PROBLEMS,
    CODEOWNERS_LINES,
    FILES,
    RECORD_FILES,
    RECORD_PROBLEMS,
)
from trueline.settings.discovery import FILE
from trueline.sources.parsers import PARSERS
from trueline.sources.requirements.parser import REQUIREMENTS
from trueline.sources.trees.codeowners import PLACES
from trueline.sources.trees.parsed import Parser

from .changes import ChangedFile, Contents
from .looking import RECORD_SUFFIXES

COUNTED = REQUIREMENTS.tables[0].name
"""Its rows only count those of the other tables of its parser."""

KINDS = "path_kinds"
"""The analysis that says of each path what kind it is of."""
SUFFIXES = tuple(suffix.decode() for suffix in RECORD_SUFFIXES)

Rows = Mapping[str, Sequence[Row]]


class TouchedTables:
    """What a change touches; nothing is parsed before it is asked for."""

    def __init__(
        self, files: Sequence[ChangedFile], contents: Contents, records: Collection[str], *, has_settings: bool
    ) -> None:
        """Take the changed files with both their contents; `records` are the names of the record tables.

        With settings a file can be a record by a glob, or be told for being none.
        """
        self._files = files
        self._has_settings = has_settings
        self._contents = contents
        self._records = {*records, RECORD_FILES.name, RECORD_PROBLEMS.name}
        self._by_parser = {table.name: parser for parser in PARSERS for table in parser.tables}
        self._differing = cache(self._compared)

    def any_of(self, tables: frozenset[str], *, looks_at_contents: bool) -> bool:
        """Return True where a rule that reads these base tables could say something else at the head.

        A path that is added takes nothing from what documents say; one that goes, or becomes something else, may.
        What kind a path is of, is told by the path alone: that of a file that says something is as before.
        """
        is_parsed = not self._by_parser.keys().isdisjoint(tables)
        if looks_at_contents and not tables.isdisjoint((FILES.name, KINDS)):
            return True
        if FILES.name in tables and self._is_gone:
            return True
        if not is_parsed and not tables.isdisjoint((FILES.name, KINDS)) and (self._is_added or self._is_gone):
            return True
        return any(self._is_touched(table) for table in tables - {FILES.name, KINDS})

    @cached_property
    def _paths(self) -> list[bytes]:
        return [entry.path for file in self._files for entry in (file.after or file.before,) if entry is not None]

    @cached_property
    def _is_gone(self) -> bool:
        return any(
            file.after is None or (file.before is not None and file.before.kind != file.after.kind)
            for file in self._files
        )

    @cached_property
    def _is_added(self) -> bool:
        return any(file.before is None for file in self._files)

    def _is_touched(self, table: str) -> bool:
        if table in self._by_parser:
            return table in self._differing(self._by_parser[table])
        if table == CODEOWNERS_LINES.name:
            return any(path in places for path in self._paths for places in PLACES.values())
        if table in self._records:
            return self._is_record_touched
        if table in (CATALOG_COMPONENTS.name, CATALOG_PROBLEMS.name):
            return any(path.lower().endswith((b".yaml", b".yml")) for path in self._paths)
        return self._is_gone

    @cached_property
    def _is_record_touched(self) -> bool:
        for file in self._files:
            path = file.path.lower()
            if path.endswith(FILE):
                return True
            if path.endswith(SUFFIXES):
                ends = (self._contents.before.get(file.path, b""), self._contents.after.get(file.path, b""))
                if self._has_settings or any(end is None or b"kind:" in end for end in ends):
                    return True
        return False

    def _compared(self, parser: Parser) -> frozenset[str]:
        """Return the tables of a parser in which the rows of the changed files differ, or may."""
        every = frozenset(table.name for table in parser.tables)
        if parser is not REQUIREMENTS:
            return every if any(parser.dialect(path) is not None for path in self._paths) else frozenset()
        found: set[str] = set()
        for file in self._files:
            ends = ((file.before, self._contents.before), (file.after, self._contents.after))
            sides: list[Rows] = []
            for entry, contents in ends:
                dialect = parser.dialect(entry.path) if entry is not None and entry.kind == "file" else None
                content = contents.get(file.path)
                if dialect is not None and content is None:
                    return every  # it cannot be read, so it may hold anything
                sides.append({} if dialect is None or content is None else parser.parse(dialect, content))
            found |= {name for name in every if list(sides[0].get(name, ())) != list(sides[1].get(name, ()))}
        if COUNTED in found and found.isdisjoint(every - {COUNTED}):
            return frozenset()
        return frozenset(found)
