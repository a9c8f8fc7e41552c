from __future__ import annotations

import pytest

from trueline.sources.trees.documents import parse_document


def fields(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in parse_document(text.encode()).rows["document_fields"]]


def values(text: str) -> dict[object, object]:
    return {row[2]: row[3] for row in fields(text)}


def form(text: str) -> object:
    return parse_document(text.encode()).rows["documents"][0][1]


def problem(text: str) -> object:
    return parse_document(text.encode()).rows["documents"][0][-1]


def test_front_matter_keeps_values_as_written_and_joins_lists():
    text = "---\nCountry: NO\nversion: 1.10\ntags: [a, 'b c']\nowners:\n  - x\n  - y\nteam: {lead: z}\n---\n"

    assert fields(text) == [
        (2, 1, "country", "NO", "front_matter"),
        (3, 1, "version", "1.10", "front_matter"),
        (4, 1, "tags", "a, b c", "front_matter"),
        (5, 1, "owners", "x, y", "front_matter"),
        (8, 8, "team_lead", "z", "front_matter"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\nowner: a\n\n# T\n", "never closed"),
        ("---\nowner: [a\n---\n", "broken on line"),
        ("---\nowner:\ta: b: c\n---\n", "broken"),
        ("---\na: &x 1\nb: *x\n---\n", "alias on line 3"),
        ("---\na: " + "[" * 500 + "\n---\n", "nests more than 20 levels"),
        ("---\na: \x01\n---\n", "broken"),
    ],
)
def test_front_matter_that_cannot_be_read_is_a_problem_and_gives_no_field(text: str, said: str):
    assert said in str(problem(text))
    assert fields(text) == []


@pytest.mark.parametrize("text", ["---\n\nprose\n\n---\n", "----\na: b\n----\n", "---\n\n# T\n", "\n---\na: b\n---\n"])
def test_thematic_breaks_are_not_front_matter(text: str):
    assert problem(text) is None
    assert "front_matter" not in {row[-1] for row in fields(text)}


def test_places_after_front_matter_are_those_of_the_file():
    rows = parse_document(b"---\na: b\n---\n\n# T\n\n[x](y)\n").rows

    assert [row[0] for row in rows["sections"]] == [5]
    assert rows["links"][0][:2] == (7, 1)


@pytest.mark.parametrize(
    "block",
    [
        "**Status:** Canonical\n**Owner:** Team A\n",
        "**Status**: Canonical  \n**Owner**: Team A  \n",
        "__Status__ : Canonical\\\n__Owner__ : Team A\n",
        "Status: Canonical\nOwner: Team A\n",
        "- **Status**: Canonical\n- Owner:   Team A\n",
        "* Status: **Canonical**\n\n* `Owner`: `Team A`\n",
        "**Status: Canonical**\n\nOwner: [Team A](team.md)\n",
        "> **Status:** Canonical\n> Owner: Team A\n",
        "**Status:** Canonical | **Owner:** Team A\n",
        "**STATUS:** Canonical<br>\n**Owner:** Team\n  A\n",
        "| Status | Canonical |\n|---|---|\n| Owner | Team A |\n",
        "| Field | Value |\n|---|---|\n| **Status** | Canonical |\n| Owner: | Team A |\n",
    ],
)
@pytest.mark.parametrize("title", ["# Title\n\n", "Title\n=====\n\n", "", "# Title\n"])
def test_a_header_block_is_read_in_every_usual_form(title: str, block: str):
    assert values(f"{title}{block}\nProse: not a field any more, but text.\n") == {
        "status": "Canonical",
        "owner": "Team A",
    }


def test_a_field_is_placed_where_its_name_begins():
    assert [row[:3] for row in fields("# T\n\n- **Owner**: a\n-  Status: b\n")] == [(3, 5, "owner"), (4, 4, "status")]


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\nNote: this is a sentence that goes on.\n",
        "# T\n\n**Note:** short\n\n**Tip:** short\n",
        "# T\n\nSomething: short\n",
        "# T\n\nEnvironment:\n\n- Python:\n- Flask:\n",
        "# T\n\nProse first.\n\nOwner: a\n",
        "# T\n\n## Section\n\nOwner: a\nStatus: b\n",
        "# T\n\n---\n\nOwner: a\nStatus: b\n",
        "# T\n\n```\nOwner: a\nStatus: b\n```\n",
        "# T\n\n    Owner: a\n    Status: b\n",
        "Prose\n\n# T\n\nOwner: a\n",
        "# T\n\nhttp://example.org: a\nftp://example.org: b\n",
        "# T\n\nAt 10:30 we met\nAt 11:30 we left\n",
    ],
)
def test_what_is_no_header_block_gives_no_field(text: str):
    assert fields(text) == []
    assert form(text) == "none"


def test_one_well_known_name_is_enough():
    assert values("# T\n\nOwner: platform\n") == {"owner": "platform"}


def test_field_names_are_lower_case_with_underscores_and_no_punctuation():
    assert list(values("# T\n\n- Last-Reviewed On: 2026-01-01\n- Owner (team): a\n- RFC's PR: b\n")) == [
        "last_reviewed_on",
        "owner_team",
        "rfcs_pr",
    ]


def test_both_forms_in_one_document_are_said():
    assert form("---\nstatus: a\n---\n# T\n\nOwner: b\n") == "both"
    assert form("---\nstatus: a\n---\n# T\n") == "front_matter"
    assert form("# T\n\nOwner: b\n") == "header_block"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a/**", "a/**"),
        ("src/**, lib/*.py", "src/**, lib/*.py"),
        ("**/*.py and *.md", "**/*.py and *.md"),
        ("`docs/**`, `a_b`", "docs/**, a_b"),
        ("**Team A**, *Team B*, _Team C_", "Team A, Team B, Team C"),
        ("snake_case_name", "snake_case_name"),
        ("[x](y) <br>", "x"),
    ],
)
def test_a_value_loses_markup_and_keeps_patterns(written: str, seen: str):
    assert values(f"# T\n\n**Status:** Draft  \n**Paths:** {written}\n")["paths"] == seen
    assert values(f"# T\n\n**Status: Draft**\n\n**Paths**: {written}\n") == {"status": "Draft", "paths": seen}


def test_a_long_note_among_the_items_of_a_header_does_not_end_it():
    text = f"# A\n\n- Status: Draft\n- Status Note: {'long words ' * 40}\n- Start Date: 2020-01-01\n"

    names = [row[2] for row in parse_document(text.encode()).rows["document_fields"]]

    assert names == ["status", "status_note", "start_date"]


def test_a_comment_above_the_title_hides_no_header():
    text = "<!-- made\nby hand -->\n\n# A\n\n**Status**: Stable\n"

    assert [row[2] for row in parse_document(text.encode()).rows["document_fields"]] == ["status"]
