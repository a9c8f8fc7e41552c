"""What an assertion asserts: from the arguments of a call, or from a condition, to one form for all languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tree_sitter import Node

from trueline.model.enforcement import AssertionForm, Tolerance
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages import COMPARISONS, OPPOSITES
from trueline.sources.enforcement.languages_chain import Link, unwrapped
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_scope import Scope

_EXPECTATION = re.compile(r"(?i)(?:^|[.\W_])(?:want\w*|exp|expected\w*|expect)\b|Expected\b|Want\b")
_COLUMN = re.compile(r"(?:tt|tc|tst|test|testCase|tcase|case|testcase|row|example)\.\w+")
"""A column of a row, by the names that rows have: what a call returns is compared with it."""

ANY_ERROR = "Error"
"""What is expected to be raised where no type is said: the top of every tree of errors."""


IN_ANY_ORDER = ("ordered=False",)
"""What is said of an equality that does not look at the order."""


@dataclass(frozen=True)
class Meaning:
    """What a function or a matcher asserts, by the places of its arguments."""

    form: AssertionForm
    subject: int | None = None
    """Place of what is looked at; None where a chain says it."""
    expected: int | None = None
    is_negated: bool = False
    message: int | None = None
    """Place of what an exception must say."""
    absolute: int | None = None
    relative: int | None = None
    before: str = ""
    """Put before the expectation, such as an operator, or all of it."""
    after: str = ""
    """Put after the subject, such as `.length`."""
    all_expected: bool = False
    """True where all arguments together are the expectation."""
    options: tuple[str, ...] = ()
    """What it does not look at, such as `ordered=False`."""


@dataclass(frozen=True)
class Found:
    """An assertion, but for where it stands and what it runs under."""

    form: AssertionForm
    subject: str
    expected: str | None = None
    is_negated: bool = False
    message: str | None = None
    tolerance: Tolerance | None = None
    options: tuple[str, ...] = ()


def applied(meaning: Meaning, args: Sequence[Node], subject: Node | None, scope: Scope) -> Found:
    """Return what the meaning says of these arguments; a subject given is that of a chain."""
    if subject is None and meaning.subject is not None and meaning.subject < len(args):
        subject = args[meaning.subject]
    expected = args[meaning.expected] if meaning.expected is not None and meaning.expected < len(args) else None
    if meaning.form in ("equality", "inequality", "approximate") and _is_reversed(subject, expected, scope):
        subject, expected = expected, subject
    found = Found(
        meaning.form,
        measured(scope.text(subject) if subject is not None else "", meaning.after),
        _expectation(meaning, args, expected, scope),
        meaning.is_negated,
        scope.text(args[meaning.message]) if meaning.message is not None and meaning.message < len(args) else None,
        _tolerance(meaning, args, scope),
        meaning.options,
    )
    if (
        found.form == "equality"
        and subject is not None
        and expected is not None
        and _says_nothing(subject, expected, scope)
    ):
        return replace(found, form="constant")
    return plain(found)


def measured(subject: str, after: str = "") -> str:
    """Return a subject whose length is looked at as `len(x)`, which every language writes otherwise."""
    subject += after
    match = _LENGTH.fullmatch(subject)
    return f"len({match['of']})" if match is not None else subject


def plain(found: Found) -> Found:
    """Return an assertion in the plainest form: something that is not nothing is merely there."""
    if found.expected in _NOTHING and (found.form == "inequality" or (found.form == "identity" and found.is_negated)):
        return replace(found, form="truth", expected=None, is_negated=False)
    if found.form == "raises" and found.is_negated and found.expected in (ANY_ERROR, "panic") and not found.message:
        return replace(found, form="truth", expected=None, is_negated=False)
    if found.form == "match" and found.is_negated:
        return replace(found, form="membership")
    return found


def negated(found: Found) -> Found:
    """Return the assertion that the opposite holds."""
    if found.form == "equality":
        return plain(replace(found, form="inequality"))
    if found.form == "inequality":
        return replace(found, form="equality")
    return plain(replace(found, is_negated=not found.is_negated))


def told(args: Sequence[Node], scope: Scope) -> tuple[list[Node], list[Node]]:
    """Return the arguments of a check of the project's own that are written out, and those that are looked at."""
    known = scope.language.literals | scope.language.composites
    literal = [arg for arg in args if scope.meant(arg).type in known or _is_sum_of_text(arg, scope)]
    rest = [arg for arg in args if arg not in literal and arg.type not in scope.language.functions]
    return literal, rest


def _is_sum_of_text(node: Node, scope: Scope) -> bool:
    """Tell whether texts are joined, at least one of them written out: `"total " + count`."""
    if node.type not in scope.language.binaries:
        return False
    left, right = part(node, "left"), part(node, "right")
    sides = [unwrapped(side, scope.language) for side in (left, right) if side is not None]
    return any(side.type in scope.language.strings or _is_sum_of_text(side, scope) for side in sides)


