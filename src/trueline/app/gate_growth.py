"""What a change does to the gate itself: settings, practices, exceptions, and lists of what is let pass.

The change is judged by the rules of its base whatever it says here; but whoever merges it changes what the
next one is judged by, and that is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from trueline.model.errors import BadInput
from trueline.model.record import Kind
from trueline.settings.discovery import FILE
from trueline.settings.settings import GateSetting, Settings
from trueline.settings.trueline_toml import PYPROJECT, has_settings, read_settings
from trueline.sources.records.read import read_records

from .changes import Contents
from .trusted import rows_of

EXCEPTIONS = ("deviation", "rule_setting", "duty_target")
"""Kinds of record that let something pass, or move what counts as passing."""

_LIST = re.compile(
    r"(^|[._-])(baseline|known[_-]?(issues|failures|violations)|suppressions?|allow[_-]?list|exemptions?|waivers?)([._-]|$)"
    r"|^\.(?!git|docker|npm|helm|vercel|vscode|gcloud|eb|slug)[\w-]+ignore$",
    re.IGNORECASE,
)
"""Names of files that list what other checks let pass; not what version control and packagers leave out."""

_OWNERS = frozenset({"CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"})
_STRICTNESS = {"off": 0, "advise": 1, "block": 2}


@dataclass(frozen=True)
class GateChange:
    """One way in which a change alters what later changes are judged by."""

    path: str
    subject: str
    message: str
    """A fragment: `goes from block to advise`."""
    line: int | None = None


def gate_changes(contents: Contents, settings: Settings, kinds: Mapping[str, Kind], root: Path) -> list[GateChange]:
    """Return what a change does to the gate; `settings` are those that judge it, read from a copy below `root`."""
    paths = sorted(contents.before.keys() | contents.after.keys())
    found: list[GateChange] = []
    for path in paths:
        before, after = contents.before.get(path), contents.after.get(path)
        if PurePosixPath(path).name in (FILE, PYPROJECT):
            found += _settings_changes(path, before, after)
        elif path in _OWNERS:
            found += _owner_changes(path, before, after)
        elif _LIST.search(PurePosixPath(path).name):
            found += _list_growth(path, before, after)
    found += _practice_changes(paths, settings, root)
    found += _exception_changes(contents, settings, kinds)
    return found


def _settings_changes(path: str, before: bytes | None, after: bytes | None) -> Iterator[GateChange]:
    old = _settings(path, before)
    if old is None:
        return  # there was no gate to weaken, or none that could be read
    if after is None or not has_settings(Path(path), after, path):
        yield GateChange(path, path, "is taken away: the gate would go by its defaults")
        return
    new = _settings(path, after)
    if new is None:
        yield GateChange(path, path, "can no longer be read")
        return
    for rule in sorted(old.rules.keys() | new.rules.keys()):
        was, now = old.rules.get(rule, "advise"), new.rules.get(rule, "advise")
        if _STRICTNESS[now] < _STRICTNESS[was]:
            yield GateChange(path, f"rule {rule}", f"goes from {was} to {now}", _line(new, f"rules.{rule}"))
    yield from _looser(path, old.gate, new)
    for glob in old.records:
        if new.records.get(glob) != old.records[glob]:
            yield GateChange(path, f"records {glob}", f"are no longer read as {old.records[glob]}")
    for place in old.practices:
        if place not in new.practices:
            yield GateChange(path, f"practices {place.name}", "are no longer loaded")


def _looser(path: str, old: GateSetting, new: Settings) -> Iterator[GateChange]:
    """Yield what of `[gate]` lets fewer rules block than before."""
    now = new.gate
    looser = {
        "stopped_share": (old.stopped_share, now.stopped_share, now.stopped_share < old.stopped_share),
        "judged_changes": (old.judged_changes, now.judged_changes, now.judged_changes > old.judged_changes),
        "without_replay": (
            old.without_replay,
            now.without_replay,
            (old.without_replay, now.without_replay) == ("block", "advise"),
        ),
    }
    for name, (before, after, is_looser) in looser.items():
        if is_looser:
            yield GateChange(path, f"gate.{name}", f"goes from {before} to {after}", _line(new, f"gate.{name}"))


def _settings(path: str, content: bytes | None) -> Settings | None:
    try:
        if content is None or not has_settings(Path(path), content, path):
            return None
        return read_settings(Path(path), content, path)
    except BadInput:
        return None


def _line(settings: Settings, key: str) -> int | None:
    line = settings.origin(key).rpartition(":")[2]
    return int(line) if line.isdigit() else None


def _owner_changes(path: str, before: bytes | None, after: bytes | None) -> Iterator[GateChange]:
    gone = Counter(_entries(before)) - Counter(_entries(after))
    if count := gone.total():
        yield GateChange(path, path, f"loses or changes {count} of its lines: who must be asked changes")


def _list_growth(path: str, before: bytes | None, after: bytes | None) -> Iterator[GateChange]:
    added = Counter(_entries(after)) - Counter(_entries(before))
    if count := added.total():
        yield GateChange(path, path, f"lets more pass: {count} {'entry' if count == 1 else 'entries'} added")


def _entries(content: bytes | None) -> list[bytes]:
    lines = (line.strip() for line in (content or b"").splitlines())
    return [line for line in lines if line.strip(b"[]{}(),") and not line.startswith((b"#", b"//"))]


def _practice_changes(paths: Iterable[str], settings: Settings, root: Path) -> Iterator[GateChange]:
    folders = [place.relative_to(root).as_posix() + "/" for place in settings.practices if place.is_relative_to(root)]
    for path in paths:
        if path.startswith(tuple(folders)):
            yield GateChange(path, path, "is part of a practice: later changes are judged by what it says then")


def _exception_changes(contents: Contents, settings: Settings, kinds: Mapping[str, Kind]) -> Iterator[GateChange]:
    globs = settings.records if settings.file is not None else {}
    before, after = (
        read_records("", ((p, c) for p, c in side.items() if c is not None and _may_hold(p)), kinds, globs)
        for side in (contents.before, contents.after)
    )
    for name in EXCEPTIONS:
        id_field = f"{name}_id"
        old = {row[id_field]: row for row in rows_of(before, kinds, name)}
        for row in rows_of(after, kinds, name):
            was = old.get(row[id_field])
            if was is not None and _meaning(was) == _meaning(row):
                continue
            subject = f"{kinds[name].title.lower()} {row[id_field]}"
            message = "is added" if was is None else "is changed"
            yield GateChange(row["source_path"], subject, message, row["source_line"])


def _may_hold(path: str) -> bool:
    return path.lower().endswith((".md", ".markdown", ".yaml", ".yml"))


def _meaning(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("source_path", "source_line", "former_ids")}
