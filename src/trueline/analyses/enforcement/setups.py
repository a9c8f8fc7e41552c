"""What the names of a subject were given in the body of a test: with another setup, another outcome is no redefinition.

Bodies are token text without ends of statements, so where a value ends is told by two operands in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from trueline.analyses.enforcement.similarity import literals_of, total
from trueline.model.enforcement import TestUnit

_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|`[^`]*`|\S+")
_NAME = re.compile(r"(?<![\w.\"])[^\W\d]\w*")
_USED = re.compile(r"(?<!\. )(?<![\w.])[^\W\d]\w*(?! \()(?!\w)")
_TEXT = re.compile(r"\"(?:\\.|[^\"\\])*\"")
_PREFIXES = frozenset({"await", "new", "typeof", "async", "range", "map", "struct", "interface", "chan", "function"})
"""Words that an operand follows."""
_LONGEST_TOKENS = 120
_TELLING_TEXT = 3
_STEPS = 3
"""Through how many names what a test gives is followed: `text`, `document = parse(text)`, `out = document.html()`."""


def is_set_up_otherwise(subject: str, before: TestUnit, after: TestUnit) -> bool:
    """Tell whether a name that the subject begins with was given other literals before than now."""
    name = _NAME.match(subject.lstrip("!*&("))
    if name is None or before.body == after.body:
        return False
    old, new = (_given_through(side.body, name.group(), _STEPS) for side in (before, after))
    return bool(old - new) and bool(new - old)


def is_given_and_expected(old: str | None, new: str | None, before: TestUnit, after: TestUnit) -> bool:
    """Tell whether a text that is expected was changed together with the same text among what the test gives."""
    texts = [text for text in (old, new) if text and text[0] == '"' and sum(map(str.isalnum, text)) >= _TELLING_TEXT]
    if len(texts) != len((before, after)):
        return False
    kept = [side.body.count(text) for text, side in zip(texts, (before, after), strict=True)]
    return min(kept) > 1 and after.body.count(texts[0]) < kept[0] - 1


def _given_through(body: str, name: str, steps: int) -> Counter[str]:
    """Return the literals of all that a name is made of, also through the names that its values use."""
    found: Counter[str] = Counter()
    names, seen = {name}, set[str]()
    for _ in range(steps):
        values = [value for each in sorted(names) for value in _values(body, each)]
        found.update(total(map(literals_of, values)))
        seen |= names
        names = {other for value in values for other in _USED.findall(_TEXT.sub("", value))} - seen
    return found


@lru_cache(maxsize=2_000)
def _values(body: str, name: str) -> tuple[str, ...]:
    """Return all that is assigned to a name or to a part of it."""
    given = re.finditer(rf"(?<!\. )(?<![\w.]){re.escape(name)}(?: \. \w+)* :?= ", f" {body}")
    return tuple(_value(f" {body}"[match.end() :]) for match in given)


def _value(text: str) -> str:
    """Return the beginning of a text as far as it is one expression."""
    parts: list[str] = []
    depth = 0
    for match in _TOKEN.finditer(text[: 20 * _LONGEST_TOKENS]):
        token = match.group()
        if depth == 0 and parts and _is_operand(token) and _ends_operand(parts[-1]):
            break
        depth += (token in {"(", "[", "{"}) - (token in {")", "]", "}"})
        if depth < 0 or len(parts) > _LONGEST_TOKENS:
            break
        parts.append(token)
    return " ".join(parts)


def _is_operand(token: str) -> bool:
    return token[0].isalnum() or token[0] in '_"`'


def _ends_operand(token: str) -> bool:
    return (_is_operand(token) or token in {")", "]", "}"}) and token not in _PREFIXES
