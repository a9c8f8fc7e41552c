"""Read JSON lines: one object per line, numbers exact, every member with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NoReturn

from trueline.model.errors import Problem
from trueline.settings.suggestion import shown

from .content import Content, Entry, decoded

_BLANK = re.compile(r"[ \t\r\n]*")


def jsonl_content(path: str, content: bytes) -> Content:
    """Return the rows of a file with one JSON object per line."""
    text, problems = decoded(path, content)
    return Content(path, None, _entries(path, text), problems=problems)


def _entries(path: str, text: str) -> Iterator[Entry | Problem]:
    for line, written in enumerate(text.split("\n"), start=1):
        if not written.strip(" \t\r"):
            continue
        try:
            yield _entry(line, written)
        except json.JSONDecodeError as error:
            yield Problem(path, line, error.pos + 1, f"is not JSON: {error.msg}", "Write one object per line.")
        except RecursionError:
            yield Problem(path, line, 1, "is nested too deeply to be read")
        except (ValueError, ArithmeticError):  # NaN, or a number of thousands of digits
            yield Problem(path, line, 1, "holds a number that cannot be read exactly")


def _entry(line: int, written: str) -> Entry:
    """Return the members of the object on a line. Raises JSONDecodeError, RecursionError or ValueError."""
    fields: dict[str, object] = {}
    starts: dict[str, int] = {}
    at = _expect("{", written, _skip(written, 0), "an object such as {...} was expected")
    at = _skip(written, at)
    while written[at : at + 1] != "}":
        if fields:
            at = _skip(written, _expect(",", written, at, "a comma or a closing brace was expected"))
        if written[at : at + 1] != '"':
            raise json.JSONDecodeError("a name in double quotes was expected", written, at)
        name, end = _DECODER.raw_decode(written, at)
        if name in fields:
            raise json.JSONDecodeError(f"{shown(name)} is there twice", written, at)
        at = _skip(written, _expect(":", written, _skip(written, end), "a colon was expected"))
        starts[name] = at
        fields[name], at = _DECODER.raw_decode(written, at)
        at = _skip(written, at)
    if _skip(written, at + 1) != len(written):
        raise json.JSONDecodeError("there is more after the object", written, _skip(written, at + 1))
    return Entry(line, fields, lambda name: (line, starts[name] + 1))


def _skip(written: str, at: int) -> int:
    match = _BLANK.match(written, at)
    assert match is not None  # the pattern matches nothing at all, too
    return match.end()


def _expect(character: str, written: str, at: int, otherwise: str) -> int:
    if written[at : at + 1] != character:
        raise json.JSONDecodeError(otherwise, written, at)
    return at + 1


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)
