from __future__ import annotations

from pathlib import Path

import pytest

from trueline.sources.trees.codeowners import compile_pattern, parse_codeowners, rows_of_codeowners
from trueline.sources.trees.directory_tree import directory_tree


@pytest.mark.parametrize(
    ("pattern", "matched", "not_matched"),
    [
        ("*", ["a", "a/b/c.txt", ".x"], []),
        ("*.ts", ["a.ts", "x/y/b.ts", "x.ts/y"], ["a.tsx", "ts", "a.TS"]),
        ("/ledger/out/", ["ledger/out/a", "ledger/out/b/c"], ["ledger/out", "x/ledger/out/a"]),
        ("guides/*", ["guides/a.md"], ["guides/x/a.md", "x/guides/a.md"]),
        ("tools/", ["tools/a", "x/tools/b/c"], ["tools", "mytools/a"]),
        ("/tools/", ["tools/a", "tools/b/c"], ["x/tools/a"]),
        ("tools", ["tools", "tools/a", "x/tools/b"], ["tools2", "atools"]),
        ("/tools", ["tools", "tools/a/b"], ["x/tools"]),
        ("a/b", ["a/b", "a/b/c"], ["x/a/b", "a/bc"]),
        ("**/logs", ["logs", "logs/a", "x/logs/a", "x/y/logs"], ["xlogs", "logs2/a"]),
        ("a/**/z", ["a/z", "a/b/z", "a/b/c/z", "a/b/z/q"], ["z", "x/a/z", "az"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "x/a/b"]),
        ("**", ["a", "a/b"], []),
        ("/*", ["a"], ["a/b"]),
        ("/**/x.md", ["x.md", "a/x.md", "a/b/x.md"], ["ax.md"]),
        ("a?c", ["abc", "x/abc"], ["ac", "a/c", "abbc"]),
        ("a*b*c", ["abc", "axbxc", "abbcc", "x/abxc"], ["ab", "a/bc", "abcd"]),
        ("a*a", ["aa", "aba"], ["a"]),
        ("*a*", ["a", "bab"], ["b"]),
        ("/docs/*/index.md", ["docs/a/index.md"], ["docs/index.md", "docs/a/b/index.md"]),
        ("/docs/*.md", ["docs/a.md"], ["docs/b/a.md"]),
        ("with\\ space.md", ["with space.md"], ["with\\ space.md"]),
        ("a.c", ["a.c"], ["abc"]),
        ("a+(b)", ["a+(b)"], ["aab"]),
        ("/", [], ["a", ""]),
        ("Makefile", ["Makefile", "x/Makefile"], ["makefile"]),
    ],
)
def test_patterns_match_as_the_forge_matches(pattern: str, matched: list[str], not_matched: list[str]):
    matches = compile_pattern(pattern)

    assert [path for path in matched if not matches(path)] == []
    assert [path for path in not_matched if matches(path)] == []


def test_a_hostile_pattern_is_decided_without_trying_every_way():
    matches = compile_pattern("*a" * 200 + "/**/b" * 50 + "/c")

    assert not matches("a" * 2000 + "/b" * 1000)


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


def marked(text: str) -> str:
    return f"<{text}>"


def test_owners_have_the_pseudonyms_that_authors_have_and_teams_have_none(tmp_path: Path):
    write(tmp_path, "CODEOWNERS", b"* @Ana-Lima @harbour/yard Bo@Harbour.test\n/docs/\n/x @a nobody\n")

    keys = [row[-1] for row in rows_of_codeowners("shop", directory_tree(tmp_path), marked)]

    assert keys == [["<login:ana-lima>", None, "<bo@harbour.test>"], [], ["<login:a>", None]]


def write(root: Path, path: str, content: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)


def test_the_first_of_the_three_places_counts(tmp_path: Path):
    for place in ("docs/CODEOWNERS", "CODEOWNERS", ".github/CODEOWNERS"):
        write(tmp_path, place, b"* @a\n")

        assert [row[:5] for row in rows_of_codeowners("shop", directory_tree(tmp_path), marked)] == [
            ("shop", place, 1, "*", ["a person"])
        ]


def test_only_teams_are_told_by_name(tmp_path: Path):
    write(tmp_path, "CODEOWNERS", b"* @ana @shop/till cleo@example.org -bo-\n")

    ((_, _, _, _, owners, problem, _),) = rows_of_codeowners("shop", directory_tree(tmp_path), marked)

    assert owners == ["a person", "@shop/till", "an address", "unreadable"]
    assert problem == "owner 4 of it is not a user, a team or an email address"


def test_a_file_over_three_megabytes_does_not_count_and_says_so(tmp_path: Path):
    write(tmp_path, "CODEOWNERS", b"# long\n" * 450_000)

    ((_, _, _, pattern, owners, problem, keys),) = rows_of_codeowners("shop", directory_tree(tmp_path), marked)

    assert (pattern, owners, keys) == (None, [], [])
    assert "3 MB" in str(problem)


def test_without_a_file_there_are_no_lines(tmp_path: Path):
    write(tmp_path, "other/CODEOWNERS", b"* @a\n")

    assert list(rows_of_codeowners("shop", directory_tree(tmp_path), marked)) == []
