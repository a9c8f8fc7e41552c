"""What an importer of requirements is, and what it hands over.

An importer reads one content at a time and knows nothing of other files: who cites whom, and
what that is worth, is decided by views over all items. It never fails on content.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Nature = Literal["requirement", "tag", "document", "delta", "unread"]
"""A requirement states; a tag in code or tests only cites; a document holds items; a delta is what an open change would
make of a requirement; unread: a form that nobody reads."""

Role = Literal["covers", "implements", "verifies", "depends", "parent", "references"]
"""`covers`: says in other words; `parent`: of a document; `references`: leads to a file, not to an item."""


@dataclass(frozen=True)
class Link:
    """One citation, as written."""

    line: int
    col: int
    role: Role
    to_id: str
    """The id without its revision; a path from the root or beside the file where the role is `references`."""
    cited_revision: str | None = None
    cited_digest: str | None = None
    """The fingerprint that the form stores with the link."""


@dataclass(frozen=True)
class Item:
    """One requirement, tag or document."""

    line: int
    """1-based."""
    col: int
    """1-based, in characters."""
    nature: Nature
    item_id: str | None
    """What links cite, unique over all forms; None for a tag that nobody can cite."""
    kind: str | None = None
    """The form's own word: `req`, `utest`, `scenario`."""
    end_line: int = 0
    """Last line; 0 is the same as `line`."""
    revision: str | None = None
    title: str | None = None
    status: str | None = None
    owner: str | None = None
    is_normative: bool = True
    is_active: bool = True
    is_derived: bool = False
    needs: tuple[str, ...] | None = None
    """Kinds that must cover it, () for none; None where the form has no such thing."""
    text: str | None = None
    """What it says, from which its digests are made; None for a tag."""
    fingerprint: str | None = None
    """What links cite where the form stores digests with them; None where it does not."""
    review_fingerprint: str | None = None
    """What `reviewed_digest` is compared with."""
    reviewed_digest: str | None = None
    attributes: tuple[str, ...] = ()
    """`name=value`, for verdicts of the form's own; not for what has a field above."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class ImportProblem:
    """One thing wrong, and how to mend it. The place is 1-based; 0 is the whole file or line."""

    line: int
    col: int
    message: str
    fix: str


@dataclass(frozen=True)
class Imported:
    """What one content holds, in its own order."""

    items: tuple[Item, ...] = ()
    problems: tuple[ImportProblem, ...] = ()


NOTHING = Imported()


@dataclass(frozen=True)
class Importer:
    """How one form of requirements is read. `EARS = Importer("ears", 1, "EARS sentences", _dialect, _import)`."""

    name: str
    """Lower case, digits and underscores."""
    version: int
    """Raised whenever the same content gives other items: what it read before is then read again."""
    title: str
    """What people call the form."""
    dialect: Callable[[bytes], str | None]
    """Return what of a path decides how its content is read, mostly ""; None where it is not read at all.

    It is asked for every path of a tree, so it must be quick. It must not hold a tab or a line feed.
    """
    import_: Callable[[str, bytes], Imported]
    """Return the items of one content in a dialect. A function of a module; look for a candidate by one search
    over the bytes first, and return `NOTHING` where there is none."""
