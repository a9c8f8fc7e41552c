"""Open a repository and say what kind of copy it is: whole or cut off, fresh or stale, and its main line.

Works on a working tree or any directory in it, a linked worktree and a bare repository. It does
not read commits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from trueline.model.errors import UsageError

from .run import Git, GitFailed

USUAL_MAIN_LINES = ("main", "master", "trunk", "develop", "default")
"""Looked for, in this order, where neither origin nor the checkout says which branch is the main line."""

_OWNER_AND_NAME = re.compile(r"[\w.~+-]+(?:/[\w.~+-]+)*", re.ASCII)
_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:[^/@]*@)?[^/]+/(?P<path>.+)", re.IGNORECASE)
_SCP = re.compile(r"(?:[^/@:]+@)?(?P<host>[^/:@\\]{2,}):(?P<path>(?!/?/).+|/[^/].*)")


class NotARepository(UsageError):
    """There is no git repository at that path."""

    code = "not_a_repository"


@dataclass(frozen=True)
class MainLine:
    """What counts as the main line of a repository."""

    branch: str | None
    """Short name of the branch; None where the head is detached and nothing else says."""
    ref: str
    """Full name of the ref that is read."""
    commit_id: str | None
    """None where nothing has been committed."""


@dataclass(frozen=True)
class Repository:
    """One copy of a repository."""

    git: Git
    """Runs as this worktree, with its own head."""
    git_dir: Path
    common_dir: Path
    """Equal to `git_dir` but in a linked worktree."""
    work_tree: Path | None
    """None for a bare repository."""

    @property
    def is_shallow(self) -> bool:
        return bool(self.shallow_commit_ids())

    @property
    def is_promised(self) -> bool:
        """True for a partial clone: some contents may be at the remote only."""
        if any((self.common_dir / "objects" / "pack").glob("*.promisor")):
            return True
        return any(name == "extensions.partialclone" or name.endswith(".promisor") for name, _ in self._configured)

    def lacks_objects_of(self, commit_id: str) -> bool:
        """Return True where a partial clone lacks a file or folder of that commit."""
        if not self.is_promised:
            return False
        printed = self.git.output("rev-list", "--objects", "--missing=print", "--no-walk", commit_id)
        return printed.startswith(b"?") or b"\n?" in printed

    def shallow_commit_ids(self) -> frozenset[str]:
        """Return the commits at which history was cut off; their parents and changes are not known."""
        try:
            return frozenset((self.common_dir / "shallow").read_text("ascii").split())
        except FileNotFoundError:
            return frozenset()

    def main_line(self, branch: str | None = None) -> MainLine:
        """Return the main line.

        Origin's default branch, read from the checkout where that is the branch checked out; else
        the branch checked out; else a usual name, or the only branch; else the detached head.

        Raises:
            UsageError: there is no such branch as the one asked for.
        """
        refs, default = self._branches()
        head = self._symbolic_ref("HEAD")
        if branch is not None:
            ref = next((ref for ref in (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}") if ref in refs), None)
            if ref is None:
                raise UsageError(f"there is no branch {branch}", fix="Name an existing branch in trueline.toml")
            return MainLine(branch, ref, refs[ref])
        for ref in self._main_line_candidates(refs, head, default):
            if ref in refs:
                return MainLine(_short(ref), ref, refs[ref])
        commit_id = self.git.output("rev-parse", "--verify", "--quiet", "HEAD^{commit}", accept=(0, 1)).decode().strip()
        return MainLine(_short(head) if head else None, head or "HEAD", commit_id or None)

    def checked_out_branch(self) -> str | None:
        """Return the short name of the branch that is checked out; None when the head is detached."""
        head = self._symbolic_ref("HEAD")
        return _short(head) if head else None

    def fetched_at(self) -> datetime | None:
        """Return when this copy last heard from its origin, in UTC; None where it is its own origin.

        That is the newest of what fetching and cloning write; `packed-refs` counts only where there
        is nothing else, because housekeeping rewrites it too. A repository with a working tree and no
        remote, or one that never fetched, is its own origin: it is as fresh as the moment it is read.
        """
        if self.work_tree is not None and not self.remote_urls():
            return None
        marks = [mark for mark in self._fetch_marks() if mark.is_file() and mark.stat().st_size]
        if not marks:
            marks = [mark for mark in (self.common_dir / "packed-refs",) if mark.is_file()]
        if not marks:
            return None
        return datetime.fromtimestamp(int(max(mark.stat().st_mtime for mark in marks)), UTC)

    def remote_urls(self) -> tuple[str, ...]:
        """Return the addresses of the remotes, origin first."""
        remotes = [entry for entry in self._configured if entry[0].startswith("remote.") and entry[0].endswith(".url")]
        return tuple(url for name, url in sorted(remotes, key=lambda pair: pair[0] != "remote.origin.url"))

    def default_name(self) -> str:
        """Return `owner/name` of the remote, else the name of the folder; never a path."""
        for url in self.remote_urls()[:1]:
            if name := name_of_remote(url):
                return name
        if self.work_tree is None:
            folder = self.git_dir
        elif self.common_dir.name == ".git":
            folder = self.common_dir.parent
        else:
            folder = self.work_tree
        return name_of_folder(folder)

    @staticmethod
    def _main_line_candidates(refs: dict[str, str], head: str | None, default: str | None) -> list[str]:
        candidates = []
        if default:
            local = f"refs/heads/{_short(default)}"
            candidates += [local] if head == local else []
            candidates.append(default)
        candidates += [head] if head else []
        for name in USUAL_MAIN_LINES:
            candidates += [f"refs/remotes/origin/{name}", f"refs/heads/{name}"]
        # A repository with a single branch under an unusual name, while the head is unborn.
        heads = [ref for ref in refs if ref.startswith("refs/heads/")]
        return candidates + (heads if head and len(heads) == 1 else [])

    def _branches(self) -> tuple[dict[str, str], str | None]:
        """Return the commit of each branch by its ref, and the ref that origin calls its default."""
        form = "--format=%(refname)%00%(objectname)%00%(symref)"
        printed = self.git.output("for-each-ref", form, "refs/heads", "refs/remotes")
        rows = [line.split("\0") for line in printed.decode("utf-8", "surrogateescape").split("\n") if line]
        default = next((symref for ref, _, symref in rows if ref == "refs/remotes/origin/HEAD" and symref), None)
        return {ref: commit_id for ref, commit_id, _ in rows}, default

    def _symbolic_ref(self, name: str) -> str | None:
        printed = self.git.output("symbolic-ref", "--quiet", name, accept=(0, 1))
        return printed.decode("utf-8", "surrogateescape").strip() or None

    @cached_property
    def _configured(self) -> list[tuple[str, str]]:
        """What this copy says of its remotes, read once."""
        pattern = r"^(extensions\.partialclone|remote\..*\.(url|promisor))$"
        printed = self.git.output("config", "-z", "--get-regexp", pattern, accept=(0, 1))
        entries = (entry.partition("\n") for entry in printed.decode("utf-8", "replace").split("\0") if entry)
        return [(name, value) for name, _, value in entries]

    def _fetch_marks(self) -> list[Path]:
        marks = [self.git_dir / "FETCH_HEAD", self.common_dir / "FETCH_HEAD"]
        kept = "refs" if self.work_tree is None else "refs/remotes"
        return marks + list((self.common_dir / kept).rglob("*"))


def open_repository(path: Path) -> Repository:
    """Return the repository that a path is in.

    Raises:
        NotARepository: there is none.
        GitFailed: there is one and git cannot read it.
    """
    if not path.is_dir():
        raise NotARepository(f"{path} is not a directory", fix="Name a directory in a git repository")
    git = Git(path)
    try:
        is_bare, is_inside, folder, common = _places(git)
    except GitFailed as error:
        if "not a git repository" not in error.message:
            raise
        raise NotARepository(f"{path} is not in a git repository", fix="Name one, or run `git init` there") from None
    git_dir = Path(folder)
    common_dir = (path / common).resolve()
    work_tree = None
    if is_inside == "true":
        work_tree = Path(_line(git.output("rev-parse", "--show-toplevel")))
    elif is_bare == "false" and git_dir.name == ".git":
        work_tree = git_dir.parent
    return Repository(Git(git_dir, git_dir), git_dir, common_dir, work_tree)


def _places(git: Git) -> list[str]:
    """Return whether it is bare, whether this is inside a work tree, the git directory and the common one."""
    asked = ("--is-bare-repository", "--is-inside-work-tree", "--absolute-git-dir", "--git-common-dir")
    answers = _line(git.output("rev-parse", *asked)).split("\n")
    if len(answers) == len(asked):
        return answers
    # A path holds line feeds, so each must be asked for alone.
    return [_line(git.output("rev-parse", question)) for question in asked]


def name_of_remote(url: str) -> str | None:
    """Return `owner/name` for an address on a host; None for a path on this machine."""
    if match := _URL.fullmatch(url):
        if match["scheme"].lower() == "file":
            return None
    elif (match := _SCP.fullmatch(url)) is None:
        return None
    name = match["path"].partition("?")[0].strip("/").removesuffix(".git").strip("/")
    return name if _OWNER_AND_NAME.fullmatch(name) and ".." not in name else None


def name_of_folder(folder: Path) -> str:
    """Return the name of a folder as text that can be shown, without `.git` at its end."""
    printable = "".join(char if char.isprintable() else "?" for char in folder.name)
    return printable.removesuffix(".git") or "repository"


def _short(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/").removeprefix("origin/")


def _line(printed: bytes) -> str:
    # One line feed ends it; others may be part of the path.
    return printed.removesuffix(b"\n").decode("utf-8", "surrogateescape")
