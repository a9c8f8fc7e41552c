"""Documents and items of Doorstop, as YAML or as Markdown with front matter.

An item is one file whose name is its id, below a folder with `.doorstop.yml`; whether there is
such a folder is not known here, so a file counts by its fields and views leave out the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .doorstop_text import STANDARD, cleaned, header_and_text, references_text, serialised, stamp
from .importer import NOTHING, Imported, Importer, ImportProblem, Item, Link
from .scanning import Text, text_with

_CONFIG = b".doorstop.yml"
_UID = re.compile(rb"[\w.-]+[-_.]\w+|[\w.-]*[^\d\W]\d+|[\w.-]*[.-]\d+")
_FIELD = re.compile(rb"^(?:active|derived|normative|reviewed|level|links|ref|references|text):", re.MULTILINE)
_ANYTHING = re.compile(rb"")
_LINK = re.compile(r"^\s*-\s*['\"]?([\w.-]+)", re.MULTILINE)
_TRUE = ("yes", "true", "enabled", "1")
_YAML_FIX = "Correct the YAML; Doorstop would leave this file out"


class _NotRead(Exception):
    """The YAML is broken, or is no list of fields."""

    def __init__(self, line: int, col: int, message: str) -> None:
        super().__init__(message)
        self.problem = ImportProblem(line, col, message, _YAML_FIX)


def _dialect(path: bytes) -> str | None:
    name = path.rpartition(b"/")[2]
    if name == _CONFIG:
        return "document"
    stem, _, ending = name.rpartition(b".")
    form = {b"yml": "yaml", b"yaml": "yaml", b"md": "markdown"}.get(ending.lower())
    if form is None or _UID.match(stem) is None:
        return None
    try:
        return f"{form}:{stem.decode()}"
    except UnicodeDecodeError:
        return None


def _import(dialect: str, content: bytes) -> Imported:
    form, _, uid = dialect.partition(":")
    if form != "document" and len(set(_FIELD.findall(content, 0, 100_000))) < 2:
        return NOTHING
    text = text_with(_ANYTHING, content)
    if text is None or (form == "markdown" and not text.text.startswith("---")):
        return NOTHING
    try:
        item = _document(text.text) if form == "document" else _item(uid, form, text)
    except _NotRead as error:
        return Imported(problems=(error.problem,))
    return Imported((item,), text.problems)


def _document(text: str) -> Item:
    read = _fields(text)
    settings, attributes, extensions = (_mapping(read.get(k)) for k in ("settings", "attributes", "extensions"))
    parent = str(settings.get("parent") or "").strip()
    known = {
        "itemformat": settings.get("itemformat") or "yaml",
        "item_validator": extensions.get("item_validator"),
        "item_sha_required": "true" if "item_sha_required" in extensions else None,
    }
    reviewed = sorted({str(name) for name in attributes.get("reviewed") or ()})
    return Item(
        1,
        1,
        "document",
        str(settings.get("prefix") or "REQ").split(" ")[0],
        "document",
        end_line=text.count("\n") or 1,
        attributes=(*(f"{k}={v}" for k, v in known.items() if v), *(f"reviewed={name}" for name in reviewed)),
        links=(Link(*_place(text, parent), "parent", parent),) if parent else (),
    )


def _item(uid: str, form: str, text: Text) -> Item:
    fields, body, header = _parts(form, text.text)
    ref = str(fields.get("ref") or "").strip()
    references = [one for one in fields.get("references") or () if isinstance(one, dict)]
    stamped = uid + body + ref + references_text(references)
    links = _links(fields.get("links"), text.text)
    review = fields.get("reviewed")
    others = {k: v for k, v in fields.items() if k not in STANDARD and k != "header"}
    if header:
        others["header"] = header
    return Item(
        1,
        1,
        "requirement",
        uid,
        "item",
        end_line=text.text.count("\n") or 1,
        title=header or (body.split("\n", 1)[0][:100] or None),
        is_normative=_bool(fields.get("normative", True)),
        is_active=_bool(fields.get("active", True)),
        is_derived=_bool(fields.get("derived", False)),
        text=body,
        fingerprint=stamp(stamped),
        review_fingerprint=stamp(stamped, *sorted(link.to_id for link in links)),
        reviewed_digest=review if isinstance(review, str) and review.strip().lower() not in _TRUE else None,
        attributes=_attributes(fields, ref, stamped, others, body),
        links=(*links, *_references(references, text.text)),
    )


def _attributes(
    fields: Mapping[str, Any], ref: str, stamped: str, others: Mapping[str, Any], body: str
) -> tuple[str, ...]:
    found = [f"level={fields.get('level') or 1}"]
    if not body:
        found.append("textless=true")
    if ref:
        found.append(f"ref={ref}")
    if _bool(fields.get("reviewed")) and str(fields["reviewed"]).strip().lower() in _TRUE:
        found.append("confirmed=true")
    for one in fields.get("references") or ():
        if isinstance(one, dict) and one.get("keyword"):
            found.append(f"keyword={str(one.get('path', '')).strip()}\t{one['keyword']}")
    if others:
        found += [f"stamped={stamped}", *(f"field={name}\t{serialised(value)}" for name, value in others.items())]
    return tuple(found)


def _parts(form: str, text: str) -> tuple[dict[str, Any], str, str | None]:
    """Return fields, text and title of an item."""
    if form == "yaml":
        fields = _fields(text)
        return fields, cleaned(fields.get("text")), cleaned(fields.get("header")) or None
    end = re.search(r"^---\s*$", text[3:], re.MULTILINE)
    if end is None:
        raise _NotRead(1, 1, "front matter opened on line 1 is never closed")
    header, body = header_and_text(text[3 + end.end() :])
    return _fields(text[3 : 3 + end.start()]), cleaned(body), cleaned(header) or None


def _fields(text: str) -> dict[str, Any]:
    """Return the fields of a YAML text. Raises _NotRead; nodes that repeat could grow without bound."""
    import yaml  # slow to import, and most repositories have no such item

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if "&" in text:
            _refuse_aliases(event for event in yaml.parse(text, Loader=loader) if isinstance(event, yaml.AliasEvent))
        read = yaml.load(text, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it cannot be read"
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise _NotRead(place[0], place[1], f"broken YAML: {reason}") from None
    if read is None:
        return {}
    if not isinstance(read, dict):
        raise _NotRead(1, 1, "is not a list of fields")
    return {str(key): value for key, value in read.items()}


def _refuse_aliases(aliases: Iterable[Any]) -> None:
    for alias in aliases:
        mark = alias.start_mark
        raise _NotRead(mark.line + 1, mark.column + 1, "uses an alias, which is not read")


def _links(written: object, text: str) -> tuple[Link, ...]:
    """Return the links to parents: `- ID: stamp`, `- ID:stamp` or `- ID`."""
    start = max(text.find("\nlinks:"), 0)
    places = {found[1]: found.start(1) for found in _LINK.finditer(text, start)}
    links = {}
    for one in written if isinstance(written, list) else ():
        uid, cited = next(iter(one.items()), ("", None)) if isinstance(one, dict) else (str(one), None)
        if not isinstance(one, dict) and ":" in uid:
            uid, _, cited = uid.rpartition(":")
        is_stamp = isinstance(cited, str) and cited.strip() and cited.strip().lower() not in _TRUE
        links[str(uid)] = Link(
            *_at(text, places.get(str(uid), 0)), "covers", str(uid), None, str(cited) if is_stamp else None
        )
    return tuple(links.values())


def _references(references: list[Any], text: str) -> tuple[Link, ...]:
    paths = [(str(one.get("path", "")).strip(), one.get("sha")) for one in references]
    return tuple(Link(*_place(text, path), "references", path, None, str(sha) if sha else None) for path, sha in paths)


def _place(text: str, written: str) -> tuple[int, int]:
    return _at(text, max(text.find(written), 0))


def _at(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - (text.rfind("\n", 0, position) + 1) + 1


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _bool(value: object) -> bool:
    return value.lower().strip() in _TRUE if isinstance(value, str) else bool(value)


DOORSTOP = Importer("doorstop", 1, "Doorstop documents and items", _dialect, _import)
