"""Remember what a trace came to, in the user's cache, so that what did not change is not judged again.

An answer holds while the same files say the same. It also holds where lines only moved in files that
it does not name: verdicts depend on what items say and cite, never on where they stand in a file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from trueline.model.errors import Problem, TruelineError
from trueline.model.run import Moment
from trueline.model.table import Row, Table
from trueline.sources.trees.parsed import Parser
from trueline.sources.trees.tree import Entry, Tree
from trueline.tables.engine import Database
from trueline.tables.json_lines import quoted, text_literal
from trueline.tables.lake import Lake, sync

from .traced import Cause, Files, Traced

FORMAT = 1
KEPT = 8
"""Answers of one repository, for different paths and tools; the least recently written go first."""
FEW = 20
"""When more files changed than that, all is judged again."""
_PLACES = frozenset({"line", "end_line", "col"})
"""Columns that say where something stands, and nothing else."""


@dataclass(frozen=True)
class Question:
    """What was asked of a tree, and by which code and views it is answered."""

    repository: str
    parser: Parser
    words: tuple[str, ...]
    """All else that changes the answer: paths, the native tool, the text of the views."""
    is_exact: bool
    """True where the answer names places of items that hold, or looks into files that no importer reads."""

    @property
    def key(self) -> str:
        """Return the digest of the question."""
        asked = [FORMAT, self.repository, self.parser.version, self.is_exact, *self.words]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]

    def files(self, tree: Tree) -> dict[str, str]:
        """Return of each file what the answer depends on: its content where anything reads it, else what it is."""
        return {entry.display_path: self._content(entry) for entry in tree.entries()}

    def _content(self, entry: Entry) -> str:
        key = self.parser.key(entry.path, entry.blob_id) if entry.kind == "file" else None
        return key or (f"{entry.kind} {entry.blob_id}" if self.is_exact else entry.kind)


class TraceStore:
    """The answers of one repository. A file that cannot be read is as if it were not there."""

    def __init__(self, folder: Path, parsed: Lake) -> None:
        self._folder = folder
        self._parsed = parsed
        """Where the rows of contents are kept."""

    def answer(self, question: Question, now: Mapping[str, str], tree: Tree, moment: Moment) -> Traced | None:
        """Return what is known to be the answer for these files; None where it must be worked out."""
        try:
            stored = json.loads(self._file(question).read_bytes())
            known, then = _answer_of(stored["answer"], moment), dict(stored["files"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        changed = {path for path, content in now.items() if content != then.get(path)}
        if now.keys() != then.keys() or len(changed) > FEW or (changed and question.is_exact):
            return None
        named = {place.rpartition(":")[0] for cause in known.causes for place in cause.places}
        named |= {problem.path for problem in known.problems}
        if not named.isdisjoint(changed):
            return None
        entries = [entry for entry in tree.entries() if entry.display_path in changed]
        before = {path: then[path] for path in changed}
        return known if not changed or self._say_the_same(question.parser, entries, tree, before) else None

    def keep(self, question: Question, files: Mapping[str, str], traced: Traced) -> None:
        """Keep an answer; never raises for the disk."""
        answer = asdict(traced)
        del answer["moment"]
        content = json.dumps({"files": files, "answer": answer})
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in sorted(self._folder.iterdir(), key=lambda file: -file.stat().st_mtime)[KEPT - 1 :]:
                old.unlink(missing_ok=True)
            written = self._folder / f"{question.key}.{os.getpid()}.part"
            written.write_text(content, encoding="ascii")
            sync(written)
            written.replace(self._file(question))

    def _file(self, question: Question) -> Path:
        return self._folder / f"{question.key}.json"

    def _say_the_same(self, parser: Parser, entries: Sequence[Entry], tree: Tree, before: Mapping[str, str]) -> bool:
        """Say whether the items and links of each file are those that it had, wherever they stand now."""
        try:
            then = self._rows(parser, sorted(set(before.values())))
        except TruelineError:  # what was parsed is damaged, or swept by another
            return False
        for entry, content in tree.read(entries):
            old = then.get(before[entry.display_path])
            if content is None or old is None:
                return False
            new = parser.parse(parser.dialect(entry.path) or "", content)
            if any(_said(table, new[table.name]) != _said(table, old[table.name]) for table in parser.tables):
                return False
        return True

    def _rows(self, parser: Parser, keys: Sequence[str]) -> dict[str, dict[str, list[Row]]]:
        """Return the stored rows of contents by key and table, without the key."""
        live = [file for manifest in self._parsed.manifests().values() for file in manifest.live]
        found: dict[str, dict[str, list[Row]]] = {}
        wanted = ", ".join(map(text_literal, keys))
        database = Database.building()
        try:
            for table in parser.tables:
                files = ", ".join(text_literal(str(self._parsed.root / f.path)) for f in live if f.table == table.name)
                columns = ", ".join(map(quoted, table.column_names))
                source = f"read_parquet([{files}], union_by_name=true)"
                rows = database.rows(f"select {columns} from {source} where blob_id in ({wanted})") if files else []
                for key, *row in rows:
                    if table is parser.tables[0] or key in found:
                        found.setdefault(key, {one.name: [] for one in parser.tables})[table.name].append(tuple(row))
        finally:
            database.close()
        return found


def _said(table: Table, rows: Sequence[Row]) -> list[str]:
    """Return rows without their places, in one order; of problems the places are told too."""
    kept = [
        number
        for number, name in enumerate(table.column_names[1:])
        if name not in _PLACES or table.name.endswith("_problems")
    ]
    return sorted(repr([row[number] for number in kept]) for row in rows)


def _answer_of(stored: Mapping[str, Any], moment: Moment) -> Traced:
    fields = dict(stored)
    fields["causes"] = [Cause(**cause) for cause in stored["causes"]]
    fields["files"] = [Files(**file) for file in stored["files"]]
    fields["problems"] = [Problem(**problem) for problem in stored["problems"]]
    return Traced(**fields | {"moment": moment})
