"""Whatever the history: line counts are those that git sums, and no pair of contents is counted twice."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trueline.app.collecting import collect_git
from trueline.app.lines import collect_lines
from trueline.app.workspace import Workspace, open_workspace
from trueline.model.evidence_tables import FILE_CHANGES
from trueline.model.line_tables import BLOB_HUNKS, BLOB_LINES
from trueline.sources.collectors.git_lines import source_name
from trueline.sources.git import path_bytes
from trueline.tables.engine import Database, ddl
from trueline.tables.json_lines import text_literal

NOW = datetime.fromtimestamp(1_772_000_000, UTC)
DAY = 86_400

CONTENTS = st.one_of(
    st.lists(st.sampled_from([b"a", b"b", b"c", b"", b"d\r", b"@@ -1 +1 @@", b"-- x"]), max_size=40).map(b"\n".join),
    st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n"]), max_size=12).map(b"".join),
    st.binary(max_size=8),
)
CHANGES = st.dictionaries(st.sampled_from([b"a", b"b/c", b"new\nline", b"d"]), st.none() | CONTENTS, max_size=3)
HISTORIES = st.lists(st.tuples(CHANGES, st.integers(0, 200), st.booleans()), min_size=1, max_size=10)
"""Files changed or removed, days since the commit before, and whether an earlier commit is merged into it."""


def git(path: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", "-C", str(path), *arguments], input=stdin, capture_output=True, check=True, env=clean)
    return done.stdout


def import_history(path: Path, history: list[tuple[dict[bytes, bytes | None], int, bool]], delay: int = 0) -> None:
    """Write the history as branch main; another delay gives other commits with the same contents."""
    days = sum(days for _, days, _ in history)
    out = [b"reset refs/heads/main\n"]
    for number, (changes, later, merges) in enumerate(history, start=1):
        days -= later
        at = int(NOW.timestamp()) - days * DAY - 10 * DAY + delay
        out.append(
            b"commit refs/heads/main\nmark :%d\ncommitter Ana <ana@harbour.test> %d +0000\ndata 0\n" % (number, at)
        )
        out.append(b"from :%d\n" % (number - 1) if number > 1 else b"")
        out.append(b"merge :%d\n" % (number - 2) if merges and number > 2 else b"")
        for name, content in changes.items():
            quoted = b'"' + b"".join(b"\\%03o" % byte for byte in name) + b'"'
            said = b"D %b\n" % quoted
            if content is not None:
                said = b"M 100644 inline %b\ndata %d\n%b\n" % (quoted, len(content), content)
            out.append(said)
        out.append(b"\n")
    git(path, "fast-import", "--quiet", "--force", stdin=b"".join(out))


def opened(path: Path, cache: Path) -> Workspace:
    environ = {"TRUELINE_CACHE_DIR": str(cache), "TRUELINE_CONFIG_DIR": str(cache / "config"), "HOME": str(cache)}
    return open_workspace(path, environ=environ, now=NOW, report=lambda said: None, own_lake=True)


def collected(workspace: Workspace) -> dict[str, int]:
    """Collect commits and lines; return the new rows of lines."""
    (commits,), (lines,) = collect_git(workspace), collect_lines(workspace)
    assert commits.error is None
    assert lines.error is None
    return lines.rows


def ask(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    """Ask the lake; `lines`, `hunks` and `changes` are its tables."""
    manifests = workspace.lake.manifests()
    database = Database.building()
    tables = {"lines": (source_name(), BLOB_LINES), "hunks": (source_name(), BLOB_HUNKS)}
    for name, (source, table) in (tables | {"changes": (f"git/{workspace.name}", FILE_CHANGES)}).items():
        files = [workspace.lake.root / file.path for file in manifests[source].live if file.table == table.name]
        read = ", ".join(text_literal(str(file)) for file in files)
        database.execute(ddl(table, name) + f"; alter table {name} add column batch_seq bigint")
        if files:
            database.execute(f"insert into {name} by name select * exclude deleted from read_parquet([{read}])")
    try:
        return database.rows(sql)
    finally:
        database.close()


def numstat(path: Path) -> Counter[tuple[str, bytes, int | None, int | None]]:
    """Return commit, path after the change and lines, as `git log --numstat` tells them."""
    found: Counter[tuple[str, bytes, int | None, int | None]] = Counter()
    printed = git(path, "log", "--numstat", "-z", "-M50%", "--format=commit %H", "main")
    words = iter(printed.split(b"\0"))
    commit_id = ""
    for word in words:
        told = word.removeprefix(b"\n")
        if told.startswith(b"commit "):
            commit_id = told[7:].decode()
        elif told:
            added, deleted, name = told.split(b"\t", 2)
            if not name:  # old and new path follow
                next(words)
                name = next(words)
            counts = (None, None) if added == b"-" else (int(added), int(deleted))
            found[commit_id, name, *counts] += 1
    return found


CHANGED_LINES = """
select c.commit_id, c.path, l.added_lines, l.deleted_lines
from changes as c
inner join lines as l
    on c.old_blob_id is not distinct from l.old_blob_id and c.new_blob_id is not distinct from l.new_blob_id
qualify row_number() over (partition by c.commit_id, c.path order by l.batch_seq desc) = 1
"""
HUNK_SUMS = """
select [any_value(l.added_lines), any_value(l.deleted_lines), any_value(l.hunks)], [sum(h.new_count), sum(h.old_count), count(*)]
from lines as l
inner join hunks as h
    on h.old_blob_id is not distinct from l.old_blob_id and h.new_blob_id is not distinct from l.new_blob_id
where l.hunks is not null
group by l.old_blob_id, l.new_blob_id
"""


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HISTORIES)
def test_lines_are_those_of_git_and_nothing_is_counted_twice(history):
    with tempfile.TemporaryDirectory() as directory:
        path, cache = Path(directory, "harbour"), Path(directory, "cache")
        git(Path(directory), "init", "-q", "-b", "main", str(path))
        import_history(path, history)
        workspace = opened(path, cache)
        collected(workspace)

        rows = ask(workspace, CHANGED_LINES)
        counted = Counter((row[0], path_bytes(row[1]), *row[2:]) for row in rows)
        assert counted == numstat(path)
        assert all(of_lines == of_hunks for of_lines, of_hunks in ask(workspace, HUNK_SUMS))

        assert collected(workspace) == {}
        import_history(path, history, delay=60)
        assert collected(workspace) == {}
