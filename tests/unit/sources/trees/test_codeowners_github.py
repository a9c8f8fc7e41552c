from __future__ import annotations

import pytest

from trueline.sources.trees.codeowners import parse_codeowners


def test_lines_are_read_with_their_owners_and_comments_left_out():
    content = b"# who\n\n*.ts   @web @org/team-a dev@example.org # why\n  /free/\n\\#x @a\nwith\\ space.md @a\n"

    assert [(line.line, line.pattern, line.owners, line.problem is None) for line in parse_codeowners(content)] == [
        (3, "*.ts", ("@web", "@org/team-a", "dev@example.org"), True),
        (4, "/free/", (), True),
        (5, "\\#x", ("@a",), False),
        (6, "with\\ space.md", ("@a",), True),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"!x.md @a", "!"),
        (b"\\#x.md @a", "\\#"),
        (b"[ab].md @a", "[ ]"),
        (b"x.md team", "owner 1 of it is not"),
        (b"x.md @a @@b", "owner 2 of it is not"),
        (b"x.md @a/b/c", "owner 1 of it is not"),
        (b"x.md @", "owner 1 of it is not"),
        (b"a/***/b @a", "three stars"),
    ],
)
def test_lines_that_the_forge_skips_say_why(line: bytes, said: str):
    (parsed,) = parse_codeowners(line)

    assert said in str(parsed.problem)


def test_a_comment_stands_for_its_line_the_line_below_and_a_run_of_lines_without_owners():
    content = b"* @a\n# nobody\n/one/\n/two/\n\n/three/\n/four/ # nobody\n/five/ @a\n"

    assert [(line.pattern, line.has_comment) for line in parse_codeowners(content)] == [
        ("*", False),
        ("/one/", True),
        ("/two/", True),
        ("/three/", False),
        ("/four/", True),
        ("/five/", False),
    ]