def number_of(node: Node | None, scope: Scope) -> float | None:
    """Return the value of a literal number, also through a name."""
    if node is None:
        return None
    text = scope.text(node).strip("()").rstrip("fFdDlL").replace("_", "")
    try:
        return float(text)
    except ValueError:
        return None


def conditions(node: Node, scope: Scope, holds: bool = True) -> list[Found]:
    """Return what is asserted by demanding that a condition holds, or that it does not."""
    language = scope.language
    node = unwrapped(node, language)
    if node.type in language.negations:
        operand = part(node, "argument", "operand")
        operator = syntax.text_of(part(node, "operator") or node.children[0])
        if operand is not None and operator in ("!", "not"):
            return conditions(operand, scope, not holds)
    if node.type in language.binaries and (found := _of_binary(node, scope, holds)):
        return found
    if node.type in language.calls:
        last = scope.source.chain(node)[-1]
        close = close_by_name(last.name, last.args or (), scope)
        if close is not None:
            return [close if holds else negated(close)]
    is_text = holds and node.type in language.strings and len(syntax.text_of(node)) > 2
    if is_text or (node.type in ("true", "false") and (node.type == "true") == holds):
        return [Found("constant", "true" if is_text else node.type)]
    if node.type in ("instanceof_expression",):
        left, right = part(node, "left"), part(node, "right")
        if left is not None and right is not None:
            return [Found("type", scope.text(left), scope.text(right), not holds)]
    return [Found("truth", scope.text(node), None, not holds)]


def failing_if(
    node: Node, scope: Scope, is_failure: Callable[[Node], bool], ask: Callable[[Node, Scope, bool], list[Found]]
) -> list[Found] | None:
    """Return what must not be so for a failure to be reported, where a branch does that and tells of it."""
    condition, then = part(node, "condition"), part(node, "consequence")
    if condition is None or then is None or part(node, "alternative") is not None:
        return None
    statements = named(then) if then.type in scope.language.blocks else [then]
    if not statements or not any(map(is_failure, named(statements[-1]))):
        return None
    if not all(one.type in scope.language.statements for one in statements[:-1]):
        return None
    return ask(condition, scope, False)


def one_of(node: Node, scope: Scope, ask: Callable[[Node], Sequence[Found]]) -> Found | None:
    """Return the choice that a disjunction leaves to one subject: `x == 1 || x == 2`; None where it is none."""
    sides = _disjuncts(node, scope)
    if len(sides) < len(("this", "or that")):
        return None
    found = [each for side in sides for each in ask(side)]
    is_plain = all(each.form in _OF_CHOICE and each.expected and not each.is_negated for each in found)
    if len(found) != len(sides) or not is_plain or len({each.subject for each in found}) != 1:
        return None
    return Found("membership", found[0].subject, f"({','.join(each.expected or '' for each in found)})")


def _disjuncts(node: Node, scope: Scope) -> list[Node]:
    node = unwrapped(node, scope.language)
    left, right = part(node, "left"), part(node, "right")
    is_choice = node.type in scope.language.binaries and syntax.text_of(part(node, "operator")) == "||"
    if not is_choice or left is None or right is None:
        return [node]
    return _disjuncts(left, scope) + _disjuncts(right, scope)


_OF_CHOICE = frozenset({"equality", "match", "membership"})


def _of_binary(node: Node, scope: Scope, holds: bool) -> list[Found]:
    """Return what is asserted by both sides of a conjunction, or by a comparison; nothing for other operators."""
    left, right = part(node, "left"), part(node, "right")
    operator = syntax.text_of(part(node, "operator"))
    if left is None or right is None:
        return []
    if operator == ("&&" if holds else "||"):
        return conditions(left, scope, holds) + conditions(right, scope, holds)
    if operator == "||" and (choice := one_of(node, scope, lambda side: conditions(side, scope))) is not None:
        return [choice]
    operator = operator if holds else OPPOSITES.get(operator, "")
    return [compared(left, operator, right, scope)] if operator in COMPARISONS else []


_NOTHING = frozenset({"nil", "null", "undefined", "nullptr"})
_LENGTH = re.compile(r"(?P<of>.+)\.(?:length|size\(\)|length\(\))", re.DOTALL)
_DURATION = re.compile(
    r"(?P<number>[\d._]+)\*time\.(?P<unit>\w+)|time\.(?P<one>\w+?)|Duration\.of(?P<of>\w+)\((?P<given>\d+)\)"
)
_SECONDS = {"nano": 1e-9, "micro": 1e-6, "milli": 1e-3, "second": 1.0, "minute": 60.0, "hour": 3600.0}


