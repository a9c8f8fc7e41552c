"""Go about in a syntax tree of any language."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from trueline.sources.enforcement.languages import NONE


def everything(root: Node, whole: frozenset[str] = NONE) -> Iterator[Node]:
    """Yield a node and all below it in order, not entering nodes of the types `whole`."""
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        yield node
        if node.type not in whole and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def part(node: Node | None, *fields: str) -> Node | None:
    """Return the first of the fields that the node has; languages name the same part differently."""
    for name in fields if node is not None else ():
        child = node.child_by_field_name(name)  # type: ignore[union-attr]
        if child is not None:
            return child
    return None


def named(node: Node | None) -> list[Node]:
    """Return the named children without comments."""
    if node is None:
        return []
    return [child for child in node.named_children if not child.is_extra]
