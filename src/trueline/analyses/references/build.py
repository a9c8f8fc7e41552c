"""Read the tables that references need, judge every reference of every repository, and give the rows.

The only module of this analysis that knows tables; all judging is in `links`, `mentions` and `drift`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trueline.analyses.base import Read
from trueline.model.table import Row

from .drift import Change, Spoken, by_path, drift_of
from .links import judge_link
from .mentions import judge_mention
from .names import shown, shown_or_none, written
from .tables import DOCUMENT_CODE, DOCUMENT_DRIFT, DOCUMENT_REFERENCES
from .tree import Tree
from .verdict import Document, Scene, Verdict

_FILES = "select repository, path, entry from files"
_GONE = """
    select p.repository, p.path, max(p.committed_at)
    from (
        select c.repository, unnest([c.path, c.old_path]) as path, c.committed_at from file_changes as c
    ) as p
    left join files as f on f.repository = p.repository and f.path = p.path
    where p.path is not null and f.path is null
    group by p.repository, p.path
"""
_RENAMES = """
    select c.repository, c.old_path, c.path
    from file_changes as c
    where c.status = 'R' and c.old_path is not null
    order by c.committed_at
"""
_CHANGES = """
    select c.repository, c.path, c.commit_id, c.committed_at
    from file_changes as c
    join commits as m on m.repository = c.repository and m.commit_id = c.commit_id
    join files as f on f.repository = c.repository and f.path = c.path
    where m.validity = 'valid'
"""
_SECTIONS = "select repository, path, anchor, coalesce(other_anchors, []), heading from sections"
_DOCUMENTS = "select repository, path, coalesce(header_form in ('front_matter', 'both'), false) from documents"
_LINKS = "select repository, path, line, col, kind, target, coalesce(is_planned, false) from links"
_NAMED = "select repository, path, line, col, 'named_path', name, coalesce(is_planned, false) from named_paths"
_KINDS = "select repository, path, kind, rule from path_kinds"

_ATTRIBUTE = re.compile(r"\{[^{}]*#([\w:.-]+)[^{}]*\}\s*$")
"""The anchor in the attributes that some generators take from the end of a heading: `{ #name .class }`."""

READS = ("files", "documents", "sections", "links", "named_paths", "file_changes", "commits", "path_kinds")


@dataclass(frozen=True)
class Reference:
    """One reference as written."""

    path: str
    line: int
    col: int
    kind: str
    target: str
    is_planned: bool


@dataclass(frozen=True)
class Judged:
    """One reference and what can be said of it."""

    reference: Reference
    verdict: Verdict


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of `document_references`, `document_code` and `document_drift`."""
    rows: dict[str, list[Row]] = {table.name: [] for table in (DOCUMENT_REFERENCES, DOCUMENT_CODE, DOCUMENT_DRIFT)}
    references = _by_repository([*read(_LINKS), *read(_NAMED)])
    histories = {repository: by_path(rows) for repository, rows in _by_repository(read(_CHANGES)).items()}
    for repository, scene in _scenes(read, histories).items():
        judged = list(judge(scene, (Reference(*row) for row in references.get(repository, ()))))
        spoken = spoken_of(scene, judged)
        rows[DOCUMENT_REFERENCES.name].extend(_reference_row(repository, one) for one in judged)
        for path, what in spoken.items():
            code = sorted(what.code.items())
            rows[DOCUMENT_CODE.name].extend((repository, shown(path), shown(target), n) for target, n in code)
            drift = drift_of(path, what, histories.get(repository, {}))
            rows[DOCUMENT_DRIFT.name].append((repository, *vars(replace(drift, path=shown(path))).values()))
    return rows


def judge(scene: Scene, references: Iterable[Reference]) -> Iterator[Judged]:
    """Yield every reference with its verdict, in the order given."""
    documents: dict[str, Document] = {}
    known: dict[tuple[str, str, str, bool], Verdict] = {}
    for reference in references:
        document = documents.get(reference.path) or documents.setdefault(reference.path, scene.document(reference.path))
        key = (reference.path, reference.kind, reference.target, reference.is_planned)
        if key not in known:
            judge_one = judge_mention if reference.kind == "named_path" else judge_link
            known[key] = judge_one(scene, document, reference.target, reference.is_planned)
        yield Judged(reference, known[key])


def spoken_of(scene: Scene, judged: Iterable[Judged]) -> dict[str, Spoken]:
    """Return, by document, the code files that it links or names and the files that it misses."""
    spoken: dict[str, Spoken] = defaultdict(Spoken)
    for one in judged:
        target = one.verdict.target_path
        if target is None or one.verdict.state not in ("resolves", "unknown", "broken"):
            continue
        if scene.is_code(target):
            spoken[one.reference.path].code[target] += 1
        elif one.verdict.state == "broken" and one.reference.kind != "image" and scene.tree.entry(target) is None:
            spoken[one.reference.path].missing.add(target)
    return dict(spoken)


def _scenes(read: Read, histories: Mapping[str, Mapping[str, Sequence[Change]]]) -> dict[str, Scene]:
    files = _by_repository(read(_FILES))
    documents = _by_repository(read(_DOCUMENTS))
    sections = _by_repository(read(_SECTIONS))
    past = _by_repository(read(_GONE))
    renames = _by_repository(read(_RENAMES))
    kinds = _by_repository(read(_KINDS))
    return {
        repository: Scene(
            Tree(
                dict(entries),
                dict(past.get(repository, ())),
                [(old, written(new)) for old, new in renames.get(repository, ())],
            ),
            _anchors(documents.get(repository, ()), sections.get(repository, ())),
            {path: (kind, rule) for path, kind, rule in kinds.get(repository, ())},
            {path for path, has_front_matter in documents.get(repository, ()) if has_front_matter},
            {path: [at for _, at in changes] for path, changes in histories.get(repository, {}).items()},
        )
        for repository, entries in files.items()
    }


def _anchors(documents: Iterable[Sequence[Any]], sections: Iterable[Sequence[Any]]) -> dict[str, frozenset[str]]:
    by_document: dict[str, set[str]] = {path: set() for path, _ in documents}
    for path, anchor, others, heading in sections:
        anchors = by_document.setdefault(path, set())
        anchors.update(name.lower() for name in (anchor, *others, *_ATTRIBUTE.findall(heading)))
    return {path: frozenset(anchors) for path, anchors in by_document.items()}


def _by_repository(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return rows of repository, path and more grouped by repository, each path as documents write it."""
    grouped: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for repository, path, *rest in rows:
        grouped[repository].append((written(path), *rest))
    return grouped


def _reference_row(repository: str, one: Judged) -> Row:
    r, v = one.reference, one.verdict
    kind = "anchor" if r.kind == "link" and r.target.startswith("#") else r.kind
    return (
        repository, shown(r.path), r.line, r.col, kind, r.target,
        shown_or_none(v.target_path), v.target_anchor, v.state, v.reason, shown_or_none(v.moved_to), shown_or_none(v.cause),
    )  # fmt: skip
