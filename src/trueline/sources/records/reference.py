"""Write the reference page of record kinds, for `docs/reference`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trueline.model.record import Field, Kind


def reference_page(kinds: Iterable[Kind]) -> str:
    """Return a Markdown page with every kind and every field, in order of name."""
    lines = [
        "# Records",
        "",
        "Every kind of record, its table, and what its fields mean.",
        "Beside these, every record may have `kind`, `id` (else the name of the file) and `former_ids` (ids before).",
    ]
    for kind in sorted(kinds, key=lambda kind: kind.name):
        lines += _kind_lines(kind)
    return "\n".join(lines) + "\n"


def _kind_lines(kind: Kind) -> Iterator[str]:
    of = f" of practice `{kind.practice}`" if kind.practice else ""
    yield from ("", f"## `{kind.name}`", "")
    where = f", written at `{kind.location}`" if kind.location else ""
    yield f"{_cell(kind.title)}. Table `{kind.table}`{of}{where}."
    yield from ("", "| field | type | required | meaning |", "|---|---|---|---|")
    for field in kind.fields:
        yield f"| `{field.name}` | {field.type} | {'yes' if field.required else ''} | {_meaning(field)} |"


def _meaning(field: Field) -> str:
    parts = [_cell(field.doc)]
    if field.enum:
        parts.append("One of " + ", ".join(f"`{_cell(value)}`" for value in field.enum) + ".")
    if field.reference:
        parts.append(f"Refers to [`{field.reference}`](#{field.reference}).")
    if field.pattern:
        parts.append(f"Looks like `{_cell(field.pattern)}`.")
    if field.privacy != "internal":
        parts.append(f"Privacy: {field.privacy}.")
    return " ".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
