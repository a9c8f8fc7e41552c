from __future__ import annotations

from trueline.sources.versions.parser import VERSIONS, parse_version

TEXT = "---\nstatus: draft\nversion: 1.2\n---\n# Cart\n\nIt must empty.\n\n## Total\n\nPlain words.\n"


def test_a_content_gives_its_header_and_its_sections_with_their_own_text():
    rows = parse_version("", TEXT.encode())

    assert rows["document_versions"] == [("Cart", None)]
    assert [(name, value) for _, name, value in rows["version_fields"]] == [("status", "draft"), ("version", "1.2")]
    sections = [(row[0], row[1], row[4]) for row in rows["version_sections"]]
    assert sections == [(5, "cart", ["must", "empty"]), (9, "total", [])]


def test_a_changed_header_changes_no_section():
    other = TEXT.replace("1.2", "1.3").replace("draft", "canonical")

    assert parse_version("", TEXT.encode())["version_sections"] == parse_version("", other.encode())["version_sections"]


def test_only_documents_are_read():
    assert VERSIONS.key(b"a.md", "x") == "x"
    assert VERSIONS.key(b"a.py", "x") is None


def test_headings_in_fences_are_none_and_sections_that_tell_why_bind_nobody():
    rows = parse_version("", b"# A\n\n```\n# no\nx = 1\n```\n\n## Rationale\n\nIt must.\n\nOther\n-----\n\nIt must.\n")

    sections = [(row[2], row[4]) for row in rows["version_sections"]]
    assert sections == [("A", ["code x = 1"]), ("Rationale", []), ("Other", ["must"])]


def test_what_stands_below_a_section_that_tells_why_or_defines_is_for_the_same_purpose():
    text = "# Terms\n\n## Object Examples\n\n### XML\n\nIt must.\n\n## Definitions\n\n### Berth\n\nA place.\n\n## Rules\n\nA place.\n"

    sections = {row[2]: row[4] for row in parse_version("", text.encode())["version_sections"]}

    assert (sections["XML"], sections["Berth"], sections["Rules"]) == ([], ["place"], [])


def test_the_title_of_a_document_says_nothing_of_its_sections():
    rows = parse_version("", b"# Introduction\n\nIt must.\n\n## Cart\n\nIt must.\n")

    assert [row[4] for row in rows["version_sections"]] == [[], ["must"]]
