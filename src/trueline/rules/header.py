"""Read the header of an SQL file: YAML inside `/* --- … --- */` in front of one select.

It knows the keys that each sort of file may have, and reports every mistake at its line. What
the SQL means is `lint`'s business.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from trueline.model.errors import Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times faster where PyYAML was built with libyaml."""

_HEADER = re.compile(r"\A\s*/\*\s*---[ \t]*\n(.*?)\n[ \t]*---\s*\*/", re.DOTALL)
_OPENING = re.compile(r"\A\s*/\*\s*---")

COMMON = frozenset({"title", "why", "duty", "parameters", "status", "former_ids"})
KEYS: Mapping[str, frozenset[str]] = {
    "check": COMMON | {"weight", "examines", "applies", "group_by", "severity", "owner", "fix", "exact", "precision"},
    "metric": COMMON | {"unit", "direction", "grain", "target"},
    "view": frozenset({"title", "columns", "grain", "key"}),
    "thing": frozenset({"title", "rule", "figure", "sentence", "details", "parameters"}),
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "check": ("title", "why", "duty", "examines", "severity", "fix"),
    "metric": ("title", "why", "duty", "unit"),
    "view": ("title", "columns", "grain", "key"),
    "thing": ("title", "rule", "figure", "sentence"),
}


@dataclass
class Header:
    """The fields of a header, the SQL below it, and the problems met while reading either."""

    path: str
    sort: str
    fields: dict[str, Any]
    lines: dict[str, int]
    sql: str
    """With as many empty lines in front as the header had, so that line numbers are the file's."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_readable(self) -> bool:
        """Say whether there are keys to look at; where there are none, the one problem is why."""
        return bool(self.fields)

    def problem(self, key: str, message: str, fix: str = "") -> None:
        """Note a problem at the line of a key, or of a key inside one (`columns.owner`)."""
        line = self.lines.get(key) or self.lines.get(key.partition(".")[0], 1)
        self.problems.append(Problem(self.path, line, 1, message, fix, "rule_header"))

    def text(self, key: str, default: str = "") -> str:
        """Return a text field, noting anything else as a problem."""
        value = self.fields.get(key, default)
        if not isinstance(value, str):
            self.problem(key, f"{key} must be text, not {value!r}")
            return default
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = self.fields.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.problem(key, f"{key} must be a text or a list of texts")
            return ()
        return tuple(items)

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> Any:
        """Return a text that must be one of a few."""
        value = self.text(key, default)
        if value not in allowed:
            self.problem(key, f"{key} must be one of {', '.join(allowed)}, not {value!r}")
            return default
        return value


def read_header(text: str, path: str, sort: str) -> Header:
    """Return the header of a check, metric, view or thing, with every problem in it."""
    match = _HEADER.match(text)
    if not match:
        said, fix = "the file does not start with a header", "Write /* --- … --- */ with YAML inside"
        if _OPENING.match(text):
            said, fix = "the header is not closed", "Write --- */ on a line of its own below its keys"
        problem = Problem(path, 1, 1, said, fix)
        return Header(path, sort, {}, {}, text, [problem])
    first = text.count("\n", 0, match.start(1)) + 1
    header = Header(path, sort, {}, {}, "\n" * text.count("\n", 0, match.end()) + text[match.end() :].lstrip(" \t"))
    _fill(header, match.group(1), first)
    if not header.sql.strip():
        header.problems.append(Problem(path, first, 1, "there is no SQL below the header"))
    return header


def _fill(header: Header, text: str, first: int) -> None:
    try:
        node, fields = _composed(text)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: 2026-02-30
        mark = getattr(error, "problem_mark", None)
        line = first + (mark.line if mark else 0)
        message = str(getattr(error, "problem", None) or error)
        header.problems.append(
            Problem(header.path, line, (mark.column + 1) if mark else 1, f"the header is not YAML: {message}")
        )
        return
    if not isinstance(node, yaml.MappingNode) or not isinstance(fields, dict):
        header.problems.append(Problem(header.path, first, 1, "the header must be keys and values"))
        return
    for key, value in node.value:
        name = str(key.value)
        if name in header.lines:
            header.problems.append(Problem(header.path, first + key.start_mark.line, 1, f"{name} is given twice"))
        header.lines[name] = first + key.start_mark.line
        for inner, _ in value.value if isinstance(value, yaml.MappingNode) else ():
            header.lines[f"{name}.{inner.value}"] = first + inner.start_mark.line
    header.fields = {str(key): value for key, value in fields.items()}
    _known_keys(header)


def _composed(text: str) -> tuple[Any, Any]:
    """Return the nodes of a header, for their places, and what they say; read once, for there are hundreds."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _known_keys(header: Header) -> None:
    allowed = KEYS[header.sort]
    for key in header.fields.keys() - allowed:
        close = difflib.get_close_matches(key, sorted(allowed), 1)
        header.problem(key, f"a {header.sort} has no key {key}", f"Did you mean {close[0]}?" if close else "")
    for key in REQUIRED[header.sort]:
        if key not in header.fields:
            header.problem(key, f"a {header.sort} needs the key {key}")
