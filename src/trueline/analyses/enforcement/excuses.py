"""What makes up for an assertion that is gone or weaker: it said nothing, or something else says it now."""

from __future__ import annotations

import re

from trueline.analyses.enforcement.context import Context
from trueline.analyses.enforcement.difference import Difference
from trueline.analyses.enforcement.expectations import letters
from trueline.analyses.enforcement.remainders import Remainder
from trueline.analyses.enforcement.setups import is_given_and_expected, is_set_up_otherwise
from trueline.analyses.enforcement.similarity import Placed, alike, literals_of
from trueline.analyses.enforcement.strength import rank
from trueline.model.enforcement import Assertion

_LIKE = 0.5
_GIVES_VALUE = re.compile(r"^(?P<called>[\w.]+)\(.*\)#[1-9]$", re.DOTALL)
"""The error that a call returns behind its value, as the readers of languages with several results write it."""

_ELEMENT = re.compile(r"len\((?P<counted>.+)\)|(?P<whole>.+)\[\w+\]", re.DOTALL)
_BARE_ERROR = re.compile(r"(?:\w+E|e)rr(?:or)?\d*")

_TELLING_TEXT = 4
_QUOTES = frozenset("\"'`")
_HOLES = re.compile(r"\$?\{[^{}]*\}|%[sdvq]")
"""What a text is filled in with."""


def is_excused(found: Difference, old: Assertion, new: Assertion, remainder: Remainder, context: Context) -> bool:
    """Tell whether something else in the unit still asserts what one assertion no longer does."""
    before, after = remainder.before, remainder.after
    if before is None or after is None:
        return False
    if found.kind == "expected_changed":
        if is_set_up_otherwise(old.subject, before.unit, after.unit):
            return True
        if is_given_and_expected(old.expected, new.expected, before.unit, after.unit):
            return True
        if _is_parametrised(before, after) and _is_filled_in(old.expected or "", new.expected or ""):
            return True
        gone = context.removed_names.union(context.removed_classes)
        return old.form in {"raises", "type"} and not gone.isdisjoint(_names(old.expected or ""))
    if found.kind != "assertion_weakened":
        return False
    others = [each for each in after.unit.assertions if each is not new]
    if any(_implies(other, old) for other in others):
        return True
    if old.message is not None and new.message is None and _is_said_of_exception(old.message, others):
        return True
    if not found.note.startswith("runs only"):
        return False
    has_more_cases = len(after.unit.cases) > len(before.unit.cases)
    is_known = any(alike(guard, each.text) >= _LIKE for guard in new.guards for each in before.unit.conditions)
    both = any(each.guards and each.guards != new.guards and each.subject == new.subject for each in others)
    return has_more_cases or is_known or both or any(_is_other_branch(each, new) for each in remainder.gained)


def _is_parametrised(before: Placed, after: Placed) -> bool:
    """Tell whether a unit runs over more rows than it did, or over a table that is elsewhere."""
    has_table = after.unit.table_name is not None and before.unit.table_name is None
    return has_table or not set(after.unit.cases) <= set(before.unit.cases)


def _is_filled_in(old: str, new: str) -> bool:
    """Tell whether a part of an expected text became a parameter: `"no [a]"` and `"no ["+name+"]"`."""
    pieces = [each for text in literals_of(new) if text[0] in _QUOTES for each in _HOLES.split(text[1:-1])]
    text = "".join(each[1:-1] for each in literals_of(old) if each[0] in _QUOTES)
    is_whole = len(literals_of(new)) == 1 and new[-1:] in _QUOTES
    if is_whole and len(pieces) == 1:
        return False
    pattern = ".*".join(map(re.escape, pieces))
    return sum(map(len, pieces)) >= _TELLING_TEXT and re.fullmatch(f"(?s:.*{pattern}.*)", text) is not None


def _is_other_branch(one: Assertion, other: Assertion) -> bool:
    """Tell whether two assertions stand in the two branches of one condition."""
    if not one.guards or not other.guards:
        return False
    here, there = (each.guards[-1].removeprefix("if ") for each in (one, other))
    return here != there and here.removeprefix("not ") == there.removeprefix("not ")


