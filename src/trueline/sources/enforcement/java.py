"""Read what Java files enforce: test methods of JUnit and TestNG with their annotations, and methods that assert."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tree_sitter import Node

from trueline.model.enforcement import Assertion, Condition, Ledger, TestUnit
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.java_annotations import Annotation, annotations_of, rows_of_annotations, skips_of
from trueline.sources.enforcement.java_assertions import Assertions
from trueline.sources.enforcement.java_words import HOOKS, MOCKS, TESTS
from trueline.sources.enforcement.languages import Language
from trueline.sources.enforcement.languages_defined import defined_names
from trueline.sources.enforcement.languages_depth import never_too_deep
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_source import Source
from trueline.sources.enforcement.languages_suites import outer_values, unit_of

JAVA = Language(
    name="java",
    comments=frozenset({"line_comment", "block_comment"}),
    strings=frozenset({"string_literal", "character_literal"}),
    identifiers=frozenset({"identifier"}),
    literals=frozenset(
        {
            "string_literal",
            "character_literal",
            "decimal_integer_literal",
            "hex_integer_literal",
            "octal_integer_literal",
            "binary_integer_literal",
            "decimal_floating_point_literal",
            "hex_floating_point_literal",
            "true",
            "false",
            "null_literal",
        }
    ),
    composites=frozenset({"array_creation_expression", "array_initializer"}),
    calls=frozenset({"method_invocation"}),
    creations=frozenset({"object_creation_expression"}),
    members=frozenset({"field_access"}),
    wrappers=frozenset({"parenthesized_expression", "cast_expression"}),
    functions=frozenset({"lambda_expression", "method_declaration", "constructor_declaration"}),
    blocks=frozenset({"block", "constructor_body"}),
    statements=frozenset({"expression_statement"}),
    ifs=frozenset({"if_statement"}),
    loops=frozenset({"enhanced_for_statement"}),
    cases=frozenset({"switch_block_statement_group", "switch_rule"}),
    tries=frozenset({"try_statement", "try_with_resources_statement"}),
    handlers=frozenset({"catch_clause"}),
    throws=frozenset({"throw_statement"}),
    leaves=frozenset({"return_statement", "continue_statement"}),
    binaries=frozenset({"binary_expression"}),
    negations=frozenset({"unary_expression"}),
    definitions=frozenset({"variable_declarator", "assignment_expression"}),
    changes=frozenset({"update_expression"}),
)

_MAY_TEST = re.compile(rb"junit|testng|assertj|hamcrest|mockito|TestCase|@Test|truth\.")
_ASSERTS = re.compile(rb"\bassert\w*\s*\(|\bfail\s*\(|\bverify\s*\(|\bassert\s")
_MESSAGE_FIRST = re.compile(
    rb"import\s+(?:static\s+)?(?:org\.junit\.(?:Assert|\*|Test)|junit\.framework)|extends\s+\w*TestCase"
)
_CLASSES = frozenset({"class_declaration", "record_declaration", "interface_declaration", "enum_declaration"})


@dataclass(frozen=True)
class _Class:
    """A class around methods, with what it says of all of them."""

    name: str
    is_case: bool
    """True for the tests of JUnit 3, which are known by their names."""
    has_tests: bool
    is_all_tests: bool
    """True where the class itself is annotated as test, as TestNG allows."""
    conditions: tuple[Condition, ...]
    mocks: tuple[str, ...]
    rows: tuple[str, ...]


def selects(path: str) -> bool:
    """Return True for Java files."""
    return path.endswith(".java")


@never_too_deep
def read(path: str, content: bytes) -> Ledger:
    """Return the tests of a Java file, and the methods in it that assert."""
    if not _MAY_TEST.search(content):
        return Ledger(path, "java", defines=defined_names(content, "java"))
    source = Source(content, JAVA)
    is_message_first = _MESSAGE_FIRST.search(content) is not None and b"org.junit.jupiter.api.Assertions" not in content
    methods = {
        syntax.text_of(part(node, "name")): node
        for node in source.marked(source.root, frozenset({"method_declaration"}))
    }
    words = Assertions(is_message_first, _own(methods, content))
    outer = outer_values(source)
    source.remember(str(is_message_first), words.own, outer)
    units: list[TestUnit] = []
    helpers: list[TestUnit] = []
    assumed: dict[str, tuple[Condition, ...]] = {}
    stack: list[tuple[Node, _Class]] = [(source.root, _Class("", False, False, False, (), (), ()))]
    while stack:
        node, around = stack.pop()
        if node.type in _CLASSES:
            around = _entered(node, around, source, methods)
        if node.type == "method_declaration":
            unit, is_test = _method(node, around, source, words, outer, methods)
            if is_test:
                units.append(unit)
            elif unit.assertions or _is_hook(node, source):
                helpers.append(unit)
            if not is_test and unit.conditions and _is_hook(node, source):
                assumed[around.name] = assumed.get(around.name, ()) + unit.conditions
            continue
        stack.extend((child, around) for child in reversed(node.named_children))
    if not units:  # production code that only looks as if it asserted
        helpers = [one for one in helpers if any(each.form != "other" for each in one.assertions)]
    return Ledger(path, "java", tuple(_under(unit, assumed) for unit in units), tuple(helpers), problem=source.problem)


def _under(unit: TestUnit, assumed: Mapping[str, tuple[Condition, ...]]) -> TestUnit:
    """Return a test with what the hooks of the classes around it assume."""
    given = tuple(one for name, conditions in assumed.items() if unit.name.startswith(f"{name}.") for one in conditions)
    return replace(unit, conditions=given + unit.conditions) if given else unit


def _is_hook(node: Node, source: Source) -> bool:
    names = {one.name for one in annotations_of(node, source)}
    return bool(names & HOOKS) or syntax.text_of(part(node, "name")) == "setUp"


def _own(methods: Mapping[str, Node], content: bytes) -> frozenset[str]:
    """Return the methods of a file that assert something."""
    places = [match.start() for match in _ASSERTS.finditer(content)]
    own: set[str] = set()
    for name, node in methods.items():
        body = part(node, "body")
        first = bisect_left(places, body.start_byte) if body is not None else len(places)
        if body is not None and first < len(places) and places[first] < body.end_byte:
            own.add(name)
    return frozenset(own)


def _entered(node: Node, around: _Class, source: Source, methods: Mapping[str, Node]) -> _Class:
    name = syntax.text_of(part(node, "name"))
    annotations = annotations_of(node, source)
    body = part(node, "body")
    members = named(body)
    marked = [annotations_of(member, source) for member in members if member.type == "method_declaration"]
    fields = [member for member in members if member.type == "field_declaration"]
    mocks = [
        syntax.text_of(part(member, "type"))
        for member in fields
        if any(one.name in MOCKS for one in annotations_of(member, source))
    ]
    parameters = [one for found in marked for one in found if one.name in ("Parameters", "Parameterized.Parameters")]
    rows: tuple[str, ...] = ()
    if parameters:
        rows = rows_of_annotations(parameters, source, methods)[0]
    superclass = syntax.text_of(part(node, "superclass"))
    return _Class(
        f"{around.name}.{name}" if around.name else name,
        superclass.endswith("TestCase") or "TestCase" in superclass,
        any(one.name in TESTS for found in marked for one in found),
        any(one.name == "Test" for one in annotations),
        around.conditions + skips_of(annotations),
        around.mocks + tuple(mocks),
        rows,
    )


def _method(
    node: Node,
    around: _Class,
    source: Source,
    words: Assertions,
    outer: Mapping[str, Node],
    methods: Mapping[str, Node],
) -> tuple[TestUnit, bool]:
    """Return what a method enforces, and whether it is a test."""
    name, body = syntax.text_of(part(node, "name")), part(node, "body")
    annotations = annotations_of(node, source)
    names = {one.name for one in annotations}
    said = " ".join(one.text for one in annotations)
    unit = unit_of(node, body, f"{around.name}.{name}", source, words, outer)
    ids = tuple(dict.fromkeys(unit.requirement_ids + syntax.requirement_ids(said)))
    unit = replace(unit, requirement_ids=ids)
    is_void = syntax.text_of(part(node, "type")) == "void"
    takes = named(part(node, "parameters"))
    is_public = not around.is_all_tests or "public" in source.text(node).split("(")[0].split()
    is_named = name.startswith("test") and around.is_case and is_void and not takes
    is_test = (
        bool(names & TESTS)
        or is_named
        or (around.is_all_tests and is_void and is_public and not names & (HOOKS | {"DataProvider"}))
    )
    lost = None
    is_near = not is_test and around.has_tests and is_void and not takes and not names & (HOOKS | {"Override"})
    if is_near and unit.assertions and not _is_private(node, source) and not source.is_named_twice(name):
        lost = Condition("uncollected", "it has no @Test", unit.line)
        is_test = True
    if not is_test:
        return replace(unit, cases=()), False
    rows, table_name = rows_of_annotations(annotations, source, methods, name)
    conditions = around.conditions + skips_of(annotations) + ((lost,) if lost else ())
    expected = _expected(annotations, body, source)
    return (
        replace(
            unit,
            assertions=expected + _of_rule(unit.assertions),
            cases=around.rows + rows + unit.cases,
            case_names=tuple(syntax.text_of(part(one, "name")) for one in takes) if rows else (),
            conditions=conditions + unit.conditions,
            mocks=tuple(dict.fromkeys(around.mocks + unit.mocks)),
            table_name=table_name or unit.table_name,
        ),
        True,
    )


def _expected(annotations: list[Annotation], body: Node | None, source: Source) -> tuple[Assertion, ...]:
    """Return the exception that `@Test(expected = …)` demands of the whole method."""
    for one in annotations:
        types = one.values.get("expected") or one.values.get("expectedExceptions")
        if one.name == "Test" and types and "None.class" not in types:
            text = re.sub(r"\.class\b|[{}]", "", types)
            message = one.values.get("expectedExceptionsMessageRegExp")
            last = named(body)[-1] if body is not None and named(body) else None
            subject = source.text(last) if last is not None else ""
            return (Assertion("raises", subject, text, one.line, one.text[: syntax.SHOWN_LENGTH], message=message),)
    return ()


def _of_rule(assertions: tuple[Assertion, ...]) -> tuple[Assertion, ...]:
    """Return the assertions of a test with what is demanded of one exception, its type and its message, as one."""
    said = [one for one in assertions if one.form == "raises" and not one.subject]
    if len(said) != len(("type", "message")):
        return assertions
    whole = next((one for one in said if one.message is None), said[0])
    message = next((one.message for one in said if one.message is not None), None)
    kept = tuple(one for one in assertions if one not in said)
    return (replace(whole, message=message), *kept)


def _is_private(node: Node, source: Source) -> bool:
    return "private" in source.shown(node).split("(")[0].split()
