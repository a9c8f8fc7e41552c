"""Recognise the assertions of Go: an `if` that reports a failure, and the calls of its test libraries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Condition, Tolerance
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.go_conditions import improved
from trueline.sources.enforcement.go_words import (
    FAILURES,
    FUNCTIONS,
    LIBRARIES,
    MATCHERS,
    SAID,
    SKIPS,
    WRAPPERS,
)
from trueline.sources.enforcement.languages_chain import Link, is_top, name_of
from trueline.sources.enforcement.languages_meaning import (
    ANY_ERROR,
    Found,
    Meaning,
    applied,
    in_seconds,
    matched,
    negated,
    number_of,
    told,
)
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_source import Source

_TESTER = re.compile(
    r"t|tb|b|f|c|tt|st|T|g|\w*\.(?:T|TB)\(\)|\w+\.t|GinkgoT\(\)|harness|testingT|tester|TestingT|require|r"
)
_REPORTS = re.compile(rb"(?<![.\w])\w+\s*\.\s*(?:Error|Fatal|Fail|Log)\w*\s*\(")
_COMPARERS = frozenset({"is", "cmp", "gocmp", "qt"})
_TOLD = FAILURES | {"Logf", "Log"}
_SKIP_OF_OWN = re.compile(r"[Ss]kip(?:If|Unless|On|When|For|Without|Not)[A-Z]?\w*")
_ALONE = frozenset({"expression_statement", "defer_statement", "go_statement"})
_ERROR = re.compile(r"(?i)err\w*|\w*err")
_SUITES = frozenset({"s", "suite", "ts", "is", "a", "r"})
_OF_ANSWER = re.compile(r"(?:Require|Assert|Expect|Verify|Validate)[A-Z]\w*")
_OWN_ASSERTION = re.compile(
    r"(?:[Aa]ssert|[Rr]equire|[Cc]heck|[Vv]erify|[Ee]xpect|[Ee]nsure|[Mm]ust|[Cc]ompare|[Vv]alidate|[Tt]est|[Rr]un|[Ww]ant|"
    r"[Ww]ait|[Dd]o[Tt]est|[Cc]onfirm|[Ee]q)[A-Z_]?\w*"
)


class Assertions:
    """What a Go node asserts or skips; `own` are functions of the file that take the test and fail it."""

    def __init__(self, own: frozenset[str]) -> None:
        """Take the names of functions that report failures."""
        self.own = own

    def found(self, node: Node, scope: Scope) -> Sequence[Found] | None:
        """Return the assertions that the node is."""
        if node.type == "if_statement":
            return self._if(node, scope)
        if node.type not in scope.language.calls or not is_top(node, scope.language):
            return None
        links = scope.source.chain(node)
        if is_report(links):
            return [Found("fails", "")]
        for place, link in enumerate(links[:2] if links[0].name not in LIBRARIES else ()):
            if link.name in ("Expect", "Ω", "Eventually", "Consistently", "ExpectWithOffset") and link.args:
                return self._gomega(links[place + 1 :], link.args[1 if "Offset" in link.name else 0], scope)
        return self._function(links, scope)

    def _if(self, node: Node, scope: Scope) -> Sequence[Found] | None:
        """Return what must not be so for a failure to be reported, or what must be for it in the other branch."""
        condition = part(node, "condition")
        if condition is None:
            return None
        if self._reports(part(node, "consequence")):
            return improved(condition, scope, holds=False)
        otherwise = part(node, "alternative")
        if otherwise is not None and otherwise.type == "block" and self._reports(otherwise):
            return improved(condition, scope, holds=True)
        return None

    def _reports(self, block: Node | None) -> bool:
        while block is not None and len(named(block)) == 1 and named(block)[0].type == "statement_list":
            block = named(block)[0]
        statements = [child for child in named(block) if child.type == "expression_statement"]
        return any(self.is_failure(child) for statement in statements for child in named(statement))

    def _gomega(self, links: Sequence[Link], subject: Node, scope: Scope) -> Sequence[Found]:
        for link in links:
            if link.args and link.name in ("To", "Should", "NotTo", "ToNot", "ShouldNot"):
                found = self._matcher(link.args[0], subject, scope)
                is_not = "Not" in link.name
                return [_not_raised(negated(one)) if is_not else one for one in found]
        return []

    def _matcher(self, node: Node, subject: Node, scope: Scope) -> list[Found]:
        links = scope.source.chain(node)
        last = links[-1]
        if last.name == "BeNumerically" and last.args:
            operator = syntax.text_of(last.args[0]).strip('"`')
            if operator == "~":
                value = number_of(last.args[2], scope) if len(last.args) > 2 else 1e-8
                tolerance = Tolerance(absolute=value, is_known=value is not None)
                return [Found("approximate", scope.text(subject), scope.text(last.args[1]), tolerance=tolerance)]
            if len(last.args) > 1:
                form = "equality" if operator == "==" else "order"
                text = scope.text(last.args[1])
                return [
                    Found(
                        "equality" if form == "equality" else "order",
                        scope.text(subject),
                        text if form == "equality" else operator + text,
                    )
                ]
        return matched(node, subject, MATCHERS, WRAPPERS, scope)

    def _function(self, links: tuple[Link, ...], scope: Scope) -> Sequence[Found] | None:
        last = links[-1]
        if last.args is None:
            return None
        args = list(last.args)
        has_tester = bool(args) and _is_tester(args[0])
        first = links[0].name
        name = last.name.removesuffix("f") if last.name.removesuffix("f") in FUNCTIONS else last.name
        meaning = FUNCTIONS.get(name)
        needed = 1 + max(meaning.subject or 0, meaning.expected or 0) if meaning is not None else 1
        is_given = has_tester and len(args) > needed
        is_library = len(links) == 2 and (first in LIBRARIES or (is_given and not _is_short(first)))
        is_suite = len(links) > 1 and links[-2].name in ("Require", "Assert", "Assertions")
        is_method = (
            len(links) == 2
            and _is_short(first)
            and (
                (name != "Run" and first in _SUITES and _is_statement(last.node))
                or name
                not in (
                    "Error",
                    "Fail",
                    "Check",
                    "Run",
                    "Is",
                    "Err",
                    "Len",
                    "Empty",
                    "Contains",
                    "Nil",
                    "True",
                    "False",
                    "Less",
                    "Zero",
                )
            )
        )
        if last.name == "So" and len(args) > 1 and (said := SAID.get(scope.source.chain(args[1])[-1].name)):
            is_error = said.before == "nil" and _ERROR.fullmatch(syntax.text_of(args[0])) is not None
            return [applied(Meaning("truth", 0) if is_error else said, [args[0], *args[2:]], None, scope)]
        if first in _COMPARERS and len(links) == 2 and name in FUNCTIONS and _is_argument(last.node):
            return None  # what it compares, is said by the assertion that it is given to
        if name in ("Assert", "Check", "That") and len(args) >= (3 if not has_tester else 4) - 1:
            checked = self._checked(args[1:] if has_tester else args, scope)
            if checked is not None and (is_library or is_method or is_suite):
                return checked
        if meaning is not None and (
            is_library
            or is_suite
            or (is_method and len(args) >= 1)
            or (len(links) == 1 and has_tester and len(args) > 1 and name in FUNCTIONS)
        ):
            if is_given or (has_tester and (is_library or len(links) == 1)):
                args = args[1:]
            return self._by_library(meaning, name, args, scope)
        return self._own(links, has_tester, scope)

    def _by_library(self, meaning: Meaning, name: str, args: Sequence[Node], scope: Scope) -> Sequence[Found] | None:
        if not args and meaning.form != "fails":
            return None
        if name in ("True", "Assert", "Check", "That", "False"):
            if args and args[0].type in scope.language.calls:
                links = scope.source.chain(args[0])
                inner = links[-1]
                if (
                    len(links) == 2
                    and links[0].name in _COMPARERS
                    and inner.name in FUNCTIONS
                    and inner.args
                    and name != "False"
                ):  # `assert.Assert(t, is.Equal(a, b))`
                    return [applied(FUNCTIONS[inner.name], inner.args, None, scope)]
            return improved(args[0], scope, holds=not meaning.is_negated)
        if name in _WAITS and len(args) > len(("condition",)):
            return [replace(applied(meaning, args, None, scope), tolerance=_patience(args[1], scope))]
        if name == "EqualError" and len(args) > 1:
            return [Found("raises", scope.text(args[0]), ANY_ERROR, message=scope.text(args[1]))]
        return [applied(meaning, args, None, scope)]

    def _checked(self, args: Sequence[Node], scope: Scope) -> Sequence[Found] | None:
        """Return what `c.Assert(got, qt.Equals, want)` asserts."""
        if len(args) < 2:
            return None
        checker = scope.source.chain(args[1])[-1]
        if checker.name in MATCHERS and checker.args is None:
            return [applied(replace(MATCHERS[checker.name], all_expected=False), args[2:], args[0], scope)]
        if checker.name == "Not" and checker.args:
            inner = scope.source.chain(checker.args[0])[-1]
            if inner.name in MATCHERS:
                return [negated(applied(replace(MATCHERS[inner.name], all_expected=False), args[2:], args[0], scope))]
        return None

    def _own(self, links: tuple[Link, ...], has_tester: bool, scope: Scope) -> Sequence[Found] | None:
        """Return the assertion that a function given the test makes, where nobody uses what it returns."""
        last = links[-1]
        parent = last.node.parent
        if parent is None or parent.type not in _ALONE or not last.args or last.name == "Helper":
            return None
        said = [link for link in links[1:] if link.args is not None and _OF_ANSWER.fullmatch(link.name)]
        if said and links[0].name not in LIBRARIES:
            first = scope.text(links[links.index(said[0]) - 1].node)
            return [
                Found("other", f"{first} {link.name}", ",".join(scope.text(arg) for arg in link.args or ()) or None)
                for link in said
            ]
        if last.name == "Run":
            given = last.args[1] if len(last.args) == 2 else None
            return (
                [Found("other", f"Run({scope.source.text(given)})")]
                if given is not None and given.type == "identifier"
                else None
            )
        if not (last.name in self.own or (has_tester and _OWN_ASSERTION.fullmatch(last.name))):
            return None
        args = last.args[1:] if has_tester else last.args
        literal, looked_at = told(args, scope)
        subject = syntax.shortened(f"{last.name}({','.join(scope.text(arg) for arg in looked_at)})")
        return [Found("other", subject, ",".join(scope.text(arg) for arg in literal) or None)]

    def condition(self, node: Node, scope: Scope) -> Condition | None:
        """Return the skip that `t.Skip()` is."""
        if node.type not in scope.language.calls or not is_top(node, scope.language):
            return None
        links = scope.source.chain(node)
        if len(links) == 2 and links[1].name in SKIPS and links[1].args is not None and _is_short(links[0].name):
            return Condition("skip", links[1].name, syntax.line_of(node))
        if len(links) == 1 and links[0].name in ("Skip", "PSkip") and links[0].args:
            return Condition("skip", "Skip", syntax.line_of(node))
        skips_by_name = links[-1].args and _SKIP_OF_OWN.fullmatch(links[-1].name) is not None
        if skips_by_name or name_of(links).endswith(("testutil.SkipIf", "skip.If")):
            return Condition("skip", scope.source.text(node), syntax.line_of(node), is_always=False)
        return None

    def mocks(self, node: Node, scope: Scope) -> Sequence[str]:
        """Return nothing: Go has no patches; a stub is a value of its own."""
        return ()

    def is_failure(self, node: Node) -> bool:
        """Return True where the expression reports a failure."""
        if node.type != "call_expression":
            return False
        function = part(node, "function")
        if function is None:
            return False
        name = syntax.text_of(part(function, "field") or function)
        owner = syntax.text_of(part(function, "operand")) if function.type == "selector_expression" else ""
        if name in FAILURES:
            return bool(owner) and owner not in ("fmt", "errors", "log", "logger", "klog")
        return (name in ("panic",) and not owner) or (owner == "log" and name.startswith("Fatal"))

    def lets_failures_through(self, caught: str) -> bool:
        """Return False: Go has no handlers."""
        return False

    def is_framework(self, name: str) -> bool:
        """Return True where a called name is the framework's own, or a builtin."""
        first, _, rest = name.partition(".")
        return first in LIBRARIES or first in _BUILTINS or (bool(rest) and _is_short(first) and len(first) == 1)


