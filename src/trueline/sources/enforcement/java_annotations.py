"""What the annotations of a Java class or method say: skips, markers, rows of parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from trueline.model.enforcement import Condition
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.java_words import MARKERS, SKIPS, SKIPS_IF
from trueline.sources.enforcement.languages_nodes import everything, named, part
from trueline.sources.enforcement.languages_rows import row_of
from trueline.sources.enforcement.languages_source import Source
from trueline.sources.enforcement.languages_tokens import unquoted

_SOURCES = frozenset(
    {
        "ValueSource",
        "CsvSource",
        "EnumSource",
        "CsvFileSource",
        "NullSource",
        "EmptySource",
        "NullAndEmptySource",
        "ArgumentsSource",
        "CsvSources",
        "DefaultLocale",
    }
)
_LISTS = frozenset({"of", "asList", "stream", "concat", "ofEntries"})


@dataclass(frozen=True)
class Annotation:
    """One annotation with its values, normalised; the value without a name is called `value`."""

    name: str
    text: str
    line: int
    values: Mapping[str, str]
    nodes: Mapping[str, Node]


_HOW_TO_READ = frozenset({"delimiter", "nullValues", "delimiterString", "mode", "useHeadersInDisplayName"})
_COMPUTED = frozenset({"EnumSource", "ArgumentsSource", "CsvFileSource"})
"""Sources whose rows stand elsewhere, unless they are picked by name."""


def annotations_of(node: Node, source: Source) -> list[Annotation]:
    """Return the annotations of a declaration."""
    found: list[Annotation] = []
    modifiers = next((child for child in node.named_children if child.type == "modifiers"), None)
    for child in named(modifiers):
        if child.type not in ("annotation", "marker_annotation"):
            continue
        nodes: dict[str, Node] = {}
        for value in named(part(child, "arguments")):
            if value.type == "element_value_pair":
                key, given = part(value, "key"), part(value, "value")
                if key is not None and given is not None:
                    nodes[syntax.text_of(key)] = given
            else:
                nodes["value"] = value
        values = {key: source.text(value) for key, value in nodes.items()}
        name = syntax.text_of(part(child, "name")).rsplit(".", 1)[-1]
        found.append(Annotation(name, source.shown(child), syntax.line_of(child), values, nodes))
    return found


def skips_of(annotations: Sequence[Annotation]) -> tuple[Condition, ...]:
    """Return what keeps a test from running, wholly or under a condition."""
    found: list[Condition] = []
    for one in annotations:
        text = re.sub(r"\s+", " ", one.text)
        if one.name in SKIPS:
            found.append(Condition("skip", f"@{one.name}", one.line))
        elif one.name.startswith(SKIPS_IF):
            found.append(Condition("skip", text, one.line, is_always=False))
        elif one.name in MARKERS:
            found.append(Condition("marker", text, one.line, is_always=False))
        elif one.name == "Test" and one.values.get("enabled") == "false":
            found.append(Condition("skip", "enabled = false", one.line))
    return tuple(found)


def rows_of_annotations(
    annotations: Sequence[Annotation], source: Source, methods: Mapping[str, Node], own_name: str = ""
) -> tuple[tuple[str, ...], str | None]:
    """Return the rows that a test is run with, and the name of the method that gives them: by default its own."""
    rows: list[str] = []
    table_name: str | None = None
    for one in annotations:
        if one.name in _COMPUTED and set(one.nodes) <= {"value", "resources"}:
            table_name = table_name or one.values.get("value", one.values.get("resources", f"@{one.name}"))
        elif one.name in _SOURCES:
            rows += _written_rows(one, source)
        named_method = None
        if one.name == "MethodSource":
            given = one.nodes.get("value")
            is_named = given is not None and given.type == "string_literal"
            named_method = unquoted(source.text(given)) if given is not None and is_named else ""
            named_method = own_name if given is None else named_method
        elif one.name == "Test" and "dataProvider" in one.values:
            named_method = _provider(unquoted(one.values["dataProvider"]), source, methods)
        elif one.name == "Parameters":
            named_method = next((name for name, node in methods.items() if _is_parameters(node, source)), None)
        if named_method:
            given_rows = _returned(methods[named_method], source) if named_method in methods else []
            rows += given_rows
            table_name = table_name or (None if given_rows else named_method)
    return tuple(rows), table_name


def _written_rows(one: Annotation, source: Source) -> list[str]:
    """Return the rows that an annotation writes out."""
    given = [value for key, value in one.nodes.items() if key not in _HOW_TO_READ]
    rows = [row for value in given for row in _values(value, source)]
    if not one.nodes:
        return [f"@{one.name}"]
    return [unquoted(row) for row in rows] if one.name.startswith("Csv") else rows


def _values(node: Node, source: Source) -> list[str]:
    if node.type == "element_value_array_initializer":
        return [source.text(child) for child in named(node)]
    text = syntax.text_of(node)
    if text.startswith('"""'):
        return [" ".join(line.split()) for line in unquoted(text).strip().splitlines() if line.strip()]
    return [source.text(node)]


def _provider(name: str, source: Source, methods: Mapping[str, Node]) -> str:
    """Return the method that provides the data of that name."""
    for method, node in methods.items():
        for one in annotations_of(node, source):
            if one.name == "DataProvider" and unquoted(one.values.get("name", one.values.get("value", ""))) == name:
                return method
    return name


def _is_parameters(node: Node, source: Source) -> bool:
    return any(one.name == "Parameters" for one in annotations_of(node, source))


def _returned(method: Node, source: Source) -> list[str]:
    """Return the elements of the first list or array that a method returns."""
    for node in everything(method, frozenset({"string_literal"})):
        if node.type == "array_initializer":
            return [row_of(child, source) for child in named(node)]
        if node.type == "method_invocation" and syntax.text_of(part(node, "name")) in _LISTS:
            args = named(part(node, "arguments"))
            if args and not (len(args) == 1 and args[0].type == "array_creation_expression"):
                return [row_of(child, source) for child in args]
    return []
