"""Write a new record of some kind, its values judged by the same reading as everything else.

A required field without a value is left for the user to fill in; a wrong value is never written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trueline.model.errors import BadInput, Problem, UsageError
from trueline.model.record import Kind
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.records.template import new_record
from trueline.sources.records.walk import is_id

from .definitions import Definitions
from .handbook import Handbook, handbook_of, is_taken, write_new
from .workspace import Workspace

_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that do not come apart into a letter and a mark."""
_FILE_NAME = re.compile(r"[^/\\.][^/\\]*")


@dataclass(frozen=True)
class NewRecord:
    """A record that can be written."""

    root: Path
    kind: Kind
    id: str
    path: str
    """From the root, with slashes."""
    content: str
    to_fill_in: tuple[str, ...]
    """Required fields without a value."""
    has_settings: bool
    """False where the repository has no settings file yet."""


def kind_named(name: str, definitions: Definitions) -> Kind:
    """Return the kind of that name. Raises UsageError with the nearest one and all that there are."""
    kinds = definitions.kinds
    if name not in kinds:
        near = did_you_mean(name, kinds)
        fix = f"{near} `trueline new --list` says what each is." if near else ""
        raise UsageError(f"there is no kind {shown(name)}", fix=fix)
    return kinds[name]


def compose(
    workspace: Workspace, definitions: Definitions, kind_name: str, id: str | None, given: Sequence[str]
) -> NewRecord:
    """Return the record with the values given as `field=value`.

    Without an id it is made from the title. Raises UsageError, and BadInput with everything that is
    wrong with the values.
    """
    kind = kind_named(kind_name, definitions)
    values, problems = _values(kind, given)
    id = id or _id_from(kind, values)
    if not is_id(id) or not _FILE_NAME.fullmatch(id):
        raise UsageError(
            f"{shown(id)} cannot be an id",
            fix="Use one word of at most 200 characters, without slashes or a dot in front.",
        )
    handbook = handbook_of(workspace)
    path = handbook.path_of(kind, id)
    if is_taken(handbook.root, path):
        raise UsageError(f"{path} is there already", fix="Give another id, or edit the file.")
    content = new_record(kind, id, values)
    empty = tuple(field.name for field in kind.fields if field.required and not values.get(field.name))
    problems += _wrong(handbook, definitions, path, content, set(empty))
    if problems:
        raise BadInput(problems)
    return NewRecord(handbook.root, kind, id, path, content, empty, handbook.has_settings)


def write(record: NewRecord) -> None:
    """Write the record. Raises UsageError where something is in its place."""
    write_new(record.root, {record.path: record.content})


def slug(text: str) -> str:
    """Return text as an id: Latin letters lose their marks, and what is no letter or digit becomes a hyphen."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LATIN))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].rstrip("-")


def _values(kind: Kind, given: Sequence[str]) -> tuple[dict[str, str], list[Problem]]:
    names = [field.name for field in kind.fields]
    values: dict[str, str] = {}
    problems = []
    for word in given:
        name, equals, value = word.partition("=")
        if not equals:
            problems.append(_problem(word, f"{shown(word)} is not field=value", "Write --set title=..."))
        elif name not in names:
            problems.append(_problem(name, f"{shown(name)} is no field of {kind.name}", did_you_mean(name, names)))
        elif name in values:
            problems.append(_problem(name, f"{name} is given twice", "Separate the items of a list by commas."))
        elif any("\ud800" <= character <= "\udfff" for character in value):
            problems.append(_problem(name, f"{name} is not UTF-8 text", "Write it anew."))
        else:
            values[name] = value
    return values, problems


def _id_from(kind: Kind, values: Mapping[str, str]) -> str:
    id = slug(values.get("title", ""))
    if not id:
        raise UsageError(
            f"a new {kind.name} needs an id",
            fix=f"Write `trueline new {kind.name} ID`" + (", or give --set title=..." if _has_title(kind) else ""),
        )
    return id


def _has_title(kind: Kind) -> bool:
    return any(field.name == "title" for field in kind.fields)


def _wrong(handbook: Handbook, definitions: Definitions, path: str, content: str, empty: set[str]) -> list[Problem]:
    """Return what reading the record would complain of, by field; what is still to be filled in is no mistake."""
    lines = content.split("\n")
    problems = []
    for problem in handbook.records(definitions.kinds, {path: content}).problems:
        if problem.path != path:
            continue
        field, _, value = lines[max(problem.line, 1) - 1].partition(":")
        if not (field in empty and not value.strip()):
            problems.append(_problem(field, problem.message, problem.fix))
    return problems


def _problem(field: str, message: str, fix: str) -> Problem:
    # The place is what the user typed: the file does not exist yet.
    where = "ID" if field == "id" else f"--set {field}" if field.isidentifier() else "--set"
    return Problem(where, 0, 0, message, fix, "usage")
