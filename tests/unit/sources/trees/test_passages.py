from __future__ import annotations

from trueline.sources.trees.documents import parse_document


def rows(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in parse_document(text.encode()).rows["passages"]]


def test_a_passage_knows_its_lines_its_heading_and_its_kind():
    assert rows("Before.\n\n# A\n\nOne\ntwo.\n\n## B\n\n- **Term:** means this\n- plain\n") == [
        (1, 1, 1, "paragraph", None, None, "Before."),
        (5, 1, 6, "paragraph", 3, None, "One two."),
        (10, 3, 10, "item", 8, "Term", "Term: means this"),
        (11, 3, 11, "item", 8, None, "plain"),
    ]


def test_cells_headings_and_code_are_no_passages():
    assert rows("# A\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n") == []


def test_a_long_passage_is_cut():
    ((*_, text),) = rows("word " * 1_000)

    assert len(str(text)) == 2_000
