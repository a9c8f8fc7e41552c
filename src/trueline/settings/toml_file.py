"""Read a TOML file by asking for what should be in it, and collect every problem on the way.

It knows types, places and misspelt keys; what the keys mean is for its caller.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from trueline.model.errors import BadInput, Problem

from .suggestion import did_you_mean, shown
from .toml_places import Key, key_places

LARGEST = 1_000_000
"""Bytes; a settings file is written by people."""

_POSITION = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")


@dataclass
class TomlFile:
    """A parsed file that is being checked."""

    path: str
    content: Mapping[str, Any]
    places: Mapping[Key, tuple[int, int]]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, key: Key, message: str, fix: str = "") -> None:
        """Note a problem at a key, or at the nearest table around it that is written anywhere."""
        self.problems.append(Problem(*self.place(key), message, fix))

    def place(self, key: Key) -> tuple[str, int, int]:
        """Return file, line and column of a key, or of the nearest table around it that is written anywhere."""
        while key and key not in self.places:
            key = key[:-1]
        return (self.path, *self.places.get(key, (1, 1)))

    def line(self, key: Key) -> int:
        """Return the line of a key that is there."""
        return self.places[key][0]

    def table(self, value: object, key: Key, known: Collection[str] | None = None) -> Mapping[str, Any]:
        """Return a table, with unknown keys noted and left out; an empty one where it is none."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong(key, f"{spelled(key)} must be a table, not {_type(value)}")
            return {}
        if known is None:
            return value
        for name in value.keys() - set(known):
            self.wrong((*key, name), f"{shown(name)} is no setting{_of(key)}", did_you_mean(name, known))
        return {name: item for name, item in value.items() if name in known}

    def tables(self, value: object, key: Key, known: Collection[str]) -> list[Mapping[str, Any]]:
        """Return an array of tables."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, f"{spelled(key)} must be an array of tables", f"Write [[{spelled(key)}]].")
            return []
        return [self.table(item, (*key, number), known) for number, item in enumerate(value)]

    def text(self, value: object, key: Key, choices: Collection[str] = ()) -> str | None:
        """Return a text that is not empty, one of the choices where there are any."""
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            self.wrong(key, f"{spelled(key)} must be text, not {_type(value)}")
            return None
        if choices and value not in choices:
            self.wrong(key, f"{spelled(key)} must be one of {', '.join(choices)}, not {shown(value)}")
            return None
        return value

    def texts(self, value: object, key: Key) -> tuple[str, ...]:
        """Return a list of texts."""
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(key, f"{spelled(key)} must be a list, not {_type(value)}")
            return ()
        found = (self.text(item, (*key, number)) for number, item in enumerate(value))
        return tuple(text for text in found if text is not None)

    def number(self, value: object, key: Key, least: float, most: float) -> float | None:
        """Return a number between two others, both included."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            given = value if isinstance(value, int | float) and not isinstance(value, bool) else _type(value)
            self.wrong(key, f"{spelled(key)} must be a number from {least:,} to {most:,}, not {given}")
            return None
        return value

    def count(self, value: object, key: Key, most: int) -> int | None:
        """Return a whole number from 1."""
        if isinstance(value, float):
            self.wrong(key, f"{spelled(key)} must be a whole number, not {value}")
            return None
        found = self.number(value, key, 1, most)
        return None if found is None else int(found)

    def day(self, value: object, key: Key) -> date | None:
        """Return a date."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.wrong(key, f"{spelled(key)} must be a date, not {_type(value)}", "Write it as 2026-01-31, unquoted.")
        return None


def parse(path: str, content: bytes) -> TomlFile:
    """Parse a file. Raises BadInput with the place of what cannot be read."""
    if len(content) > LARGEST:
        raise BadInput(
            [Problem(path, 0, 0, f"is larger than {LARGEST:,} bytes", "Settings are small; is it the right file?")]
        )
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise BadInput([Problem(path, *place, "is not UTF-8 text", "Save the file as UTF-8.")]) from error
    try:
        parsed = tomllib.loads(text)
        return TomlFile(path, parsed, key_places(text))
    except RecursionError as error:
        raise BadInput([Problem(path, 0, 0, "is nested too deeply", "Settings need two levels.")]) from error
    except ValueError as error:  # TOMLDecodeError, and Python's own limit on the digits of a number
        raise BadInput([_syntax_problem(path, text, str(error))]) from error


def spelled(key: Key) -> str:
    """Return a key as people write it: `repository 2, path` for an item of an array."""
    words = ""
    for part in key:
        if isinstance(part, int):
            words += f" {part + 1}"
        else:
            words += ("." if words and not words[-1].isdigit() else ", " if words else "") + part
    return words


def _syntax_problem(path: str, text: str, message: str) -> Problem:
    position = _POSITION.search(message)
    what = message[: position.start()] if position else message
    if position and position[1]:
        line, col = int(position[1]), int(position[2])
    else:
        line, col = (text.rstrip("\n").count("\n") + 1, 1) if position else (0, 0)
    return Problem(
        path, line, col, f"is not valid TOML: {what[:1].lower()}{what[1:]}", "Texts need quotes; tables a [head]."
    )


def _of(key: Key) -> str:
    return f" of {spelled(key)}" if key else ""


def _type(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return shown(value) if isinstance(value, str) else names.get(type(value), "a date or time")
