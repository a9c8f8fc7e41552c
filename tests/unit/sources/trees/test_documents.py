from __future__ import annotations

import pytest

from trueline.model.table import Row
from trueline.model.tree_tables import PARSED_DOCUMENT_TABLES
from trueline.sources.trees.documents import is_document, parse_document


def rows(table: str, text: str | bytes) -> list[Row]:
    content = text.encode() if isinstance(text, str) else text
    return list(parse_document(content).rows[table])


def problem(content: bytes) -> object:
    return rows("documents", content)[0][-1]


def test_markdown_is_known_by_its_ending_in_any_letter_case():
    assert [is_document(path) for path in (b"a.md", b"B.MD", b"c.markdown", b"d.mdx", b"md", b"e.md.txt")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]


def test_every_table_has_rows_as_wide_as_its_columns_without_the_blob():
    text = "# A\n\nOwner: b\n\n[c](d) `e/f.py` [[k]]\n\n|g|\n|-|\n|h|m|\n\n```i\nj\n```\n"

    found = parse_document(text.encode()).rows

    assert {name: len(rows[0]) for name, rows in found.items()} == {
        table.name: len(table.columns) - 1 for table in PARSED_DOCUMENT_TABLES
    }


def test_the_title_is_the_first_heading_else_the_title_field():
    assert rows("documents", "text\n\n## First\n")[0][0] == "First"
    assert rows("documents", "---\ntitle: Field\n---\ntext\n")[0][0] == "Field"


def test_words_leave_code_out():
    assert rows("documents", "one two's `three` four\n\n```\nfive\n```\n")[0][3] == 3


@pytest.mark.parametrize(
    ("content", "lines"), [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\r\nb\r\n", 2), (b"---\nk: v\n---\na\n", 4)]
)
def test_lines_are_counted_as_an_editor_does(content: bytes, lines: int):
    assert rows("documents", content)[0][2] == lines


def test_links_of_every_form_have_place_kind_target_and_text():
    text = 'See [a *b*](c%20d.md#e "t"), ![i](<p q.png>),\n<https://x.y>, [r][], <a href="h&amp;i.md">H</a>.\n\n[r]: s.md\n'

    assert rows("links", text) == [
        (1, 5, "link", "c d.md#e", "a b", False),
        (1, 30, "image", "p q.png", "i", False),
        (2, 1, "link", "https://x.y", "https://x.y", False),
        (2, 16, "link", "s.md", "r", False),
        (2, 23, "link", "h&i.md", "H", False),
    ]


def test_html_blocks_have_links_and_images_and_comments_have_none():
    text = '<p>\n  <a href="a.md"><img src=b.png></a>\n<!-- <a href="c.md"> -->\n</p>\n'

    assert [row[:4] for row in rows("links", text)] == [(2, 3, "link", "a.md"), (2, 18, "image", "b.png")]


def test_an_encoded_hash_stays_encoded_because_it_would_end_the_path():
    assert rows("links", "[a](b%23c%20d.md)")[0][3] == "b%23c d.md"


def test_links_in_code_are_none():
    assert rows("links", "`[a](b)`\n\n    [c](d)\n\n```\n[e](f)\n```\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "[a](b.md) (planned)",
        "- text\n  and [a](b.md)\n  is to be written",
        "| x | y |\n|-|-|\n| [a](b.md) | Coming soon |",
        "[a](b.md) will be the guide",
    ],
)
def test_a_target_still_to_come_is_planned(text: str):
    assert rows("links", text)[0][-1] is True


@pytest.mark.parametrize(
    "text",
    [
        "[a](b.md) is here",
        "[a](b.md)\nis planned",
        "| x | y |\n|-|-|\n| planned | - |\n| [a](b.md) | - |",
        "- planned\n- [a](b.md)",
        "[a](future/b.md)",
    ],
)
def test_words_elsewhere_do_not_make_a_target_planned(text: str):
    assert rows("links", text)[0][-1] is False


def test_cells_know_their_table_and_column_even_beyond_the_head():
    text = "> | A | B |\n> |---|---|\n> | a \\| b | `c` | d |\n> | |\n"

    assert rows("document_cells", text) == [
        (3, 1, 1, "A", "a | b"),
        (3, 1, 2, "B", "c"),
        (3, 1, 3, None, "d"),
        (4, 1, 1, "A", ""),
    ]


def test_code_blocks_have_language_and_last_line():
    assert rows("code_blocks", "```py title\na\n```\n\n    b\n\ntext\n") == [(1, 3, "py", "a\n"), (5, 5, None, "b\n")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_the_encoding(encoding: str):
    content = "# Größe\n".encode(encoding)

    assert rows("documents", content)[0][0] == "Größe"
    assert problem(content) is None


def test_bytes_that_are_not_utf_8_are_read_and_said():
    assert rows("documents", "# Größe\n".encode("latin-1"))[0][0] == "Größe"
    assert "Windows-1252" in str(problem("# Größe\n".encode("latin-1")))
    assert "not UTF-8, first on line 2" in str(problem("Größe äöü\n".encode() + b"\xff\n"))


def test_binary_content_is_a_problem_and_has_no_rows():
    found = parse_document(b"\x89PNG\0# no heading\n").rows

    assert found["documents"] == [(None, "none", 0, 0, "is binary, not text")]
    assert not found["sections"]


def test_a_document_too_long_is_read_in_part_and_says_so():
    assert "too long" in str(problem(b"word " * 300_000))
    assert "too long" in str(problem(b"word\n" * 300_000))


def test_too_much_markup_on_one_line_is_said_and_the_rest_is_read():
    found = parse_document(b"[a](b) " * 20_000 + b"\n\n## Next\n\n[c](d)\n").rows

    assert "too much markup on line 1" in str(found["documents"][0][-1])
    assert [row[3] for row in found["sections"]] == ["Next"]
    assert [row[3] for row in found["links"]] == ["d"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3000,
        "![" * 3000,
        "*a " * 3000,
        "> " * 3000,
        "- " * 3000,
        "[a](" * 3000,
        "`a ``b " * 3000,
        "<a href=" * 3000,
    ],
)
def test_unclosed_and_deeply_nested_markup_is_read_to_the_end(text: str):
    assert [row[3] for row in rows("links", text + "\n\n[x](end.md)\n")][-1:] == ["end.md"]
