"""What a module or class of Python tests says for each of its tests: marks, skips in set-up, whether it is collected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Condition
from trueline.sources.enforcement import python_conditions
from trueline.sources.enforcement.python_functions import Scope, of_decorators
from trueline.sources.enforcement.python_modules import SET_UP, attributes_of, constants_of
from trueline.sources.enforcement.python_units import read_body
from trueline.sources.enforcement.syntax import line_of, normalised, split, text_of

_TEST_CLASS = re.compile(r"[Tt]est.*|.*(?:Tests?|TestCase|Suite|_tests?|Mixin|Base)")


def module_conditions(root: Node, names: Mapping[str, str]) -> Iterator[Condition]:
    """Yield what holds for every test of a module."""
    yield from _marks(root, names)
    yield from _set_up(root, names)
    top = read_body(root, names, is_module=True)
    yield from (each for each in top.conditions if each.kind != "xfail" and not each.text.startswith("skip unless _"))


def class_scope(node: Node, decorators: Sequence[Node], outer: Scope) -> Scope:
    """Return the scope inside a class."""
    own = text_of(node.child_by_field_name("name"))
    body = node.child_by_field_name("body")
    found = of_decorators(decorators, outer.names)
    return replace(
        outer,
        name=f"{outer.name}.{own}" if outer.name else own,
        names={
            **outer.names,
            **({**constants_of(body), **attributes_of(body, outer.names)} if body is not None else {}),
        },
        mocks=(*outer.mocks, *found.mocks),
    )


def class_conditions(node: Node, decorators: Sequence[Node], scope: Scope) -> Iterator[Condition]:
    """Yield what holds for every test of a class, beside what its module says."""
    body = node.child_by_field_name("body")
    yield from of_decorators(decorators, scope.names).conditions
    if body is not None:
        yield from _marks(body, scope.names)
        yield from _set_up(body, scope.names)
    own = text_of(node.child_by_field_name("name"))
    bases = node.child_by_field_name("superclasses")
    is_alone = (bases is None or text_of(bases) in {"()", "(object)"}) and own not in scope.base_names
    if is_alone and not _TEST_CLASS.fullmatch(own):
        yield Condition("uncollected", "its class is not named as tests are", line_of(node))


def _marks(block: Node, names: Mapping[str, str]) -> Iterator[Condition]:
    for node in block.named_children:
        assignment = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
        if assignment is None or assignment.type != "assignment":
            continue
        left = text_of(assignment.child_by_field_name("left"))
        value = normalised(text_of(assignment.child_by_field_name("right")), names)
        if left == "__test__" and value == "False":
            yield Condition("uncollected", "__test__ = False", line_of(node))
        if left == "pytestmark":
            for mark in split(value[1:-1] if value[:1] in {"[", "("} else value):
                if (condition := python_conditions.of_mark(mark, line_of(node))) is not None:
                    yield condition


def _set_up(block: Node, names: Mapping[str, str]) -> Iterator[Condition]:
    for node in block.named_children:
        inner = node.child_by_field_name("definition") if node.type == "decorated_definition" else node
        if inner is None or inner.type != "function_definition":
            continue
        decorators = text_of(node)[: inner.start_byte - node.start_byte]
        is_for_all = "fixture" in decorators and "autouse" in decorators
        if is_for_all or text_of(inner.child_by_field_name("name")) in SET_UP:
            yield from read_body(inner.child_by_field_name("body"), names).conditions
