from __future__ import annotations

import pytest

from trueline.sources.requirements.plain_tags import PLAIN_TAGS


def cited(text: str, path: bytes = b"src/berth.py") -> list[tuple[str, str]]:
    dialect = PLAIN_TAGS.dialect(path)
    assert dialect is not None
    return [(link.role, link.to_id) for item in PLAIN_TAGS.import_(dialect, text.encode()).items for link in item.links]


@pytest.mark.parametrize(
    "line",
    [
        "# REQ-12",
        "x = 1  # see REQ-12",
        "// REQ-12: moor",
        "/* REQ-12 */",
        " * REQ-12",
        "-- REQ-12",
        "; REQ-12",
        '"""REQ-12 moors."""',
        '@Requirement("REQ-12")',
        '[Requirement("REQ-12")]',
        "Implements: REQ-12",
        "<!-- REQ-12 -->",
    ],
)
def test_comments_and_markers_cite(line):
    assert cited(line) == [("implements", "REQ-12")]


@pytest.mark.parametrize(
    "line",
    [
        'x = "REQ-12"',
        "url = 'http://x/REQ-12'",
        "REQ_12 = 1",
        "# UTF-8",
        "# see SHA-256",
        "# X-12",
        "# a/REQ-12/b",
        "# REQ-12.md",
    ],
)
def test_what_is_no_comment_or_no_id_of_a_project_cites_nothing(line):
    assert cited(line) == []


@pytest.mark.parametrize(
    ("path", "line", "role"),
    [
        (b"tests/test_berth.py", "# REQ-12", "verifies"),
        (b"src/BerthTest.java", "// REQ-12", "verifies"),
        (b"src/berth.spec.ts", "// REQ-12", "verifies"),
        (b"src/berth.c", "// REQ-12", "implements"),
        (b"src/berth.c", "// Verifies: REQ-12", "verifies"),
        (b"tests/test_berth.py", "# implements REQ-12", "implements"),
        (b"tests/test_berth.py", '@pytest.mark.requirement("REQ-12")', "verifies"),
    ],
)
def test_the_word_before_it_says_what_it_does_or_else_the_path(path, line, role):
    assert cited(line, path) == [(role, "REQ-12")]


def test_a_line_with_several_ids_is_one_tag_that_cites_each_once():
    imported = PLAIN_TAGS.import_("code", b"// REQ-12, REQ-13, REQ-12\n")
    assert [[link.col for link in item.links] for item in imported.items] == [[4, 12]]


@pytest.mark.parametrize("path", [b"README.md", b"a.png", b"py", b"a.lock"])
def test_only_code_and_tests_are_read(path):
    assert PLAIN_TAGS.dialect(path) is None
