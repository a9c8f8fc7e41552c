from __future__ import annotations

from pathlib import Path

import pytest

from trueline.model.tree_tables import CODEOWNERS_LINES
from trueline.sources.trees.codeowners import read_codeowners, rows_of_codeowners
from trueline.sources.trees.directory_tree import directory_tree


def marked(text: str) -> str:
    return f"<{text}>"


def test_owners_have_the_pseudonyms_that_authors_have_and_teams_have_none(tmp_path: Path):
    write(tmp_path, "CODEOWNERS", b"* @Ana-Lima @harbour/yard Bo@Harbour.test\n/docs/\n/x @a nobody\n")

    keys = [row[6] for row in rows_of_codeowners("shop", directory_tree(tmp_path), marked)]

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

    ((_, _, _, _, owners, problem, *_),) = rows_of_codeowners("shop", directory_tree(tmp_path), marked)

    assert owners == ["a person", "@shop/till", "an address", "unreadable"]
    assert problem == "owner 4 of it is not a user, a team or an email address"


def test_a_file_over_three_megabytes_does_not_count_and_says_so(tmp_path: Path):
    write(tmp_path, "CODEOWNERS", b"# long\n" * 450_000)

    ((_, _, _, pattern, owners, problem, keys, *_),) = rows_of_codeowners("shop", directory_tree(tmp_path), marked)

    assert (pattern, owners, keys) == (None, [], [])
    assert "3 MB" in str(problem)


def test_without_a_file_there_are_no_lines(tmp_path: Path):
    write(tmp_path, "other/CODEOWNERS", b"* @a\n")

    assert list(rows_of_codeowners("shop", directory_tree(tmp_path), marked)) == []


def test_by_gitlab_s_rules_the_root_comes_first_and_its_own_folder_last(tmp_path: Path):
    for place in (".gitlab/CODEOWNERS", "docs/CODEOWNERS", "CODEOWNERS"):
        write(tmp_path, place, b"* @a\n")

        assert [row[1] for row in rows_of_codeowners("shop", directory_tree(tmp_path), marked)] == [place]


@pytest.mark.parametrize(
    ("files", "remote", "dialect"),
    [
        ({"CODEOWNERS": b"* @a\n"}, None, "github"),
        ({"CODEOWNERS": b"* @a\n", ".gitlab-ci.yml": b""}, None, "gitlab"),
        ({"CODEOWNERS": b"* @a\n", ".gitlab-ci.yml": b"", ".github/x.yml": b""}, None, "github"),
        ({"CODEOWNERS": b"[Quay]\n* @a\n"}, None, "gitlab"),
        ({"CODEOWNERS": b"[Quay]\n* @a\n", ".github/x.yml": b""}, None, "gitlab"),
        ({"CODEOWNERS": b"[ab].rs @a\n"}, None, "github"),
        ({".gitlab/CODEOWNERS": b"* @a\n"}, None, "gitlab"),
        ({".github/CODEOWNERS": b"* @a\n", ".gitlab-ci.yml": b""}, None, "github"),
        ({"CODEOWNERS": b"* @a\n"}, "git@gitlab.harbour.test:yard/till.git", "gitlab"),
        ({"CODEOWNERS": b"* @a\n", ".gitlab-ci.yml": b""}, "https://github.com/gitlab/till", "github"),
        ({"CODEOWNERS": b"[Quay]\n* @a\n"}, "ssh://git@github.com/yard/till", "github"),
        ({"CODEOWNERS": b"* @a\n"}, "https://code.harbour.test/gitlab/till", "github"),
    ],
)
def test_remote_then_place_then_sections_then_pipelines_tell_whose_rules_count(
    tmp_path: Path, files: dict[str, bytes], remote: str | None, dialect: str
):
    for path, content in files.items():
        write(tmp_path, path, content)

    file = read_codeowners(directory_tree(tmp_path), remote)

    assert file is not None
    assert file.dialect == dialect


def test_a_file_where_the_forge_does_not_look_does_not_count(tmp_path: Path):
    write(tmp_path, ".github/CODEOWNERS", b"* @a\n")

    assert read_codeowners(directory_tree(tmp_path), "https://gitlab.harbour.test/yard/till") is None


def test_rows_tell_what_gitlab_reads_and_name_no_person(tmp_path: Path):
    write(
        tmp_path, ".gitlab/CODEOWNERS", b"[Quay][2] @ana @yard/till/night\n/lib/\n!/lib/made/\n/bin/ @@maintainers -\n"
    )

    rows = list(rows_of_codeowners("shop", directory_tree(tmp_path), marked))

    names = [column.name for column in CODEOWNERS_LINES.columns]
    told = [dict(zip(names, row, strict=True)) for row in rows]
    assert [(row["kind"], row["pattern"], row["owners"], row["approvals"], row["ignored_owners"]) for row in told] == [
        ("section", None, ["a person", "@yard/till/night"], 2, 0),
        ("entry", "/lib/", ["a person", "@yard/till/night"], None, 0),
        ("exclusion", "/lib/made/", [], None, 0),
        ("entry", "/bin/", ["@@maintainers"], None, 1),
    ]
    assert {(row["dialect"], row["section"]) for row in told} == {("gitlab", "Quay")}
    assert [row["owner_keys"] for row in told] == [["<login:ana>", None], ["<login:ana>", None], [], [None]]
