"""Read every document that could be a lifecycle guide, and give the rows.

What a guide is and what contradicts in it is told by `governance`; here its tables are only fed to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from trueline.analyses.base import Read
from trueline.analyses.governance.guide import Guide, read_guide
from trueline.analyses.governance.states import usual_states
from trueline.model.table import Row

from .tables import GUIDE_CONTRADICTIONS, LIFECYCLE_GUIDES

READS = ("documents", "document_fields", "sections", "passages", "document_cells", "code_blocks")

FEWEST_STATES = 3
"""Known as such: other lists have names as well."""

_CANDIDATES = """
    select distinct s.repository, s.path from sections as s
    where regexp_matches(lower(s.heading), '\\b(states?|status(es)?|life ?-?cycles?|stages?|maturity|work ?flow|process)\\b')
    union
    select distinct t.repository, t.path from document_cells as t
    where regexp_matches(lower(t.column_name), '^(states?|status(es)?|stages?)$')
"""
_COLUMNS = {
    "document_fields": "line, col, field, value, form",
    "sections": "line, end_line, level, heading, anchor, words, other_anchors",
    "passages": "line, col, end_line, kind, section_line, lead, text",
    "document_cells": "line, table_line, column_number, column_name, value",
    "code_blocks": "line, end_line, language, text",
}
"""As the parser of documents gives them."""


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of both tables."""
    guides: list[Row] = []
    contradictions: dict[tuple[str, str, str], Row] = {}
    for (repository, path), parsed in sorted(_documents(read).items()):
        guide = read_guide(path, parsed)
        if not _is_guide(guide):
            continue
        guides.append((repository, path, guide.states, guide.transitions))
        for line, says in guide.contradictions:
            contradictions.setdefault((repository, path, says), (repository, path, line, says))
    return {LIFECYCLE_GUIDES.name: guides, GUIDE_CONTRADICTIONS.name: list(contradictions.values())}


def _is_guide(guide: Guide) -> bool:
    known = sum(state.lower() in usual_states() for state in guide.states)
    return known >= FEWEST_STATES and bool(guide.meanings or guide.transitions)


def _documents(read: Read) -> dict[tuple[str, str], dict[str, list[tuple[Any, ...]]]]:
    """Return what was parsed of every candidate, by table."""
    found: dict[tuple[str, str], dict[str, list[tuple[Any, ...]]]] = defaultdict(
        lambda: {name: [] for name in _COLUMNS}
    )
    for table, columns in _COLUMNS.items():
        selected = ", ".join(f"t.{column}" for column in columns.split(", "))
        rows = read(
            f"select t.repository, t.path, {selected} from {table} as t"
            f" semi join ({_CANDIDATES}) as c on t.repository = c.repository and t.path = c.path"
            " order by t.repository, t.path, t.line, 4"
        )
        for repository, path, *rest in rows:
            found[repository, path][table].append(tuple(rest))
    return found
