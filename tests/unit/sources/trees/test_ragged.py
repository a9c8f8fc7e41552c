from __future__ import annotations

from trueline.sources.trees.documents import parse_document


def ragged(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in parse_document(text.encode()).rows["ragged_rows"]]


def test_rows_with_more_or_fewer_cells_than_their_head_are_found_with_their_table():
    text = "# T\n\n| a | b |\n|---|---|\n| 1 |\n| 1 | 2 |\n| 1 | 2 | 3 |\n"

    assert ragged(text) == [(5, 3, 1, 2, True), (7, 3, 3, 2, True)]


def test_a_bar_in_code_parts_a_cell_and_an_escaped_one_does_not():
    assert ragged("| a | b |\n|---|---|\n| `x|y` | 2 |\n| `x\\|y` | 2 |\n") == [(3, 1, 3, 2, True)]


def test_text_right_below_a_table_is_a_row_of_one_cell():
    assert ragged("| a | b |\n|---|---|\n| 1 | 2 |\nafter\n\nfar after\n") == [(4, 1, 1, 2, True)]


def test_rows_without_a_word_lose_nothing():
    assert ragged("| a | b |\n|---|---|\n| |\n|  |  |  |\n") == []


def test_dashes_that_do_not_fit_the_head_make_no_table():
    assert ragged("| a | b |\n|---|---|---|\n| 1 | 2 | 3 |\n") == [(2, 1, 3, 2, False)]


def test_a_table_in_a_block_of_code_is_none():
    assert ragged("```\n| a | b |\n|---|\n| 1 |\n```\n") == []
