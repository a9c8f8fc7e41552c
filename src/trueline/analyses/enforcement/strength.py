"""Whether one assertion is weaker than another on the same subject, and what that is called.

Forms are ordered only as far as one implies the other; where nothing implies, nothing is said.
"""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass
from typing import Literal

from trueline.analyses.enforcement.similarity import alike, literals_of, words_of
from trueline.model.enforcement import Assertion, AssertionForm, ChangeKind, Tolerance

_RANKS: dict[AssertionForm, int] = {
    "equality": 6,
    "snapshot": 6,
    "identity": 6,
    "approximate": 5,
    "match": 4,
    "membership": 4,
    "order": 3,
    "type": 3,
    "inequality": 2,
    "truth": 1,
    "constant": 0,
}
_SWITCHES = frozenset({"True", "False"})
_EMPTY = frozenset({"[]", "{}", "()", '""', "0", "False", "set()", "None", "dict()", "list()", "null", "nil"})
_CALLED = ("called", "called_once", "called_with", "called_once_with")
_BOUND = re.compile(r"(?P<operator>[<>]=?)\s*(?P<number>-?[\d.][\w.]*)")
_COLLECTION = re.compile(r"(?:[a-z]s|\]|\b(?:keys|values|items|list|set|tuple)\(.*\))$", re.DOTALL)
"""The subject of a membership that holds things, not text: by its plural."""
_SPLIT = re.compile(r"\"([^\"]*)\"\.split\(\)")
_QUALIFIER = re.compile(r"\b[^\W\d]\w*\.(?=[^\W\d])")
_PART = re.compile(r"^.*\)|^\w+", re.DOTALL)
_SHORT_SUBJECT = 5
_LIKE = 0.65
_SUMMARY = re.compile(r"(?:len|set|sorted|frozenset|bool|type)\((?P<of>.*)\)", re.DOTALL)


@dataclass(frozen=True)
class Difference:
    """What became of an assertion."""

    kind: ChangeKind
    note: str = ""
    is_certain: bool = True


def difference(old: Assertion, new: Assertion, same_subject: bool) -> Difference | None:
    """Return how the new assertion enforces less or something else than the old one; None where it does not."""
    if (found := _of_surroundings(old, new)) is not None:
        return found
    if old.form == "raises" or new.form == "raises":
        return _of_raises(old, new, same_subject)
    is_comparable = same_subject or _is_on_same_call(old, new)
    if is_comparable and (found := _of_form(old, new)) is not None:
        return None if found.kind == "expected_changed" and not same_subject else found
    if not same_subject:
        return None
    if (found := _of_tolerance(old, new)) is not None:
        return found
    return _of_expectation(old, new)


def _is_on_same_call(old: Assertion, new: Assertion) -> bool:
    """Tell whether two subjects, though written differently, are parts of the same thing."""
    if min(len(old.subject), len(new.subject)) <= _SHORT_SUBJECT and not _SUMMARY.fullmatch(new.subject):
        return False
    if old.subject in new.subject or new.subject in old.subject:
        return not new.is_negated or old.is_negated
    is_same_part = _PART.sub("", old.subject) == _PART.sub("", new.subject)
    return is_same_part and alike(old.subject, new.subject) >= _LIKE and not new.is_negated


def rank(assertion: Assertion) -> int | None:
    """Return how much an assertion says about its subject; None where that cannot be told."""
    if assertion.form == "membership" and assertion.is_negated:
        return 2
    return _RANKS.get(assertion.form)


def _of_surroundings(old: Assertion, new: Assertion) -> Difference | None:
    if new.is_swallowed and not old.is_swallowed:
        return Difference("exception_swallowed", "its failure is caught")
    added = [guard for guard in new.guards if guard not in old.guards]
    if len(new.guards) <= len(old.guards) or not added:
        return None
    if any(guard.startswith("except") for guard in added):
        return Difference("exception_swallowed", f"an exception before it is caught: {added[0]}")
    if any(guard.startswith("return") for guard in added):
        return Difference("exception_swallowed", "the test may end before it")
    return Difference("assertion_weakened", f"runs only {added[0]}")


