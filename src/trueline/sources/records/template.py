"""Write the text of a new Markdown record, ready to be filled in by hand."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping

from trueline.model.errors import UsageError
from trueline.model.record import Field, Kind
from trueline.settings.suggestion import did_you_mean, shown

from .scalars import EXPECTED
from .walk import is_id

_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./@*+-]*(?: [A-Za-z0-9_./@(][A-Za-z0-9_./@()*+-]*)*")


def new_record(kind: Kind, id: str, values: Mapping[str, str]) -> str:
    """Return a record with a front matter: required fields first, the rest commented out.

    Items of a list are separated by commas. Raises UsageError for an id or a field that the
    kind cannot have.
    """
    fields = {f.name: f for f in kind.fields}
    if not is_id(id):
        raise UsageError(f"{shown(id)} cannot be an id", fix="Use one word of at most 200 characters.")
    for name in values:
        if name not in fields:
            raise UsageError(f"{shown(name)} is no field of {kind.name}", fix=did_you_mean(name, fields))
        if any("\ud800" <= c <= "\udfff" for c in values[name]):
            raise UsageError(f"{name} is not UTF-8 text", fix="Write it anew.")
    in_order = sorted(kind.fields, key=lambda f: not f.required)
    lines = ["---", f"kind: {kind.name}", f"id: {_scalar(id)}"]
    for field in in_order:
        lines += _field_lines(field, values.get(field.name))
    return "\n".join([*lines, "---", "", f"# {_title(kind, id, values)}", ""])


def _field_lines(field: Field, value: str | None) -> Iterator[str]:
    yield from textwrap.wrap(_comment(field), 100, initial_indent="# ", subsequent_indent="# ")
    if value:
        yield f"{field.name}: {_written(field, value)}"
    else:
        yield f"{field.name}:" if field.required else f"# {field.name}:"


def _comment(field: Field) -> str:
    doc = " ".join(field.doc.split())
    if field.enum:
        return f"{doc} One of: {', '.join(field.enum)}."
    kind = f" The id of a {field.reference}." if field.reference else ""
    return doc + kind + ("" if field.type == "text" else f" Write {EXPECTED[field.type]}.")


def _written(field: Field, value: str) -> str:
    if field.type != "list":
        return _scalar(value)
    return "[" + ", ".join(_scalar(item.strip()) for item in value.split(",") if item.strip()) + "]"


def _scalar(text: str) -> str:
    """Return a text as a YAML scalar that reads back as the same text."""
    if _PLAIN.fullmatch(text) and text != "null":
        return text
    quoted = json.dumps(text, ensure_ascii=False)  # JSON's quotes are YAML's; its surrogate pairs are not
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


def _title(kind: Kind, id: str, values: Mapping[str, str]) -> str:
    given = values.get("title") or values.get("name") or id
    return " ".join(given.split()) or kind.title
