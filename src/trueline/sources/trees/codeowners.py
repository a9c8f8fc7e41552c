"""Find the CODEOWNERS file that counts, decide whose rules it follows, and give its lines as rows.

GitHub and GitLab look in different places and read differently; `codeowners_github`,
`codeowners_gitlab` and `codeowners_pattern` say how. Whether an owner exists is not known here,
nor how a pseudonym is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trueline.model.table import Row

from .codeowners_github import parse_github
from .codeowners_gitlab import has_sections, parse_gitlab
from .codeowners_line import SHOWN, Dialect, OwnersLine, owner_kind, shown_owner
from .codeowners_pattern import compile_pattern
from .tree import Entry, Tree

__all__ = [
    "MAX_BYTES",
    "PLACES",
    "SHOWN",
    "CodeownersFile",
    "Dialect",
    "OwnersLine",
    "codeowners_entry",
    "compile_pattern",
    "owner_kind",
    "parse_codeowners",
    "read_codeowners",
    "rows_of_codeowners",
    "shown_owner",
]

PLACES: dict[Dialect, tuple[bytes, ...]] = {
    "github": (b".github/CODEOWNERS", b"CODEOWNERS", b"docs/CODEOWNERS"),
    "gitlab": (b"CODEOWNERS", b"docs/CODEOWNERS", b".gitlab/CODEOWNERS"),
}
"""The first of these that exists counts, the others do not."""

MAX_BYTES = 3_000_000
"""GitHub does not load a larger file; GitLab names no limit, and a larger one is not read here."""

_HOST = re.compile(r"(?:[a-z+]+://)?(?:[^/@]*@)?(?P<host>[^/:]+)", re.IGNORECASE)


@dataclass(frozen=True)
class CodeownersFile:
    """The file that counts."""

    entry: Entry
    dialect: Dialect
    content: bytes | None
    """None where it is missing or larger than `MAX_BYTES`."""

    @property
    def lines(self) -> list[OwnersLine]:
        """The lines that say something; none where the content is not known."""
        return [] if self.content is None else parse_codeowners(self.content, self.dialect)


def read_codeowners(tree: Tree, remote: str | None = None) -> CodeownersFile | None:
    """Return the file that counts by the rules of the forge that tree and remote point to.

    The host of the remote decides where it names a forge; else a place that only one forge
    reads; else a section head, which only GitLab has; else GitLab's pipeline file where there is
    no `.github/` folder. Without any of these it is GitHub.
    """
    entries = tree.entries()
    places = {place for listed in PLACES.values() for place in listed}
    found = {entry.path: entry for entry in entries if entry.path in places and entry.kind == "file"}
    if not found:
        return None
    contents = {entry.path: content for entry, content in tree.read(found.values(), MAX_BYTES)}
    dialect = _dialect_of_remote(remote) or _dialect_of_tree(entries, contents)
    place = next((place for place in PLACES[dialect] if place in found), None)
    return None if place is None else CodeownersFile(found[place], dialect, contents[place])


def codeowners_entry(tree: Tree) -> Entry | None:
    """Return the file that counts as far as the tree tells."""
    file = read_codeowners(tree)
    return file.entry if file else None


def parse_codeowners(content: bytes, dialect: Dialect = "github") -> list[OwnersLine]:
    """Return the lines of a CODEOWNERS file that say something."""
    return parse_gitlab(content) if dialect == "gitlab" else parse_github(content)


def rows_of_codeowners(
    repository: str, tree: Tree, pseudonym: Callable[[str], str], remote: str | None = None
) -> Iterator[Row]:
    """Yield the rows of table `codeowners_lines`; a file that cannot be loaded gives one row that says why."""
    file = read_codeowners(tree, remote)
    if file is None:
        return
    lines = file.lines if file.content is not None else [OwnersLine(1, None, (), _why_not_loaded(file.entry))]
    for line in lines:
        yield (
            repository,
            file.entry.display_path,
            line.line,
            line.pattern,
            [shown_owner(owner) for owner in line.owners],
            line.problem,
            [_owner_key(owner, pseudonym) for owner in line.owners],
            file.dialect,
            line.section,
            line.kind,
            line.approvals,
            line.ignored_owners,
            line.has_comment,
        )


def _dialect_of_remote(remote: str | None) -> Dialect | None:
    match = _HOST.match(remote or "")
    words = set(match["host"].lower().split(".")) if match else set()
    if "gitlab" in words:
        return "gitlab"
    return "github" if "github" in words else None


def _dialect_of_tree(entries: list[Entry], contents: dict[bytes, bytes | None]) -> Dialect:
    is_in_github = b".github/CODEOWNERS" in contents
    is_in_gitlab = b".gitlab/CODEOWNERS" in contents
    if is_in_github != is_in_gitlab:
        return "github" if is_in_github else "gitlab"
    if any(content and has_sections(content) for content in contents.values()):
        return "gitlab"
    is_built_by_gitlab = any(entry.path == b".gitlab-ci.yml" for entry in entries)
    is_kept_on_github = any(entry.path.startswith(b".github/") for entry in entries)
    return "gitlab" if is_built_by_gitlab and not is_kept_on_github else "github"


def _why_not_loaded(entry: Entry) -> str:
    is_large = entry.size_bytes is not None and entry.size_bytes > MAX_BYTES
    return "the file is larger than 3 MB, so none of it counts" if is_large else "the file's content is missing"


def _owner_key(owner: str, pseudonym: Callable[[str], str]) -> str | None:
    """Return the pseudonym that the git collector gives the same login or address."""
    kind = owner_kind(owner)
    if kind == "person":
        return pseudonym(f"login:{owner[1:].lower()}")
    return pseudonym(owner.lower()) if kind == "email" else None
