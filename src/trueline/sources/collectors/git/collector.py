"""Collect the history of one repository: commits, changed files, tags and how far it can be seen.

Reads what the head of the main line and the tags reach, goes on from where it stopped, and starts
anew where history was rewritten or anything that earlier rows depend on has changed. Either git's
own count agrees with the rows, or nothing is published. Line counts are not its business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trueline.model.errors import GitRefused
from trueline.model.evidence_tables import (
    BRANCH_COMMITS,
    BRANCHES,
    COMMITS,
    FILE_CHANGES,
    GIT_TABLES,
    MERGE_CHANGES,
    REPOSITORIES,
    TAGS,
)
from trueline.model.table import Row, Table
from trueline.sources.collectors.base import Collected, Emit
from trueline.sources.git import MainLine, Repository
from trueline.sources.git.repository import name_of_remote

from .attribution import attribution_digest, load_attribution
from .branches import net_changes, own_commits, read_branches
from .log import Log
from .mailmap import read_mailmap
from .rows import CommitRows, change_rows, instant, login_key, seconds
from .tags import Tag, read_tags

CURSOR_VERSION = 4
"""Raised whenever the same history gives other rows."""

_CHUNK_ROWS = 5_000

MERGE_DAYS = 366
"""Merges are compared with the main line so many days before its head: as long as hunks are known, and a day."""

_MERGES = ("--first-parent", "--exclude-first-parent-only", "--merges", "--diff-merges=first-parent")


@dataclass(frozen=True)
class GitCollector:
    """Collects one repository."""

    repository: Repository
    name: str
    pseudonym: Callable[[str], str]
    """From an address or a name to a keyed pseudonym."""
    now: datetime
    branch: str | None = None
    """The main line, where the user names one."""
    known_as: str | None = None
    """The source that earlier collections of it went under, where it had another name then."""

    @property
    def source(self) -> str:
        return self.known_as or f"git/{self.name}"

    @property
    def tables(self) -> tuple[Table, ...]:
        return GIT_TABLES

    def collect(self, cursor: Mapping[str, Any], emit: Emit) -> Collected:
        """Push what is new since the cursor.

        Raises:
            GitRefused: git failed, or counts other commits than were pushed.
            UsageError: there is no such branch as the one named.
        """
        main_line = self.repository.main_line(self.branch)
        head = main_line.commit_id
        tags = read_tags(self.repository.git)
        tips = sorted({tag.commit_id for tag in tags} | ({head} if head else set()))
        basis = self._basis(main_line)
        earlier = self._earlier(cursor, basis, tips)
        known = frozenset(earlier.get("tips", ()))
        new = [tip for tip in tips if tip not in known]
        mailmap = f"{head}:.mailmap"
        log = Log(self.repository.git, [*new, *(f"^{tip}" for tip in sorted(known))], mailmap)
        cut_off = self.repository.shallow_commit_ids()
        pushed = 0
        with ThreadPoolExecutor(1) as beside:  # git counts and compares while its log is read
            counting = beside.submit(log.count) if new else None
            on_head = beside.submit(self._commits_on_head, head, earlier)
            merges = beside.submit(self._merge_changes, head, earlier)
            branches = beside.submit(self._branches, head, earlier)
            if counting is not None:
                pushed = self._push_history(log, mailmap if basis["mailmap"] else None, cut_off, emit)
                _check_count(counting.result(), pushed)
        stand, of_branches = branches.result()
        misses_objects = self._misses_objects(head, log, earlier)
        replacing = {
            **of_branches,
            TAGS: [self._tag_row(tag) for tag in tags],
            REPOSITORIES: [self._repository_row(main_line, on_head.result(), bool(cut_off), misses_objects)],
        }
        for table, rows in {MERGE_CHANGES: merges.result(), **replacing}.items():
            if rows:
                emit(table, rows)
        return Collected(
            cursor={
                "version": CURSOR_VERSION,
                "basis": basis,
                "tips": tips,
                "head": head,
                "commits_on_head": on_head.result(),
                "misses_objects": misses_objects,
                "branches": stand,
            },
            replaces=frozenset(table.name for table in (replacing if known else GIT_TABLES)),
            counted={COMMITS.name: pushed, TAGS.name: len(tags), REPOSITORIES.name: 1},
            is_partial=bool(cut_off),  # exact renames in the place of missing contents are said in the notes
            notes=_notes(main_line, len(cut_off), log.exact_from, misses_objects),
        )

    def _basis(self, main_line: MainLine) -> dict[str, str]:
        """Return what the rows depend on besides the commits themselves."""
        git = self.repository.git
        mailmap = f"{main_line.commit_id}:.mailmap"
        cut_off = "\n".join(sorted(self.repository.shallow_commit_ids()))
        return {
            "actors": attribution_digest(),
            "mailmap": git.output("rev-parse", "--verify", "--quiet", mailmap, accept=(0, 1)).decode().strip(),
            "cut_off": hashlib.sha256(cut_off.encode()).hexdigest()[:16],
            "pseudonyms": self.pseudonym("which key"),
            "owner": login_key(self._owner(), self.pseudonym) or "",
        }

    def _owner(self) -> str | None:
        """Return the login or organisation that the remote belongs to."""
        names = (name_of_remote(url) for url in self.repository.remote_urls()[:1])
        return next((name.partition("/")[0].lower() for name in names if name), None)

    def _earlier(self, cursor: Mapping[str, Any], basis: Mapping[str, str], tips: Sequence[str]) -> Mapping[str, Any]:
        """Return the cursor where reading goes on from it; nothing where everything must be read again."""
        if cursor.get("version") != CURSOR_VERSION or cursor.get("basis") != basis:
            return {}
        if gone := sorted(set(cursor["tips"]) - set(tips)):
            git = self.repository.git
            answers = git.output("cat-file", "--batch-check", stdin="".join(f"{tip}\n" for tip in gone).encode())
            if b" missing\n" in answers:
                return {}
            # Commits that no tip reaches any more must go, and rows are only ever replaced whole.
            asked = "".join((*(f"{tip}\n" for tip in gone), *(f"^{tip}\n" for tip in tips)))
            if int(git.output("rev-list", "--count", "--stdin", stdin=asked.encode())):
                return {}
        return cursor

    def _push_history(self, log: Log, mailmap: str | None, cut_off: frozenset[str], emit: Emit) -> int:
        mapped = read_mailmap(self.repository.git, mailmap) if mailmap else {}
        rows = CommitRows(self.name, self.pseudonym, load_attribution(), self.now, mapped, self._owner())
        commits: list[Row] = []
        changes: list[Row] = []
        pushed = 0
        for entry in log:
            commits.append(rows.commit(entry))
            # Where history was cut off, git shows the whole tree as added, which nobody did.
            if not cut_off or entry.commit_id.decode() not in cut_off:
                changes.extend(change_rows(self.name, entry))
            pushed += 1
            if len(commits) >= _CHUNK_ROWS:
                emit(COMMITS, commits)
                commits = []
            if len(changes) >= _CHUNK_ROWS:
                emit(FILE_CHANGES, changes)
                changes = []
        if commits:
            emit(COMMITS, commits)
        if changes:
            emit(FILE_CHANGES, changes)
        return pushed

    def _merge_changes(self, head: str | None, cursor: Mapping[str, Any]) -> list[Row]:
        """Return what the merges on the main line changed there, of the days in which lines are followed."""
        earlier = cursor.get("head")
        if head is None or head == earlier:
            return []
        revisions = [head] if earlier is None else [head, f"^{earlier}"]
        committed_at = seconds(self.repository.git.output("log", "-1", "--format=%ct", head).strip())
        newest = min(committed_at, int(self.now.timestamp()))
        which = (*_MERGES, f"--since={newest - MERGE_DAYS * 86_400}")
        merges = Log(self.repository.git, revisions, f"{head}:.mailmap", which)
        return [row for entry in merges for row in change_rows(self.name, entry)]

    def _branches(self, head: str | None, cursor: Mapping[str, Any]) -> tuple[str, dict[Table, list[Row]]]:
        """Return what the branches stand at, and their rows where any of them or the head has moved."""
        git = self.repository.git
        branches = read_branches(git) if head is not None else []
        stand = hashlib.sha256(repr((head, branches)).encode()).hexdigest()[:16]
        if head is None or stand == cursor.get("branches"):
            return stand, {}
        newest = min(max((branch.committed_at for branch in branches), default=0), int(self.now.timestamp()))
        held = own_commits(git, branches, head, newest)
        changed = net_changes(git, held)
        rows: list[Row] = []
        for branch in branches:
            own = held.get(branch.name)
            ahead, base = (len(own.commits), own.forked_from) if own else (None, None)
            at = instant(branch.committed_at)
            rows.append((self.name, branch.name, branch.commit_id, at, ahead, base, changed.get(branch.name)))
        owned: list[Row] = [
            (
                self.name,
                name,
                one.commit_id,
                number,
                instant(seconds(one.authored_at)),
                instant(seconds(one.committed_at)),
            )
            for name, own in held.items()
            for number, one in enumerate(own.commits, start=1)
        ]
        return stand, {BRANCHES: rows, BRANCH_COMMITS: owned}

    def _commits_on_head(self, head: str | None, cursor: Mapping[str, Any]) -> int:
        if head is None:
            return 0
        earlier = cursor.get("head")
        if earlier == head:
            return int(cursor["commits_on_head"])
        return int(self.repository.git.output("rev-list", "--count", head))

    def _misses_objects(self, head: str | None, log: Log, cursor: Mapping[str, Any]) -> bool:
        if log.exact_from is not None or cursor.get("misses_objects"):
            return True
        return head is not None and self.repository.lacks_objects_of(head)

    def _tag_row(self, tag: Tag) -> Row:
        return (self.name, tag.name, tag.commit_id, instant(seconds(tag.tagged_at)), tag.is_annotated)

    def _repository_row(self, main_line: MainLine, commits_on_head: int, is_shallow: bool, misses_objects: bool) -> Row:
        fetched_at = self.repository.fetched_at()
        return (
            self.name, main_line.branch, main_line.commit_id, fetched_at, commits_on_head, is_shallow, misses_objects,
        )  # fmt: skip


def _check_count(counted: int, pushed: int) -> None:
    if counted != pushed:
        raise GitRefused(
            f"git counts {counted:,} commits and {pushed:,} were read; nothing is published",
            fix="Collect again when nobody else changes the repository",
        )


def _notes(main_line: MainLine, cut_off: int, exact_from: int | None, misses_objects: bool) -> tuple[str, ...]:
    notes = []
    if main_line.commit_id is None:
        notes.append("nothing has been committed yet")
    elif main_line.branch is None:
        notes.append("the head is detached, so what it points to counts as the main line")
    if cut_off:
        notes.append(f"shallow clone: history is cut off at {cut_off:,} commits, whose own changes are not known")
    if exact_from is not None:
        notes.append(
            f"some contents are missing or damaged: from the newest {exact_from:,} commits backwards, a file counts"
            " as renamed only where its content stayed the same"
        )
    elif misses_objects:
        notes.append("some contents are missing or damaged in this copy")
    return tuple(notes)
