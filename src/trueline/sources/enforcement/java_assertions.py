"""Recognise the assertions, mocks and assumptions of Java's test frameworks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Condition, Tolerance
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.java_chains import awaited, told_in_chain
from trueline.sources.enforcement.java_words import (
    CAUSES,
    CONDITIONS,
    FRAMEWORK,
    FUNCTIONS,
    MATCHERS,
    OFFSETS,
    PASSING,
    RAISED,
    RULES,
    THATS,
    WRAPPERS,
)
from trueline.sources.enforcement.languages_chain import Link, is_top, unwrapped
from trueline.sources.enforcement.languages_meaning import (
    ANY_ERROR,
    Found,
    Meaning,
    applied,
    conditions,
    failing_if,
    matched,
    negated,
    number_of,
    one_of,
    told,
)
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_scope import Scope

_OWN_ASSERTION = re.compile(
    r"(?:assert|expect|verify|check|should|ensure|validate|require|compare|test|doTest|run)[A-Z_]\w*"
)
_DELTA = re.compile(r"(?i)(?:.*\W)?\w*(?:delta|eps\w*|tol\w*|precision|accuracy|error)\w*")
_NUMBERED = 3
_SENTENCE = re.compile(r"\"\w[^\"]* \w+[^\"]* \w[^\"]*\"")
_ANY_ARGUMENT = re.compile(r"(?:\w+\.)?any\w*\([^()]*\)")
_STUBS = re.compile(r"(?:do|will)(?:Return|Throw|Answer|Nothing|CallRealMethod)|Mockito")


class Assertions:
    """What a Java node asserts, replaces or assumes."""

    def __init__(self, is_message_first: bool, own: frozenset[str]) -> None:
        """Take whether messages come first, as in JUnit 3 and 4, and the methods of the file that assert."""
        self.is_message_first = is_message_first
        self.own = own

    def found(self, node: Node, scope: Scope) -> Sequence[Found] | None:
        """Return the assertions that the node is."""
        if node.type == "assert_statement":
            return conditions(named(node)[0], scope)
        if node.type in scope.language.ifs:
            return failing_if(node, scope, self.is_failure, _conditions)
        if node.type == "throw_statement":
            thrown = named(node)[0] if named(node) else None
            is_failure = thrown is not None and syntax.text_of(part(thrown, "type")) == "AssertionError"
            return [Found("fails", "")] if is_failure else None
        if node.type not in scope.language.calls or not is_top(node, scope.language):
            return None
        links = scope.source.chain(node)
        for place, link in enumerate(links[:2]):
            if link.name in THATS and link.args is not None:
                return self._that(link, links[place + 1 :], scope)
        if links[-1].name == "assertThat" and links[-1].args:
            return self._that(links[-1], (), scope)
        for place, link in enumerate(links[:3]):
            if link.name == "verify" and link.args and place + 1 < len(links):
                return self._verified(link, links[place + 1 :], scope)
        waited = awaited(links, scope)
        return [waited] if waited is not None else self._function(links, scope)

    def _that(self, link: Link, links: Sequence[Link], scope: Scope) -> Sequence[Found] | None:
        args = link.args or ()
        if link.name == "assertWithMessage":
            place = next((place for place, one in enumerate(links) if one.name == "that" and one.args), None)
            return self._chain(links[place + 1 :], (links[place].args or ())[0], scope) if place is not None else None
        if (
            link.name.startswith("assertThat") and link.name.endswith("Exception")
        ) or link.name == "assertThatExceptionOfType":
            return self._thrown_by(link, links, scope)
        if not args:
            return None
        if link.name == "then" and len(links) > 1 and links[0].name == "should":  # Mockito in the words of BDD
            return self._verified(replace(link, args=(*args, *(links[0].args or ()))), links[1:], scope)
        if link.name in ("assertThatThrownBy", "thenThrownBy"):
            return self._raised(_code_of(args[0], scope), links, scope)
        if not links and len(args) > 1:  # Hamcrest
            if len(args) == 2 and args[0].type == "string_literal" and args[1].type in scope.language.binaries:
                return conditions(args[1], scope)
            return self._matcher(args[-1], args[-2], scope)
        if (
            args[0].type in scope.language.binaries | scope.language.negations
            and links
            and links[-1].name in ("isTrue", "isFalse")
        ):
            return _conditions(args[0], scope, links[-1].name == "isTrue")
        return self._chain(links, args[0], scope)

    def _matcher(self, node: Node, subject: Node, scope: Scope) -> Sequence[Found]:
        links = scope.source.chain(node)
        last = links[-1]
        if last.name in ("anyOf", "either") and last.args:
            parts = [one.expected or "" for arg in last.args for one in self._matcher(arg, subject, scope)]
            return [Found("membership", scope.text(subject), f"({','.join(parts)})")]
        if last.name == "is" and last.args and len(last.args) == 1 and last.args[0].type == "class_literal":
            return [Found("type", scope.text(subject), scope.text(last.args[0]))]
        table = {**MATCHERS, "contains": Meaning("equality", None, 0, all_expected=True)}
        return [_plain_truth(found) for found in matched(node, subject, table, WRAPPERS, scope)]

    def _chain(self, links: Sequence[Link], subject: Node, scope: Scope) -> Sequence[Found]:
        """Return what the links after `assertThat(x)` assert; links that lead elsewhere lengthen the subject."""
        found: list[Found] = []
        suffix = ""
        options: tuple[str, ...] = ()
        for place, link in enumerate(links):
            args = link.args or ()
            if link.name.startswith("ignoring"):
                options += (f"{link.name}({','.join(scope.text(arg) for arg in args)})=False",)
            elif (
                (link.name == "isEqualTo" and any(_is_offset(arg, scope) for arg in args[1:]))
                or link.name == "isCloseTo"
                or link.name == "closeTo"
            ):
                found.append(self._close(link, subject, scope))
            elif link.name == "of" and place and links[place - 1].name == "isWithin" and args:
                value = number_of((links[place - 1].args or (None,))[0], scope)
                tolerance = Tolerance(absolute=value, is_known=value is not None)
                found.append(
                    Found("approximate", scope.text(subject) + suffix, scope.text(args[0]), tolerance=tolerance)
                )
            elif link.name in ("isWithin", *PASSING):
                continue
            elif link.name in RAISED and args:
                found.append(Found("match", scope.text(subject) + suffix + ".message", scope.text(args[0])))
            elif link.name == "doesNotThrowAnyException":
                found.append(Found("truth", _code_of(subject, scope)))
            elif link.name in MATCHERS:
                one = applied(MATCHERS[link.name], args, subject, scope)
                found.append(replace(one, subject=one.subject + suffix, options=one.options + options))
            elif place == len(links) - 1:
                text = ",".join(scope.text(arg) for arg in args)
                found.append(Found("other", f"{scope.text(subject)}{suffix} {link.name}", text or None))
            else:
                suffix += f".{link.name}({','.join(scope.text(arg) for arg in args)})"
        return found

    def _close(self, link: Link, subject: Node, scope: Scope) -> Found:
        args = link.args or ()
        value: float | None = None
        is_relative = False
        for arg in args[1:]:
            last = scope.source.chain(arg)[-1]
            is_relative = "ercentage" in last.name
            value = number_of(last.args[0] if last.name in OFFSETS and last.args else arg, scope)
        if value is not None and is_relative:
            return Found(
                "approximate", scope.text(subject), scope.text(args[0]), tolerance=Tolerance(relative=value / 100)
            )
        tolerance = Tolerance(absolute=value, is_known=value is not None)
        return Found("approximate", scope.text(subject), scope.text(args[0]) if args else None, tolerance=tolerance)

    def _raised(self, subject: str, links: Sequence[Link], scope: Scope) -> Sequence[Found]:
        expected: str | None = None
        message: str | None = None
        for link in links:
            if link.name in CAUSES and link.args and expected is None:
                expected = scope.text(link.args[0]).removesuffix(".class")
            elif link.name in RAISED and link.args:
                message = scope.text(link.args[0])
        return [Found("raises", subject, expected or ANY_ERROR, message=message)]

    def _thrown_by(self, link: Link, links: Sequence[Link], scope: Scope) -> Sequence[Found] | None:
        if link.name == "assertThatNoException":
            thrown = next((one for one in links if one.name == "isThrownBy" and one.args), None)
            return [Found("truth", _code_of(thrown.args[0], scope))] if thrown is not None and thrown.args else None
        by = next((one for one in links if one.name == "isThrownBy" and one.args), None)
        if by is None or not by.args:
            return None
        found = self._raised(_code_of(by.args[0], scope), links, scope)[0]
        given = link.args[0] if link.args else None
        text = scope.text(given) if given is not None else link.name.removeprefix("assertThat")
        return [replace(found, expected=text.removesuffix(".class"))]

    def _verified(self, link: Link, links: Sequence[Link], scope: Scope) -> Sequence[Found]:
        """Return the call of a mock that `verify(mock, times(2)).go(1)` demands."""
        args = link.args or ()
        rest = ",".join(_ANY_ARGUMENT.sub("ANY", scope.text(arg)) for arg in links[0].args or ())
        times = scope.text(args[1]) if len(args) > 1 else "times(1)"
        subject = f"{scope.text(args[0])}.{links[0].name}"
        if times.endswith("never()") or times == "times(0)":
            return [Found("called", subject, f"({rest})", is_negated=True)]
        return [Found("called", subject, f"({rest})" if times == "times(1)" else f"({rest}) {times}")]

    def _function(self, links: tuple[Link, ...], scope: Scope) -> Sequence[Found] | None:
        last = links[-1]
        if last.args is None or any(link.args is not None for link in links[:-1]):
            return told_in_chain(links, self._matcher, scope)
        args = list(last.args)
        if last.name in ("verifyNoMoreInteractions", "verifyNoInteractions", "verifyZeroInteractions"):
            return [Found("called", ",".join(scope.text(arg) for arg in args), "nothing else")]
        if last.name in ("expect", "expectMessage") and links[0].name in RULES and args:
            text = scope.text(args[0])
            is_type = last.name == "expect"
            expected = text.removesuffix(".class") if is_type else ANY_ERROR
            return [Found("raises", "", expected, message=None if is_type else text)]
        meaning = FUNCTIONS.get(last.name)
        if meaning is None or (last.name == "fail" and len(links) > 1 and links[0].name[:1].islower()):
            return self._own(links, args, scope)
        if meaning.form == "fails":
            return [Found("fails", "")]
        return self._by_meaning(meaning, last.name, args, scope)

    def _by_meaning(self, meaning: Meaning, name: str, args: list[Node], scope: Scope) -> Sequence[Found]:
        wanted = 1 + max(meaning.subject or 0, meaning.expected or 0)
        args = self._without_message(args, wanted, scope)
        if len(args) < wanted:
            return [Found("other", name)]
        if name in ("assertTrue", "assertFalse"):
            return _conditions(args[0], scope, holds=not meaning.is_negated)
        if name == "assertDoesNotThrow":
            return [Found("truth", _code_of(args[0], scope))]
        if meaning.form == "raises":
            return [Found("raises", _code_of(args[1], scope), scope.text(args[0]).removesuffix(".class"))]
        if name in ("assertEquals", "assertNotEquals", "assertArrayEquals") and len(args) == _NUMBERED:
            found = applied(Meaning("approximate", 1, 0, absolute=2), args, None, scope)
            return [negated(found) if "Not" in name else _exact_if_zero(found)]
        if name == "assertEquals":
            for truth, asked in (args[:2], args[1::-1]):
                if syntax.text_of(truth) in ("true", "false"):
                    return _conditions(asked, scope, syntax.text_of(truth) == "true")
        return [applied(meaning, args, None, scope)]

    def _without_message(self, args: list[Node], wanted: int, scope: Scope) -> list[Node]:
        """Return the arguments without the message for the reader of a failure."""
        if len(args) <= wanted:
            return args
        if wanted == 1 and _is_text(args[0], scope) and not _is_text(args[1], scope):
            return args[1:]
        if self.is_message_first and _is_text(args[0], scope):
            return args[1:]
        if wanted == 2 and len(args) == _NUMBERED + 1 and not self.is_message_first:
            return args[:3]
        if wanted == 2 and len(args) == _NUMBERED:
            third = args[2]
            is_delta = number_of(third, scope) is not None or _DELTA.fullmatch(syntax.text_of(third)) is not None
            if self.is_message_first and not is_delta and _is_text(args[0], scope, is_strict=False):
                return args[1:]
            return args if is_delta else args[:2] if not self.is_message_first else args[1:]
        return args[:wanted] if not self.is_message_first else args[-wanted:]

    def _own(self, links: tuple[Link, ...], args: Sequence[Node], scope: Scope) -> Sequence[Found] | None:
        """Return the assertion that a method of the project's own makes, known by its name or its body."""
        last = links[-1]
        parent = last.node.parent
        if parent is None or parent.type not in scope.language.statements | scope.language.functions:
            return None
        is_own = last.name in self.own and (len(links) == 1 or links[0].name in ("this", "super"))
        if not is_own and not (
            _OWN_ASSERTION.fullmatch(last.name)
            and (
                len(links) == 1 or links[0].name == "super" or last.name.startswith(("assert", "verify", "testEquals"))
            )
        ):
            return None
        literal, looked_at = told([arg for arg in args if not _is_sentence(arg)] or args, scope)
        subject = syntax.shortened(f"{last.name}({','.join(scope.text(arg) for arg in looked_at)})")
        return [Found("other", subject, ",".join(scope.text(arg) for arg in literal) or None)]

    def condition(self, node: Node, scope: Scope) -> Condition | None:
        """Return the assumption or the skip that the node is."""
        line = syntax.line_of(node)
        if node.type == "throw_statement" and "SkipException" in syntax.text_of(node)[:80]:
            return Condition("skip", "SkipException", line)
        if node.type not in scope.language.calls:
            return None
        name = syntax.text_of(part(node, "name"))
        if not name.startswith("assum") and name != "abort":
            return None
        args = named(part(node, "arguments"))
        words = [syntax.text_of(arg) for arg in args]
        is_always = (
            name == "abort"
            or ("assumeTrue", "false") in {(name, word) for word in words}
            or (name == "assumeFalse" and "true" in words)
        )
        given = [arg for arg in args if not _is_text(arg, scope)]
        return Condition("skip", f"{name}({','.join(scope.text(arg) for arg in given)})", line, is_always)

    def mocks(self, node: Node, scope: Scope) -> Sequence[str]:
        """Return what `when(cart.total())`, `doReturn(3).when(cart).total()` or `mock(Cart.class)` replaces."""
        if node.type not in scope.language.calls:
            return ()
        name = syntax.text_of(part(node, "name"))
        args = named(part(node, "arguments"))
        if name in ("mock", "mockStatic", "createMock", "createNiceMock", "mockConstruction") and args:
            return (scope.source.text(args[0]).removesuffix(".class"),)
        if name in ("when", "given") and args:
            asked = part(args[0], "body") if args[0].type == "lambda_expression" else args[0]
            if asked is not None and asked.type in scope.language.calls:
                return (".".join(link.name for link in scope.source.chain(asked) if link.name),)
        owner = part(node, "object")
        if owner is not None and owner.type in scope.language.calls and syntax.text_of(part(owner, "name")) == "when":
            links = scope.source.chain(owner)
            if _STUBS.fullmatch(links[0].name) and links[-1].args:
                return (f"{scope.source.text(links[-1].args[0])}.{name}",)
        return ()

    def is_unit(self, node: Node) -> bool:
        """Return False: no test of Java stands inside another."""
        return False

    def is_failure(self, node: Node) -> bool:
        """Return True for `fail()` and its like."""
        if node.type != "method_invocation":
            return False
        name, owner = syntax.text_of(part(node, "name")), syntax.text_of(part(node, "object"))
        return name in ("fail", "failBecauseExceptionWasNotThrown", "shouldHaveThrown") and (
            not owner or owner[:1].isupper()
        )

    def lets_failures_through(self, caught: str) -> bool:
        """Return True where a failed assertion, which is an error, is not of the type caught."""
        types = {name.rsplit(".", 1)[-1] for name in caught.split("|")}
        return not types & {"Throwable", "Error", "AssertionError", "AssertionFailedError", ""}

    def is_framework(self, name: str) -> bool:
        """Return True where a called name is the framework's own."""
        first = name.split(".")[0]
        return first.startswith(("assert", "assum", "verify")) or first in FRAMEWORK or name.endswith(".class")