def _is_said_of_exception(message: str, others: list[Assertion]) -> bool:
    """Tell whether the message of an exception is asserted on a line of its own."""
    said = letters(message)
    texts = [letters(each.expected or "") for each in others]
    return bool(said) and any(len(text) >= _TELLING_TEXT and (said in text or text in said) for text in texts)


def _implies(other: Assertion, old: Assertion) -> bool:
    """Tell whether an assertion that is still there says at least as much on the same subject."""
    if other.guards != old.guards or other.is_swallowed:
        return False
    if old.form == other.form == "called" and old.subject == other.subject and not old.is_negated:
        return (old.expected or "").startswith("called(") and not other.is_negated
    strong, weak = rank(other), rank(old)
    if strong is None or weak is None:
        return False
    if other.subject == old.subject and other.form in {"equality", "snapshot"} and weak < strong:
        return True
    if old.subject == f"len({other.subject})" and other.form == "equality":
        return True
    is_mere_truth = old.form == "truth" and not old.is_negated
    return is_mere_truth and strong > weak and len(old.subject) > 1 and old.subject in other.subject


def is_unneeded(old: Assertion, remainder: Remainder, context: Context) -> bool:
    """Tell whether nothing is lost with an assertion: it said nothing, or something else says it now."""
    before, after = remainder.before, remainder.after
    if before is None or after is None or old.form == "constant" or old.is_swallowed:
        return True
    if old.form == "fails" and any(guard.startswith("except") for guard in old.guards):
        return True  # what failed it there fails it by itself now
    if old.form == "fails" and old.guards and any(_is_asked_by(new, old.guards[-1]) for new in remainder.gained):
        return True
    if old.form == "other" and _is_called_as_often(old, before, after):
        return True
    if _is_of_gone_setup(old, after) or _is_error_of_fewer_calls(old, before, after):
        return True
    if _is_asked_inside(old, before, after) or (remainder.gained and is_of_gone_call(old, after)):
        return True
    if any(_implies(other, old) for other in after.unit.assertions):
        return True
    has_rows = _is_parametrised(before, after)
    if any(_says(new, old) or (has_rows and _is_of_elements(new, old)) for new in remainder.gained):
        return True
    if _is_only_narrowing(old, before) or _is_of_warnings(old, remainder):
        return True
    return (
        not context.removed_names.isdisjoint(_names(old.subject) | _names(old.expected or ""))
        or context.is_asserted_by_helper(old, before, after)
        or context.is_a_case_of(old, before, after)
    )


def _is_called_as_often(old: Assertion, before: Placed, after: Placed) -> bool:
    """Tell whether a check of the project's own is still called as often, only otherwise."""
    called = re.match(r"[\w.]+(?=\()", old.subject)
    name = called.group().split(".")[-1] if called is not None else ""
    return bool(name) and after.words[name] >= before.words[name] > 0


def _is_asked_by(new: Assertion, guard: str) -> bool:
    """Tell whether a new assertion looks at what a failure was reported for: `if (e) fail(e)` became `ifError(e)`."""
    return bool(new.subject) and guard.removeprefix("if ").removeprefix("!") == new.subject


def _is_of_gone_setup(old: Assertion, after: Placed) -> bool:
    """Tell whether only a call that gave a value to work with had to succeed, and is gone or cannot fail any more."""
    match = _GIVES_VALUE.search(old.subject)
    if old.form != "truth" or match is None:
        return False
    called = " ".join(re.findall(r"\w+|\.", match["called"]))
    return f"_ := {called} (" not in after.unit.body and f"_ = {called} (" not in after.unit.body


def is_of_gone_call(old: Assertion, after: Placed) -> bool:
    """Tell whether what only had to be there, or to succeed, is gone itself."""
    called = re.match(r"[\w.]+(?=\()|\w+$", old.subject)
    return old.form == "truth" and called is not None and called.group().split(".")[-1] not in after.words


