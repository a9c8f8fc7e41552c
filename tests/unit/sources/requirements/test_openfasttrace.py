from __future__ import annotations

import pytest

from trueline.sources.requirements.importer import Imported, Link
from trueline.sources.requirements.openfasttrace import OPENFASTTRACE
from trueline.sources.requirements.openfasttrace_tags import OPENFASTTRACE_TAGS

REQ = "req~moor~2"
"""Written so, and never in one piece with a tag: these tests are traced too."""


def markdown(text: str, path: bytes = b"spec/berths.md") -> Imported:
    dialect = OPENFASTTRACE.dialect(path)
    assert dialect is not None
    return OPENFASTTRACE.import_(dialect, text.encode())


def tags(text: str, path: bytes = b"src/berth.go") -> Imported:
    dialect = OPENFASTTRACE_TAGS.dialect(path)
    assert dialect is not None
    return OPENFASTTRACE_TAGS.import_(dialect, text.encode())


ITEM = f"""# Mooring
`{REQ}`

Status: draft

A ship must moor within 20 minutes.

Rationale:

Berths are dear.

Covers:

* [Berths](#berths) `feat~berths~1`
- feat~pilots~1

Depends:

* req~tide~1

Needs: dsn, utest

Tags: quay, night
"""


def test_an_item_has_everything_that_its_lines_say():
    (item,) = markdown(ITEM).items

    assert (item.item_id, item.revision, item.kind, item.title) == ("req~moor", "2", "req", "Mooring")
    assert (item.line, item.col, item.end_line, item.status) == (2, 2, 23, "draft")
    assert item.needs == ("dsn", "utest")
    assert item.attributes == ("tag=quay", "tag=night")
    assert item.text is not None
    assert item.text.startswith("A ship must moor within 20 minutes.")
    assert "Berths are dear." in item.text
    assert item.links == (
        Link(14, 22, "covers", "feat~berths", "1"),
        Link(15, 3, "covers", "feat~pilots", "1"),
        Link(19, 3, "depends", "req~tide", "1"),
    )


def test_needs_may_be_a_list():
    (item,) = markdown(f"{REQ}\n\nNeeds:\n\n* dsn\n").items
    assert item.needs == ()  # an empty line ends the list, as it does for OpenFastTrace
    (item,) = markdown(f"{REQ}\n\nNeeds:\n* dsn\n* utest\n").items
    assert item.needs == ("dsn", "utest")


def test_forwarding_makes_an_item_that_covers_and_needs():
    (item,) = markdown(f"arch --> dsn, utest : {REQ}\n").items

    assert (item.item_id, item.revision, item.needs) == ("arch~moor", "2", ("dsn", "utest"))
    assert item.links == (Link(1, 23, "covers", "req~moor", "2"),)


def test_a_rejected_item_is_not_active():
    (item,) = markdown(f"{REQ}\n\nStatus: rejected\n").items
    assert not item.is_active


@pytest.mark.parametrize(
    "text",
    [
        f"oft:off\n{REQ}\n",
        f"```\n{REQ}\n```\n",
        "Nothing here, not even `v1~2`.\n",
        "",
    ],
)
def test_what_is_switched_off_or_shown_as_code_is_no_item(text):
    assert markdown(text).items == ()


def test_reading_goes_on_after_it_is_switched_on_again():
    (item,) = markdown(f"oft:off\nreq~x~1\noft:on\n{REQ}\n").items
    assert item.line == 4


def test_restructured_text_has_underlined_titles():
    (item,) = markdown(f"Mooring\n^^^^^^^\n\n`{REQ}`\n\nNeeds: dsn\n", b"spec/berths.rst").items
    assert (item.title, item.needs) == ("Mooring", ("dsn",))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_and_foreign_line_ends_change_nothing(encoding):
    dialect = OPENFASTTRACE.dialect(b"a.md") or ""
    plain = OPENFASTTRACE.import_(dialect, ITEM.encode())
    assert OPENFASTTRACE.import_(dialect, ITEM.replace("\n", "\r\n").encode(encoding)) == plain


def test_a_file_in_no_known_encoding_is_read_and_told():
    read = OPENFASTTRACE.import_("markdown", f"Liegepl\xe4tze\n\n{REQ}\n".encode("latin-1"))
    assert [item.item_id for item in read.items] == ["req~moor"]
    assert [problem.fix for problem in read.problems] == ["Save it as UTF-8"]


def test_a_tag_cites_and_says_what_it_does():
    found = tags(f"a = 1\n  // [impl->{REQ}] and [utest -> {REQ}]\n")

    assert [(tag.kind, tag.line, tag.col, tag.item_id, tag.needs) for tag in found.items] == [
        ("impl", 2, 6, None, ()),
        ("utest", 2, 29, None, ()),
    ]
    assert [tag.links[0] for tag in found.items] == [
        Link(2, 13, "implements", "req~moor", "2"),
        Link(2, 39, "verifies", "req~moor", "2"),
    ]


def test_a_tag_with_a_name_or_with_needs_can_be_cited_itself():
    named, needing = tags(f"# [dsn~pilot~3->{REQ}]\n# [impl->{REQ}>>utest,itest]\n").items

    assert (named.item_id, named.revision, named.needs) == ("dsn~pilot", "3", ())
    assert (needing.item_id, needing.revision, needing.needs) == ("impl~moor", "0", ("utest", "itest"))


def test_a_tag_does_not_go_over_lines():
    assert tags(f"# [impl->\n{REQ}]\n").items == ()


def test_a_binary_file_with_a_tag_is_told_and_gives_none():
    read = OPENFASTTRACE_TAGS.import_("", f"[impl->{REQ}]\0\0".encode())
    assert read.items == ()
    assert [problem.message for problem in read.problems] == ["is binary, not text"]


@pytest.mark.parametrize(
    ("path", "is_read"),
    [(b"a/b.java", True), (b"a.C", True), (b"a.JAVA", False), (b".py", False), (b"makefile", False)],
)
def test_files_are_chosen_by_their_ending_as_openfasttrace_chooses_them(path, is_read):
    assert (OPENFASTTRACE_TAGS.dialect(path) is not None) is is_read