def _plain_truth(found: Found) -> Found:
    """Return truth for an equality with `true` or `false`: both say the same of a value that is one of the two."""
    if found.form not in ("equality", "inequality") or found.expected not in ("true", "false"):
        return found
    is_negated = (found.expected == "false") != (found.form == "inequality")
    return replace(found, form="truth", expected=None, is_negated=is_negated)


def _code_of(node: Node, scope: Scope) -> str:
    """Return what a lambda runs."""
    if node.type == "lambda_expression":
        body = part(node, "body")
        if body is not None and body.type == "block":
            return syntax.shortened(";".join(scope.text(child) for child in named(body)))
        node = body or node
    return scope.text(node)


def _is_offset(node: Node, scope: Scope) -> bool:
    return scope.source.chain(node)[-1].name in OFFSETS


def _is_text(node: Node, scope: Scope, is_strict: bool = True) -> bool:
    """Tell whether an argument reads like a message."""
    meant = scope.meant(node)
    if meant.type == "string_literal":
        return True
    if node.type == "binary_expression":
        return '"' in syntax.text_of(node)
    text = syntax.text_of(node)
    if text.startswith("String.format(") or re.fullmatch(
        r"(?i)\w*(?:msg|message|description|reason)\w*(?:\(.*\))?", text
    ):
        return True
    return not is_strict


