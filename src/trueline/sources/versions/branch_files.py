"""The files that branches change, with their contents where the branch began and where it ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trueline.sources.git import Git

_COMPARE = ("diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=all", "--no-relative", "--no-color")  # fmt: skip


@dataclass(frozen=True)
class Span:
    """A branch: its name, its end, and the commit on which it began."""

    name: str
    tip: str
    forked_from: str


@dataclass(frozen=True)
class BranchFile:
    """One file that a branch changes; None where it is not."""

    branch: str
    path: bytes
    before: str | None
    after: str | None


def branch_files(git: Git, spans: Iterable[Span]) -> Iterator[BranchFile]:
    """Yield what each branch changes in all; a file that was renamed left one path and came to another.

    Raises GitFailed where a commit or a directory is missing in this copy.
    """
    names: dict[str, list[str]] = defaultdict(list)
    asked: dict[str, str] = {}
    for span in spans:
        names[span.tip].append(span.name)
        asked[span.tip] = span.forked_from
    if not asked:
        return
    stdin = "".join(f"{tip} {fork}\n" for tip, fork in asked.items()).encode()
    tip = ""
    tokens = iter(git.output(*_COMPARE, stdin=stdin).split(b"\0")[:-1])
    for token in tokens:
        if not token.startswith(b":"):
            tip = token.decode("ascii", "replace").strip()
            continue
        _, _, before, after, _ = token.decode("ascii").split(" ")
        path = next(tokens)
        for name in names[tip]:
            yield BranchFile(name, path, _real(before), _real(after))


def _real(blob_id: str) -> str | None:
    return blob_id if set(blob_id) != {"0"} else None
