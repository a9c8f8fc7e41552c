"""Calls and members in a row, such as `expect(x).not.toBe(3)`, as links from the left to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tree_sitter import Node

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages import Language
from trueline.sources.enforcement.languages_nodes import named, part


@dataclass(frozen=True)
class Link:
    """One name of a chain; `args` where it is called."""

    name: str
    node: Node
    """The whole expression up to here."""
    args: tuple[Node, ...] | None = None
    list_node: Node | None = None
    """The node of its arguments, which may be a template."""


def is_top(node: Node, language: Language) -> bool:
    """Return True where no longer chain contains the node as its beginning."""
    parent = node.parent
    while parent is not None and parent.type in language.wrappers:
        node, parent = parent, parent.parent
    if parent is None or (parent.type not in language.calls and parent.type not in language.members):
        return True
    inner = part(parent, "function", "object", "operand")
    return inner is None or inner.id != node.id


def unwrapped(node: Node, language: Language) -> Node:
    """Return what parentheses, `await` and casts hold."""
    while node.type in language.wrappers:
        inner = part(node, "expression", "argument", "value") or next(iter(named(node)), None)
        if inner is None:
            break
        node = inner
    return node


def chain_of(node: Node, language: Language) -> tuple[Link, ...]:
    """Return the links of a chain; one link with an empty name where it starts with another expression."""
    links: list[Link] = []
    at: Node | None = node
    while at is not None:
        at = unwrapped(at, language)
        called: Node | None = None
        args: tuple[Node, ...] | None = None
        whole = at
        if at.type in language.calls:
            called = part(at, "arguments")
            args = arguments(called, language)
            target = part(at, "function")
            if target is None:  # a call that is its own member, as in Java
                name = part(at, "name")
                links.append(Link(syntax.text_of(name), whole, args, called))
                at = part(at, "object")
                continue
            at = unwrapped(target, language)
            if at.type in language.calls:
                links.append(Link("", whole, args, called))
                continue
        if at.type in language.members:
            name = part(at, "property", "field", "name")
            links.append(Link(syntax.text_of(name), whole, args, called))
            at = part(at, "object", "operand")
            continue
        is_word = at.type in language.identifiers or at.type in language.self_names
        links.append(Link(syntax.text_of(at) if is_word else "", whole, args, called))
        break
    return tuple(reversed(links))


def arguments(node: Node | None, language: Language) -> tuple[Node, ...]:
    """Return the arguments of a call; the template itself where a template is tagged."""
    if node is None:
        return ()
    return (node,) if node.type in language.strings or node.type == "template_string" else tuple(named(node))


def name_of(links: Sequence[Link]) -> str:
    """Return the dotted name that a chain calls first: `cart.total` of `cart.total(1).value`."""
    names: list[str] = []
    for link in links:
        names.append(link.name)
        if link.args is not None:
            break
    return ".".join(name for name in names if name)