def in_seconds(text: str) -> str:
    """Return a time that is written out as its seconds, so that the greater one is known; any other text as it is."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return text
    unit = (match["unit"] or match["one"] or match["of"] or "").lower()
    factor = next((seconds for word, seconds in _SECONDS.items() if unit.startswith(word)), None)
    return f"{float(match['number'] or match['given'] or 1) * factor:.12g}" if factor is not None else text


_WITHIN = re.compile(r"(?i)\w*(?:within|approx|close|almost|nearly|tolerance|delta|epsilon)\w*")
_WITH_TOLERANCE = 3


def close_by_name(name: str, args: Sequence[Node], scope: Scope) -> Found | None:
    """Return the approximate equality that a function of a telling name asks for, such as `EqualWithin(a, b, 1e-9)`."""
    if len(args) != _WITH_TOLERANCE or _WITHIN.fullmatch(name) is None:
        return None
    if number_of(args[2], scope) is None:
        return None
    return applied(Meaning("approximate", 0, 1, absolute=2), args, None, scope)


def compared(left: Node, operator: str, right: Node, scope: Scope) -> Found:
    """Return what a comparison asserts."""
    form, before = COMPARISONS[operator]
    if _is_reversed(left, right, scope) or syntax.text_of(left) in _NOTHING:
        left, right = right, left
        before = before.translate(str.maketrans("<>", "><"))
    left, right = unwrapped(left, scope.language), unwrapped(right, scope.language)
    word = syntax.text_of(right)
    if word in _NOTHING:
        return Found("identity", scope.text(left), word) if form == "equality" else Found("truth", scope.text(left))
    if word in ("true", "false") and form in ("equality", "inequality"):
        return Found("truth", scope.text(left), None, (word == "true") != (form == "equality"))
    if form == "equality" and _says_nothing(left, right, scope):
        form = "constant"
    expected = scope.text(right)
    return Found(form, measured(scope.text(left)), before + (in_seconds(expected) if form == "order" else expected))


def called_of(node: Node, scope: Scope) -> tuple[Link, ...]:
    """Return the chain of an expression, through a local name that was given it."""
    bare = unwrapped(node, scope.language)
    return scope.source.chain(scope.value(bare) or bare)


def matched(
    node: Node, subject: Node | None, table: Mapping[str, Meaning], wrappers: Mapping[str, bool], scope: Scope
) -> list[Found]:
    """Return what a matcher written as a call asserts: `is(not(equalTo(3)))`, `HaveLen(2)`.

    `wrappers` are matchers of matchers, True where they turn it round.
    """
    links = scope.source.chain(node)
    last = links[-1] if links else None
    if last is None or last.args is None:
        found = applied(Meaning("equality", None, 0), [node], subject, scope)
        return [found]
    if last.name in wrappers:
        inner = [found for arg in last.args for found in matched(arg, subject, table, wrappers, scope)]
        return [negated(found) for found in inner] if wrappers[last.name] else inner
    meaning = table.get(last.name)
    if meaning is None:
        return [Found("other", scope.text(subject) if subject is not None else "", scope.text(node))]
    return [applied(meaning, last.args, subject, scope)]


def _expectation(meaning: Meaning, args: Sequence[Node], expected: Node | None, scope: Scope) -> str | None:
    if meaning.all_expected:
        return meaning.before + ",".join(scope.text(arg) for arg in args) if args else meaning.before or None
    if expected is not None:
        text = scope.text(expected)
        return meaning.before + (in_seconds(text) if meaning.form == "order" else text)
    return meaning.before or (ANY_ERROR if meaning.form == "raises" else None)


def _tolerance(meaning: Meaning, args: Sequence[Node], scope: Scope) -> Tolerance | None:
    if meaning.absolute is None and meaning.relative is None:
        return None
    place = meaning.absolute if meaning.absolute is not None else meaning.relative
    value = number_of(args[place], scope) if place is not None and place < len(args) else None
    if meaning.absolute is not None:
        return Tolerance(absolute=value, is_known=value is not None)
    return Tolerance(relative=value, is_known=value is not None)


def _is_literal(node: Node, scope: Scope) -> bool:
    node = unwrapped(node, scope.language)
    if node.type in scope.language.composites:
        return True
    if node.type in ("unary_expression",):
        return all(_is_literal(child, scope) for child in named(node))
    return node.type in scope.language.literals


def _is_reversed(subject: Node | None, expected: Node | None, scope: Scope) -> bool:
    """Tell whether the expectation stands where the subject should."""
    if subject is None or expected is None:
        return False
    one, other = _is_literal(scope.meant(subject), scope), _is_literal(scope.meant(expected), scope)
    if one != other:
        return one
    texts = [syntax.text_of(node)[:61] for node in (subject, expected)]
    names = [len(text) <= 60 and _EXPECTATION.search(text) is not None for text in texts]
    columns = [_COLUMN.fullmatch(text) is not None for text in texts]
    return (names[0] and not names[1]) or (columns[0] and not any(names) and "(" in texts[1] and not columns[1])


def _says_nothing(subject: Node, expected: Node, scope: Scope) -> bool:
    """Tell whether a value is compared with itself, or a literal with the same literal."""
    if subject.id == expected.id:
        return False
    one, other = scope.source.text(subject), scope.source.text(expected)
    return one == other and "(" not in one
