"""Whether one assertion is weaker than another on the same subject, and what that is called.

Forms are ordered only as far as one implies the other; where nothing implies, nothing is said.
"""

from __future__ import annotations

import builtins
import re
from typing import Literal

from trueline.analyses.enforcement.difference import Difference
from trueline.analyses.enforcement.expectations import is_part_of, letters, of_expectation
from trueline.analyses.enforcement.similarity import alike, literals_of
from trueline.analyses.enforcement.tolerances import of_tolerance
from trueline.model.enforcement import Assertion, AssertionForm

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
_CHOICE = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_OR = re.compile(r"\|\||\bor\b")
_LAX = re.compile(r"(?:ignore_\w+|check_like|any_order|allow_\w+)=True")
"""Options that let more through when they are set."""
_PART = re.compile(r"^.*\)|^\w+", re.DOTALL)
_SHORT_SUBJECT = 5
_LIKE = 0.65
_SUMMARY = re.compile(r"(?:len|set|sorted|frozenset|bool|type)\((?P<of>.*)\)", re.DOTALL)


def difference(old: Assertion, new: Assertion, same_subject: bool) -> Difference | None:
    """Return how the new assertion enforces less or something else than the old one; None where it does not."""
    if (found := _of_surroundings(old, new)) is not None:
        return found
    if old.form == "raises" or new.form == "raises":
        return _of_raises(old, new, same_subject)
    if old.form == "approximate" and new.form == "other":
        return of_tolerance(old, new)
    is_comparable = same_subject or _is_on_same_call(old, new)
    if is_comparable and (found := _of_form(old, new)) is not None:
        return None if found.kind == "expected_changed" and not same_subject else found
    if not same_subject:
        return None
    if (found := of_tolerance(old, new)) is not None:
        return found
    if old.form == new.form == "type" and not new.is_negated and _is_more(old.expected or "", new.expected or ""):
        return Difference("assertion_weakened", "more types are accepted")
    return of_expectation(old, new)


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
    if len(new.guards) == len(old.guards) and any(map(_is_narrower, old.guards, new.guards)):
        return Difference("assertion_weakened", f"holds for fewer: {added[0]}", is_certain=False)
    if len(new.guards) <= len(old.guards) or not added:
        return None
    if any(guard.startswith("except") for guard in added):
        return Difference("exception_swallowed", f"an exception before it is caught: {added[0]}")
    if any(guard.startswith("return") for guard in added):
        return Difference("exception_swallowed", "the test may end before it")
    return Difference("assertion_weakened", f"runs only {added[0]}")


def _is_narrower(old: str, new: str) -> bool:
    """Tell whether a condition on one of several values holds for fewer of them, the rest being the same."""
    before, after = set(literals_of(old)), set(literals_of(new))
    is_less = after > before if old.startswith("if not ") else after < before
    same = [_CHOICE.sub("", text) for text in (old, new)]
    return is_less and same[0] == same[1] and " in" in old


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
        if new.subject in {f"{old.subject}.{name}()" for name in ("lower", "upper", "casefold")}:
            return Difference("assertion_weakened", "upper and lower case are the same")
        summary = _SUMMARY.fullmatch(new.subject)
        if summary is not None and summary["of"] == old.subject:
            return Difference("assertion_weakened", "only a part of it is compared")
    return _of_what_is_let_through(old, new) if old.form == new.form else None


def _of_what_is_let_through(old: Assertion, new: Assertion) -> Difference | None:
    """Return how an assertion of the same form lets more through: another choice, or an option."""
    choices = [frozenset(_OR.split(each.subject)) for each in (old, new)]
    if old.form == "truth" and not old.is_negated and not new.is_negated and choices[0] < choices[1]:
        return Difference("assertion_weakened", "more is accepted")
    lost = [option for option in new.options if option not in old.options and option.endswith("=False")]
    lost += [option for option in new.options if option not in old.options and _LAX.fullmatch(option)]
    lost += [option for option in old.options if option not in new.options and option.endswith("=True")]
    return Difference("assertion_weakened", f"compares less: {lost[0]}") if lost else None


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
        if letters(old.message) == letters(new.message):
            return None
        if is_part_of(new.message, old.message):
            return Difference("assertion_weakened", "only a part of the message is looked for")
        return None if is_part_of(old.message, new.message) else Difference("expected_changed")
    return None


def _is_more(before: str, after: str) -> bool:
    """Tell whether a choice of names grew."""
    return set(re.findall(r"[\w.]+", before)) < set(re.findall(r"[\w.]+", after))


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


def _words(assertion: Assertion) -> str:
    return {"constant": "nothing", "truth": "truth"}.get(assertion.form, assertion.form)
