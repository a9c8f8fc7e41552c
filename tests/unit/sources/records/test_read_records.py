from __future__ import annotations

from datetime import date

import pytest
from record_kinds import KINDS, SERVICE, TEAM

from trueline.model.tree_tables import RECORD_FILES, RECORD_PROBLEMS
from trueline.sources.records.read import RecordsRead, file_rows, problem_rows, read_records

BERTH = """\
---
kind: service
name: Berth planning
owner: quay
---
# Berth planning
"""


def read(files: dict[str, str | bytes], globs: dict[str, str] | None = None, **more: object) -> RecordsRead:
    contents = [(path, text.encode() if isinstance(text, str) else text) for path, text in files.items()]
    return read_records("harbour", contents, KINDS, globs or {}, **more)  # type: ignore[arg-type]


def problems(found: RecordsRead) -> list[str]:
    return [str(problem) for problem in found.problems]


def ids(found: RecordsRead, table: str = "services") -> list[object]:
    return [row[1] for row in found.rows[table]]


def test_a_row_has_the_columns_of_its_kind():
    found = read({"services/berth.md": BERTH, "teams/quay.yaml": "kind: team\nformer_ids: [dock]\n"})

    assert problems(found) == []
    service = dict(zip(SERVICE.as_table().column_names, found.rows["services"][0], strict=True))
    assert service == {
        "repository": "harbour",
        "service_id": "berth",
        **dict.fromkeys((f.name for f in SERVICE.fields), None),
        "name": "Berth planning",
        "owner": "quay",
        "former_ids": [],
        "source_path": "services/berth.md",
        "source_line": 2,
    }
    team = dict(zip(TEAM.as_table().column_names, found.rows["teams"][0], strict=True))
    assert (team["team_id"], team["former_ids"], team["source_line"]) == ("quay", ["dock"], 1)
    assert found.paths == ("services/berth.md", "teams/quay.yaml")
    assert found.ids["team"] == {"quay": "quay", "dock": "quay"}


def test_every_kind_has_rows_even_when_there_are_none():
    assert read({}).rows == {"services": (), "teams": ()}


def test_a_header_block_is_read_like_a_front_matter():
    block = """\
# Berth planning

**Kind:** service
**Name:** Berth planning
**Live on:** 2026-01-31
- **Paths:** berth/, quay
"""
    found = read({"berth.md": block})

    assert problems(found) == []
    row = dict(zip(SERVICE.as_table().column_names, found.rows["services"][0], strict=True))
    assert (row["name"], row["live_on"], row["paths"]) == ("Berth planning", date(2026, 1, 31), ["berth/", "quay"])


def test_both_header_forms_of_one_document_are_one_header():
    text = "---\nkind: service\nname: Berth\n---\n# Berth\n\n**Tier:** gold\n**Lifecycle:** live\n**Reviewed:** often\n"
    assert problems(read({"berth.md": text})) == ['berth.md:7:3: tier must be a whole number such as 7, not "gold"']

    agreeing = "---\nkind: service\nname: Berth\n---\n# Berth\n\n**Name:** Berth\n**Tier:** 1\n"
    assert problems(read({"berth.md": agreeing})) == []

    differing = agreeing.replace("**Name:** Berth", "**Name:** Quay")
    assert problems(read({"berth.md": differing})) == [
        "berth.md:7:3: name is already given in line 3. Keep one of the two."
    ]


def test_a_glob_gives_a_file_its_kind_and_a_later_glob_prevails():
    found = read({"a/x.md": "# X\n", "a/team.md": ""}, {"a/*.md": "service", "a/team.md": "team"})
    assert ids(found, "teams") == ["team"]
    assert problems(found) == ["a/x.md:1:1: name is missing. Add name: What people call it."]


def test_a_glob_that_names_no_kind_or_claims_what_cannot_be_a_record_is_a_problem():
    found = read({"logo.png": b"\x89PNG", "teams/a.yaml": ""}, {"*.png": "team", "teams/*": "taem"})
    assert problems(found) == [
        "logo.png:1:1: is neither Markdown nor YAML. Only those can be records: mend the glob.",
        'trueline.toml: [records] gives "teams/*" the kind "taem", which nobody declares. Did you mean team?',
    ]


