"""Rows of the tables that Python tests run over, read from normalised text.

Tables that are computed cannot be read; of a table that is partly computed, the rest counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trueline.sources.enforcement.syntax import shortened, split, tokens

_ITEMS = re.compile(r"(.*)\.(?:items|values)\(\)", re.DOTALL)
_PARAM = re.compile(r"(?:[\w.]+\.)?param\((.*)\)", re.DOTALL)
_WRAPPED = re.compile(r"(?:list|tuple|sorted|enumerate|set|iter)\((.*)\)", re.DOTALL)
_RANGE = re.compile(r"range\((?:(?P<first>\d{1,6}),)?(?P<last>\d{1,6})\)")
_MOST_NUMBERS = 100
_PRODUCT = re.compile(r"(?:itertools\.)?product\((.*)\)", re.DOTALL)
_MARK = re.compile(r"\b(skip|skipif|xfail)\b")


@dataclass(frozen=True)
class Row:
    """One case, and the marks that it carries."""

    text: str
    marks: tuple[str, ...] = ()


def rows_of(table: str) -> tuple[Row, ...]:
    """Return the rows of a literal table; none where it cannot be read."""
    table = table.strip()
    if match := _ITEMS.fullmatch(table) or _WRAPPED.fullmatch(table):
        return rows_of(split(match[1])[0] if split(match[1]) else "")
    if match := _RANGE.fullmatch(table):
        first, last = (int(match["first"] or 0), int(match["last"]))
        return tuple(Row(str(number)) for number in range(first, min(last, first + _MOST_NUMBERS)))
    if match := _PRODUCT.fullmatch(table):
        return tuple(row for part in split(match[1]) for row in rows_of(part))
    parts = _added(table)
    if len(parts) > 1:
        return tuple(row for part in parts for row in rows_of(part))
    if len(table) < 2 or table[0] + table[-1] not in {"[]", "()", "{}"} or not _is_one_bracket(table):
        return ()
    inside = table[1:-1]
    if re.search(r"\bfor\b.*\bin\b", inside) and "for" in _outer_words(inside):
        return ()
    return tuple(_row(part) for part in split(inside))


def _row(text: str) -> Row:
    marks: list[str] = []
    if match := _PARAM.fullmatch(text):
        parts = split(match[1])
        kept = [part for part in parts if not re.match(r"(?:id|marks)=", part)]
        for part in parts:
            if part.startswith("marks="):
                value = part.removeprefix("marks=")
                inside = value[1:-1] if value[:1] in {"[", "("} and _is_one_bracket(value) else value
                marks.extend(mark for mark in split(inside) if _MARK.search(mark))
        return Row(shortened(",".join(kept)), tuple(marks))
    if len(text) > 1 and text[0] + text[-1] in {"()", "[]"} and _is_one_bracket(text):
        text = ",".join(split(text[1:-1]))
    return Row(shortened(text))


def _added(text: str) -> list[str]:
    """Return the parts of `a + b` that stand in no bracket."""
    depth, parts = 0, [""]
    for token in tokens(text):
        depth += (token in {"(", "[", "{"}) - (token in {")", "]", "}"})
        if token == "+" and depth == 0:
            parts.append("")
        else:
            parts[-1] += token if not (parts[-1][-1:].isalnum() and token[0].isalnum()) else f" {token}"
    return parts


def _is_one_bracket(text: str) -> bool:
    """Tell whether the first bracket closes at the very end."""
    depth = 0
    found = tokens(text)
    for place, token in enumerate(found):
        depth += (token in {"(", "[", "{"}) - (token in {")", "]", "}"})
        if depth == 0:
            return place == len(found) - 1
    return False


def _outer_words(text: str) -> set[str]:
    depth, words = 0, set()
    for token in tokens(text):
        depth += (token in {"(", "[", "{"}) - (token in {")", "]", "}"})
        if depth == 0:
            words.add(token)
    return words
