from __future__ import annotations

from trueline.analyses.code_owners import ANALYSIS

FILES = [("one", "a.py"), ("one", "b.md"), ("two", "a.py")]
LINES = [("one", ".github/CODEOWNERS", "github", 3, "*.py", ["@example/core"], None, "entry", None, None, 0, False)]


def test_every_file_has_a_row_and_repositories_do_not_mix():
    tables = ANALYSIS.build(lambda sql: LINES if "codeowners_lines" in sql else FILES)

    assert list(tables["path_owners"]) == [
        ("one", "a.py", ["@example/core"], ".github/CODEOWNERS", 3, [3]),
        ("one", "b.md", [], ".github/CODEOWNERS", None, []),
        ("two", "a.py", [], None, None, []),
    ]
    (used,) = tables["codeowners_usage"]
    assert used[:10] == ("one", ".github/CODEOWNERS", 3, "*.py", ["@example/core"], 1, 1, None, None, ["team"])
    assert used[10:] == ("github", None, "entry", 0, 0, None, False)


def test_rows_have_the_columns_of_their_tables():
    tables = ANALYSIS.build(lambda sql: LINES if "codeowners_lines" in sql else FILES)

    for table in ANALYSIS.writes:
        assert all(len(row) == len(table.columns) for row in tables[table.name])


def test_a_file_that_cannot_be_loaded_owns_nothing():
    unreadable = [
        ("one", "CODEOWNERS", "github", 1, None, [], "the file's content is missing", "entry", None, None, 0, False)
    ]
    tables = ANALYSIS.build(lambda sql: unreadable if "codeowners_lines" in sql else FILES)

    assert [row[4] for row in tables["path_owners"]] == [None, None, None]
    assert next(iter(tables["codeowners_usage"]))[5:10] == (
        0,
        0,
        None,
        "the file's content is missing",
        [],
    )


def test_owners_of_several_sections_stand_together_and_a_team_once():
    lines = [
        ("one", "CODEOWNERS", "gitlab", 1, "*", ["@example/core", "a person"], None, "entry", None, None, 0, False),
        (
            "one",
            "CODEOWNERS",
            "gitlab",
            3,
            "a.py",
            ["@example/core", "a person"],
            None,
            "entry",
            "Keys",
            None,
            0,
            False,
        ),
        ("one", "CODEOWNERS", "gitlab", 5, "a.py", ["@@owner"], None, "entry", "Logs", None, 0, False),
        ("one", "CODEOWNERS", "gitlab", 6, "a.py", [], None, "exclusion", "Rest", None, 0, False),
    ]
    tables = ANALYSIS.build(lambda sql: lines if "codeowners_lines" in sql else FILES)

    assert next(iter(tables["path_owners"])) == (
        "one",
        "a.py",
        ["@example/core", "a person", "a person", "@@owner"],
        "CODEOWNERS",
        5,
        [1, 3, 5, 6],
    )
    assert [row[9] for row in tables["codeowners_usage"]] == [["team", "team"], ["team", "team"], ["team"], []]