_WAITS = frozenset({"Eventually", "EventuallyWithT"})
_LONGEST_TESTER = 60


def _patience(node: Node, scope: Scope) -> Tolerance | None:
    """Return how many seconds a condition is waited for, as a tolerance; None where that cannot be told."""
    try:
        return Tolerance(absolute=float(in_seconds(scope.text(node))))
    except ValueError:
        return None


def _is_statement(node: Node) -> bool:
    return node.parent is not None and node.parent.type in _ALONE


def _is_tester(node: Node) -> bool:
    is_short = node.end_byte - node.start_byte <= _LONGEST_TESTER
    return is_short and _TESTER.fullmatch(syntax.text_of(node)) is not None


_BUILTINS = frozenset(
    {
        "len",
        "make",
        "append",
        "panic",
        "new",
        "fmt",
        "string",
        "int",
        "cap",
        "copy",
        "close",
        "delete",
        "errors",
        "strings",
        "bytes",
        "reflect",
        "cmp",
        "Expect",
        "Eventually",
    }
)


def _is_argument(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "argument_list"


def is_report(links: Sequence[Link]) -> bool:
    """Return True for `t.Fatalf(…)` and its like."""
    return len(links) == 2 and links[1].name in FAILURES and links[1].args is not None and _is_short(links[0].name)


def report_spans(root: Node, source: Source) -> list[tuple[int, int]]:
    """Return the spans of bytes of reports below a node: what they name is for people."""
    found: list[tuple[int, int]] = []
    starts = {match.start() for match in _REPORTS.finditer(source.content, root.start_byte, root.end_byte)}
    for node in source.marked(root, source.language.calls) if starts else ():
        if node.start_byte not in starts:
            continue
        function = part(node, "function")
        field = part(function, "field")
        if (
            field is not None
            and syntax.text_of(field) in _TOLD
            and _is_short(syntax.text_of(part(function, "operand")))
        ):
            found.append((node.start_byte, node.end_byte))
    return found


def _is_short(name: str) -> bool:
    return name in (
        "t",
        "tb",
        "b",
        "f",
        "c",
        "s",
        "suite",
        "ts",
        "tt",
        "te",
        "T",
        "test",
        "is",
        "r",
        "h",
        "a",
        "st",
        "testingT",
        "td",
    )


def _not_raised(found: Found) -> Found:
    """Return `no error` for an error that must not have occurred."""
    return (
        replace(found, form="truth", expected=None, is_negated=False)
        if found.form == "raises" and found.is_negated and found.expected == ANY_ERROR
        else found
    )
