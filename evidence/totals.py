"""Commits, file changes and lines of a whole history against git's own counts: `python -m evidence.totals CORPUS`.

Everything that the head or a tag reaches, under the settings that Trueline pins. Where a copy lacks
contents git cannot sum its lines; then Trueline has to say that it cannot either.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trueline.sources.git.run import PINS

from .asking import Figure, query, report, repositories_in, trueline

_LOG = ("log", "-z", "--format=", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none")
_REACHED = ("HEAD", "--tags")
_NO_ATTRIBUTES = ("core.bare=true", "core.attributesFile=/dev/null")
"""As in a bare repository: `.gitattributes` of a working tree can call a text binary."""

_OURS = """
with counted as (
    select c.commit_id, c.path, l.added_lines, l.deleted_lines, l.is_binary
    from file_changes as c
    left join blob_lines as l
        on c.old_blob_id is not distinct from l.old_blob_id and c.new_blob_id is not distinct from l.new_blob_id
)
select
    count(*) as changes,
    coalesce(sum(c.added_lines), 0)::bigint as added,
    coalesce(sum(c.deleted_lines), 0)::bigint as deleted,
    count(*) filter (where c.is_binary) as binaries,
    count(*) filter (where c.is_binary is null) as uncounted,
from counted as c
"""
_PATHS = "select coalesce(sum(case status when 'R' then 2 else 1 end), 0)::bigint as paths from file_changes"
_HUNKS = """
select count(*) as wrong
from blob_lines as l
left join (
    select old_blob_id, new_blob_id, count(*) as hunks, sum(new_count) as added, sum(old_count) as deleted
    from blob_hunks
    group by old_blob_id, new_blob_id
) as h
    on l.old_blob_id is not distinct from h.old_blob_id and l.new_blob_id is not distinct from h.new_blob_id
where
    l.hunks is not null
    and (l.hunks, coalesce(l.added_lines, 0), coalesce(l.deleted_lines, 0))
        <> (coalesce(h.hunks, 0), coalesce(h.added, 0), coalesce(h.deleted, 0))
"""


@dataclass(frozen=True)
class Lines:
    """What `git log --numstat` sums."""

    added: int = 0
    deleted: int = 0
    binaries: int = 0


def totals(repository: Path) -> Iterator[Figure]:
    """Collect a repository with its lines; yield figure, ours, git's."""
    trueline("collect", "--lines", "-C", str(repository))
    counts = query(repository, "select count(*) as commits from commits")[0]
    on_head = query(repository, "select count(*) as commits from landed_commits")[0]
    yield "commits that the head reaches", on_head["commits"], int(_git(repository, "rev-list", "--count", "HEAD"))
    reached = int(_git(repository, "rev-list", "--count", *_REACHED))
    yield "commits that the head or a tag reaches", counts["commits"], reached
    ours = query(repository, _OURS)[0]
    raw = _git(repository, *_LOG, "--raw", "--no-renames", *_REACHED)
    yield "changed paths, a rename being two", query(repository, _PATHS)[0]["paths"], _entries(raw)
    try:
        renamed = _git(repository, *_LOG, "--raw", "-M50%", *_REACHED)
        lines = _lines(_git(repository, *_LOG, "--numstat", "-M50%", *_REACHED))
    except subprocess.CalledProcessError:
        yield from _refusal(repository, int(str(ours["uncounted"])))
    else:
        yield "changed files, a rename being one", ours["changes"], _entries(renamed)
        yield "lines added", ours["added"], lines.added
        yield "lines deleted", ours["deleted"], lines.deleted
        yield "changes of binary files", ours["binaries"], lines.binaries
        yield "changes whose lines are not known", ours["uncounted"], 0
    yield "pairs whose ranges of lines are not their sums", query(repository, _HUNKS)[0]["wrong"], 0


def _refusal(repository: Path, uncounted: int) -> Iterator[Figure]:
    """Yield whether a copy without some contents is called what it is; git itself gave up."""
    sql = "select state from catalog where table_name = 'blob_lines'"
    yield f"lines: git fails, {uncounted:,} changes have none here", query(repository, sql)[0]["state"], "incomplete"
    misses = query(repository, "select has_missing_objects as misses from repositories")[0]["misses"]
    yield "said to lack contents", str(misses).lower(), "true"


def _git(repository: Path, *arguments: str) -> bytes:
    pins = (*(f"{name}={value}" for name, value in PINS.items()), *_NO_ATTRIBUTES)
    command = [
        "git",
        "--git-dir",
        str(_git_dir(repository)),
        *(word for pin in pins for word in ("-c", pin)),
        *arguments,
    ]
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(command, check=True, capture_output=True, env=environment).stdout


def _git_dir(repository: Path) -> Path:
    inside = repository / ".git"
    return inside if inside.is_dir() else repository


def _entries(raw: bytes) -> int:
    return sum(field.startswith((b":", b"\n:")) for field in raw.split(b"\0"))


def _lines(numstat: bytes) -> Lines:
    """Sum what git printed: added, deleted and path per file; for a rename an empty path and two more fields."""
    added = deleted = binaries = 0
    fields = iter(numstat.split(b"\0"))
    for field in fields:
        more, tab, rest = field.removeprefix(b"\n").partition(b"\t")
        if not tab:
            continue
        less, _, path = rest.partition(b"\t")
        if not path:
            next(fields), next(fields)
        if more == b"-":
            binaries += 1
        else:
            added, deleted = added + int(more), deleted + int(less)
    return Lines(added, deleted, binaries)


if __name__ == "__main__":
    sys.exit(report((repository, totals(repository)) for repository in repositories_in(Path(sys.argv[1]))))
