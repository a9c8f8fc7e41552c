"""`make evidence CORPUS=DIR`: every repository under DIR, figure by figure, against git itself.

Prints one line per figure and ends with 1 where any differs. What cannot be computed a second way
is not listed here; it was read by hand and stands in docs/explanation/evidence.md (counts of findings: evidence.governance).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from .asking import Figure, query, report, repositories_in, trueline
from .authorship import truck_factor
from .enforcement.__main__ import labelled_changes
from .git_figures import Figures, figures
from .governance import governance
from .requirement_forms import requirement_forms
from .totals import totals
from .tracing import tracing


def one(repository: Path, sql: str) -> object:
    """Return the only value of a query."""
    return next(iter(query(repository, sql)[0].values()))


def compare(repository: Path) -> Iterator[Figure]:
    """Yield figure, ours, git's."""
    trueline("scan", str(repository))
    tags = [str(row["tag"]) for row in query(repository, "select tag from releases order by tag")]
    git: Figures = figures(repository, tags)
    on_head = "inner join landed_commits as l using (repository, commit_id)"
    yield "commits on the head", one(repository, "select count(*) from landed_commits"), git.commits
    yield "commits on the line of first parents", one(repository, "select count(*) from main_line"), git.first_parents
    yield "merges", one(repository, f"select count(*) from commits {on_head} where len(parent_ids) > 1"), git.merges
    yield (
        "changed files of commits that are no merges",
        one(repository, f"select count(*) from file_changes {on_head}"),
        git.changes,
    )
    yield "tags that lead to a commit", one(repository, "select count(*) from tags"), git.tags
    waiting = one(repository, "select count(*) from landed_commits where first_release is null")
    yield "commits in no release", waiting, git.unreleased
    yield "files of the tree", one(repository, "select count(*) from files where entry <> 'submodule'"), len(git.paths)
    broken = query(
        repository,
        "select target_path from document_references where state = 'broken' and target_anchor is null and kind <> 'named_path'",
    )
    yield (
        "broken references whose target git knows",
        sum(_is_there(str(row["target_path"]), git.paths) for row in broken),
        0,
    )
    found = query(
        repository,
        "select target_path from document_references where state = 'resolves' and target_path is not null and kind in ('link', 'image')",
    )
    yield (
        "resolving references whose target git does not know",
        sum(not _is_there(str(row["target_path"]), git.paths) for row in found),
        0,
    )
    counted = [row["path"] for row in query(repository, "select path from path_kinds where kind in ('source', 'test')")]
    ours = one(repository, "select max(truck_factor) from truck_factors where area is null")
    yield (
        "truck factor, a second way; nobody has two addresses there",
        ours,
        truck_factor(repository, {str(path) for path in counted}),
    )


def _is_there(path: str, paths: frozenset[str]) -> bool:
    folder = path.rstrip("/") + "/"
    return path in paths or path in ("", ".") or any(known.startswith(folder) for known in paths)


def main(corpus: Path) -> int:
    """Compare every repository and return the exit status."""
    compared = ((path, (*compare(path), *totals(path))) for path in repositories_in(corpus))
    return max(
        report(chain(compared, tracing(corpus), requirement_forms(corpus), governance(corpus))),
        labelled_changes(corpus),
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
