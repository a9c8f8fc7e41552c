"""Whatever the history, the rows are the ones that git counts, and collecting twice adds nothing."""

from __future__ import annotations

import os
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trueline.model.evidence_tables import GIT_TABLES
from trueline.sources.collectors.git import GitCollector
from trueline.sources.git import open_repository, path_bytes

NOW = datetime.fromtimestamp(1_772_000_000, UTC)

NAMES = st.sampled_from([b"a", b"b/c", b"new\nline", b'quo"te', b"\xff", b":x", b"d e"])
TEXTS = st.binary(max_size=30).map(lambda raw: raw.replace(b"\0", b"").replace(b"\r", b""))
COMMITS = st.lists(
    st.fixed_dictionaries(
        {
            "message": TEXTS,
            "at": st.integers(0, 4_102_444_800),
            "files": st.dictionaries(NAMES, st.one_of(st.none(), st.binary(max_size=5)), max_size=3),
            "parents": st.lists(st.integers(1, 6), max_size=3, unique=True),
            "tagged": st.booleans(),
        }
    ),
    min_size=1,
    max_size=12,
)


def _git(path: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", "-C", str(path), *arguments], input=stdin, capture_output=True, check=True, env=clean)
    return done.stdout


def _quoted(path: bytes) -> bytes:
    return b'"' + b"".join(b"\\%03o" % byte for byte in path) + b'"'


def _stream(history: list[dict], first: int) -> bytes:
    """Return a fast-import stream: commits on branch main, each with earlier ones merged into it."""
    out = []
    for number, commit in enumerate(history, start=first):
        out.append(b"commit refs/heads/main\nmark :%d\n" % number)
        out.append(b"committer Ana Lima <ana@harbour.test> %d +0000\n" % commit["at"])
        out.append(b"data %d\n%s\n" % (len(commit["message"]), commit["message"]))
        if number > 1:
            out.append(b"from :%d\n" % (number - 1))
            earlier = sorted({number - 1 - back for back in commit["parents"] if number - 1 - back >= 1})
            out.extend(b"merge :%d\n" % mark for mark in earlier)
        for path, content in commit["files"].items():
            if content is None:
                out.append(b"D %s\n" % _quoted(path))
            else:
                out.append(b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(path), len(content), content))
        out.append(b"\n")
        if commit["tagged"]:
            out.append(b"reset refs/tags/v%d\nfrom :%d\n\n" % (number, number))
    return b"".join(out)


def _import(path: Path, history: list[dict], first: int = 1) -> None:
    marks = path / ".git" / "marks"
    known = (f"--import-marks={marks}",) if first > 1 else ()
    _git(path, "fast-import", "--quiet", "--force", *known, f"--export-marks={marks}", stdin=_stream(history, first))


def _collected(path: Path, cursor: dict | None = None):
    rows: dict[str, list] = {table.name: [] for table in GIT_TABLES}
    collector = GitCollector(open_repository(path), "harbour", str, NOW)
    done = collector.collect(cursor or {}, lambda table, some: rows[table.name].extend(some))
    return rows, done


def _raw_changes(path: Path) -> set[tuple[str, bytes]]:
    """Return (commit, path after the change) as another git command tells them, merges left out."""
    found = set()
    for commit_id in _git(path, "rev-list", "--no-merges", "--branches", "--tags").decode().split():
        printed = _git(path, "diff-tree", "--root", "-r", "-z", "-M", "--name-status", "--no-commit-id", commit_id)
        words = iter(printed.split(b"\0")[:-1])
        for status in words:
            name = next(words)
            found.add((commit_id, next(words) if status[:1] == b"R" else name))
    return found


def _history(rows: dict[str, list]) -> list:
    return [sorted(map(repr, rows[name])) for name in ("commits", "file_changes")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(COMMITS, st.data())
def test_any_history_is_collected_whole_once_and_in_steps_alike(history, data):
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory)
        _git(path, "init", "-q", "-b", "main")
        cut = data.draw(st.integers(1, len(history)))
        _import(path, history[:cut])
        first_rows, first = _collected(path)
        if cut < len(history):
            _import(path, history[cut:], first=cut + 1)
        then_rows, then = _collected(path, dict(first.cursor))
        whole_rows, whole = _collected(path)
        again_rows, again = _collected(path, dict(whole.cursor))

        counted = int(_git(path, "rev-list", "--count", "--branches", "--tags"))
        assert whole.counted["commits"] == len(whole_rows["commits"]) == counted
        assert {(row[1], path_bytes(row[3])) for row in whole_rows["file_changes"]} == _raw_changes(path)
        assert len({(row[1], row[3]) for row in whole_rows["file_changes"]}) == len(whole_rows["file_changes"])
        assert again_rows["commits"] == again_rows["file_changes"] == []
        assert again.replaces == {"tags", "repositories"}
        in_steps = {name: first_rows[name] + then_rows[name] for name in ("commits", "file_changes")}
        assert then.cursor == whole.cursor
        assert _history(in_steps) == _history(whole_rows)