def test_a_file_that_says_another_kind_than_its_glob_is_a_problem():
    found = read({"teams/a.md": "---\nkind: service\nname: x\n---\n"}, {"teams/*": "team"})
    assert problems(found) == ['teams/a.md:2:1: is "service" here and team by a glob. Mend one.']


def test_a_kind_that_nobody_declares_is_a_problem_in_a_handbook_only():
    files = {"a.md": "---\nkind: servce\n---\n"}
    assert problems(read(files)) == ['a.md:2:7: no kind is named "servce". Did you mean service?']
    assert problems(read(files, is_handbook=False)) == []
    assert len(problems(read(files, {"*.md": "service"}, is_handbook=False))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n",
        "apiVersion: v1\nkind: service\n",
        "kind: Deployment\n",
        "kind: [\n",
        "spec:\n  kind: service\n",
        "{% if x %}\nkind: {{ kind }}\n{% endif %}\n",
    ],
)
def test_the_kinds_of_other_tools_are_left_alone(text: str):
    found = read({"x.yaml": text})
    assert (problems(found), found.paths) == ([], ())


def test_a_document_that_only_speaks_of_kinds_is_no_record():
    found = read({"guide.md": "# Guide\n\nWrite this:\n\n```yaml\nkind: service\n```\n\n---\n\nkind: team\n"})
    assert (problems(found), found.paths) == ([], ())


def test_every_document_of_a_yaml_file_is_a_record():
    text = "kind: team\nid: a\n---\nkind: service\nid: b\nname: B\n---\n---\nkind: team\n---\nid: d\n"
    found = read({"all.yaml": text})

    assert (ids(found, "teams"), ids(found)) == (["a"], ["b"])
    assert problems(found) == [
        "all.yaml:9:1: needs an id: its file's name cannot be it. Add id: with one word.",
        "all.yaml:11:1: has no kind, unlike its neighbours. Add kind:.",
    ]


def test_an_id_belongs_to_one_record_of_a_kind():
    found = read({"x/a.yaml": "kind: team\n", "y/a.yaml": "kind: team\nname: second\n", "a.md": BERTH})
    assert ids(found, "teams") == ["a"]
    assert 'y/a.yaml:1:1: team "a" is already at x/a.yaml:1. Give each its own id.' in problems(found)


def test_a_reference_to_nobody_is_a_problem_and_the_row_stays():
    found = read({"berth.md": BERTH, "teams/quey.yaml": "kind: team\n"})
    assert ids(found) == ["berth"]
    assert problems(found) == ['berth.md:4:8: no team is named "quay". Did you mean quey?']


def test_a_reference_may_be_to_another_repository_or_out_of_sight():
    assert problems(read({"berth.md": BERTH}, known_ids={"team": {"quay": "quay"}})) == []
    assert problems(read({"berth.md": BERTH}, is_handbook=False)) == []
    assert problems(read({"berth.md": BERTH})) == ['berth.md:4:8: no team is named "quay". Add it: trueline new team.']


def test_a_reference_to_a_former_id_becomes_todays():
    found = read({"berth.md": BERTH, "team.yaml": "kind: team\nid: dock\nformer_ids: [quay]\npartners: [quay]\n"})
    assert problems(found) == []
    assert found.rows["services"][0][5] == "dock"
    assert found.rows["teams"][0][3] == ["dock"]


def test_a_former_id_belongs_to_one_record():
    found = read({"a.yaml": "kind: team\n", "b.yaml": "kind: team\nformer_ids: [a]\n"})
    assert problems(found) == ['b.yaml:2:14: "a" is also a name of team a. Only one can have had it.']


def test_a_record_with_a_wrong_field_gives_no_row_but_keeps_its_id():
    found = read({"berth.md": BERTH, "teams/quay.yaml": "kind: team\nnmae: x\n"})
    assert found.rows["teams"] == ()
    assert problems(found) == ['teams/quay.yaml:2:1: "nmae" is no field of team. Did you mean name?']


def test_a_front_matter_that_never_ends_is_a_problem():
    assert problems(read({"berth.md": "---\nkind: service\nname: x\n"})) == [
        "berth.md:1:1: the front matter never ends. Close it with a line of three dashes."
    ]


