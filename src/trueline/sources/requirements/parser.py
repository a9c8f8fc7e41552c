"""The one parser of requirements: each content is read once, by every importer that wants its path.

Which importers those are, and their versions, is the dialect; so a new importer reads again only
the files that it wants, and a failure of one leaves the items of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from trueline.model.requirement_tables import PARSED_REQUIREMENT_TABLES
from trueline.model.table import Row
from trueline.sources.trees.decoding import decode
from trueline.sources.trees.parsed import Parser

from .importer import Imported, Importer, ImportProblem, Item
from .normative import digest, normative_digest
from .registry import importers

Rows = dict[str, list[Row]]


def dialect_of(path: bytes, among: Sequence[Importer]) -> str | None:
    """Return a line for each importer that reads a path: name, version and its own dialect; None where none does."""
    wanted = [(one.name, one.version, own) for one in among if (own := one.dialect(path)) is not None]
    return "\n".join(f"{name}\t{version}\t{own}" for name, version, own in wanted) or None


def rows_of(dialect: str, content: bytes, among: Mapping[str, Importer]) -> Rows:
    """Return the rows of one content by table name, without `blob_id`."""
    rows: Rows = {table.name: [] for table in PARSED_REQUIREMENT_TABLES}
    owner = _owner_of_document(content)
    for line in dialect.split("\n"):
        name, _, own = line.split("\t")
        imported = _imported(among[name], own, content)
        links = sum(len(item.links) for item in imported.items)
        rows["requirement_files"].append((name, len(imported.items), links, len(imported.problems)))
        for number, item in enumerate(imported.items, 1):
            if owner and item.owner is None and item.nature == "requirement":
                item = replace(item, owner=owner)
            rows["requirement_items"].append((name, number, *_item_row(item)))
            rows["requirement_links"].extend(
                (name, number, place, a.line, a.col, a.role, a.to_id, a.cited_revision, a.cited_digest)
                for place, a in enumerate(item.links, 1)
            )
        rows["requirement_problems"].extend((name, p.line, p.col, p.message, p.fix) for p in imported.problems)
    return rows


def _owner_of_document(content: bytes) -> str | None:
    """Return the owner that the front matter names: what a document states is theirs unless an item says otherwise."""
    if not content.startswith(b"---"):
        return None
    from trueline.sources.trees.front_matter import read_front_matter  # slow to import, as YAML is

    fields = read_front_matter(decode(content)[0]).fields
    return next((field.value.strip() or None for field in fields if field.name == "owner"), None)


def _imported(importer: Importer, dialect: str, content: bytes) -> Imported:
    try:
        return importer.import_(dialect, content)
    except Exception as error:  # an importer of others may fail; the files that it cannot read are told, not lost
        message = f"importer {importer.name} failed on it: {type(error).__name__}"
        return Imported(problems=(ImportProblem(0, 0, message, "Report it to whoever maintains the importer"),))


def _item_row(item: Item) -> Row:
    return (
        item.line,
        item.end_line or item.line,
        item.col,
        item.nature,
        item.item_id,
        item.kind,
        item.revision,
        item.title,
        item.status,
        item.owner,
        item.is_normative,
        item.is_active,
        item.is_derived,
        None if item.needs is None else list(item.needs),
        None if item.text is None else digest(item.text),
        None if item.text is None else normative_digest(item.text),
        item.fingerprint,
        item.review_fingerprint,
        item.reviewed_digest,
        list(item.attributes) or None,
    )


def _dialect(path: bytes) -> str | None:
    return dialect_of(path, importers())


@cache
def _by_name() -> Mapping[str, Importer]:
    return {importer.name: importer for importer in importers()}


def _rows(dialect: str, content: bytes) -> Mapping[str, Sequence[Row]]:
    return rows_of(dialect, content, _by_name())


REQUIREMENTS = Parser("requirements", 4, PARSED_REQUIREMENT_TABLES, _dialect, _rows)