def _of_form(old: Assertion, new: Assertion) -> Difference | None:
    before, after = rank(old), rank(new)
    if before is None or after is None:
        return None
    if old.expected in _SWITCHES and old.form in {"equality", "identity"} and new.expected not in _SWITCHES:
        before = 1
    if old.is_negated != new.is_negated and old.form == new.form and old.expected == new.expected:
        return Difference("expected_changed", "the opposite is expected")
    if {old.form, new.form} in ({"equality", "inequality"}, {"truth", "equality"}) and _is_opposite(old, new):
        return Difference("expected_changed", "the opposite is expected")
    if after < before:
        is_same = _says_the_same(old, new)
        return None if is_same else Difference("assertion_weakened", f"{_words(old)} became {_words(new)}")
    if after == before and old.form == new.form == "equality" and old.options == new.options:
        summary = _SUMMARY.fullmatch(new.subject)
        if summary is not None and summary["of"] == old.subject:
            return Difference("assertion_weakened", "only a part of it is compared")
    lost = [option for option in new.options if option not in old.options and option.endswith("=False")]
    lost += [option for option in old.options if option not in new.options and option.endswith("=True")]
    if lost and old.form == new.form:
        return Difference("assertion_weakened", f"compares less: {lost[0]}")
    return None


def _says_the_same(old: Assertion, new: Assertion) -> bool:
    """Tell whether truth was only spelled out before, `x is True` or `x == []`, or is that of a question now."""
    if new.form != "truth":
        return False
    if old.form in {"match", "membership", "type", "order"} and re.search(r"\([^()]+.*\)$", new.subject):
        return True
    return old.expected in _SWITCHES or (new.is_negated and old.expected in _EMPTY)


def _is_opposite(old: Assertion, new: Assertion) -> bool:
    if old.form != new.form and {old.form, new.form} == {"equality", "inequality"}:
        return old.expected == new.expected
    return False


def _of_raises(old: Assertion, new: Assertion, same_subject: bool) -> Difference | None:
    if old.form != new.form:
        is_known = same_subject and old.form != "other" and new.form not in {"other", "called", "fails"}
        return Difference("expected_changed", "it raised, now it returns", is_certain=False) if is_known else None
    if not same_subject:
        return None
    if old.expected != new.expected:
        direction = _wider(old.expected or "", new.expected or "")
        if direction == "wider":
            return Difference("assertion_weakened", "a wider exception is accepted")
        return None if direction == "narrower" else Difference("expected_changed")
    if old.message is not None and new.message is None:
        return Difference("assertion_weakened", "any message is accepted")
    if old.message is not None and new.message is not None and old.message != new.message:
        if _letters(old.message) == _letters(new.message):
            return None
        if _is_part_of(new.message, old.message):
            return Difference("assertion_weakened", "only a part of the message is looked for")
        return None if _is_part_of(old.message, new.message) else Difference("expected_changed")
    return None


def _of_tolerance(old: Assertion, new: Assertion) -> Difference | None:
    if old.tolerance is not None and new.tolerance is not None and old.expected == new.expected:
        return _of_tolerances(old.tolerance, new.tolerance)
    if old.form == new.form == "order" and old.expected != new.expected:
        return _of_bounds(old.expected or "", new.expected or "")
    return None


def _of_tolerances(old: Tolerance, new: Tolerance) -> Difference | None:
    if not old.is_known or not new.is_known:
        return None
    parts = [(old.relative or 0.0, new.relative or 0.0), (old.absolute or 0.0, new.absolute or 0.0)]
    if any(after > before * 1.000001 for before, after in parts):
        is_mixed = any(after < before * 0.999999 for before, after in parts)
        was_tiny = all(after <= 1e-5 for before, after in parts if after > before)
        if is_mixed and was_tiny and max(before for before, _ in parts) > 1e-5:
            return None
        return Difference("tolerance_loosened", f"{_shown(old)} became {_shown(new)}", is_certain=not is_mixed)
    return None