def _is_sentence(node: Node) -> bool:
    """Tell whether an argument is a text of several words put together: what a failure says."""
    return node.type == "binary_expression" and _SENTENCE.search(syntax.text_of(node)) is not None


def _exact_if_zero(found: Found) -> Found:
    """Return an equality where the tolerance is nothing."""
    if found.tolerance is not None and found.tolerance.absolute == 0:
        return replace(found, form="equality", tolerance=None)
    return found


def _conditions(node: Node, scope: Scope, holds: bool) -> list[Found]:
    """Return what a condition asserts, also by the methods of what it asks."""
    node = unwrapped(node, scope.language)
    if node.type in scope.language.negations and syntax.text_of(part(node, "operator")) == "!":
        operand = part(node, "operand")
        if operand is not None:
            return _conditions(operand, scope, not holds)
    if node.type in scope.language.binaries and holds and syntax.text_of(part(node, "operator")) == "&&":
        sides = [part(node, "left"), part(node, "right")]
        return [found for side in sides if side is not None for found in _conditions(side, scope, holds)]
    if holds and (choice := one_of(node, scope, lambda side: _conditions(side, scope, holds=True))) is not None:
        return [choice]
    if node.type in scope.language.calls:
        links = scope.source.chain(node)
        last = links[-1]
        if last.name == "equals" and len(last.args or ()) == 2 and last.args:  # Arrays.equals, Objects.equals
            found = applied(Meaning("equality", 0, 1), last.args, None, scope)
            return [found if holds else negated(found)]
        meaning = CONDITIONS.get(last.name) if len(links) > 1 else None
        if meaning is not None and len(last.args or ()) <= 1:
            found = applied(meaning, last.args or (), links[-2].node, scope)
            return [found if holds else negated(found)]
    return conditions(node, scope, holds)
