from __future__ import annotations

from trueline.analyses.code_owners import ANALYSIS

FILES = [("one", "a.py"), ("one", "b.md"), ("two", "a.py")]
LINES = [("one", ".github/CODEOWNERS", 3, "*.py", ["@example/core"], None)]


def test_every_file_has_a_row_and_repositories_do_not_mix():
    tables = ANALYSIS.build(lambda sql: LINES if "codeowners_lines" in sql else FILES)

    assert list(tables["path_owners"]) == [
        ("one", "a.py", ["@example/core"], ".github/CODEOWNERS", 3),
        ("one", "b.md", [], ".github/CODEOWNERS", None),
        ("two", "a.py", [], None, None),
    ]
    assert list(tables["codeowners_usage"]) == [
        ("one", ".github/CODEOWNERS", 3, "*.py", ["@example/core"], 1, 1, None, None, ["team"])
    ]


def test_rows_have_the_columns_of_their_tables():
    tables = ANALYSIS.build(lambda sql: LINES if "codeowners_lines" in sql else FILES)

    for table in ANALYSIS.writes:
        assert all(len(row) == len(table.columns) for row in tables[table.name])


def test_a_file_that_cannot_be_loaded_owns_nothing():
    unreadable = [("one", "CODEOWNERS", 1, None, [], "the file's content is missing")]
    tables = ANALYSIS.build(lambda sql: unreadable if "codeowners_lines" in sql else FILES)

    assert [row[4] for row in tables["path_owners"]] == [None, None, None]
    assert next(iter(tables["codeowners_usage"]))[5:] == (0, 0, None, "the file's content is missing", [])
