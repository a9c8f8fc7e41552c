"""`trueline explain`: what governs a file, what it must do, what verifies that, and who owns it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.explaining import Explained

PARTS = {
    "governed_by": "Governed by",
    "requirements": "Carries",
    "verified_by": "Verified by",
    "owned_by": "Owned by",
    "services": "Part of",
    "named_in": "Named in",
}
NONE = {
    "governed_by": "no specification names it",
    "requirements": "no requirement",
    "verified_by": "nothing that says so",
    "owned_by": "nobody is declared",
    "services": "no service",
    "named_in": "no document",
}


@click.command(
    "explain",
    epilog="Examples: `trueline explain src/cart.py`; `trueline explain src/cart.py:120 --format json`.",
)
@click.argument("place", metavar="PATH[:LINE]")
@output()
@surroundings()
def command(place: str, given: Given, output: Output) -> None:
    """Say what governs a file, which requirements it carries, what verifies them, and who owns it."""
    from trueline.app.explaining import explain

    from ..answering import Answer, deliver
    from ..opening import open_given, snapshot_of
    from ..scan.wording import plural

    workspace, definitions = open_given(given)
    asked, line = _split(place)
    taken = snapshot_of(given, workspace, definitions, asked=())
    try:
        found = explain(taken, workspace, asked, line, Path.cwd())
        moment = taken.moment
    finally:
        taken.close()
    rows = [(part, *_cells(row)) for part in PARTS for row in getattr(found, part)]
    counted = (len(found.governed_by), len({row["requirement"] for row in found.requirements}))
    verifying = len({(row["path"], row["line"]) for row in found.verified_by})
    verdict = f"Nothing that says so governs {found.path}."
    if any(counted):
        verdict = (
            f"{plural(counted[0], 'specification')} and {plural(counted[1], 'requirement')} govern {found.path}; "
            f"verified in {plural(verifying, 'place')}."
        )
    payload: dict[str, Any] = {part: [dict(row) for row in getattr(found, part)] for part in PARTS}
    facts = {"repository": found.repository, "path": found.path, "line": found.line, "facts": dict(found.facts)}
    text = "\n".join([*_text(found), "", output.style.paint("strong", verdict), ""])
    answer = Answer("explain", ("part", "what", "how", "where"), rows, verdict, moment, text=text)
    if output.format == "json":
        payload |= {**facts, "unknown": dict(found.unknown), "verdict": verdict}
        answer = Answer("explain", moment=moment, payload=payload)
    deliver(answer, output)


def _split(place: str) -> tuple[str, int | None]:
    """Return the path and the line of `PATH:LINE`; a path may hold colons itself."""
    path, colon, line = place.rpartition(":")
    return (path, int(line)) if colon and path and line.isdecimal() and len(line) < 9 else (place, None)


def _text(found: Explained) -> Iterator[str]:
    from ..escape import visible

    facts = found.facts
    what = [str(facts[key]) for key in ("language", "kind", "class", "state") if facts.get(key)]
    place = found.path + (f":{found.line}" if found.line else "")
    yield visible(place + (f"  {', '.join(dict.fromkeys(what))}" if what else ""))
    for part, title in PARTS.items():
        rows = [_cells(row) for row in getattr(found, part)]
        if part in found.unknown:
            rows = [(f"unknown: {found.unknown[part]}", "", "")]
        yield ""
        yield title
        for name, how, where in rows or [(NONE[part], "", "")]:
            yield "  " + visible("  ".join(cell for cell in (name, how, where) if cell))


def _cells(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what a row is about, how, and where it says so."""
    place = row.get("path") or ""
    line = row.get("stated_at") or (row.get("line") if "requirement" not in row or "kind" in row else None)
    where = row.get("where_it_says") or (f"{place}:{line}" if place and line else place)
    if "spec" in row:
        return row["spec"], ", ".join(filter(None, (row["status"], row["owner"]))), where
    if "verdict" in row:
        told = [row["role"], row["title"], row["verdict"] or "stated nowhere"]
        return row["requirement"], ": ".join(filter(None, told)), where
    if "requirement" in row:
        return row["requirement"], row["kind"] or "", where
    if "by" in row:
        return row.get("owner") or row["service"], row["by"], where
    return where, "", ""
