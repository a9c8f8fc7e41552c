"""Recognise the assertions, mocks and skips of JavaScript's and TypeScript's test frameworks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Condition, Tolerance
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.javascript_conditions import asked, by_method
from trueline.sources.enforcement.javascript_mocks import called, of_spy, replaced_by
from trueline.sources.enforcement.javascript_words import (
    ASSERTERS,
    CALLED,
    CHAIN_WORDS,
    FUNCTIONS,
    HOOKS,
    MATCHERS,
    RAISES,
    SUITES,
    TESTS,
)
from trueline.sources.enforcement.languages_chain import Link, is_top, unwrapped
from trueline.sources.enforcement.languages_meaning import (
    ANY_ERROR,
    Found,
    Meaning,
    applied,
    negated,
    number_of,
    told,
)
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_tokens import unquoted

_OWN_ASSERTION = re.compile(r"_?(?:assert|expect|verify|check|should)[A-Z_]\w*")
_FRAMEWORK = re.compile(r"(?:expect|assert|jest|vi|sinon|chai|should|QUnit|console|t|test|describe|it|require)\b")
_LAYOUT = re.compile(r"(?:\\n|\s)+")
_OF_TYPES = re.compile(r"(?:assert|expect)\w*(?:Type|Assignable|Equals)\w*")
_WITH_REASON = 2
_NUMBER_OF_DIGITS = 2


def _phrased(args: Sequence[Node], scope: Scope) -> Sequence[Found] | None:
    """Return what `expect(total, 'to equal', 5)` asserts, as a sentence says it; None where there is no sentence."""
    phrase = unquoted(scope.source.text(args[1])) if len(args) > 1 and args[1].type == "string" else ""
    if not phrase.startswith(("to ", "not to ", "when ", "was ", "were ", "has ", "have ")):
        return None
    expected = ",".join(scope.text(arg) for arg in args[2:]) or None
    if phrase in ("to throw", "to throw error", "to be rejected with"):
        return [_raised(code_of(args[0], scope), args[2:], scope)]
    return [Found("equality" if expected else "truth", f"{scope.text(args[0])} {phrase}", expected)]


def code_of(node: Node, scope: Scope) -> str:
    """Return what a function given to a `throws` runs; the expression itself where it is no function."""
    if node.type in scope.language.functions:
        body = part(node, "body")
        if body is not None and body.type in scope.language.blocks:
            return syntax.shortened(";".join(scope.text(child).removeprefix("return ") for child in named(body)))
        node = body or node
    node = unwrapped(node, scope.language)
    return scope.text(node).removeprefix("await ")


class Assertions:
    """What a JavaScript node asserts, replaces or skips; `asserters` are names that hold assertions, such as `t`."""

    def __init__(self, asserters: frozenset[str], own: frozenset[str]) -> None:
        """Take the names of the parameters of tests as asserters too; `own` are functions of the file that assert."""
        self.asserters = ASSERTERS | asserters
        self.own = own

    def found(self, node: Node, scope: Scope) -> Sequence[Found] | None:
        """Return the assertions that the node is."""
        language = scope.language
        if node.type in language.members:
            if node.parent is None or node.parent.type not in language.statements | language.functions:
                return None
        elif node.type not in language.calls:
            return None
        if not is_top(node, language):
            return None
        links = scope.source.chain(node)
        return self._of_chain(links, node, scope)

    def _of_chain(self, links: tuple[Link, ...], node: Node, scope: Scope) -> Sequence[Found] | None:
        for place, link in enumerate(links[:3]):
            if link.name in _EXPECTS and place <= 1 and (not place or (place + 1 < len(links) and not links[0].args)):
                if link.name == "expectTypeOf" and not link.args:
                    return self._matchers(links[place + 1 :], link.node, scope)
                if link.args:
                    phrased = _phrased(link.args, scope) if place + 1 == len(links) else None
                    return phrased or self._matchers(links[place + 1 :], link.args[0], scope)
                return self._about_expect(links[place + 1 :], scope)
            if link.name == "soft" and link.args and links[0].name == "expect":
                return self._matchers(links[place + 1 :], link.args[0], scope)
        for place, link in enumerate(links):
            if link.name == "should":
                return self._should(links, place, scope)
        is_request = len(links) > 2 or links[0].name not in self.asserters - TESTS
        if is_request and any(link.name == "expect" and link.args for link in links[1:]):
            return self._requested(links, scope)
        return self._function(links, scope)

    def _about_expect(self, links: Sequence[Link], scope: Scope) -> Sequence[Found] | None:
        name = links[0].name if links else ""
        if name in ("assertions", "hasAssertions", "expect"):
            return []  # how many assertions there are, is seen from them
        if name in ("soft", "poll") and links[0].args:
            return self._matchers(links[1:], links[0].args[0], scope)
        if name in ("fail", "unreachable"):
            return [Found("fails", "")]
        return None

    def _should(self, links: Sequence[Link], place: int, scope: Scope) -> Sequence[Found] | None:
        link = links[place]
        if place == 0:
            if link.args:
                return self._matchers(links[1:], link.args[0], scope)
            rest = links[1:]
            is_not = bool(rest) and rest[0].name == "not"
            last = rest[-1] if rest else None
            if last is None or not last.args:
                return None
            if last.name in ("exist", "exists"):
                return [Found("truth", scope.text(last.args[0]), None, is_not)]
            return self._function((link, last), scope)
        subject = links[place - 1].node
        if link.args:
            said = [each for each in links[place:] if each.name in ("should", "and") and each.args]
            return [self._worded(each.args or (), subject, scope) for each in said]
        return self._matchers(links[place + 1 :], subject, scope)

    def _worded(self, args: Sequence[Node], subject: Node, scope: Scope) -> Found:
        """Return what `should("have.text", "x")` asserts."""
        word = unquoted(scope.source.text(args[0]))
        expected = ",".join(scope.text(arg) for arg in args[1:]) or None
        form = MATCHERS[word.split(".")[-1]].form if word.split(".")[-1] in MATCHERS else "equality"
        return Found(form if form != "equality" or expected else "truth", f"{scope.text(subject)} {word}", expected)

    def _matchers(self, links: Sequence[Link], subject: Node, scope: Scope) -> Sequence[Found]:
        """Return what a chain of matchers after `expect(x)` or `x.should` asserts."""
        found: list[Found] = []
        is_not, suffix = False, ""
        for place, link in enumerate(links):
            is_last = place == len(links) - 1
            if link.name == "not":
                is_not = not is_not
                continue
            if link.name == "rejects":
                suffix += " rejects"
            elif link.name in _PROPERTIES and link.args:
                suffix += f".{unquoted(scope.text(link.args[0]))}"
            one = self._matcher(link, subject, scope, is_last)
            if one is not None:
                one = one if one.form == "raises" else replace(one, subject=one.subject + suffix)
                one = of_spy(one) or one
                found.append(negated(one) if is_not else one)
        return found

    def _matcher(self, link: Link, subject: Node, scope: Scope, is_last: bool) -> Found | None:
        """Return what one link asserts of the subject, None for a word that only leads on."""
        name, args = link.name, link.args or ()
        if name in _PROPERTIES and args:
            if len(args) > 1:
                return applied(Meaning("equality", None, 1), args, subject, scope)
            return Found("membership", scope.text(subject)) if is_last else None
        if name in RAISES:
            return _raised(code_of(subject, scope), args, scope)
        if name == "toBeCloseTo" and args:
            return self._close(args, subject, scope)
        if name.startswith(CALLED):
            return called(scope.text(subject), name, ",".join(scope.text(arg) for arg in args))
        if name in MATCHERS and (link.args is not None or is_last or name in _BARE):
            found = applied(MATCHERS[name], args, subject, scope)
            if found.form == "truth" or (found.form == "equality" and found.expected in _SWITCHES):
                found = _of_question(subject, (found.expected or "true") == "true", scope) or found
            if found.form == "snapshot" and found.expected is not None:
                return replace(found, expected=_LAYOUT.sub(" ", found.expected).replace('" ', '"').replace(' "', '"'))
            types = _types(link.node, scope)
            return replace(found, expected=types) if not args and types is not None else found
        if (name in CHAIN_WORDS or name == "rejects") and not args:
            return None
        return _unknown(link, subject, scope) if link.args is not None or is_last else None

    def _close(self, args: Sequence[Node], subject: Node, scope: Scope) -> Found:
        digits = number_of(args[1], scope) if len(args) > 1 else _NUMBER_OF_DIGITS
        tolerance = Tolerance(absolute=10**-digits / 2 if digits is not None else None, is_known=digits is not None)
        return Found("approximate", scope.text(subject), scope.text(args[0]), tolerance=tolerance)

    def _requested(self, links: Sequence[Link], scope: Scope) -> Sequence[Found]:
        """Return what `request(app).get("/").expect(200, "body")` asserts."""
        first = next(place for place, link in enumerate(links) if place and link.name == "expect" and link.args)
        subject = scope.text(links[first - 1].node)
        found: list[Found] = []
        for link in links[first:]:
            args = [arg for arg in link.args or () if arg.type not in scope.language.functions]
            if link.name != "expect" or not args:
                continue
            if args[0].type in ("string", "template_string") and len(args) > 1 and args[1].type != "identifier":
                name = unquoted(scope.source.text(args[0]))
                found.append(Found("equality", f"{subject}[{name}]", scope.text(args[1])))
                continue
            for place, arg in enumerate(args):
                if not (place and arg.type == "identifier" and syntax.text_of(arg) in ("done", "cb", "next")):
                    found.append(Found("equality", subject, scope.text(arg)))
        return found

    def _function(self, links: tuple[Link, ...], scope: Scope) -> Sequence[Found] | None:
        """Return what a call such as `assert.equal(a, b)`, `t.is(a, b)` or `equal(a, b)` asserts."""
        last = links[-1]
        if last.args is None or any(link.args is not None for link in links[:-1]):
            return None
        args = last.args
        if last.name in ("plan", "expect") and len(links) == 2 and links[0].name in self.asserters:
            return []
        if last.name in ("assert", "invariant") and len(links) == 1 and args:
            return asked(args[0], scope)
        owner = links[-2].name if len(links) > 1 else ""
        if args and (special := self._special(last, owner, scope)) is not None:
            return [special]
        is_owned = owner in self.asserters or any(link.name == "assert" for link in links[:-1])
        is_bare = len(links) == 1 and len(args) > (0 if last.name == "ok" else 1)
        meaning = FUNCTIONS.get(last.name)
        if meaning is None or not (is_owned or (is_bare and last.name not in _NEVER_BARE)):
            return self._own(links, args, scope)
        if meaning.form == "raises":
            if not args:
                return None
            return [
                negated(one) if last.name == "notThrow" else one
                for one in [_raised(code_of(args[0], scope), args[1:], scope)]
            ]
        if meaning.form == "truth" and args:
            if args[0].type in scope.language.functions:
                return [Found("truth", code_of(args[0], scope))]
            return asked(args[0], scope, holds=not meaning.is_negated)
        found = _of_question(args[0], meaning.before == "true", scope) if meaning.before in _SWITCHES and args else None
        return [found or applied(meaning, args, None, scope)]

    def _special(self, link: Link, owner: str, scope: Scope) -> Found | None:
        """Return what a check of calls or of types asserts: `assert.calledWith(save, 1)`, `assertType<Cart>(x)`."""
        args = link.args or ()
        if owner == "assert" and link.name.startswith(CALLED):
            return called(scope.text(args[0]), link.name, ",".join(scope.text(arg) for arg in args[1:]))
        types = _types(link.node, scope)
        if types is not None and _OF_TYPES.fullmatch(link.name):
            return Found("type", scope.text(args[0]), types)
        return None

    def _own(self, links: tuple[Link, ...], args: Sequence[Node], scope: Scope) -> Sequence[Found] | None:
        """Return the assertion that a function of the project's own makes, known by its name."""
        name, owner = links[-1].name, links[-2].name if len(links) > 1 else ""
        is_own = _OWN_ASSERTION.fullmatch(name) or (
            len(links) == 1 and name in self.own and _is_alone(links[0].node, scope)
        )
        is_given = any(syntax.text_of(arg) in ("assert", "t") for arg in args)
        if not (is_own or is_given or (owner == "assert" and name not in _NO_ASSERTIONS)):
            return None
        literal, looked_at = told(args, scope)
        subject = f"{links[-1].name}({','.join(scope.text(arg) for arg in looked_at)})"
        return [Found("other", syntax.shortened(subject), ",".join(scope.text(arg) for arg in literal) or None)]

    def condition(self, node: Node, scope: Scope) -> Condition | None:
        """Return the skip that a call such as `this.skip()` or `test.fixme(slow, "why")` is."""
        if node.type not in scope.language.calls or not is_top(node, scope.language):
            return None
        links = scope.source.chain(node)
        last = links[-1]
        if last.name == "pending" and len(links) == 1:
            return Condition("skip", "pending", syntax.line_of(node))
        if len(links) != 2 or last.args is None or last.name not in ("skip", "todo", "skipIf", "fixme", "fail"):
            return None
        if links[0].name not in self.asserters | {"this", "ctx", "context", "it"} or (
            last.name == "fail" and last.args
        ):
            return None
        if any(arg.type in scope.language.functions for arg in last.args) or len(last.args) > _WITH_REASON:
            return None
        if last.name == "fail":
            is_annotation = links[0].name == "test"
            return Condition("xfail", "test.fail", syntax.line_of(node)) if is_annotation else None
        is_plain = not last.args or last.args[0].type in ("string", "template_string", "true")
        text = f"{links[0].name}.{last.name}"
        text = text if is_plain else f"{text}({scope.source.text(last.args[0])})"
        return Condition("skip", text, syntax.line_of(node), is_always=is_plain)

    def mocks(self, node: Node, scope: Scope) -> Sequence[str]:
        """Return what `jest.mock("./a")` or `total.mockReturnValue(3)` replaces, and that of a module by its name."""
        return replaced_by(node, scope)

    def is_failure(self, node: Node) -> bool:
        """Return True for `assert.fail()`, `done(error)` and their like."""
        if node.type not in ("call_expression", "await_expression", "return_statement"):
            return False
        text = syntax.text_of(node)[:80]
        return _FAILS.match(text) is not None

    def lets_failures_through(self, caught: str) -> bool:
        """Return False: a catch of JavaScript catches everything."""
        return False

    def is_framework(self, name: str) -> bool:
        """Return True where a called name is the framework's own."""
        first, _, _ = name.partition(".")
        return first in SUITES | TESTS | HOOKS or _FRAMEWORK.match(name) is not None or first in self.asserters


