"""The JSON Schema of a kind, for editors that help while a record is written.

It describes the header of a record (JSON Schema 2020-12). Judging records is the business of `walk`.
"""

from __future__ import annotations

from typing import Any

from trueline.model.record import Field, FieldType, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# An editor reads `tier: 1` as a number and `country: no` maybe as false, where the kind says text.
_WRITTEN: dict[FieldType, dict[str, Any]] = {
    "text": {"type": ["string", "number", "boolean"]},
    "integer": {"type": "integer"},
    "decimal": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,4})?$"}]},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
}
_STRING = {"type": "string", "minLength": 1}


def json_schema(kind: Kind) -> dict[str, Any]:
    """Return the schema of the header of a record of this kind."""
    required = [f.name for f in kind.fields if f.required]
    return {
        "$schema": DIALECT,
        "title": kind.title,
        "type": "object",
        "properties": {
            "kind": {"const": kind.name},
            "id": {"type": ["string", "number"], "description": "Its id; without one, the name of the file."},
            **{f.name: _field_schema(f) for f in kind.fields},
            "former_ids": {"type": "array", "items": _STRING, "description": "Ids that it had before."},
        },
        "required": ["kind", *required],
        "additionalProperties": False,
    }


def _field_schema(field: Field) -> dict[str, Any]:
    if field.type == "list":
        written: dict[str, Any] = {"type": "array", "items": _restricted(_STRING, field)}
    else:
        written = _restricted(_WRITTEN[field.type], field)
    if not field.required:
        written = {"anyOf": [written, {"type": "null"}]}
    return {"description": field.doc, **written}


def _restricted(written: dict[str, Any], field: Field) -> dict[str, Any]:
    if field.enum:
        return {"enum": [_enum_value(value, field.type) for value in field.enum]}
    if field.pattern:
        return {"type": "string", "pattern": f"^(?:{field.pattern})$"}
    return written


def _enum_value(value: str, type: FieldType) -> object:
    if type == "integer":
        return int(value)
    if type == "decimal":
        return float(value)
    return value == "true" if type == "boolean" else value