def test_byte_order_mark_and_windows_newlines_change_nothing():
    plain = read({"berth.md": BERTH}, known_ids={"team": {"quay": "quay"}})
    other = b"\xef\xbb\xbf" + BERTH.replace("\n", "\r\n").encode()
    assert read({"berth.md": other}, known_ids={"team": {"quay": "quay"}}) == plain


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"kind: team\nname: \xff\n", "x.yaml:2:7: is not UTF-8 text. Save the file as UTF-8."),
        (
            b"kind: team\n" + b"# padding\n" * 600_000,
            "x.yaml:1:1: is larger than 5 MB. Split it, one record to a file.",
        ),
        (b"kind: team\nname:\t\n\tx: 1\n", "x.yaml:3:1: is indented by a tab. Indent with spaces."),
        (b"kind: team\nname: &a x\n", 'x.yaml:2:7: has the anchor "&a". Write values out where they belong.'),
    ],
)
def test_bad_input_is_one_clear_problem(content: bytes, problem: str):
    assert problems(read({"x.yaml": content})) == [problem]


def test_five_megabytes_of_mistakes_give_a_bounded_list():
    keys = b"".join(b"k%d: 1\n" % number for number in range(90_000))
    names = b"kind: team\nid: a\npartners: [" + b"nobody," * 90_000 + b"]\n"
    found = read({"keys.yaml": b"kind: team\n" + keys, "names.yaml": names})
    assert 2 <= len(found.problems) <= 210


def test_problems_become_rows_of_their_table():
    found = read({"a.md": "---\nkind: servce\n---\n"}, {"*.x": "nobody"})
    rows = list(problem_rows("harbour", found.problems))
    assert [len(row) for row in rows] == [len(RECORD_PROBLEMS.columns)] * 2
    assert rows[0] == ("harbour", "a.md", 2, 7, 'no kind is named "servce"', "Did you mean service?")
    assert rows[1][2:4] == (1, 1)


def test_every_record_file_is_a_row_good_or_bad():
    found = read({"a.md": BERTH, "b.md": "---\nkind: servce\n---\n", "c.md": "# Only text\n"})
    rows = list(file_rows("harbour", found))
    assert rows == [("harbour", "a.md", "service", False), ("harbour", "b.md", None, False)]
    assert {len(row) for row in rows} == {len(RECORD_FILES.columns)}
    assert list(file_rows("harbour", read({"quay.md": "---\nkind: team\n---\n"}))) == [
        ("harbour", "quay.md", "team", True)
    ]


TEAM_TEXT = "---\nkind: team\n---\n"
AMONG_TEAMS = {"teams/a.md": TEAM_TEXT, "teams/b.md": TEAM_TEXT}


def test_a_document_among_records_that_names_no_kind_is_a_problem():
    found = read({**AMONG_TEAMS, "teams/yard.md": "---\nname: Yard\n---\n"})
    assert problems(found) == [
        "teams/yard.md:1:1: names no kind, and its 2 neighbours are records of kind team. Add kind: team, or move what is no record to another folder."
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("teams/README.md", "---\ntitle: Teams\n---\n"),
        ("teams/index.md", "---\ntitle: Teams\n---\n"),
        ("teams/how-we-work.md", "# How we work\n"),
        ("teams/rule.md", "---\n\nA line, and nothing that is a header.\n"),
        ("teams/inner/yard.md", "---\nname: Yard\n---\n"),
        ("yard.md", "---\nname: Yard\n---\n"),
    ],
)
def test_pages_that_explain_and_other_folders_are_left_alone(path: str, text: str):
    assert problems(read({**AMONG_TEAMS, path: text})) == []


def test_one_neighbour_or_neighbours_of_two_kinds_prove_nothing():
    stray = {"teams/yard.md": "---\nname: Yard\n---\n"}
    assert problems(read({"teams/a.md": TEAM_TEXT, **stray})) == []
    mixed = {**AMONG_TEAMS, "teams/c.yaml": "kind: service\nname: C\n"}
    assert problems(read({**mixed, **stray})) == problems(read(mixed))


def test_outside_the_handbook_no_document_is_missed():
    found = read({**AMONG_TEAMS, "teams/yard.md": "---\nname: Yard\n---\n"}, is_handbook=False)
    assert problems(found) == []