def _types(node: Node, scope: Scope) -> str | None:
    """Return the types that a call is given as a text, which only an equal one equals."""
    types = part(node, "type_arguments")
    return f'"{scope.source.text(types)[1:-1]}"' if types is not None else None


_SWITCHES = frozenset({"true", "false"})


def _of_question(node: Node, holds: bool, scope: Scope) -> Found | None:
    """Return what `text.includes("a")` asserts where it must be true, or false; None where it asks nothing known."""
    found = by_method(unwrapped(node, scope.language), scope)
    return found if found is None or holds else negated(found)


_PROPERTIES = frozenset({"property", "ownProperty", "toHaveProperty"})
_EXPECTS = frozenset({"expect", "expectTypeOf", "expectAsync"})
_NO_ASSERTIONS = frozenset({"async", "timeout", "step", "end", "pass", "context", "test", "comment", "log", "teardown"})
_NEVER_BARE = frozenset(
    {
        "is",
        "not",
        "match",
        "matches",
        "has",
        "like",
        "include",
        "includes",
        "contains",
        "property",
        "true",
        "false",
        "throw",
        "raises",
        "snapshot",
        "error",
        "exists",
        "fail",
        "same",
    }
)
_BARE = frozenset({"true", "false", "null", "undefined", "ok", "exist", "empty", "NaN", "fulfilled", "arguments"})
_FAILS = re.compile(
    r"(?:await |return )*(?:(?:assert|t|test|expect|chai|should)\.)*(?:fail|unreachable)\(|"
    r"(?:return )?(?:done|cb|callback|next|reject|done\.fail)\(\s*[^)\s]|"
    r"expect\((?:true|false)\)(?:\.not)?\.(?:to\.be\.|toBe|toEqual|to\.equal)\(?(?:true|false)"
)


