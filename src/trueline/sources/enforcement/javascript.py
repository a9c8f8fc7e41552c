"""Read what JavaScript and TypeScript files enforce: the tests that they register, with JSX or without."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Condition, Ledger, TestUnit
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.javascript_assertions import Assertions
from trueline.sources.enforcement.javascript_calls import (
    conditions_of,
    name_of_test,
    of_macro,
    parameters_of,
    rule_test,
    table_of_link,
    test_of_object,
)
from trueline.sources.enforcement.javascript_objects import MAY_HOLD_TESTS, members_of
from trueline.sources.enforcement.javascript_words import HOOKS, OWNERS, SUITES, TABLE_LINKS, TESTS
from trueline.sources.enforcement.languages import Language
from trueline.sources.enforcement.languages_chain import Link, is_top
from trueline.sources.enforcement.languages_defined import defined_names
from trueline.sources.enforcement.languages_depth import never_too_deep
from trueline.sources.enforcement.languages_nodes import everything, named, part
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_source import Source
from trueline.sources.enforcement.languages_suites import (
    FileScope,
    Registration,
    named_function,
    outer_values,
    read_suites,
)

JAVASCRIPT = Language(
    name="javascript",
    comments=frozenset({"comment", "html_comment", "hash_bang_line"}),
    strings=frozenset({"string", "regex"}),
    identifiers=frozenset({"identifier", "shorthand_property_identifier"}),
    literals=frozenset({"string", "template_string", "number", "true", "false", "null", "undefined", "regex"}),
    composites=frozenset({"array", "object"}),
    calls=frozenset({"call_expression"}),
    creations=frozenset({"new_expression"}),
    members=frozenset({"member_expression"}),
    has_members_that_assert=True,
    wrappers=frozenset(
        {"parenthesized_expression", "await_expression", "as_expression", "non_null_expression", "satisfies_expression"}
    ),
    functions=frozenset(
        {
            "function_expression",
            "arrow_function",
            "function_declaration",
            "generator_function",
            "generator_function_declaration",
            "method_definition",
        }
    ),
    blocks=frozenset({"statement_block", "program"}),
    statements=frozenset({"expression_statement"}),
    ifs=frozenset({"if_statement"}),
    loops=frozenset({"for_in_statement"}),
    cases=frozenset({"switch_case", "switch_default"}),
    tries=frozenset({"try_statement"}),
    handlers=frozenset({"catch_clause"}),
    catches=frozenset({"catch"}),
    listens=frozenset({"on", "once"}),
    throws=frozenset({"throw_statement"}),
    leaves=frozenset({"return_statement", "continue_statement"}),
    binaries=frozenset({"binary_expression"}),
    negations=frozenset({"unary_expression"}),
    definitions=frozenset({"variable_declarator", "assignment_expression"}),
    changes=frozenset({"update_expression", "augmented_assignment_expression"}),
)
TYPESCRIPT = replace(JAVASCRIPT, name="typescript")
TSX = replace(JAVASCRIPT, name="tsx")

_LANGUAGES = {
    ".ts": TYPESCRIPT,
    ".mts": TYPESCRIPT,
    ".cts": TYPESCRIPT,
    ".tsx": TSX,
    ".js": JAVASCRIPT,
    ".jsx": JAVASCRIPT,
    ".mjs": JAVASCRIPT,
    ".cjs": JAVASCRIPT,
}
_MAY_TEST = re.compile(
    rb"(?<![.\w])(?:describe|context|suite|it|test|specify|[fx]it|[fx]describe|xtest)(?:\.\w+)*\s*[(`]|"
    rb"(?<![.\w])(?:QUnit|t|tap|Deno)\.(?:test|module|skip|todo|only)\s*\(|\bQUnit\[|(?<![.\w])(?:jest|vi|sinon)\.\w|"
    rb"['\"](?:chai|vitest|ava|tape|node:test|@jest/globals|mocha|qunit)['\"]|(?<![.\w])(?:expect\(|test[A-Z]\w*\(['\"])|"
    rb"\binvalid:\s*\["
)
_FIXTURE = re.compile(r"(?:^|/)(?:__)?(?:test)?fixtures?(?:__)?/")
"""Files that tests work on: what looks like a test there is input."""
_BESIDE_TESTS = re.compile(r"(?:^|/)(?:__)?(?:tests?|specs?|e2e)(?:__)?/")
_ASSERTS_FOR_OTHERS = re.compile(
    rb"(?<![.\w])(?:t|assert)\.(?:is|not|deepEqual|true|false|equal|strictEqual|ok|same)\("
)
_ASSERTS = re.compile(rb"\bexpect\b|\bassert|\.should\b|(?<![.\w])(?:ok|\w*[eE]qual|eq)\(|\bt\.\w+\(")
_OWN_TEST = re.compile(r"(?:test|it)[A-Z_]\w*")
_ALIASES = re.compile(r"\b(it|test|describe|context|suite)\b(?:\.(skip|only|todo|fails|failing))?")


def selects(path: str) -> bool:
    """Return True for the endings of JavaScript and TypeScript."""
    return _ending(path) in _LANGUAGES and not path.endswith((".min.js", ".d.ts"))


@never_too_deep
def read(path: str, content: bytes) -> Ledger:
    """Return the tests that the file registers, and the functions in it that assert."""
    language = _LANGUAGES[_ending(path)]
    name = "typescript" if language is not JAVASCRIPT else "javascript"
    may_test = _MAY_TEST.search(content) or MAY_HOLD_TESTS.search(content) or _is_part_of_tests(path, content)
    if not may_test or _FIXTURE.search(path):
        return Ledger(path, name, defines=defined_names(content, "javascript"))
    source = Source(content, language)
    if source.problem and language is JAVASCRIPT:
        typed = Source(content, TSX)  # annotated with types of Flow, which reads like TypeScript
        source = source if typed.problem else typed
    outer = outer_values(source)
    words = Words(source)
    source.remember(words.aliases_said, words.asserters | words.own, outer)
    suites = read_suites(source, words, outer)
    suites.units = _gathered(suites.units)
    helpers = suites.helpers
    if not suites.units:  # production code that only looks as if it asserted
        helpers = [one for one in helpers if any(each.form != "other" for each in one.assertions)]
    defines = () if suites.units else defined_names(content, "javascript")
    return Ledger(path, name, tuple(suites.units), tuple(helpers), defines=defines, problem=source.problem)


def _is_part_of_tests(path: str, content: bytes) -> bool:
    """Tell whether a file beside tests asserts with what a test gives it."""
    return _BESIDE_TESTS.search(path) is not None and _ASSERTS_FOR_OTHERS.search(content) is not None


def _gathered(units: Sequence[TestUnit]) -> list[TestUnit]:
    """Return tests with those of one macro, each a row, as one."""
    found: list[TestUnit] = []
    places: dict[str, int] = {}
    for unit in units:
        if unit.body or not unit.cases:
            found.append(unit)
        elif unit.name in places:
            first = found[places[unit.name]]
            found[places[unit.name]] = replace(first, cases=first.cases + unit.cases)
        else:
            places[unit.name] = len(found)
            found.append(unit)
    return found


def _ending(path: str) -> str:
    return path[path.rfind(".") :] if "." in path else ""


class Words(Assertions):
    """What registers tests in JavaScript, and what they assert."""

    def __init__(self, source: Source) -> None:
        """Read which names stand for `it` and `describe`, and which hold assertions."""
        self._scope = FileScope(source, {})
        self._aliases: dict[str, tuple[str, str]] = {}
        self._factories: dict[str, tuple[int, int]] = {}
        self._macros: dict[str, Node] = {}
        """Functions by their names: a test may be given one by its name, with arguments."""
        asserters: set[str] = set()
        own: set[str] = set()
        places = [match.start() for match in _ASSERTS.finditer(source.content)]
        language = source.language
        for node in source.marked(source.root, language.functions | language.definitions | language.calls):
            helper = named_function(node, source)
            if helper is not None and len(helper[0]) > 2:
                first = bisect_left(places, helper[1].start_byte)
                if first < len(places) and places[first] < helper[1].end_byte:
                    own.add(helper[0])
            if node.type in ("variable_declarator", "function_declaration"):
                self._note_macro(node)
                if node.type == "variable_declarator":
                    self._note_alias(node, source)
            elif node.type == "call_expression" and is_top(node, source.language):
                asserters |= self._asserters(node, source)
                self._note_factory(node, source)
        self._members = members_of(source) if MAY_HOLD_TESTS.search(source.content) else {}
        super().__init__(frozenset(asserters), frozenset(own))

    @property
    def aliases_said(self) -> str:
        """What stands for `it` and `describe`, in one text."""
        return repr(sorted(self._aliases.items()))

    def registration(self, node: Node, scope: Scope) -> Registration | None:
        """Return the test, suite or hook that the call registers, or the member of an object of tests."""
        if node.type not in scope.language.calls or not is_top(node, scope.language):
            return self._members.get(node.id)
        links = scope.source.chain(node)
        word, modifiers, rest = self._head(links)
        if not word:
            return rule_test(links, scope)
        if rest and rest[-1].args and rest[-1].args[0].type == "identifier" and self._is_in_factory(node):
            return None
        rows: tuple[str, ...] = ()
        table_name: str | None = None
        conditions: list[Condition] = []
        line = syntax.line_of(node)
        for link in rest:
            if link.args is None:
                modifiers.append(link.name)
            elif link.name in TABLE_LINKS or (
                link.args and link.args[0].type == "template_string" and link.name == "each"
            ):
                rows, table_name = table_of_link(link, scope)
            elif link.name in ("skipIf", "runIf") and link.args:
                text = f"{link.name}({scope.source.text(link.args[0])})"
                conditions.append(Condition("skip", text, line, is_always=syntax.text_of(link.args[0]) == "true"))
            else:
                if link.name and link is not rest[0]:
                    modifiers.append(link.name)
                found = test_of_object(link.args, scope, line) or self._registered(
                    word, modifiers, link.args, scope, line
                )
                if found is None:
                    return None
                names = parameters_of(found.body) if rows else found.row_names
                return replace(
                    found,
                    row_names=names,
                    conditions=(*conditions, *found.conditions),
                    rows=rows or found.rows,
                    table_name=table_name,
                )
        return None

    def is_unit(self, node: Node) -> bool:
        """Return True where the call registers a test: it is read apart."""
        return node.type == "call_expression" and self.registration(node, self._scope) is not None

    def _head(self, links: Sequence[Link]) -> tuple[str, list[str], Sequence[Link]]:
        """Return the word that a chain begins with, its modifiers, and the rest from the word on."""
        first = links[0]
        if first.name in self._aliases:
            word, modifier = self._aliases[first.name]
            return word, [modifier] if modifier else [], links
        if first.name == "" and first.args is not None:
            return self._chosen(links)
        if first.name in self._factories and len(links) == 1 and first.args and len(first.args) > 1:
            is_named = first.args[0].type in ("string", "template_string")
            return ("test", [], links) if is_named and not self._is_in_factory(first.node) else ("", [], ())
        if first.args and len(links) == 1 and _OWN_TEST.fullmatch(first.name):
            is_named = first.args[0].type in ("string", "template_string")
            is_run = first.args[-1].type in self._scope.language.functions and len(first.args) > 1
            return ("test", [], links) if is_named and is_run else ("", [], ())
        is_owned = len(links) > 1 and first.name in OWNERS and first.args is None
        if is_owned and links[1].name in SUITES | TESTS:
            return links[1].name, [], links[1:]
        if is_owned and first.name == "QUnit" and links[1].name in ("skip", "todo", "only"):
            return "test", [links[1].name], links[1:]
        if is_owned and len(links) == 2 and links[1].args and _OWN_TEST.fullmatch(links[1].name):
            is_run = links[1].args[-1].type in self._scope.language.functions and len(links[1].args) > 1
            return ("test", [], links[1:]) if is_run else ("", [], ())
        if first.name in SUITES | TESTS | HOOKS and first.name != "module":
            return first.name, [], links
        return "", [], ()

    def _chosen(self, links: Sequence[Link]) -> tuple[str, list[str], Sequence[Link]]:
        """Return the word of `(slow ? it.skip : it)("…")` and of `QUnit[modern ? "test" : "skip"]("…")`."""
        target = part(links[0].node, "function")
        text = self._scope.source.text(target)[:300] if target is not None else ""
        if target is None or not ("?" in text or text.startswith("QUnit[")):
            return "", [], ()
        match = _ALIASES.search(text)
        if match is None:
            return "", [], ()
        return match[1], [f"skip? {text}"] if "skip" in text or "todo" in text else [], links

    def _registered(
        self, word: str, modifiers: Sequence[str], args: Sequence[Node], scope: Scope, line: int
    ) -> Registration | None:
        functions = [arg for arg in args if arg.type in scope.language.functions]
        if word in HOOKS:
            return Registration("hook", word, functions[-1]) if functions else None
        is_known = bool({word, word.lstrip("xf")} & (SUITES | TESTS))
        if not is_known or not args or "extend" in modifiers or "step" in modifiers:
            return None
        told = args[0].type in ("string", "template_string", "binary_expression")
        body: Node | None = functions[-1] if functions else None
        rows: tuple[str, ...] = ()
        row_names: tuple[str, ...] = ()
        if body is None and told:
            body, rows, row_names = self._run_by_name(args, scope)
        elif body is None and args[0].type == "identifier" and len(args) > 1 and word == "test":
            return Registration("test", syntax.text_of(args[0]), None, (), of_macro(args, args[0], scope))
        if body is None and not (told and (len(args) == 1 or "todo" in modifiers)):
            return None
        if functions and not told and args[0] is not functions[0] and args[0].type == "object":
            return None
        name = name_of_test(args[0], scope) if args[0] is not body else ""
        if "describe" in modifiers:
            word = "describe"
        kind = "suite" if word.lstrip("xf") in SUITES or word in SUITES else "test"
        conditions = conditions_of(word, modifiers, args, scope, line)
        if body is None and kind == "test" and not conditions:
            conditions = [Condition("skip", "pending", line)]
        if kind == "suite" and not functions:
            return None
        return Registration(
            "suite" if kind == "suite" else "test", name, body, tuple(conditions), rows, row_names=row_names
        )

    def _run_by_name(self, args: Sequence[Node], scope: Scope) -> tuple[Node | None, tuple[str, ...], tuple[str, ...]]:
        """Return the body of the function that a test names, the row of what it is given, and what that is called."""
        rest = [arg for arg in args[1:] if arg.type not in ("object", "number", "string")]
        if not rest:
            return None, (), ()
        rows = of_macro(args, rest[0], scope)
        macro = self._macros.get(syntax.text_of(rest[0])) if rest[0].type == "identifier" else None
        if macro is None:
            return rest[0], rows, ()
        return part(macro, "body") or macro, rows, parameters_of(macro)[1:]

    def _note_alias(self, node: Node, source: Source) -> None:
        name, value = part(node, "name"), part(node, "value")
        if name is None or value is None or value.type not in ("ternary_expression", "member_expression"):
            return
        parts = [part(node, "consequence") for node in (value,)] + [part(value, "alternative")]
        words = [syntax.text_of(one) for one in (parts if value.type == "ternary_expression" else [value])]
        found = [_ALIASES.fullmatch(word) for word in words]
        if all(found) and found[0] is not None:
            modifiers = [match[2] for match in found if match is not None and match[2]]
            modifier = modifiers[0] if modifiers else ""
            if modifier and value.type == "ternary_expression":
                modifier = f"{modifier}? {source.text(part(value, 'condition') or value)}"
            self._aliases[syntax.text_of(name)] = (found[0][1], modifier)

    def _note_macro(self, node: Node) -> None:
        """Note a function by its name, also that of `test.macro(function)` and of `test.macro({ exec: function })`."""
        name, made = part(node, "name"), part(node, "value") or node
        if made.type == "call_expression" and syntax.text_of(part(made, "function")).endswith(".macro"):
            functions = JAVASCRIPT.functions
            made = next((one for one in everything(part(made, "arguments") or made) if one.type in functions), made)
        if name is not None and made.type in JAVASCRIPT.functions:
            self._macros[syntax.text_of(name)] = made

    def _note_factory(self, node: Node, source: Source) -> None:
        """Note a function of the file that registers a test under a name that it is given."""
        links = source.chain(node)
        if links[0].name not in TESTS or not links[-1].args or links[-1].args[0].type != "identifier":
            return
        title, around = syntax.text_of(links[-1].args[0]), node.parent
        while around is not None:
            if around.type in source.language.functions:
                given = {syntax.text_of(part(one, "pattern") or one) for one in named(part(around, "parameters"))}
                if title in given:
                    name = part(around, "name") or part(around.parent, "name")
                    if name is not None:
                        self._factories[syntax.text_of(name)] = (around.start_byte, around.end_byte)
                    return
            around = around.parent

    def _is_in_factory(self, node: Node) -> bool:
        return any(start <= node.start_byte < end for start, end in self._factories.values())

    def _asserters(self, node: Node, source: Source) -> set[str]:
        links = source.chain(node)
        if links[0].name not in TESTS | OWNERS or not links[-1].args:
            return set()
        function = links[-1].args[-1]
        if function.type not in source.language.functions:
            return set()
        first = part(function, "parameter") or next(iter(named(part(function, "parameters"))), None)
        text = syntax.text_of(first).split(":")[0] if first is not None else ""
        return {text} if text.isidentifier() and text not in ("done", "cb", "callback", "next") else set()
