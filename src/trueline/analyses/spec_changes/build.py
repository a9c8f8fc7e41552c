"""Follow every governed document through the landed changes that touched it.

Within one landed change only the first content and the last count: a version that a later commit of the same
change raises is raised. Commits that never landed are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from trueline.analyses.base import Read
from trueline.analyses.governance.classes import loaded
from trueline.model.table import Row

from .compare import MOST_SHOWN, Section, SectionChange, compare_sections, without_moves
from .tables import DOCUMENT_REVISIONS, SPEC_CHANGES

READS = (
    "file_changes",
    "landed_commits",
    "document_versions",
    "version_fields",
    "version_sections",
    "governed_documents",
)


@dataclass
class Content:
    """What one content of a document says."""

    fields: dict[str, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A document in one landed change: its content before and after; None where it was not or is no more."""

    repository: str
    path: str
    change_id: str
    changed_at: Any
    before: str | None
    after: str | None


NOTHING = Content()


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of both tables."""
    contents = _contents(read)
    classes = {(row[0], row[1]): row[2] for row in read("select repository, path, class_id from governed_documents")}
    names = loaded("fields.yaml")
    revisions: list[Row] = []
    changes: list[Row] = []
    landed: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in _steps(read):
        landed[step.repository, step.change_id].append(step)
    for steps in landed.values():
        for step, before, after, found in _compared(steps, contents):
            class_id = classes.get((step.repository, step.path))
            place = (step.repository, step.path, step.change_id, step.changed_at, class_id)
            revisions.append((*place, *_revision(step, before, after, found, names)))
            changes.extend((*place, *_section(change)) for change in found)
    return {DOCUMENT_REVISIONS.name: revisions, SPEC_CHANGES.name: changes}


def _compared(
    landed: Sequence[Step], contents: Mapping[str, Content]
) -> Iterator[tuple[Step, Content, Content, list[SectionChange]]]:
    """Yield each document of one landed change with its sections that changed; what moved between them did not."""
    both = [
        (step, contents.get(step.before or "", NOTHING), contents.get(step.after or "", NOTHING)) for step in landed
    ]
    found = [compare_sections(before.sections, after.sections) for _, before, after in both]
    shown = iter(without_moves([change for changes in found for change in changes]))
    for (step, before, after), changes in zip(both, found, strict=True):
        own = list(islice(shown, len(changes)))
        yield step, before, after, own if step.before and step.after else []


def _contents(read: Read) -> dict[str, Content]:
    """Return every content by its blob id."""
    contents: dict[str, Content] = defaultdict(Content)
    for (blob_id,) in read("select distinct blob_id from document_versions"):
        contents[blob_id] = Content()
    rows = read(
        "select distinct blob_id, line, field, value from version_fields where value is not null order by blob_id, line"
    )
    for blob_id, _, name, value in rows:
        contents[blob_id].fields.setdefault(name, value)
    sections = read(
        "select distinct on (blob_id, line) blob_id, line, anchor, heading, text_digest, demands"
        " from version_sections order by blob_id, line"
    )
    for blob_id, line, anchor, heading, text_digest, demands in sections:
        contents[blob_id].sections.append(Section(anchor, heading, line, text_digest, tuple(demands)))
    return contents


def _steps(read: Read) -> Iterator[Step]:
    """Yield each document in each landed change, oldest change first."""
    rows = read(
        "select f.repository, f.path, l.change_id, f.committed_at, f.old_blob_id, f.new_blob_id, f.old_path"
        " from file_changes as f join landed_commits as l on f.repository = l.repository and f.commit_id = l.commit_id"
        " where exists (select 1 from document_versions as v where v.repository = f.repository and v.path = f.path"
        "  and v.blob_id in (f.old_blob_id, f.new_blob_id))"
        " order by f.repository, l.position, f.path"
    )
    steps: dict[tuple[str, str, str], Step] = {}
    for repository, path, change_id, at, old, new, _old_path in rows:
        key = (repository, path, change_id)
        known = steps.get(key)
        steps[key] = Step(repository, path, change_id, at, known.before if known else _real(old), _real(new))
    return (step for step in steps.values() if step.before != step.after)


def _real(blob_id: str | None) -> str | None:
    return blob_id if blob_id and set(blob_id) != {"0"} else None


def _revision(
    step: Step, before: Content, after: Content, found: Sequence[SectionChange], names: Mapping[str, Sequence[str]]
) -> Row:
    version = (_said(before, names["version"]), _said(after, names["version"]))
    state = (_said(before, names["status"]), _said(after, names["status"]))
    normative = sum(change.is_normative for change in found)
    if step.before is None:
        kind = "created"
    elif step.after is None:
        kind = "deleted"
    else:
        kind = "normative" if normative else "text" if found else "header"
    is_raised = None not in version and version[0] != version[1]
    lowered = [None if one is None else one.strip().lower()[:200] for one in state]
    return (kind, *version, is_raised, *lowered, len(found), normative)


def _said(content: Content, names: Sequence[str]) -> str | None:
    return next((content.fields[name].strip() for name in names if content.fields.get(name)), None)


def _section(change: SectionChange) -> Row:
    one = change.section
    lost, gained = list(change.lost[:MOST_SHOWN]), list(change.gained[:MOST_SHOWN])
    return (one.anchor, one.heading, one.line, change.kind, lost, gained)