def _raised(subject: str, args: Sequence[Node], scope: Scope) -> Found:
    """Return what must be raised: the type, and what it must say."""
    expected: str | None = None
    message: str | None = None
    for arg in args[:2]:
        meant = scope.meant(arg)
        if meant.type in ("string", "template_string", "regex", "object", "binary_expression"):
            message = message or scope.text(arg)
        elif meant.type == "new_expression":
            expected = scope.source.text(part(meant, "constructor") or meant)
            given = named(part(meant, "arguments"))
            message = scope.text(given[0]) if given else message
        elif meant.type in scope.language.functions or meant.type in scope.language.calls:
            message = message or scope.text(arg)
        else:
            expected = expected or scope.text(arg)
    return Found("raises", subject, expected or ANY_ERROR, message=message)


def _is_alone(node: Node, scope: Scope) -> bool:
    """Tell whether nobody uses what the call returns."""
    parent = node.parent
    while parent is not None and parent.type in scope.language.wrappers:
        parent = parent.parent
    return parent is None or parent.type in scope.language.statements | scope.language.functions


def _unknown(link: Link, subject: Node, scope: Scope) -> Found:
    """Return an assertion by a matcher that is not known: its name and arguments are what it expects."""
    args = ",".join(scope.text(arg) for arg in link.args or ())
    return Found("other", f"{scope.text(subject)} {link.name}", syntax.shortened(args) or None)
