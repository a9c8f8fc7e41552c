from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trueline.sources.requirements.doorstop import DOORSTOP
from trueline.sources.requirements.importer import Imported
from trueline.sources.requirements.openfasttrace import OPENFASTTRACE
from trueline.sources.requirements.openfasttrace_tags import OPENFASTTRACE_TAGS
from trueline.sources.requirements.parser import REQUIREMENTS

PIECES = st.sampled_from(
    [
        "req~a~1", "`feat~b.c~02`", "Needs: impl, utest", "Needs:", "* dsn~x~1", "Covers:", "Depends:", "Status: draft",
        "arch --> dsn : req~a~1", "# Title", "----", "```", "oft:off", "oft:on", "", "  ", "text", "Rationale:", "Tags: a",
        "[impl->" + "req~a~1]", "links:", "- REQ1: x", "active: true", "level: 1", "text: |", "\ud7ff", "é~é~1", "---",
    ]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=30).map("\n".join)
PATHS = st.sampled_from([b"a.md", b"a.rst", b"REQ001.yml", b"REQ-1.md", b".doorstop.yml", b"a.py", b"a.adoc"])


def places(imported: Imported) -> list[tuple[int, int]]:
    links = [(link.line, link.col) for item in imported.items for link in item.links]
    return [*((item.line, item.col) for item in imported.items), *links]


@given(PATHS, st.one_of(st.binary(max_size=200), LINES.map(str.encode)))
def test_any_content_is_read_and_read_the_same_again(path, content):
    dialect = REQUIREMENTS.dialect(path)
    assert dialect is not None
    first = REQUIREMENTS.parse(dialect, content)
    assert REQUIREMENTS.parse(dialect, content) == first
    assert not [row for row in first["requirement_problems"] if "failed on it" in str(row[3])]


@given(LINES)
def test_every_place_lies_in_the_file(text):
    lines = text.split("\n")
    for importer, dialect in ((OPENFASTTRACE, "markdown"), (OPENFASTTRACE, "rst"), (OPENFASTTRACE_TAGS, "")):
        for line, col in places(importer.import_(dialect, text.encode())):
            assert 1 <= line <= len(lines)
            assert 1 <= col <= len(lines[line - 1]) + 1
    for line, _ in places(DOORSTOP.import_("yaml:REQ001", text.encode())):
        assert 1 <= line <= len(lines)


@given(
    st.lists(
        st.sampled_from(["req~a~1\n\nIt must.\n", "req~b~1\n\nNeeds: impl\n", "feat~c~1\n\nIt will.\n"]), max_size=6
    )
)
def test_items_do_not_depend_on_what_stands_before_them(parts):
    together = OPENFASTTRACE.import_("markdown", "\n".join(parts).encode()).items
    alone = [item for part in parts for item in OPENFASTTRACE.import_("markdown", part.encode()).items]
    assert [(i.item_id, i.needs, i.text) for i in together] == [(i.item_id, i.needs, i.text) for i in alone]
