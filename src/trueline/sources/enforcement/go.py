"""Read what Go files enforce: test, fuzz and example functions, their subtests and tables; suites of Ginkgo."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from tree_sitter import Node

from trueline.model.enforcement import Assertion, Condition, Ledger, TestUnit
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.go_assertions import Assertions, report_spans
from trueline.sources.enforcement.go_words import FUNCTIONS
from trueline.sources.enforcement.languages import Language
from trueline.sources.enforcement.languages_chain import is_top
from trueline.sources.enforcement.languages_defined import defined_names
from trueline.sources.enforcement.languages_depth import never_too_deep
from trueline.sources.enforcement.languages_memory import Units
from trueline.sources.enforcement.languages_nodes import everything, named, part
from trueline.sources.enforcement.languages_rows import table_of
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_source import Source
from trueline.sources.enforcement.languages_suites import Registration, outer_values, read_suites, unit_of
from trueline.sources.enforcement.languages_tokens import unquoted

GO = Language(
    name="go",
    comments=frozenset({"comment"}),
    strings=frozenset({"interpreted_string_literal", "raw_string_literal"}),
    identifiers=frozenset({"identifier"}),
    literals=frozenset(
        {
            "interpreted_string_literal",
            "raw_string_literal",
            "rune_literal",
            "int_literal",
            "float_literal",
            "imaginary_literal",
            "true",
            "false",
            "nil",
        }
    ),
    composites=frozenset({"composite_literal"}),
    rows=frozenset({"literal_value"}),
    calls=frozenset({"call_expression"}),
    members=frozenset({"selector_expression"}),
    wrappers=frozenset({"parenthesized_expression", "literal_element"}),
    functions=frozenset({"func_literal", "function_declaration", "method_declaration"}),
    blocks=frozenset({"block", "statement_list"}),
    statements=frozenset({"expression_statement"}),
    ifs=frozenset({"if_statement"}),
    defers=frozenset({"defer_statement"}),
    loops=frozenset({"for_statement"}),
    cases=frozenset({"expression_case", "communication_case", "default_case", "type_case"}),
    leaves=frozenset({"return_statement", "continue_statement"}),
    binaries=frozenset({"binary_expression"}),
    negations=frozenset({"unary_expression"}),
    definitions=frozenset({"short_var_declaration", "assignment_statement", "var_spec", "const_spec"}),
    changes=frozenset({"inc_statement", "dec_statement"}),
)

_TEST_NAME = re.compile(r"(?:Test|Fuzz)(?![a-z])\w*")
_TESTING = re.compile(
    r"\btesting\.(?:T|TB|F)\b|\*(?:check|gc|gocheck|C)\.?C?\b|\bTestingT\b|GinkgoTInterface|\bqt\.C\b"
)
_GIVES_TEST = re.compile(rb"\btesting\.(?:T|TB|F)\b|\bTestingT\b|ginkgo")
_OUTPUT = re.compile(r"(?is)^//\s*(?:unordered )?output:(.*)")
_FAILS = re.compile(
    rb"\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(|\b(?:assert|require|testutil|is|qt)\.\w+\(|\bExpect\(|"
    rb"\b[a-z]\w*\.(?:" + "|".join(sorted(FUNCTIONS)).encode() + rb")f?\(t,"
)
_BUILD = re.compile(r"^//\s*(?:go:build|\+build)\s+(.*)$", re.MULTILINE)

_EVERYWHERE = re.compile(r"(?:!?go1\.\d+|!race|!purego|cgo)(?: (?:&&|\|\|) (?:!?go1\.\d+|!race|!purego|cgo))*")
"""Tags that hold wherever a new compiler runs the tests in the usual way."""

_RUNS = re.compile(rb"\bRun(?=\s*\()")
"""What calls a subtest; most calls end otherwise, and are asked no further."""
_SUITES = frozenset({"Describe", "Context", "When", "DescribeTable"})
_TESTS = frozenset({"It", "Specify"})
_HOOKS = frozenset({"BeforeEach", "AfterEach", "BeforeSuite", "AfterSuite", "JustBeforeEach", "BeforeAll", "AfterAll"})


def selects(path: str) -> bool:
    """Return True for Go files."""
    return path.endswith(".go")


@never_too_deep
def read(path: str, content: bytes) -> Ledger:
    """Return the tests of a Go file, and the functions in it that fail a test."""
    is_test_file = path.endswith("_test.go")
    if "/testdata/" in f"/{path}":
        return Ledger(path, "go")
    if not is_test_file and not _GIVES_TEST.search(content):
        return Ledger(path, "go", defines=defined_names(content, "go"))
    source = Source(content, GO)
    words = Words(source)
    outer = outer_values(source)
    source.remember(str(is_test_file), words.own, outer)
    units: list[TestUnit] = []
    helpers: list[TestUnit] = []
    around = _file_conditions(path, source)
    for node in named(source.root):
        if node.type not in ("function_declaration", "method_declaration"):
            continue
        tests, others = _function(node, source, words, outer, is_test_file)
        units += tests
        helpers += others
    if b"ginkgo" in content:
        suites = read_suites(source, words, outer)
        units += suites.units
    if around:
        units = [replace(unit, conditions=around + unit.conditions) for unit in units]
    return Ledger(path, "go", tuple(units), tuple(helpers), problem=source.problem)


class Words(Assertions):
    """Which calls of Go are tests of their own, and what a call asserts."""

    def __init__(self, source: Source) -> None:
        """Read which functions of the file are given a test and fail it."""
        places = [match.start() for match in _FAILS.finditer(source.content)]
        own: set[str] = set()
        for node in source.marked(source.root, GO.functions):
            named_here = _named(node)
            if named_here is None:
                continue
            name, body = named_here
            first = bisect_left(places, body.start_byte)
            if first < len(places) and places[first] < body.end_byte and not _TEST_NAME.fullmatch(name):
                own.add(name)
        self._runs = {match.end() for match in _RUNS.finditer(source.content)}
        super().__init__(frozenset(own))

    def is_unit(self, node: Node) -> bool:
        """Return True for `t.Run("a name", func…)`."""
        function = part(node, "function") if self._runs else None
        return function is not None and function.end_byte in self._runs and subtest(node) is not None

    def registration(self, node: Node, scope: Scope) -> Registration | None:
        """Return the node of a Ginkgo suite that the call is."""
        if node.type not in scope.language.calls or not is_top(node, scope.language):
            return None
        links = scope.source.chain(node)
        link = links[-1]
        if len(links) > 2 or not link.args or (len(links) == 2 and links[0].name not in ("ginkgo", "g")):
            return None
        word, line = link.name, syntax.line_of(node)
        conditions: tuple[Condition, ...] = ()
        if word[:1] in ("P", "X", "F") and word[1:] in _SUITES | _TESTS:
            kind = "only" if word[0] == "F" else "skip"
            conditions = (Condition("only" if kind == "only" else "skip", word, line),)
            word = word[1:]
        function = link.args[-1] if link.args[-1].type == "func_literal" else None
        if word in _HOOKS and function is not None:
            return Registration("hook", word, function)
        if word not in _SUITES | _TESTS or link.args[0].type not in scope.language.literals:
            return None
        name = unquoted(syntax.text_of(link.args[0]))
        if word == "DescribeTable":
            return _described(name, link.args[1:], conditions, scope)
        if word in _SUITES:
            return Registration("suite", name, part(node, "arguments"), conditions)
        return Registration("test", name, function, conditions)


def _named(node: Node) -> tuple[str, Node] | None:
    """Return the name and the body of a function that is declared, or given to a name alone."""
    if node.type != "func_literal":
        name, body = part(node, "name"), part(node, "body")
        return (syntax.text_of(name), body) if name is not None and body is not None else None
    values = node.parent
    given = values.parent if values is not None and values.type == "expression_list" else None
    if values is None or given is None or given.type != "short_var_declaration":
        return None
    is_alone = sum(one.type == "func_literal" for one in named(values)) == 1
    name = part(given, "left")
    if not is_alone or name is None or values.id != getattr(part(given, "right"), "id", None):
        return None
    return syntax.text_of(name), node


def _described(name: str, args: Sequence[Node], conditions: tuple[Condition, ...], scope: Scope) -> Registration | None:
    """Return the test that a table of Ginkgo is: its entries are rows, of which one may be left out or the only one."""
    function = next((arg for arg in args if arg.type == "func_literal"), None)
    rows: list[str] = []
    for arg in args:
        links = scope.source.chain(arg)
        if links[-1].args and links[-1].name.lstrip("PXF") == "Entry":
            row = ",".join(scope.source.text(one) for one in links[-1].args[1:])
            rows.append(row)
            if links[-1].name[0] in "PX":
                conditions += (Condition("skip", links[-1].name, syntax.line_of(arg), case=row),)
    parameters = part(function, "parameters")
    names = [syntax.text_of(one) for each in named(parameters) for one in each.children_by_field_name("name")]
    return Registration("test", name, function, conditions, tuple(rows), row_names=tuple(names))


def subtest(node: Node) -> tuple[str, Node] | None:
    """Return the name and the body of a subtest with a literal name."""
    if node.type != "call_expression":
        return None
    function = part(node, "function")
    if function is None or function.type != "selector_expression" or syntax.text_of(part(function, "field")) != "Run":
        return None
    args = named(part(node, "arguments"))
    if len(args) != 2 or args[0].type not in GO.strings or args[1].type != "func_literal":
        return None
    body = part(args[1], "body")
    return (unquoted(syntax.text_of(args[0])), body) if body is not None else None


def _function(node: Node, source: Source, words: Words, outer: Mapping[str, Node], is_test_file: bool) -> Units:
    """Return the tests that a function is, or the one helper; as before where that is known."""
    name = syntax.text_of(part(node, "name"))
    is_test = _TEST_NAME.fullmatch(name) is not None
    if source.memory is None:
        return _function_read(node, source, words, outer, is_test_file)
    is_near = "test" in name.lower() and not is_test
    said = f"{source.comments_of(node)}\n{is_near and source.is_named_twice(name)}"
    return source.memory.units(node, said, lambda: _function_read(node, source, words, outer, is_test_file))


def _function_read(node: Node, source: Source, words: Words, outer: Mapping[str, Node], is_test_file: bool) -> Units:
    name, body = syntax.text_of(part(node, "name")), part(node, "body")
    if body is None:
        return (), ()
    parameters = source.text(part(node, "parameters") or node)
    receiver = _receiver(node, source)
    full = f"{receiver}.{name}" if receiver else name
    if name.startswith("Example") and is_test_file and not receiver:
        example = _example(node, body, source)
        return ((example,), ()) if example is not None else ((), ())
    takes_test = _TESTING.search(parameters) is not None
    is_test = _TEST_NAME.fullmatch(name) is not None and (takes_test or (bool(receiver) and parameters == "()"))
    is_near = takes_test and "test" in name.lower() and parameters.count(",") == 0 and not is_test
    if not is_test and not (is_near and not source.is_named_twice(name)):
        if not (takes_test or (is_test_file and (name in words.own or receiver))):
            return (), ()
        unit = unit_of(node, body, full, source, words, outer, _scope(node, body, source, outer))
        return (), (unit,) if unit.assertions else ()
    scope = _scope(node, body, source, outer)
    units = _units(node, body, full, source, words, outer, scope)
    line = syntax.line_of(node)
    lost = None
    if not is_test:
        lost = Condition("uncollected", f"{name} is not named as tests are", line)
    elif not is_test_file:
        lost = Condition("uncollected", "the file is not named as tests are", line)
    return tuple(replace(unit, conditions=(lost, *unit.conditions)) if lost else unit for unit in units), ()


def _scope(node: Node, body: Node, source: Source, outer: Mapping[str, Node]) -> Scope:
    return Scope(source, body, outer, report_spans(body, source))


def _units(
    node: Node, body: Node, name: str, source: Source, words: Words, outer: Mapping[str, Node], scope: Scope
) -> list[TestUnit]:
    """Return a test and the subtests in it; a test that is nothing but its subtests is left out."""
    unit = unit_of(node, body, name, source, words, outer, scope)
    nested = [
        _with_rows(one, child, body, scope)
        for child, (said, inner) in _subtests(body, source)
        for one in _units(child, inner, f"{name}/{said}", source, words, outer, scope)
    ]
    nested = [replace(one, conditions=unit.conditions + one.conditions) for one in nested]
    return [unit, *nested] if unit.assertions or not nested else nested


def _with_rows(unit: TestUnit, node: Node, body: Node, scope: Scope) -> TestUnit:
    """Return a subtest with the rows of the loops around it inside a test."""
    around = node.parent
    while around is not None and around.id != body.id:
        table = table_of(around, scope) if around.type in GO.loops else None
        if table is not None and table.rows:
            names = unit.case_names or table.columns
            unit = replace(unit, cases=table.rows + unit.cases, case_names=names)
        around = around.parent
    return unit


def _subtests(body: Node, source: Source) -> Sequence[tuple[Node, tuple[str, Node]]]:
    found: list[tuple[Node, tuple[str, Node]]] = []
    if _RUNS.search(source.content, body.start_byte, body.end_byte) is None:
        return found
    for node in source.marked(body, GO.calls):
        if found and node.start_byte < found[-1][0].end_byte:
            continue
        one = subtest(node)
        if one is not None:
            found.append((node, one))
    return found


def _example(node: Node, body: Node, source: Source) -> TestUnit | None:
    """Return an example whose output is compared; one without output is only compiled."""
    text: str | None = None
    for child in everything(body):
        if child.type in GO.comments:
            match = _OUTPUT.match(syntax.text_of(child))
            if match:
                text = match[1]
            elif text is not None:
                text += "\n" + syntax.text_of(child).removeprefix("//")
    name, line = syntax.text_of(part(node, "name")), syntax.line_of(node)
    if text is None or not text.strip():
        return None
    expected = syntax.shortened("\n".join(part.strip() for part in text.strip().splitlines()))
    said = Assertion("equality", source.text(body), expected, line, syntax.shown(f"// Output: {expected}"))
    ids = syntax.requirement_ids(source.comments_of(node))
    return TestUnit(name, line, syntax.end_line_of(node), (said,), requirement_ids=ids, body=source.body(body))


def _receiver(node: Node, source: Source) -> str:
    receiver = part(node, "receiver")
    types = [child for child in everything(receiver) if child.type == "type_identifier"] if receiver is not None else []
    return syntax.text_of(types[0]) if types else ""


def _file_conditions(path: str, source: Source) -> tuple[Condition, ...]:
    """Return what the build tags at the top of a file say, in their new form."""
    said: list[tuple[str, int]] = []
    for node in source.root.named_children[:8]:
        if node.type not in GO.comments:
            break
        for match in _BUILD.finditer(syntax.text_of(node)):
            is_new = "go:build" in match[0]
            text = " ".join(match[1].split())
            text = text if is_new else text.replace(" ", " || ").replace(",", " && ")
            said = [(text, syntax.line_of(node))] if is_new or not said else said
    for text, line in said:
        if re.fullmatch(r"ignore|never|disabled|none", text):
            return (Condition("uncollected", f"go:build {text}", line),)
        kind: Literal["marker", "skip"] = "marker" if _EVERYWHERE.fullmatch(text) else "skip"
        return (Condition(kind, f"go:build {text}", line, is_always=False),)
    return ()
