"""Choose the two trees that a change lies between: commits, the working tree, or plain directories.

Without being told, the base is where the head left the main line, and the head is the working tree on a
person's machine and the commit checked out in CI. Nothing is fetched: what is missing is said, with the
fetch depth that would bring it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trueline.model.errors import TruelineError, UsageError
from trueline.sources.git import Repository, open_repository
from trueline.sources.git.repository import USUAL_MAIN_LINES
from trueline.sources.trees.commit_tree import commit_tree
from trueline.sources.trees.directory_tree import directory_tree
from trueline.sources.trees.empty_tree import EmptyTree
from trueline.sources.trees.tree import Tree
from trueline.sources.trees.working_tree import working_tree

from .workspace import Target

WORKING_TREE = "the working tree"
DEPTH = 'Fetch the whole history: fetch-depth: 0 for actions/checkout, GIT_DEPTH: "0" for GitLab, else git fetch --unshallow'


class EvidenceMissing(TruelineError):
    """What the gate needs is not here, so nothing was judged."""

    code = "no_evidence"
    exit_status = 3


@dataclass(frozen=True)
class Side:
    """One end of a change."""

    name: str
    """As people named it, or what it is."""
    tree: Tree
    commit_id: str | None = None
    """None for a working tree or a directory."""


def is_ci(environ: Mapping[str, str]) -> bool:
    """Return True where the environment says that no person is at the keyboard."""
    return any(
        environ.get(name, "").lower() not in ("", "0", "false") for name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI")
    )


def choose_sides(
    target: Target, base: str | None, head: str | None, environ: Mapping[str, str], here: Path
) -> tuple[Side, Side]:
    """Return base and head of the change to judge.

    A base that is a commit gives way to the commit where the head left it, so that what landed on the main
    line meanwhile is not laid at the door of this change; but a head that is older than its base is compared
    with the base itself. `here` is where relative directories start.

    Raises:
        UsageError: a name is neither a commit nor a directory.
        EvidenceMissing: this copy of the repository was cut off before the base.
    """
    after, at = _head(target, head, environ, here)
    if base is not None and (named := _named(target, base, here)) is not None:
        if named.commit_id is None or at is None or target.git is None:
            return named, after
        return _left_at(target.git, named, at, is_told=True), after
    if base is not None:
        raise _no_such(target, base)
    if target.git is None:
        raise UsageError(
            "a plain directory has no main line to compare with", fix="Name a directory or commit with --base."
        )
    if at is None:
        return (
            Side("nothing", EmptyTree()) if after.commit_id is None else _main_line_side(target, environ, after),
            after,
        )
    return _left_at(target.git, _main_line_side(target, environ, after), at, is_told=False, in_ci=is_ci(environ)), after


def commit_of(repository: Repository, name: str) -> str | None:
    """Return the id of the commit that a name stands for; None where it is none."""
    arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return repository.git.output(*arguments, accept=(0, 1, 128)).decode("ascii", "replace").strip() or None


def _head(target: Target, head: str | None, environ: Mapping[str, str], here: Path) -> tuple[Side, str | None]:
    """Return the head, and the commit that it grew from."""
    if head is not None:
        side = _named(target, head, here)
        if side is None:
            raise _no_such(target, head)
        return side, side.commit_id
    if target.git is None:
        return Side(str(target.name), directory_tree(target.path)), None
    commit_id = commit_of(target.git, "HEAD")
    if target.git.work_tree is None or is_ci(environ):
        if commit_id is None:
            raise UsageError("nothing has been committed yet", fix="Name a head with --head.")
        return Side("HEAD", commit_tree(target.git.git, commit_id), commit_id), commit_id
    return Side(WORKING_TREE, working_tree(target.git)), commit_id


def _named(target: Target, name: str, here: Path) -> Side | None:
    """Return what a name stands for: a commit before a directory."""
    if target.git is not None and (commit_id := commit_of(target.git, name)):
        return Side(name, commit_tree(target.git.git, commit_id), commit_id)
    directory = here / name
    if not directory.is_dir():
        return None
    if (directory / ".git").exists():
        return Side(name, working_tree(open_repository(directory)))
    return Side(name, directory_tree(directory))


def _no_such(target: Target, name: str) -> TruelineError:
    message = f"{name!r} is neither a commit nor a directory"
    if target.git is not None and target.git.is_shallow:
        return EvidenceMissing(f"{message} in this shallow copy", fix=DEPTH)
    return UsageError(message, fix="Name a branch, a tag, a commit or a directory.")


def _main_line_side(target: Target, environ: Mapping[str, str], after: Side) -> Side:
    """Return the tip of the main line, as CI names it or as this copy knows it."""
    assert target.git is not None
    names = list(_told_by_ci(environ))
    is_told = bool(names)
    names = names or list(_main_lines(target))
    for name in names:
        if commit_id := commit_of(target.git, name):
            return Side(
                name.removeprefix("refs/heads/").removeprefix("refs/remotes/"),
                commit_tree(target.git.git, commit_id),
                commit_id,
            )
    if is_told or target.git.is_shallow:
        raise EvidenceMissing(f"the base {names[0]} is not in this copy of the repository", fix=DEPTH)
    raise UsageError(f"no main line is known to compare {after.name} with", fix="Name one with --base.")


def _told_by_ci(environ: Mapping[str, str]) -> Iterator[str]:
    if sha := environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"):
        yield sha
    for variable in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        if branch := environ.get(variable):
            yield f"refs/remotes/origin/{branch}"
            yield f"refs/heads/{branch}"


def _main_lines(target: Target) -> Iterator[str]:
    names = [target.branch] if target.branch else ["HEAD", *USUAL_MAIN_LINES]
    for name in names:
        yield f"refs/remotes/origin/{name}"
        if name != "HEAD":
            yield f"refs/heads/{name}"


def _left_at(git: Repository, base: Side, at: str, *, is_told: bool, in_ci: bool = False) -> Side:
    """Return where a commit left the base: the merge base, or what else makes sense where there is none."""
    assert base.commit_id is not None
    found = git.git.output("merge-base", base.commit_id, at, accept=(0, 1)).decode("ascii").split()
    if not found and git.is_shallow:
        raise EvidenceMissing(f"where the head left {base.name} is not in this shallow copy", fix=DEPTH)
    if not found:
        return base  # histories that have nothing in common
    if found[0] == at and is_told:
        return base  # the head is older: what was named is what is compared
    if found[0] == at and in_ci and (before := commit_of(git, f"{at}^1")):
        # A push to the main line itself: what landed last is judged.
        return Side(f"the commit before {at[:7]}", commit_tree(git.git, before), before)
    if found[0] == at and in_ci and at in git.shallow_commit_ids():
        raise EvidenceMissing(f"what came before {at[:7]} is not in this shallow copy", fix=DEPTH)
    if found[0] == base.commit_id:
        return base
    return Side(f"where the head left {base.name}", commit_tree(git.git, found[0]), found[0])
