"""Whether an assertion on the same subject expects something else, or only says the same in other words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trueline.analyses.enforcement.difference import Difference
from trueline.analyses.enforcement.similarity import arguments_of, literals_of, words_of
from trueline.model.enforcement import Assertion

_CALLED = ("called", "called_once", "called_with", "called_once_with")
_COLLECTION = re.compile(r"(?:[a-z]s|\]|\b(?:keys|values|items|list|set|tuple)\(.*\))$", re.DOTALL)
"""The subject of a membership that holds things, not text: by its plural."""
_SPLIT = re.compile(r"\"([^\"]*)\"\.split\(\)")
_JOINED = re.compile(r"[\w)\]]\+\"|\"\+[\w(]|\b(?:join|resolve|Join)\(")
"""Text put together from parts, such as a path: separators belong to the way it is done."""
_ANYTHING = re.compile(
    r"\b(?:expect|jasmine|sinon\.match|mock)\.(?:any|ANY|anything|\w+Matching|\w+Containing)\b|(?<![\w.])ANY\b|\bmock\.Anything\b"
)
"""A part of an expectation that more than one value fits."""
_LITERAL = re.compile(r"\"(?:\\.|[^\"\\])*\"")
_FORMATTED = re.compile(r"(?:\w+\.)*(?:Sprint\w*|Itoa|Format\w+|format|str|String|valueOf|toString)\(")
"""A value that is only written out, by one function or by another."""
_QUALIFIER = re.compile(r"\b[^\W\d]\w*\.(?=[^\W\d])")


def of_expectation(old: Assertion, new: Assertion) -> Difference | None:
    """Return how what is expected of the same subject changed; None where it is only spelled otherwise."""
    before, after = old.expected, new.expected
    if before is None or after is None or old.form != new.form or _is_only_spelled_otherwise(old, new):
        return None
    if len(_ANYTHING.findall(after)) > len(_ANYTHING.findall(before)):
        return Difference("assertion_weakened", "more is accepted")
    if old.form == "called":
        return _of_called(before, after)
    if _same_collection(before, after) or _same_literals(before, after) or old.form == "order":
        return None
    if _accepts_less(old, before, after):
        return None
    if _accepts_less(old, after, before):
        return Difference("assertion_weakened", "more is accepted")
    if old.form == "other":
        is_changed = _is_last_argument_changed(before, after)
        return (
            Difference("expected_changed", "an argument of the check changed", is_certain=False) if is_changed else None
        )
    return Difference("expected_changed", is_certain=not (_is_computed(before) and _is_computed(after)))


def _is_last_argument_changed(before: str, after: str) -> bool:
    """Tell whether a check of the project's own is given another expectation, not another thing to check.

    What comes first is given; a list or an object at the end is expected, and what stands before it is given.
    """
    olds, news = arguments_of(before), arguments_of(after)
    if len(olds) != len(news):
        return False
    # The layout of a long text that is given is none of its content.
    differing = [place for place, pair in enumerate(zip(olds, news, strict=True)) if _differ_in_content(*pair)]
    if len(olds) == 1:
        return bool(literals_of(before) - literals_of(after))
    if len(differing) != 1 or differing[0] == 0:
        return False
    return differing[0] == len(olds) - 1 or olds[-1][:1] not in {"[", "{"}


def _differ_in_content(one: str, other: str) -> bool:
    """Tell whether two texts differ in more than white space."""
    return "".join(re.sub(r"\\[nt]", "", one).split()) != "".join(re.sub(r"\\[nt]", "", other).split())


def _accepts_less(assertion: Assertion, before: str, after: str) -> bool:
    """Tell whether a membership or a match lets fewer values through: fewer choices, or more of the text."""
    if assertion.form not in {"membership", "match"} or assertion.is_negated:
        return False
    if assertion.form == "membership" and _alternatives(after) < _alternatives(before):
        return True
    return not _COLLECTION.search(assertion.subject) and is_part_of(before, after)


def _is_only_spelled_otherwise(old: Assertion, new: Assertion) -> bool:
    """Tell whether a name in the expectation only stands for something else, or is qualified otherwise."""
    before, after = old.expected or "", new.expected or ""
    if old.text == new.text and (_is_computed(before) or _is_computed(after)):
        calls = [re.findall(r"[\w.]+(?=\()", _LITERAL.sub('""', text)) for text in (before, after)]
        return calls[0] != calls[1] or literals_of(before) == literals_of(after)
    if _QUALIFIER.sub("", before) == _QUALIFIER.sub("", after):
        return True
    made = [_FORMATTED.match(text) for text in (before, after)]
    return all(made) and _names_in(before) == _names_in(after) != set()


def _names_in(text: str) -> set[str]:
    """Return the names of an expression that are neither called nor a part of something."""
    return set(re.findall(r"(?<![\w.])[^\W\d]\w*(?![\w.(])", _LITERAL.sub("", text)))


def _alternatives(text: str) -> frozenset[str]:
    """Return the parts of `a or b`, or of a literal choice."""
    inside = text[1:-1] if text[:1] in {"(", "[", "{"} and text[-1:] in {")", "]", "}"} else ""
    parts = re.split(r",(?![^()\[\]{}]*[)\]}])", inside) if inside else re.split(r"\bor\b", text)
    return frozenset(part.strip() for part in parts)


def _is_computed(expected: str | None) -> bool:
    """Tell whether an expectation is not a literal: then a name in it may only stand for something else now."""
    text = re.sub(r"\"(?:\\\\.|[^\"\\\\])*\"", "", expected or "").removeprefix("called")
    if text.startswith(("_", "(")):
        text = text.partition("(")[2]
    return re.search(r"\w\(", text) is not None


def letters(text: str) -> str:
    """Return only the letters and digits of a text: a pattern and what it matches look alike then."""
    return "".join(character for character in text if character.isalnum())


def is_part_of(one: str, other: str) -> bool:
    """Tell whether one literal text is a proper part of another."""
    is_text = len(one) > 2 and one[-1] == other[-1] == '"' and one.partition('"')[0] == other.partition('"')[0]
    return is_text and one != other and one.partition('"')[2][:-1] in other


def _of_called(old: str, new: str) -> Difference | None:
    before, after = old.partition("(")[0], new.partition("(")[0]
    places = [_CALLED.index(name) if name in _CALLED else None for name in (before, after)]
    if places[0] is not None and places[1] is not None and places[1] < places[0]:
        return Difference("assertion_weakened", f"{before} became {after}")
    if "any_order=True" in new and "any_order=True" not in old:
        return Difference("assertion_weakened", "any order is accepted")
    if before == after and old != new and literals_of(old) != literals_of(new):
        return Difference("expected_changed")
    return None


def _same_literals(one: str, other: str) -> bool:
    """Tell whether two expressions hold the same literals; a format string, the same text around what it fills in.

    Where one holds none, a value only got a name, or lost it; two constants or classes are two values.
    """
    before, after = (literals_of(_SPLIT.sub(_as_list, text)) for text in (one, other))
    if before == after and before:
        return True
    if not before or not after:
        return not all(re.fullmatch(r"[\w.]*\b_*[A-Z]\w*", text) for text in (one, other))
    quotes = [sum(each.count('\\"') for each in found) for found in (before, after)]
    is_joined = all(_JOINED.search(text) for text in (one, other)) and quotes[0] == quotes[1]
    if is_joined and _spelled(before) == _spelled(after) != "":
        return True
    texts = [{each for each in found if each[:1] == '"' and "{}" in each} for found in (before, after)]
    return texts[0] == texts[1] != set() and ".format(" in one + other


def _spelled(literals: Iterable[str]) -> str:
    return "".join(sorted(map(letters, literals)))


def _as_list(words: re.Match[str]) -> str:
    return ",".join(f'"{word}"' for word in words[1].split())


def _same_collection(one: str, other: str) -> bool:
    """Tell whether two dictionaries or sets hold the same in another order."""
    return one[:1] == other[:1] == "{" and words_of(one) == words_of(other)