def _of_bounds(old: str, new: str) -> Difference | None:
    before, after = _BOUND.fullmatch(old), _BOUND.fullmatch(new)
    if before is None or after is None or before["operator"][0] != after["operator"][0]:
        return Difference("expected_changed") if literals_of(old) != literals_of(new) else None
    try:
        was, now = float(before["number"].rstrip("fFlLjJ")), float(after["number"].rstrip("fFlLjJ"))
    except ValueError:
        return Difference("expected_changed")
    is_upper = before["operator"][0] == "<"
    if was == now:
        is_wider = len(after["operator"]) > len(before["operator"])
        return Difference("assertion_weakened", f"{old} became {new}") if is_wider else None
    return Difference("tolerance_loosened", f"{old} became {new}") if (now > was) == is_upper else None


def _of_expectation(old: Assertion, new: Assertion) -> Difference | None:
    before, after = old.expected, new.expected
    if before is None or after is None or old.form != new.form or _is_only_spelled_otherwise(old, new):
        return None
    if old.form == "called":
        return _of_called(before, after)
    if _same_collection(before, after) or _same_literals(before, after) or old.form == "order":
        return None
    if old.form in {"membership", "match"} and not old.is_negated and not _COLLECTION.search(old.subject):
        if _is_part_of(after, before):
            return Difference("assertion_weakened", "only a part of the text is looked for")
        if _is_part_of(before, after):
            return None
    if old.form == "other":
        return Difference("expected_changed", "an argument of the check changed", is_certain=False)
    return Difference("expected_changed", is_certain=not (_is_computed(before) and _is_computed(after)))


def _is_only_spelled_otherwise(old: Assertion, new: Assertion) -> bool:
    """Tell whether a name in the expectation only stands for something else, or is qualified otherwise."""
    before, after = old.expected or "", new.expected or ""
    if old.text == new.text and (_is_computed(before) or _is_computed(after)):
        return True
    return _QUALIFIER.sub("", before) == _QUALIFIER.sub("", after)


def _is_computed(expected: str | None) -> bool:
    """Tell whether an expectation is not a literal: then a name in it may only stand for something else now."""
    text = re.sub(r"\"(?:\\\\.|[^\"\\\\])*\"", "", expected or "").removeprefix("called")
    if text.startswith(("_", "(")):
        text = text.partition("(")[2]
    return re.search(r"\w\(", text) is not None


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _is_part_of(one: str, other: str) -> bool:
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
    texts = [{each for each in found if each[:1] == '"' and "{}" in each} for found in (before, after)]
    return texts[0] == texts[1] != set() and ".format(" in one + other


def _as_list(words: re.Match[str]) -> str:
    return ",".join(f'"{word}"' for word in words[1].split())


def _same_collection(one: str, other: str) -> bool:
    """Tell whether two dictionaries or sets hold the same in another order."""
    return one[:1] == other[:1] == "{" and words_of(one) == words_of(other)


def _wider(old: str, new: str) -> Literal["wider", "narrower", "other"]:
    """Say how two exception types stand to each other, along the tree of built-in exceptions."""
    before, after = (set(re.findall(r"\w+", re.sub(r"\w+\.", "", text))) for text in (old, new))
    if before == after:
        return "narrower"
    if before < after:
        return "wider"
    if after < before:
        return "narrower"
    if all(_is_below(name, after) for name in before):
        return "wider"
    if all(_is_below(name, before) for name in after):
        return "narrower"
    return "other"


def _is_below(name: str, others: set[str]) -> bool:
    if name in others or not others.isdisjoint({"Exception", "BaseException", "Throwable", "Error"}):
        return True
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and any(parent.__name__ in others for parent in kind.__mro__)


def _shown(tolerance: Tolerance) -> str:
    parts = [("relative", tolerance.relative), ("absolute", tolerance.absolute)]
    return ", ".join(f"{name} {value:g}" for name, value in parts if value) or "none"


def _words(assertion: Assertion) -> str:
    return {"constant": "nothing", "truth": "truth"}.get(assertion.form, assertion.form)
