"""What must hold for every document: no crash, right widths, and places that point at what they name."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from trueline.model.tree_tables import PARSED_DOCUMENT_TABLES
from trueline.sources.trees.documents import parse_document

WIDTHS = {table.name: len(table.columns) - 1 for table in PARSED_DOCUMENT_TABLES}

links = st.sampled_from(
    [
        "[a](b.md)",
        "[*a* `c`](<b c.md>)",
        "![a](b.png)",
        "<https://x.y/z>",
        "[r]",
        "[t][r]",
        '<a href="h.md">',
        "[![i](j)](k)",
    ]
)
words = st.sampled_from(
    ["word", "`code`", "**bold**", "\\|", "é", "日本", "a\\[b", "&amp;", "`` ` ``", "|", "\t", "<b>", "1."]
)
pieces = st.lists(st.one_of(links, words, words), min_size=1, max_size=6).map(" ".join)
prefixes = st.sampled_from(
    ["", "", "  ", "> ", "- ", "1. ", "   > - ", "# ", "### ", "| ", "> | ", "- | ", ">\t", "-\t", "    ", "\xa0"]
)
lines = st.one_of(
    st.tuples(prefixes, pieces, st.sampled_from(["", "  ", "\\", " |", " ##"])).map("".join),
    st.sampled_from(
        [
            "",
            "",
            "|---|---|",
            "> |-|-|",
            "  |-|-|",
            "===",
            "---",
            "```",
            "<div>",
            "- ",
            "<h1>x</h1><h2 id=y>z</h2>",
            "Owner: a",
            "**B:** c | **B:** d",
            "[r]: ref.md",
            "\r",
        ]
    ),
)
documents = st.lists(lines, max_size=14).map(lambda found: "\n".join(found) + "\n\n[r]: ref.md\n")


@given(documents)
def test_the_text_at_the_place_of_a_link_begins_the_link(text: str):
    source = re.split(r"\r\n|\r|\n", text)

    for line, col, kind, *_ in parse_document(text.encode()).rows["links"]:
        begins = source[line - 1][col - 1 :]
        assert begins.startswith(("![", "<img") if kind == "image" else ("[", "<")), (line, col, kind)


@given(documents, st.sampled_from(["`src/x.py`", "docs/y.md", "(docs/y.md)"]))
def test_the_text_at_the_place_of_a_mention_is_its_name(text: str, mention: str):
    text = text.replace("word", mention)
    source = re.split(r"\r\n|\r|\n", text)

    for line, col, name, _ in parse_document(text.encode()).rows["named_paths"]:
        assert source[line - 1].startswith(name, col - 1)


@given(st.one_of(st.binary(max_size=400), documents.map(str.encode)))
def test_any_bytes_give_rows_of_the_right_width_inside_the_document(content: bytes):
    found = parse_document(content).rows

    assert {(name, len(row)) for name, rows in found.items() for row in rows} <= set(WIDTHS.items())
    last = found["documents"][0][2]
    assert all(1 <= row[0] <= row[1] <= last for row in found["sections"])
    assert len({row[4] for row in found["sections"]}) == len(found["sections"])
    for table in PARSED_DOCUMENT_TABLES:
        within = [column.name for column in table.columns if column.name != "blob_id"]
        key = [within.index(name) for name in table.key if name in within]
        assert len({tuple(row[at] for at in key) for row in found[table.name]}) == len(found[table.name])


@given(documents)
def test_parsing_twice_gives_the_same(text: str):
    assert parse_document(text.encode()) == parse_document(text.encode())
