"""A handbook of one repository with a lake of its own, to be disturbed; and its rows as readers read them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from trueline.app.definitions import load_definitions
from trueline.app.snapshots import take_snapshot
from trueline.app.workspace import Workspace, open_workspace
from trueline.tables.engine import Database
from trueline.tables.json_lines import quoted, text_literal
from trueline.tables.lake import Lake

from .asking import TRUELINE

Rows = Mapping[str, tuple[int, str]]
"""How many rows each table has, and a digest of them that does not depend on their order."""

_SETTINGS = """\
schema = 1
name = "handbook"

[lake]
path = "../lake"

[[repository]]
name = "subject"
path = "../subject"
"""
_OF_THE_RUN = frozenset({"observed_at"})
"""Columns that tell when a command ran, and so differ between any two."""


@dataclass(frozen=True)
class Handbook:
    """A folder with the handbook and, beside it, the lake and whatever else is written."""

    folder: Path
    keys: Path
    """Shared with others, so that the pseudonyms of persons can be equal."""

    @property
    def directory(self) -> Path:
        """What Trueline is pointed at."""
        return self.folder / "handbook"

    @property
    def lake(self) -> Lake:
        return Lake(self.folder / "lake")

    @property
    def newest(self) -> int:
        """The number of the newest batch."""
        return self.lake.next_sequence() - 1

    @property
    def is_being_written(self) -> bool:
        """True while somebody writes, and after one was killed who did."""
        return (self.folder / "lake" / "_writing").exists()

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "TRUELINE_CACHE_DIR": str(self.folder / "cache"),
            "TRUELINE_CONFIG_DIR": str(self.keys),
            "TMPDIR": str(self.folder / "temporary"),
        }

    def show(self, repository: Path) -> None:
        """Have the handbook's repository be this one from now on."""
        link = self.folder / "subject"
        link.unlink(missing_ok=True)
        link.symlink_to(repository)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start one command in a process group of its own."""
        arguments = [*TRUELINE, *command, "-C", str(self.directory), "--quiet"]
        errors = (self.folder / "errors").open("ab")
        with errors:
            return subprocess.Popen(
                arguments, stdout=subprocess.DEVNULL, stderr=errors, env=self.environment, start_new_session=True
            )

    def broken(self) -> list[str]:
        """Return the batches that readers are told of and that are not there whole."""
        database = Database.building()
        wrong = []
        for manifest in self.lake.manifests().values():
            for file in manifest.live:
                path = self.lake.root / file.path
                there = path.is_file() and database.rows(
                    f"select count(*) from read_parquet({text_literal(str(path))})"
                )
                if not there or there[0][0] != file.rows:
                    wrong.append(f"{self.folder.name}: {file.path} is not there whole")
        database.close()
        return wrong

    def left_behind(self) -> int:
        """Return how many bytes of those that were killed nobody has swept."""
        abandoned = (
            self.folder / "temporary",
            *self.folder.glob("cache/**/building-*"),
            self.folder / "lake" / "_writing",
        )
        return sum(path.stat().st_size for folder in abandoned for path in folder.rglob("*") if path.is_file())

    def rows(self) -> Rows:
        """Return every table of the snapshot, what is derived and what names persons included."""
        workspace = self._workspace()
        definitions = load_definitions(workspace.settings)
        taken = take_snapshot(workspace, definitions, known_at=workspace.now, clearance="people")
        ask = taken.snapshot.database.rows
        found: dict[str, tuple[int, str]] = {}
        for (table,) in ask("select table_name from catalog order by all"):
            names = [name for name, *_ in ask(f"describe {quoted(table)}") if name not in _OF_THE_RUN]
            columns = ", ".join(map(quoted, names))
            ((count, digest),) = ask(
                f"select count(*), coalesce(sum(hash(t)), 0)::varchar from (select {columns} from {quoted(table)}) as t"
            )
            found[table] = (count, digest)
        taken.close()
        return found

    def _workspace(self) -> Workspace:
        today = datetime.combine(datetime.now(UTC).date(), time(23, 59, 59), UTC)
        return open_workspace(self.directory, environ=self.environment, now=today, report=lambda _: None)


def make_handbook(folder: Path, keys: Path) -> Handbook:
    """Write a handbook that nothing was collected for."""
    (folder / "temporary").mkdir(parents=True)
    handbook = Handbook(folder, keys)
    handbook.directory.mkdir()
    (handbook.directory / "trueline.toml").write_text(_SETTINGS, encoding="utf-8")
    return handbook