def _is_error_of_fewer_calls(old: Assertion, before: Placed, after: Placed) -> bool:
    """Tell whether an error goes unasked no more often than before: with fewer calls, fewer of them are looked at."""
    if old.form != "truth" or _BARE_ERROR.fullmatch(old.subject) is None:
        return False
    given = [len(re.findall(rf"(?<![\w.]){old.subject} :?= ", side.unit.body)) for side in (before, after)]
    asked = [sum(each.subject == old.subject for each in side.unit.assertions) for side in (before, after)]
    return given[1] < given[0] and given[1] - asked[1] <= given[0] - asked[0]


def _is_asked_inside(old: Assertion, before: Placed, after: Placed) -> bool:
    """Tell whether an equality is now part of a condition that is waited for."""
    asked = f"{old.subject}=={old.expected}"
    sides = ["".join(each.unit.body.split()) for each in (before, after)]
    return old.form == "equality" and "(" in old.subject and asked in sides[1] and asked not in sides[0]


def _is_only_narrowing(old: Assertion, before: Placed) -> bool:
    """Tell whether an assertion only said to a type checker that a value is there, which then is used anyway."""
    if old.form != "truth" or old.is_negated or "(" in old.text.replace("assert (", "assert "):
        return False
    words = re.findall(r"\w+|[^\w\s]", re.sub(r"^assert\s*\(?|\s+is not None.*$|\)$", "", old.text))
    return bool(words) and f" {before.unit.body} ".count(f" {' '.join(words)} ") > 1


def _is_of_warnings(old: Assertion, remainder: Remainder) -> bool:
    """Tell whether a recorded warning was looked at by hand that the test now expects in one."""
    if not re.search(r"warn|\.message\b|\.category\b|\blen\(w\)", old.text):
        return False
    after = remainder.after.unit.body if remainder.after else ""
    return re.search(r'simplefilter \( (?!"ignore")', after) is not None or any(
        each.form in {"warns", "raises"} for each in remainder.gained
    )


def _says(new: Assertion, old: Assertion) -> bool:
    """Tell whether a new assertion on a whole says what the old one said of a part."""
    return _contains(new, old) or _is_of_whole(new, old) or _is_called_with(new, old)


def _contains(new: Assertion, old: Assertion) -> bool:
    """Tell whether a new assertion on a larger whole expects all that the old one expected of a part."""
    literals = [letters(each) for each in literals_of(old.expected or "") if len(letters(each)) > 2]
    whole = letters(f"{new.expected or ''}{new.message or ''}")
    return bool(literals) and len(whole) > sum(map(len, literals)) - 1 and all(each in whole for each in literals)


def _is_of_whole(new: Assertion, old: Assertion) -> bool:
    """Tell whether a new assertion compares the whole that the old one looked at a part of: `a.b` became `a`."""
    if new.form not in {"equality", "snapshot", "match"} or not new.subject:
        return False
    whole, part = new.subject, old.subject.lstrip("(")
    if _path_of(whole) and not part.startswith(whole):
        whole, part = _path_of(whole), _path_of(part)
    is_part = re.match(re.escape(whole) + r"(?:\b|(?<=\)))(?:as any\)|[.\[?!])", part) is not None
    is_nothing = old.expected in {None, "nil", "null", "None", "undefined"}
    return is_part and (is_nothing or letters(old.expected or "") in letters(new.expected or ""))


def _is_of_elements(new: Assertion, old: Assertion) -> bool:
    """Tell whether a new assertion compares all of what the old one counted, or looked at one after the other."""
    looked_at = [match for match in map(_ELEMENT.fullmatch, (old.subject, old.expected or "")) if match]
    wholes = [match["counted"] or match["whole"] for match in looked_at]
    return new.form == "equality" and any(alike(whole, new.subject) >= _LIKE for whole in wholes)


def _is_called_with(new: Assertion, old: Assertion) -> bool:
    """Tell whether a callback that looked at its argument became a mock that is asked for it."""
    expected = old.expected or ""
    return new.form == "called" and not new.is_negated and len(expected) > 1 and f"({expected})" in (new.expected or "")


def _names(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _path_of(subject: str) -> str:
    """Return what is looked at without the name or the call that it is a part of."""
    return re.sub(r"^(?:.*\)|\w+)(?=[.\[])", "", subject, flags=re.DOTALL) if re.search(r"[.\[]", subject) else ""
