"""Give each document its class, and read its header in the words of that class.

A document belongs to the class whose mark its header carries, else to the class where it lies; of several
the declared, the more precise and then the first by id counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trueline.analyses.base import Read
from trueline.model.table import Row

from .classes import LISTS, TEXTS, DocumentClass, class_rows, loaded, matcher, state_of, usual_classes
from .dates import day_of
from .owners import shown_owner
from .roles import role_mentions
from .tables import DOCUMENT_CLASSES, GOVERNED_DOCUMENTS, ROLE_MENTIONS

READS = ("documents", "document_fields", "sections", "passages", "record_files", "declared_classes", "charters")


@dataclass
class Header:
    """What a document says about itself: by field, the values as written with their lines."""

    title: str | None
    values: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def first(self, names: Iterable[str]) -> tuple[str, int] | None:
        return next((self.values[name][0] for name in names if self.values.get(name)), None)


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of the three tables."""
    declared = declared_classes(read)
    classes = declared or usual_classes()
    headers = read_headers(read)
    roles = [str(name) for row in read("select charter_id, title, role from charters") for name in row if name]
    governed = list(_governed(headers, classes, roles))
    places = {(row[0], row[1]) for row in (*governed, *read("select repository, path from record_files"))}
    return {
        DOCUMENT_CLASSES.name: class_rows(classes),
        GOVERNED_DOCUMENTS.name: governed,
        ROLE_MENTIONS.name: list(role_mentions({at: one.values for at, one in headers.items()}, places, roles)),
    }


def declared_classes(read: Read) -> list[DocumentClass]:
    """Return the classes that records declare, by id."""
    names = (*LISTS, *TEXTS, "precedence")
    columns = ", ".join(f'"{name}"' for name in names)
    rows = read(
        f"select declared_class_id, repository, source_path, source_line, {columns} from"
        f" (select document_class_id as declared_class_id, * from declared_classes)"
        " order by declared_class_id, repository, source_path"
    )
    return [DocumentClass(row[0], dict(zip(names, row[4:], strict=True)), *row[1:4]) for row in rows]


def read_headers(read: Read) -> dict[tuple[str, str], Header]:
    """Return the header of every document; a section called Status counts like a field of that name."""
    headers = {(row[0], row[1]): Header(row[2]) for row in read("select repository, path, title from documents")}
    fields = read("select repository, path, field, value, line from document_fields order by repository, path, line")
    for repository, path, name, value, line in fields:
        if value and (repository, path) in headers:
            headers[repository, path].values[name].append((value, line))
    by_heading = {heading: meaning for meaning, names in loaded("fields.yaml")["headings"].items() for heading in names}
    for repository, path, heading, text, line in _first_passages(read):
        if meaning := by_heading.get(heading):
            headers[repository, path].values[f"section {meaning}"].append((text, line))
    return headers


def _first_passages(read: Read) -> list[tuple[Any, ...]]:
    """Return the first passage below every heading that could hold a field."""
    return read(
        "select s.repository, s.path, lower(trim(s.heading, ' .:')), min_by(p.text, p.line), min(p.line)"
        " from sections as s join passages as p"
        " on p.repository = s.repository and p.path = s.path and p.section_line = s.line"
        " where len(s.heading) < 30 group by s.repository, s.path, s.line, s.heading order by s.repository, s.path, s.line"
    )


def _governed(
    headers: Mapping[tuple[str, str], Header], classes: Sequence[DocumentClass], roles: Sequence[str]
) -> Iterator[Row]:
    fields = loaded("fields.yaml")
    homes = [(one, matcher(one)) for one in classes]
    for (repository, path), header in sorted(headers.items()):
        at_home = [] if _is_index(path, header, classes, fields) else [one for one, is_home in homes if is_home(path)]
        marked = [one for one in classes if _is_marked(header, one)]
        if not (at_home or marked):
            continue
        one = _chosen(marked or at_home)
        is_at_home = one in at_home
        yield (repository, path, one.id, one.is_declared, is_at_home, header.title, *_read(header, one, fields, roles))


def _is_index(path: str, header: Header, classes: Sequence[DocumentClass], fields: Mapping[str, Any]) -> bool:
    """Return True for the index of a class, and for what is called like one and claims no state of its own."""
    if path in {one.text("index") for one in classes}:
        return True
    name = path.rpartition("/")[2].lower()
    is_aside = name in ("readme.md", "index.md", "_index.md") and not _claims(header, fields["status"])
    return is_aside or name.removesuffix(".md").endswith("template") or name.startswith("template")


def _is_marked(header: Header, one: DocumentClass) -> bool:
    mark = one.mark()
    return mark is not None and any(value.strip().lower() == mark[1] for value, _ in header.values.get(mark[0], ()))


def _chosen(candidates: Sequence[DocumentClass]) -> DocumentClass:
    return min(
        candidates, key=lambda one: (not one.is_declared, -max(map(len, one.listed("paths")), default=0), one.id)
    )


def _read(header: Header, one: DocumentClass, fields: Mapping[str, Any], roles: Sequence[str]) -> Row:
    """Return the columns of a governed document from its state on."""
    claims = _claims(header, fields["status"])
    state_written, state_line = claims[0] if claims else (None, None)
    states = one.listed("states")
    known = states or [*one.listed("canonical_states"), *one.listed("final_states"), *one.listed("fixed_states")]
    state = state_of(state_written, known) if state_written else None
    claimed = {state_of(value, known) or value.strip().lower() for value, _ in claims}
    if len(claimed) > 1 and known:
        # A section called so may speak of the state of something else.
        known_claims = {state_of(value, known) for value, _ in claims}
        claimed = {found for found in known_claims if found} or {state_written or ""}
    version, version_line = header.first(fields["version"]) or (None, None)
    owner, owner_line = header.first([*fields["owner"], "section owner"]) or (None, None)
    dated, dated_line = header.first([*fields["dated_on"], "section dated_on"]) or (None, None)
    stands = [None if state is None else state in _lower(one, name) for name in ("canonical_states", "final_states")]
    return (
        *(state, state_written[:200] if state_written else None, state_line, len(claimed)),
        *(version, version_line, shown_owner(owner, roles), owner_line),
        *(day_of(dated) if dated else None, dated_line),
        *stands,
        state in _lower(one, "fixed_states"),
    )


def _claims(header: Header, names: Sequence[str]) -> list[tuple[str, int]]:
    """Return what the document says of its state: by field or, where none does, by a section called so."""
    by_field = [claim for name in names[:1] for claim in header.values.get(name, ())]
    by_field = by_field or [claim for claim in [header.first(names)] if claim]
    return [*by_field, *header.values.get("section status", ())]


def _lower(one: DocumentClass, name: str) -> set[str]:
    return {state.lower() for state in one.listed(name)}
