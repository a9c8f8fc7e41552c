"""Calls and literals of Python, read from their syntax trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from trueline.sources.enforcement.syntax import normalised, text_of

Names = Mapping[str, str]
"""What local names stand for, normalised; the empty text for imported modules."""

_SCALARS = frozenset({"integer", "float", "string", "true", "false", "none", "ellipsis", "concatenated_string"})
_COLLECTIONS = frozenset({"list", "tuple", "dictionary", "set", "pair", "unary_operator", "parenthesized_expression"})


@dataclass(frozen=True)
class Call:
    """One call: its name in parts, and its arguments."""

    dotted: str
    last: str
    owner: str
    owner_node: Node | None
    nodes: Sequence[Node]
    """Positional arguments."""
    texts: Sequence[str]
    """Positional arguments, normalised."""
    named: Mapping[str, str]

    @property
    def squashed(self) -> str:
        """The last part of the name, so that `assert_equal` and `assertEqual` are one."""
        return self.last.lower() if self.last.endswith("_") else self.last.replace("_", "").lower()


def call_of(node: Node, names: Names) -> Call:
    """Return a call node in parts; names of one word are resolved."""
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    nodes: list[Node] = []
    named: dict[str, str] = {}
    for argument in arguments.named_children if arguments is not None else ():
        if argument.type == "keyword_argument":
            name = text_of(argument.child_by_field_name("name"))
            named[name] = normalised(text_of(bare(argument.child_by_field_name("value") or argument)), names)
        elif argument.type != "comment" and (nodes or text_of(argument) != "self"):
            nodes.append(argument)
    name = dotted(function, names)
    owner, _, last = name.rpartition(".")
    owner_node = function.child_by_field_name("object") if function is not None else None
    texts = [normalised(text_of(bare(each)), names) for each in nodes]
    texts = [names.get(text, text) if text.startswith("self.") else text for text in texts]
    return Call(name, last, owner, owner_node, nodes, texts, named)


def dotted(node: Node | None, names: Names) -> str:
    """Return a callee as written on one line; a single name is resolved, as imports may rename it."""
    text = "".join(text_of(node).split())
    return names.get(text) or text if text.isidentifier() else text


def bare(node: Node) -> Node:
    """Return what stands in redundant brackets."""
    while node.type == "parenthesized_expression" and node.named_child_count == 1:
        inner = node.named_children[0]
        if inner.type in {"comment", "ERROR"}:
            return node
        node = inner
    return node


def is_constant(node: Node) -> bool:
    """Tell whether a node is a literal, or a collection of nothing but literals."""
    if node.type == "string":
        return not any(child.type == "interpolation" for child in node.named_children)
    if node.type in _SCALARS:
        return True
    return node.type in _COLLECTIONS and all(is_constant(c) for c in node.named_children if c.type != "comment")
