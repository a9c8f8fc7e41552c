from __future__ import annotations

from trueline.sources.trees.documents import parse_document


def terms(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in parse_document(text.encode()).rows["term_links"]]


def test_terms_in_double_brackets_have_their_place():
    assert terms("# A\n\nOf [[berth]] and [[tide|tides]],\nand [[fee#late]].\n") == [
        (3, 4, "berth"),
        (3, 18, "tide"),
        (4, 5, "fee"),
    ]


def test_terms_in_cells_of_tables_count():
    assert terms("| a |\n|---|\n| [[berth]] |\n") == [(3, 3, "berth")]


def test_code_images_and_links_are_no_terms():
    assert terms("`[[a]]` ![[b.png]] [[c]](d) [[e][f]]\n\n```\n[[g]]\n```\n\n[f]: x\n") == []
