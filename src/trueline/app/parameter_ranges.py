"""Compare the values of configuration files with the ranges that specifications give to them.

A specification bounds a parameter as `key min..max`; a value is looked for in YAML, JSON, TOML, `.env` and
`.properties` files under that key or under one that ends with it. Only what a change sets is judged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from typing import Any

from trueline.model.enforcement import EnforcementChange
from trueline.model.errors import Problem
from trueline.sources.trees.decoding import decode

from .specs import Spec

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".toml", ".env", ".properties", ".ini", ".cfg", ".conf"})
MAX_BYTES = 500_000
MAX_VALUES = 20_000
"""More are no configuration that people write, and aliases of YAML can pretend to any number."""

_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"(?P<key>\S+)\s+(?P<low>{_NUMBER})?\s*\.\.\s*(?P<high>{_NUMBER})?")
_LINE = re.compile(r"\s*(?:export\s+)?(?P<key>[A-Za-z_][\w.-]*)\s*[=:]\s*(?P<value>.*?)\s*$")
_SECTION = re.compile(r"\s*\[(?P<name>[^\]]+)\]\s*$")


@dataclass(frozen=True)
class Range:
    """A parameter with the values that its specification allows; an end that is None is open."""

    key: str
    low: Decimal | None
    high: Decimal | None
    spec: Spec

    def allows(self, value: Decimal) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    @property
    def text(self) -> str:
        return f"{'' if self.low is None else self.low}..{'' if self.high is None else self.high}"


def is_config(path: str) -> bool:
    """Return True where a file may set parameters."""
    name = PurePosixPath(path)
    return name.suffix.lower() in SUFFIXES or name.name.startswith(".env")


def ranges_of(specs: Iterable[Spec]) -> tuple[tuple[Range, ...], tuple[Problem, ...]]:
    """Return the ranges that specifications declare, and those that cannot be read."""
    ranges, problems = [], []
    for spec in specs:
        for text in spec.parameters:
            found = _RANGE.fullmatch(text.strip())
            if found is None or not (found["low"] or found["high"]):
                fix = "Write it as `key min..max`; one end may be left open."
                problems.append(Problem(spec.source_path, spec.line, 0, f"the parameter {text!r} has no range", fix))
                continue
            low, high = (Decimal(found[end]) if found[end] else None for end in ("low", "high"))
            ranges.append(Range(found["key"], low, high, spec))
    return tuple(ranges), tuple(problems)


def out_of_range(
    ranges: Sequence[Range], before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]
) -> tuple[list[EnforcementChange], list[str]]:
    """Return what the change sets outside its range, and the files that could not be read, each with why."""
    if not ranges:
        return [], []
    changes: list[EnforcementChange] = []
    unreadable: list[str] = []
    for path, content in after.items():
        if not is_config(path):
            continue
        try:
            old, new = _values(path, before.get(path)), _values(path, content)
        except ValueError as error:
            unreadable.append(f"{path}: {error}")
            continue
        changes += _outside(path, ranges, old, new)
    return changes, unreadable


def _outside(
    path: str, ranges: Sequence[Range], old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[EnforcementChange]:
    for key, value in new.items():
        if old.get(key) == value:
            continue
        for one in ranges:
            number = _number(value) if _is_called(key, one.key) else None
            if number is None or one.allows(number):
                continue
            yield EnforcementChange(
                kind="parameter_out_of_range",
                is_weaker=True,
                path=path,
                unit=key,
                old=f"{key} = {old[key]}" if key in old else None,
                new=f"{key} = {value}",
                note=f"{one.spec.id} allows {one.text}",
            )


def _is_called(key: str, wanted: str) -> bool:
    """Return True where a key is the wanted one or ends with it; `_`, `-`, `.` and case do not matter."""
    one, other = _plain(key), _plain(wanted)
    return one == other or one.endswith("." + other)


def _plain(key: str) -> str:
    return re.sub(r"[._-]+", ".", key).lower()


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value.strip().strip("\"'"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _values(path: str, content: bytes | None) -> dict[str, str]:
    """Return the plain values of a file by dotted key. Raises ValueError with a sentence where it cannot be read."""
    if not content:
        return {}
    if len(content) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES:,} bytes")
    text, _ = decode(content)
    suffix = PurePosixPath(path).suffix.lower()
    try:
        if suffix in (".yaml", ".yml"):
            return _flat(_yaml_documents(text))
        if suffix == ".json":
            return _flat(json.loads(text))
        if suffix == ".toml":
            import tomllib

            return _flat(tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it cannot be read as {suffix[1:]}: {str(error).splitlines()[0][:120]}") from None
    return dict(_lines(text))


def _yaml_documents(text: str) -> Any:
    import yaml

    try:
        documents = list(yaml.load_all(text, yaml.CSafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(str(error).replace("\n", " ")) from None
    return documents[0] if len(documents) == 1 else documents


def _flat(value: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    waiting: list[tuple[str, Any]] = [("", value)]
    visited = 0
    while waiting:
        key, item = waiting.pop()
        visited += 1
        if visited > MAX_VALUES:
            raise ValueError(f"it has more than {MAX_VALUES:,} values")
        if isinstance(item, Mapping):
            waiting.extend((f"{key}.{name}" if key else str(name), inner) for name, inner in item.items())
        elif isinstance(item, list):
            waiting.extend((f"{key}.{number}" if key else str(number), inner) for number, inner in enumerate(item))
        elif item is not None:
            found[key] = str(item)
    return found


def _lines(text: str) -> Iterator[tuple[str, str]]:
    section = ""
    for line in text.split("\n"):
        if line.lstrip().startswith(("#", ";", "!")):
            continue
        if found := _SECTION.fullmatch(line):
            section = found["name"].strip() + "."
        elif found := _LINE.fullmatch(line):
            yield section + found["key"], found["value"].strip("\"'")
