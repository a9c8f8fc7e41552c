"""Judge the commits of a replay: ledgers of both sides, memoised by content, and their comparison.

Runs in a process of its own where there are many commits, so it imports little. A merge is judged by what
its own hand did: what one parent had already done to their common ancestor is not laid at its door.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from trueline.analyses.enforcement.compare import compare_ledgers
from trueline.model.enforcement import Compared, EnforcementChange, Ledger
from trueline.model.errors import GitRefused
from trueline.sources.enforcement.read import selects
from trueline.sources.git import Git, path_bytes
from trueline.sources.trees.blobs import blob_sizes, read_blobs
from trueline.sources.trees.tree import MAX_READ_BYTES

from .changes import ledger_of, without_moved
from .replay_commits import CommitChange, CommitFile

MOST_LEDGERS = 4_000
"""Kept in memory, the least recently used goes first."""

Version = tuple[str, str]
"""Path and blob id: some readers look at the path."""


@dataclass(frozen=True)
class CommitJudged:
    """What a commit does to what is enforced."""

    key: str
    weaker: tuple[dict[str, Any], ...] = ()
    """Changes as plain values, ready to be kept."""
    stronger: tuple[dict[str, Any], ...] = ()
    unreadable: tuple[str, ...] = ()


class Judge:
    """Judges commits of one repository and remembers ledgers between them."""

    def __init__(self, git_dir: Path) -> None:
        self._git = Git(git_dir, git_dir)
        self._ledgers: OrderedDict[Version, Ledger] = OrderedDict()

    def judge(self, changes: Sequence[CommitChange]) -> list[CommitJudged]:
        """Return what each commit does; all contents that are needed are read in one go."""
        try:
            self._read(version for change in changes for version in _versions(_selected(change)))
        except GitRefused:
            if len(changes) > 1:
                return [judged for change in changes for judged in self.judge([change])]
            return [CommitJudged(changes[0].commit.key, unreadable=("contents are missing from this copy",))]
        return [self._judged(change) for change in changes]

    def _judged(self, change: CommitChange) -> CommitJudged:
        key = change.commit.key
        if change.commit.is_cut_off:
            return CommitJudged(key, unreadable=("history is cut off at this commit",))
        files = _selected(change)
        if not files:
            return CommitJudged(key)
        sides = max(len(change.commit.parents), 1)
        versions = [(file.path, file.after) for file in files]
        befores = [self._side([(file.path, file.before[n]) for file in files]) for n in range(sides)]
        found = [self._compared([(file.path, file.before[n]) for file in files], versions) for n in range(sides)]
        compared = found[0] if sides == 1 else self._by_hand(change, files, befores, found)
        return CommitJudged(
            key,
            tuple(asdict(one) for one in compared.weaker),
            tuple(asdict(one) for one in compared.stronger),
            compared.unreadable,
        )

    def _compared(self, before: Sequence[tuple[str, str | None]], after: Sequence[tuple[str, str | None]]) -> Compared:
        old, new = ([(self._ledgers[path, id], id) for path, id in side if id is not None] for side in (before, after))
        return compare_ledgers(*without_moved(old, new))

    def _by_hand(
        self, change: CommitChange, files: Sequence[CommitFile], befores: list[list[Ledger]], found: list[Compared]
    ) -> Compared:
        """Return what a merge does that none of its parents did."""
        origin = self._origin(change, files)
        done = [compare_ledgers(origin, before) for before in befores]
        weaker: dict[tuple[str, str], EnforcementChange] = {}
        for number, compared in enumerate(found):
            others = {_what(one) for n, other in enumerate(done) if n != number for one in other.weaker}
            for one in compared.weaker:
                if _what(one) not in others:
                    weaker.setdefault(_what(one), one)
        in_all = set.intersection(*({_what(one) for one in compared.stronger} for compared in found))
        stronger = tuple(one for one in found[0].stronger if _what(one) in in_all)
        unreadable = dict.fromkeys(text for compared in found for text in compared.unreadable)
        return Compared(tuple(weaker.values()), stronger, tuple(unreadable))

    def _origin(self, change: CommitChange, files: Sequence[CommitFile]) -> list[Ledger]:
        """Return the ledgers where the parents of a merge last agreed; none where they never did."""
        parents = change.commit.parents
        how = ["--octopus"] if len(parents) > 2 else []
        base = self._git.output("merge-base", *how, *parents, accept=(0, 1)).decode("ascii").split()
        if not base:
            return []
        wanted = {path_bytes(file.path): file.path for file in files}
        printed = self._git.output("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", base[0])
        versions = []
        for record in filter(None, printed.split(b"\0")):
            head, _, path = record.partition(b"\t")
            if path in wanted and head.startswith(b"100"):
                versions.append((wanted[path], head.split(b" ")[2].decode("ascii")))
        self._read(versions)
        return self._side(versions)

    def _side(self, versions: Iterable[tuple[str, str | None]]) -> list[Ledger]:
        return [self._ledgers[path, blob] for path, blob in versions if blob is not None]

    def _read(self, versions: Iterable[Version]) -> None:
        """Read the ledgers that are not remembered."""
        wanted = dict.fromkeys(versions)
        for version in wanted.keys() & self._ledgers.keys():
            self._ledgers.move_to_end(version)
        missing = [version for version in wanted if version not in self._ledgers]
        while len(self._ledgers) > max(MOST_LEDGERS - len(missing), len(wanted) - len(missing)):
            self._ledgers.popitem(last=False)
        sizes = blob_sizes(self._git, [blob for _, blob in missing], "HEAD")
        small = [version for version in missing if sizes.get(version[1], MAX_READ_BYTES + 1) <= MAX_READ_BYTES]
        contents = dict(zip(small, read_blobs(self._git, [blob for _, blob in small]), strict=True))
        for path, blob in missing:
            self._ledgers[path, blob] = ledger_of(path, contents.get((path, blob)))


def _selected(change: CommitChange) -> list[CommitFile]:
    return [file for file in change.files if selects(file.path)]


def _versions(files: Iterable[CommitFile]) -> list[Version]:
    return [(file.path, blob) for file in files for blob in (*file.before, file.after) if blob is not None]


def _what(change: EnforcementChange) -> tuple[str, str]:
    return change.kind, change.unit


_judges: dict[Path, Judge] = {}


def judge_chunk(git_dir: Path, changes: Sequence[CommitChange]) -> list[CommitJudged]:
    """Judge some commits; in a process of its own the judge is kept from one chunk to the next."""
    if git_dir not in _judges:
        _judges.clear()
        _judges[git_dir] = Judge(git_dir)
    return _judges[git_dir].judge(changes)
