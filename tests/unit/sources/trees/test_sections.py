from __future__ import annotations

import pytest

from trueline.sources.trees.documents import parse_document
from trueline.sources.trees.sections import slug


def sections(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in parse_document(text.encode()).rows["sections"]]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Why it matters", "why-it-matters"),
        ("What's new? (2.0)", "whats-new-20"),
        ("snake_case & kebab-case", "snake_case--kebab-case"),
        ("Größe und Maß", "größe-und-maß"),
        ("日本語 見出し", "日本語-見出し"),
        ("🚀 Start", "-start"),
        ("a/b: c.d", "ab-cd"),
    ],
)
def test_slugs_follow_the_rules_of_github(heading: str, anchor: str):
    assert slug(heading) == anchor


def test_sections_end_before_the_next_heading_of_the_same_or_a_higher_level():
    text = "# A\none two\n\n### B\nthree\n\n## C\nfour\n# D\n"

    assert [row[:4] for row in sections(text)] == [(1, 8, 1, "A"), (4, 6, 3, "B"), (7, 8, 2, "C"), (9, 9, 1, "D")]
    assert [row[5] for row in sections(text)] == [2, 1, 1, 0]


def test_repeated_headings_get_unique_anchors():
    assert [row[4] for row in sections("# A\n# A\n# A-1\n# A\n")] == ["a", "a-1", "a-1-1", "a-2"]


def test_markup_of_a_heading_is_not_part_of_its_text_or_anchor():
    text = "## The `code` of [a *b*](c.md) ![logo](l.png) ##\n\nSetext **bold**\n---\n"

    assert [row[3] for row in sections(text)] == ["The code of a b logo", "Setext bold"]
    assert [row[4] for row in sections(text)] == ["the-code-of-a-b", "setext-bold"]


def test_html_headings_are_sections():
    assert sections('<h1 align="center">\n  My <b>tool</b>\n</h1>\n\n## Use\n')[0][:5] == (
        1,
        5,
        1,
        "My tool",
        "my-tool",
    )


def test_explicit_anchors_belong_to_the_section_that_they_mark():
    text = (
        '<a id="top"></a>\ntext\n\n# A {#own}\n\nprose <span id="inside">x</span> more\n\n'
        '<a name="near"></a>\n\n## B <a id="in-heading"></a>\n'
    )

    assert [(row[3], row[4], row[6]) for row in sections(text)] == [
        ("A", "a", ["own", "top", "inside"]),
        ("B", "b", ["near", "in-heading"]),
    ]


def test_headings_in_code_and_comments_are_none():
    assert sections("```\n# a\n```\n\n<!--\n# b\n<h1>c</h1>\n-->\n\n    # d\n") == []
