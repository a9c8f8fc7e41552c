from __future__ import annotations

import pytest

from trueline.sources.requirements.plain_markdown import PLAIN_MARKDOWN


def read(text: str, path: bytes = b"docs/notes.md"):
    dialect = PLAIN_MARKDOWN.dialect(path)
    return PLAIN_MARKDOWN.import_(dialect, text.encode()) if dialect is not None else None


def ids(text: str, path: bytes = b"docs/notes.md") -> list[str | None]:
    imported = read(text, path)
    return [item.item_id for item in imported.items if item.nature == "requirement"] if imported else []


@pytest.mark.parametrize(
    "text",
    [
        "### REQ-12: Mooring\n\nIt MUST moor.\n\n### REQ-13: Fees\n",
        "## 1.2 REQ-12 Mooring\n## 1.3 REQ-13 – Fees\n",
        "- **REQ-12** It must moor.\n- **REQ-13**: It must cost.\n",
        "* REQ-12: It must moor.\n* REQ-13: It must cost.\n",
        "1. [REQ-12] It must moor.\n2. [REQ-13] It must cost.\n",
        "[REQ-12] It must moor.\n\n[REQ-13] It must cost.\n",
        "**REQ-12**: It must moor.\n\n**REQ-13**: It must cost.\n",
        "## Mooring {#REQ-12}\n\nIt must.\n\n## Fees {#REQ-13}\n",
        '<a id="REQ-12"></a>It must moor.\n\n<a id="REQ-13"></a>It must cost.\n',
        "| ID | Text |\n|---|---|\n| REQ-12 | It must moor |\n| `REQ-13` | It must cost |\n",
    ],
)
def test_an_id_is_stated_in_each_of_these_forms(text):
    assert ids(text) == ["REQ-12", "REQ-13"]


@pytest.mark.parametrize(
    "text",
    [
        "### REQ-12: Alone\n\nIt must.\n",
        "See REQ-12 and REQ-13.\n",
        "- [REQ-12](a.md) one\n- [REQ-13](b.md) two\n",
        "An anchor `{#REQ-12}` or `{#REQ-13}` must.\n",
        "- [ ] REQ-12: do it\n- [x] REQ-13: done\n",
        "```\n### REQ-12\n### REQ-13\n```\n",
        "---\nlinks:\n- REQ-12: x\n- REQ-13: y\n---\n",
        "| Test | Covers |\n|---|---|\n| REQ-12 | that one |\n| REQ-13 | this one |\n",
        "| ID | State |\n|---|---|\n| REQ-12 | done |\n| REQ-13 | open |\n",
        "- **SHOP-12** fixed the door\n- **SHOP-13** painted the wall\n",
        "## RFC-2119\n\nMUST\n\n## RFC-8174\n",
        "## UTF-8\n\nIt must.\n\n## UTF-16\n",
    ],
)
def test_what_only_mentions_ids_states_none(text):
    assert ids(text) == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (b"docs/requirements.md", ["BERTH-1"]),
        (b"specs/berths.md", ["BERTH-1"]),
        (b"docs/berths.md", []),
        (b"specs/CHANGELOG.md", []),
        (b"specs/templates/spec.md", []),
        (b".tool/specs/a.md", []),
        (b"openspec/specs/berths/spec.md", []),
    ],
)
def test_one_id_is_enough_where_the_document_is_a_specification_by_its_path(path, found):
    assert ids("### BERTH-1: Mooring\n\nIt must.\n", path) == found


def test_one_id_is_enough_where_the_first_heading_says_so():
    assert ids("# Harbour requirements\n\n### BERTH-1: Mooring\n") == ["BERTH-1"]


def test_what_a_requirement_says_ends_where_the_next_begins_and_binds_or_not():
    items = read(
        "### REQ-1: Mooring\n\nShips moor.\nThey MUST.\n\n#### More\n\nText.\n\n### REQ-2: Fees\n\nPaid.\n"
    ).items
    assert [(i.line, i.end_line, i.is_normative, i.title) for i in items] == [
        (1, 8, True, "Mooring"),
        (10, 12, False, "Fees"),
    ]


def test_fields_below_a_requirement_are_read():
    text = "### REQ-1: Mooring\n\nStatus: Rejected\n**Owner:** pilot\nRevision: 3\n\nIt must.\n\n### REQ-2: x\n"
    item = read(text).items[0]
    assert (item.status, item.owner, item.revision, item.is_active) == ("rejected", "pilot", "3", False)


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("Verifies: REQ-7", [("verifies", "REQ-7")]),
        ("- **Satisfies:** REQ-7, REQ-8", [("covers", "REQ-7"), ("covers", "REQ-8")]),
        ("Derived from: SYS-1", [("covers", "SYS-1")]),
        ("_Parent_: SYS-1", [("covers", "SYS-1")]),
        ("Depends on: REQ-7", [("depends", "REQ-7")]),
        ("Parent: REQ-1", []),
        ("Verified by: REQ-7", []),
    ],
)
def test_lines_below_a_requirement_link_it(line, links):
    item = read(f"### REQ-1: x\n\nIt must.\n{line}\n\n### REQ-2: y\n").items[0]
    assert [(link.role, link.to_id) for link in item.links] == links


def test_a_line_that_stands_in_no_requirement_is_a_tag():
    (item,) = read("## Mooring at night\n\nVerifies: REQ-12\n", b"docs/plan.md").items
    assert (item.nature, item.kind, item.line, item.links[0].col) == ("tag", "verifies", 3, 11)


def test_within_a_document_a_heading_outweighs_lists_and_rows():
    text = "- REQ-1: must moor\n- REQ-2: must cost\n\n### REQ-1: Mooring\n\nIt must.\n"
    assert [(i.item_id, i.line) for i in read(text).items] == [("REQ-2", 2), ("REQ-1", 4)]


def test_an_id_stated_twice_in_one_way_is_two_items():
    assert ids("### REQ-1: a\n\nIt must.\n\n### REQ-1: b\n\n### REQ-2: c\n") == ["REQ-1", "REQ-1", "REQ-2"]


def test_a_ragged_row_is_told_with_its_place():
    text = "| ID | Text | Owner |\n|---|---|---|\n| REQ-1 | It must moor |\n| REQ-2 | It must cost | pilot |\n"
    imported = read(text)
    assert [item.item_id for item in imported.items] == ["REQ-1", "REQ-2"]
    assert [(p.line, p.message) for p in imported.problems] == [(3, "the row of REQ-1 has 2 cells, its header has 3")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_encodings_and_line_ends_change_nothing(encoding):
    text = "### REQ-1: a\r\n\r\nIt must.\r\n\r\n### REQ-2: b\r\n"
    plain = PLAIN_MARKDOWN.import_("", text.replace("\r", "").encode())
    assert PLAIN_MARKDOWN.import_("", text.encode(encoding)) == plain
    assert len(plain.items) == 2


def test_front_matter_that_is_never_closed_is_told():
    (problem,) = read("---\ntitle: x\n\n# Requirements\n\n### REQ-1: a\n").problems
    assert (problem.line, problem.fix) == (1, "Close it with a line that is only ---")
