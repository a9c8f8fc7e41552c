"""Group documents by where they lie: a folder, or folders side by side that each hold one of the same name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from pathlib import PurePosixPath

from .classes import loaded
from .states import state_in
from .terms import Parsed

FEWEST = 3
"""Documents side by side; fewer show no habit."""
MOST_IN_ONE = 0.6
"""Of the documents of a tree that say their state; where one folder holds more, the habit is that folder's."""
_ASIDE = re.compile(
    r"(?:^|/)(?:readme|index|_index|[^/]*template|changelog|contributing|security|code_of_conduct|toc|summary)[^/]*[.]md$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:^|/)_?(?:readme|index)[.]md$", re.IGNORECASE)


@dataclass(frozen=True)
class Described:
    """A document with what its header says."""

    path: str
    header: dict[str, str]
    state: str | None
    """Its state, by header or by a section called so."""
    says_state: bool
    """True where it says something of its state, be it a sentence."""
    linked: frozenset[str]
    """Names of the files that it links."""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Folder:
    """Documents that lie alike."""

    path: str
    """The folder above them; empty for the root."""
    pattern: str
    """Their paths, in gitignore's dialect."""
    own: Sequence[Described]
    """Without indexes and templates."""
    index: str | None
    letters: str = ""
    """With which the names of the folders side by side begin, such as `RFC-`."""


def described(path: str, parsed: Parsed) -> Described:
    """Return a document with what its header says."""
    header: dict[str, str] = {}
    for row in parsed["document_fields"]:
        if row[3]:
            header.setdefault(row[2], row[3])
    written = next(
        (header[name] for name in loaded("fields.yaml")["status"] if name in header), None
    ) or _status_section(parsed)
    linked = frozenset(row[3].partition("#")[0].rpartition("/")[2] for row in parsed["links"])
    return Described(path, header, state_in(written or ""), bool(written), linked)


def _status_section(parsed: Parsed) -> str | None:
    """Return the first passage below a heading that names a state."""
    names = loaded("fields.yaml")["headings"]["status"]
    lines = {row[0] for row in parsed["sections"] if row[3].strip(" .:").lower() in names}
    return next((row[6] for row in parsed["passages"] if row[4] in lines), None)


def folders(documents: Iterable[Described]) -> Iterator[Folder]:
    """Yield folders that hold three documents or more, those of one name below folders side by side among them."""
    beside: dict[str, list[Described]] = defaultdict(list)
    below: dict[tuple[str, str, str], list[Described]] = defaultdict(list)
    for one in documents:
        home = one.path.rpartition("/")[0]
        beside[home].append(one)
        if "/" in one.path:
            above, _, folder = home.rpartition("/")
            below[above, _letters(folder), one.name].append(one)
    for home, held in beside.items():
        own = [one for one in held if not _ASIDE.search(one.path)]
        if len(own) >= FEWEST and (home or (own := _of_one_name(own))):
            pattern = f"/{home}/*.md" if home else f"/{_prefix(own)}*.md"
            yield Folder(home, pattern, own, _index([one for one in held if _INDEX.search(one.path)], own))
    yield from _trees(beside)
    for (home, letters, name), held in below.items():
        own = [one for one in held if one.path.count("/") >= 2 or not home]
        if len(own) >= FEWEST and _INDEX.search(name) and sum(one.says_state for one in own) >= FEWEST:
            yield Folder(home, f"/{home}/{letters}*/{name}".replace("//", "/"), own, None, letters)


def _trees(beside: Mapping[str, Sequence[Described]]) -> Iterator[Folder]:
    """Yield folders whose documents lie in several below: no single one of them holds most, and three hold a habit."""
    stating = {home: [one for one in held if one.says_state] for home, held in beside.items()}
    inside: dict[str, list[str]] = defaultdict(list)
    for home in beside:
        for above in _ancestors(home):
            inside[above].append(home)
    for above, homes in inside.items():
        counts = [len(stating[home]) for home in homes]
        if sum(count >= FEWEST for count in counts) >= 2 and max(counts) <= sum(counts) * MOST_IN_ONE:
            own = [one for home in homes for one in beside[home] if one.says_state or not _ASIDE.search(one.path)]
            yield Folder(above, f"/{above}/**/*.md", own, None)


def _ancestors(home: str) -> Iterator[str]:
    """Yield a folder and those above it, without the root."""
    while home:
        yield home
        home = home.rpartition("/")[0]


def _prefix(held: Sequence[Described]) -> str:
    shared = commonprefix([one.name for one in held])  # noqa: RUF071 - its characters are meant
    return re.sub(r"[\d#].*$", "", shared)


def _letters(folder: str) -> str:
    """Return the letters before the number of a folder, such as `RFC-`: those of others are another sort."""
    found = re.match(r"([A-Za-z]+[-_])\d+$", folder)
    return found[1] if found else ""


def _of_one_name(held: Sequence[Described]) -> list[Described]:
    """Return the numbered documents of the root that share letters before their number; the root holds all sorts."""
    numbered = [(found[1], one) for one in held if (found := re.match(r"([A-Za-z]+[-_]?)\d", one.name))]
    prefixes = [prefix for prefix, _ in numbered]
    most = max(sorted(set(prefixes)), key=prefixes.count, default=None)
    kept = [one for prefix, one in numbered if prefix == most]
    return kept if len(kept) >= FEWEST else []


def _index(candidates: Sequence[Described], own: Sequence[Described]) -> str | None:
    """Return the document of the folder that links at least half of the others."""
    files = {one.name for one in own}
    return next((one.path for one in candidates if len(files & one.linked) >= len(files) / 2), None)


def name_pattern(names: Sequence[str]) -> str | None:
    """Return a regular expression for names that are all alike; None where they are not."""
    shared = commonprefix(list(names))  # noqa: RUF071 - its characters are meant
    prefix = re.escape(re.sub(r"\d.*$", "", shared)).replace(r"\-", "-")
    patterns = [
        f"{prefix}[0-9]+[.]md",
        f"{prefix}[0-9]{{2,6}}[-_].*[.]md",
        f"{prefix}[0-9]+[-_].*[.]md",
        "[a-z0-9][a-z0-9-]*[.]md",
        "[a-z0-9][a-z0-9._-]*[.]md",
    ]
    return next((text for text in patterns if all(re.fullmatch(text, name) for name in names)), None)


def class_id(folder: Folder) -> str:
    """Return an id for the class of a folder's documents: what people call one of them."""
    if folder.letters:
        return folder.letters.lower().strip("-_")
    called = PurePosixPath(folder.path).name or _prefix(folder.own)
    return re.sub(r"[^a-z0-9]+", "-", called.lower()).strip("-").removesuffix("s") or "document"
