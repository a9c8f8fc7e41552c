"""Requirements in plain Markdown: an id in a heading, a list item, a paragraph, an anchor, or the first column of a table.

Precision first: an id is stated only where a document states two of its prefix that bind or call themselves
requirements, or calls itself a specification. Elsewhere it is only mentioned, and no item.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from . import ears, openspec, speckit
from .importer import NOTHING, Imported, Importer, ImportProblem, Item
from .plain_id import CANDIDATE, is_plausible, prefix_of, says_requirement
from .plain_links import citing_lines, links_of
from .plain_statements import Statement, ragged, statements
from .prose import UNCLOSED, Line, is_front_matter_open, stated_lines
from .scanning import text_with

_ENDINGS = (b".md", b".markdown", b".mdx")
_OWNED = (openspec.PATH, openspec.ARCHIVE, speckit.PATH, ears.PATH)
_GOVERNED = re.compile(r"(?:^|[\W_])(?:requirements?|specs?|specifications?|srs|urs|prd)(?:[\W_]|$)", re.IGNORECASE)
_NOT_STATING = re.compile(
    r"(?:^|.*[-_.])(?:change-?log|changes|history|news|releases?|release-?notes?|todo|tasks?|plan|backlog|roadmap|contributing"
    r"|traceability|matrix|report|status|templates?)(?:[-_.].*|$)",
    re.IGNORECASE,
)
_TOOLS = re.compile(r"(?:^|.*/)(?:\.(?!specs?/)[^/]+|templates?)/.*")
"""Folders of tools, whose texts show what a requirement looks like, and templates."""
_BINDS = re.compile(r"\b(?:must|shall|required to|should|may not|cannot)\b", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*(?:[-*+]\s+)?[*_]*(status|owner|revision|version)[*_]*\s*:[*_]*\s*(\S.*?)[\s*_]*", re.IGNORECASE
)
_ENDED = frozenset("rejected withdrawn superseded deprecated obsolete removed retired deleted".split())


def _dialect(path: bytes) -> str | None:
    if not path.lower().endswith(_ENDINGS) or path.lower().endswith(b".feature.md"):
        return None
    shown = path.decode("utf-8", "replace")
    if any(owned.fullmatch(shown) for owned in _OWNED):
        return None
    stem = shown.rpartition("/")[2].rpartition(".")[0]
    if _NOT_STATING.fullmatch(stem) or _TOOLS.fullmatch(shown):
        return "citing"
    return "governed" if _GOVERNED.search(shown.rpartition(".")[0]) else ""


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(CANDIDATE, content)
    if text is None:
        return NOTHING
    lines = list(stated_lines(text.text))
    found = (
        [] if dialect == "citing" else _stated(statements(lines), dialect == "governed" or _is_governed(lines), lines)
    )
    items = [*(_item(one, found, lines) for one in found), *citing_lines(lines, _covered(found))]
    if not items:
        return NOTHING
    items.sort(key=lambda item: (item.line, item.col))
    problems = (*text.problems, UNCLOSED) if is_front_matter_open(text.text) else text.problems
    return Imported(tuple(items), (*problems, *_ragged(lines, found)))


def _is_governed(lines: Sequence[Line]) -> bool:
    """Return True where the first heading calls the document a specification."""
    first = next((line.heading for line in lines if line.level), "")
    return _GOVERNED.search(first) is not None


def _stated(found: Sequence[Statement], is_governed: bool, lines: Sequence[Line]) -> list[Statement]:
    """Return the statements that count, the strongest of each id."""
    by_prefix: dict[str, list[Statement]] = defaultdict(list)
    for one in found:
        if is_plausible(one.item_id):
            by_prefix[prefix_of(one.item_id)].append(one)
    kept = []
    for prefix, group in by_prefix.items():
        many = len({one.item_id for one in group}) > 1
        means_it = says_requirement(prefix) or any(_BINDS.search(one.text(lines)) for one in group)
        if is_governed or (many and means_it):
            strongest = {one.item_id: min(o.rank for o in group if o.item_id == one.item_id) for one in group}
            kept += [one for one in group if one.rank == strongest[one.item_id]]
    return sorted(kept, key=lambda one: one.place)


def _covered(found: Sequence[Statement]) -> frozenset[int]:
    return frozenset(place for one in found for place in range(one.place, one.end))


def _item(one: Statement, others: Sequence[Statement], lines: Sequence[Line]) -> Item:
    text = one.text(lines)
    below = lines[one.place : one.end]
    fields = {found[1].lower(): found[2] for line in below[1:] if (found := _FIELD.fullmatch(line.text))}
    status = fields.get("status", "").lower() or None
    written = [line.number for line in below if line.text.strip()]
    return Item(
        one.line.number,
        one.col,
        "requirement",
        one.item_id,
        prefix_of(one.item_id).strip("-_").lower(),
        end_line=max(written, default=one.line.number),
        revision=fields.get("revision") or fields.get("version"),
        title=one.title[:200] or None,
        status=status,
        owner=fields.get("owner"),
        is_normative=bool(_BINDS.search(text)) or not any(_BINDS.search(other.text(lines)) for other in others),
        is_active=status is None or status.split()[0].strip(".,;") not in _ENDED,
        text=text,
        attributes=(f"stated_as={one.form}",),
        links=tuple(link for line in below for link in links_of(line) if link.to_id != one.item_id),
    )


def _ragged(lines: Sequence[Line], found: Sequence[Statement]) -> Iterator[ImportProblem]:
    for one in found:
        if one.form == "row" and (counts := ragged(lines, one.place)):
            message = f"the row of {one.item_id} has {counts[0]} cells, its header has {counts[1]}"
            yield ImportProblem(one.line.number, one.col, message, "Give every row as many cells as the header")


PLAIN_MARKDOWN = Importer("markdown", 2, "Requirements in plain Markdown", _dialect, _import)
