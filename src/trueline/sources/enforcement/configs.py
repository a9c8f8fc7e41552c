"""Values out of configuration files, whatever they are written in, without running or fetching anything.

Mappings become dicts, texts of YAML keep their line (`Text`). Hostile files are refused, not expanded: aliases
count each time they are used, tags mean nothing, XML may declare no entity.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from configparser import Error as IniError
from configparser import RawConfigParser
from typing import Any

DEEPEST = 40
MOST_VALUES = 100_000

_COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'"(?:\\.|[^"\\\n])*"|,(?=\s*[}\]])')


_FOREIGN = re.compile(
    r"(^|/)(vendor|vendored|_vendor|third[-_]?party|node_modules|bower_components|godeps|external_libs|\.tox|\.venv)/",
    re.IGNORECASE,
)


def is_foreign(path: str) -> bool:
    """Return True for files that others wrote and that are only kept here: what they enforce is not ours."""
    return bool(_FOREIGN.search(path))


class Unreadable(Exception):
    """A file that cannot be read, with a fragment that says why."""


class Text(str):
    """A text that knows the line that it was written in."""

    line: int = 1
    is_plain: bool = True

    @classmethod
    def at(cls, text: str, line: int, is_plain: bool = True) -> Text:
        """Return a text of a line."""
        made = cls(text)
        made.line, made.is_plain = line, is_plain
        return made


def line_of(value: object, otherwise: int = 1) -> int:
    """Return the line of the first text in a value that knows one."""
    if isinstance(value, Text):
        return value.line
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return next((line_of(part) for part in parts if isinstance(part, (Text, list, dict))), otherwise)


def line_where(text: str, *words: object) -> int:
    """Return the line in which the words follow each other soonest; 1 where they do not."""
    at = 0
    for word in words:
        found = text.find(str(word), at)
        if found < 0:
            break
        at = found
    return text.count("\n", 0, at) + 1


def decoded(content: bytes) -> str:
    """Return a text, with what is no UTF-8 replaced, and newlines as `\\n`."""
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def parse(path: str, text: str) -> Any:
    """Return the value of a file, read as its name says; an empty file is an empty dict.

    Raises:
        Unreadable: it is malformed, or too deep or large to be written by people.
    """
    ending = path.rpartition(".")[2].lower()
    if ending in ("yml", "yaml"):
        return parse_yaml(text)
    if ending == "toml":
        return parse_toml(text)
    if ending in ("ini", "cfg", "coveragerc", "flake8", "pylintrc"):
        return parse_ini(text)
    stripped = text.lstrip()
    return parse_json(text) if not stripped or stripped[0] in "{[" or ending == "json" else parse_yaml(text)


def parse_json(text: str) -> Any:
    """Return the value of JSON that may hold comments and trailing commas."""
    bare = _COMMENT.sub(lambda m: m[0] if m[0].startswith('"') else "\n" * m[0].count("\n"), text)
    bare = _TRAILING_COMMA.sub(lambda m: m[0] if m[0].startswith('"') else "", bare)
    try:
        return json.loads(bare) if bare.strip() else {}
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is not valid JSON: {_short(error)}") from error


def parse_toml(text: str) -> dict[str, Any]:
    """Return the tables of TOML."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable(f"it is not valid TOML: {_short(error)}") from error


def parse_ini(text: str) -> dict[str, dict[str, str]]:
    """Return the sections of an INI file; names in lower case, nothing interpolated."""
    reader = RawConfigParser(strict=False, allow_no_value=True, delimiters=("=", ":"), comment_prefixes=("#", ";"))
    try:
        reader.read_string(text)
    except IniError as error:
        raise Unreadable(f"it is not a valid INI file: {_short(error)}") from error
    return {name: {key: value or "" for key, value in reader[name].items()} for name in reader.sections()}


def parse_yaml(text: str) -> Any:
    """Return the first document of YAML; every scalar a `Text`, merge keys merged, aliases shared."""
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return _Composing().document(iter(yaml.parse(text, Loader=loader)))
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(f"it is not valid YAML: {_short(error)}") from error


def parse_xml(content: bytes) -> Any:
    """Return the root element of XML; names without their namespace."""
    from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

    if b"<!ENTITY" in content:
        raise Unreadable("it declares entities, which are not expanded")
    parser = XMLParser(target=TreeBuilder())
    try:
        parser.feed(content)
        root = parser.close()
    except (ParseError, ValueError) as error:
        raise Unreadable(f"it is not valid XML: {_short(error)}") from error
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def at(value: Any, *keys: str) -> Any:
    """Return what a path of keys leads to; None where it leads nowhere."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def listed(value: Any) -> list[str]:
    """Return a list of texts, however it was written: a list, one text, words by commas, white space or lines."""
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value if not isinstance(item, (dict, list))]
    if isinstance(value, str):
        without_comments = re.sub(r"(^|\s)#.*", "", value)
        return [word for word in re.split(r"[\s,]+", without_comments) if word]
    return [] if value is None or isinstance(value, dict) else [str(value)]


def is_true(value: Any) -> bool:
    """Return True for true, however it was written."""
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "on", "1"))


def is_false(value: Any) -> bool:
    """Return True for false, however it was written."""
    return value is False or (isinstance(value, str) and value.strip().lower() in ("false", "no", "off", "0"))


def _short(error: object) -> str:
    return " ".join(str(error).split())[:160]


class _Composing:
    """Build values from YAML's events, without recursion over what others wrote."""

    def __init__(self) -> None:
        self.anchors: dict[str, tuple[Any, int]] = {}

    def document(self, events: Iterator[Any]) -> Any:
        for event in events:
            if type(event).__name__ == "DocumentStartEvent":
                value, _ = self._value(next(events), events, 0)
                return {} if isinstance(value, Text) and not value else value
        return {}

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, int]:
        """Return a value and how many values it holds when every alias is written out."""
        if depth > DEEPEST:
            raise ValueError(f"nested more than {DEEPEST} deep")
        name = type(event).__name__
        if name == "AliasEvent":
            value, size = self.anchors.get(event.anchor, (Text(""), 1))
            return value, size
        if name == "ScalarEvent":
            made: Any = Text.at(event.value, event.start_mark.line + 1, not event.style)
            size = 1
        else:
            building = self._mapping if name == "MappingStartEvent" else self._sequence
            made, size = building(events, depth)
        if size > MOST_VALUES:
            raise ValueError(f"more than {MOST_VALUES:,} values")
        if event.anchor:
            self.anchors[event.anchor] = made, size
        return made, size

    def _sequence(self, events: Iterator[Any], depth: int) -> tuple[list[Any], int]:
        items, total = [], 1
        while type(event := next(events)).__name__ != "SequenceEndEvent":
            value, size = self._value(event, events, depth + 1)
            items.append(value)
            total += size
        return items, total

    def _mapping(self, events: Iterator[Any], depth: int) -> tuple[dict[Any, Any], int]:
        entries: dict[Any, Any] = {}
        merged: list[dict[Any, Any]] = []
        total = 1
        while type(event := next(events)).__name__ != "MappingEndEvent":
            key, _ = self._value(event, events, depth + 1)
            value, size = self._value(next(events), events, depth + 1)
            total += size
            if key == "<<":
                merged.extend(
                    part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)
                )
            elif isinstance(key, str):
                entries[key] = value
        for part in merged:
            entries = {**part, **entries}
        return entries, total
