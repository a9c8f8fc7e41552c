"""The page of tables: what a query may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trueline.app.definitions import Definitions
from trueline.model.run import RUN
from trueline.model.table import Basis, Origin, Table
from trueline.tables.catalog import CATALOG
from trueline.tables.parts import deep_reads

from .markdown import page, prose, table

ABOUT = (
    "What rules, and `trueline query`, may read. `trueline query --tables` says how far each can be trusted in a place: "
    "complete, absent (never collected), stale, forbidden or incomplete. A table of which *only records say so* can make a duty "
    "*declared* at best. Columns of privacy `people` are empty unless the clearance is `people`."
)
ORIGINS: Mapping[Origin, str] = {
    "run": "The run",
    "tree": "Trees: a pure function of a commit",
    "record": "Records: what documents and YAML files declare",
    "evidence": "Evidence: what collectors brought",
    "analysis": "Analyses: derived in Python",
    "view": "Views: derived in SQL",
}


def tables_page(definitions: Definitions) -> str:
    """Return every table with its columns, by origin and name."""
    tables = {**definitions.tables, RUN.name: RUN, CATALOG.name: CATALOG}
    reads = {made.name: sorted(part.reads) for part in definitions.parts for made in part.writes}
    basis = {name: one.basis for name, one in tables.items()}
    for part in definitions.parts:
        behind = {basis[name] for name in deep_reads(part.reads, definitions.parts) if name in basis}
        basis |= {made.name: "declared" if behind == {"declared"} else "observed" for made in part.writes}
    blocks = []
    for origin, title in ORIGINS.items():
        group = sorted((one for one in tables.values() if one.origin == origin), key=lambda one: one.name)
        blocks.append([f"## {title}"])
        blocks += [list(_table(one, basis[one.name], reads.get(one.name, []))) for one in group]
    return page("Tables", ABOUT, *blocks)


def _table(one: Table, basis: Basis, reads: list[str]) -> Iterator[str]:
    yield from (f"### `{one.name}`", "", f"**{prose(one.title)}.** {prose(one.grain).capitalize()}.", "")
    facts = [
        "Key: " + ", ".join(f"`{name}`" for name in one.key),
        "only records say so" if basis == "declared" else "observed",
    ]
    if reads:
        facts.append("made from " + ", ".join(f"[`{name}`](#{name})" for name in reads))
    if one.event:
        facts.append(f"`--as-of` keeps rows up to `{one.event}`")
    if one.max_age_days is not None:
        facts.append(f"stale after {one.max_age_days} days")
    yield from ("; ".join(facts) + ".", "")
    rows = [
        (f"`{c.name}`", c.type, "yes" if c.required else "", "" if c.privacy == "internal" else c.privacy, prose(c.doc))
        for c in one.columns
    ]
    yield from table(("column", "type", "required", "privacy", "meaning"), rows)
