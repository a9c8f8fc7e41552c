"""Which tables a change touches, so that rules about the others need not run."""

from __future__ import annotations

import pytest

from trueline.app.changes import ChangedFile, Contents
from trueline.app.touched_tables import KINDS, TouchedTables
from trueline.sources.trees.tree import Entry

RECORDS = ("specs", "decisions")


def touched(
    before: dict[str, bytes], after: dict[str, bytes], *, has_settings: bool = False, kind: str = "file"
) -> TouchedTables:
    paths = sorted(before.keys() | after.keys())
    files = [
        ChangedFile(
            path,
            Entry(path.encode(), "a", "file") if path in before else None,
            Entry(path.encode(), "b", kind) if path in after else None,
        )
        for path in paths
    ]
    return TouchedTables(files, Contents(dict(before), dict(after)), RECORDS, has_settings=has_settings)


def differs(found: TouchedTables, *tables: str, contents: bool = False) -> bool:
    return found.any_of(frozenset(tables), looks_at_contents=contents)


CODE = touched({"src/a.py": b"x = 1\n"}, {"src/a.py": b"x = 2\n"})


@pytest.mark.parametrize("table", ["documents", "requirement_items", "requirement_files", "specs", "codeowners_lines"])
def test_code_that_says_nothing_touches_no_table_of_documents_requirements_or_records(table):
    assert not differs(CODE, table, "files", KINDS)


def test_a_tag_in_code_touches_the_requirements_and_not_the_documents():
    found = touched({"src/a.py": b"x = 1\n"}, {"src/a.py": b"x = 1  # [impl" + b"->dsn~cart~1]\n"})

    assert differs(found, "requirement_items")
    assert not differs(found, "documents")


def test_a_document_touches_the_tables_of_documents_and_no_requirement_that_it_states_as_before():
    found = touched({"a.md": b"# A\n\nOne.\n"}, {"a.md": b"# A\n\nOne [more](b.md).\n"})

    assert differs(found, "links")
    assert not differs(found, "requirement_links")


def test_a_path_that_goes_touches_whatever_reads_the_files():
    found = touched({"src/a.py": b"x = 1\n"}, {})

    assert differs(found, "files", "links")
    assert differs(found, KINDS)
    assert not differs(found, "links", KINDS)
    assert differs(found, "commits")


def test_a_file_that_becomes_a_link_is_gone_as_a_file():
    assert differs(touched({"src/a.py": b"x\n"}, {"src/a.py": b"b.py"}, kind="link"), "files", "links")


def test_a_new_path_touches_rules_about_paths_alone():
    found = touched({}, {"src/a.py": b"x = 1\n"})

    assert differs(found, "files", "codeowners_lines")
    assert not differs(found, "files", "links")


def test_a_rule_that_looks_at_contents_of_files_sees_every_change():
    assert differs(CODE, "files", contents=True)
    assert not differs(CODE, "files")


def test_a_record_is_known_by_its_kind_and_with_settings_by_its_place():
    plain = ({"a.md": b"# A\n"}, {"a.md": b"# B\n"})

    assert differs(touched({"a.md": b"# A\n"}, {"a.md": b"---\nkind: spec\n---\n"}), "specs")
    assert not differs(touched(*plain), "specs")
    assert differs(touched(*plain, has_settings=True), "specs")
    assert differs(touched({"trueline.toml": b""}, {"trueline.toml": b"schema = 1\n"}), "specs")


def test_owners_and_catalogues_are_known_by_their_files():
    assert differs(touched({"CODEOWNERS": b"* @a/b\n"}, {"CODEOWNERS": b"* @a/c\n"}), "codeowners_lines")
    assert differs(touched({"catalog-info.yaml": b"a: 1\n"}, {"catalog-info.yaml": b"a: 2\n"}), "catalog_components")


def test_what_cannot_be_read_may_say_anything():
    found = touched({"a.md": b"# A\n"}, {"a.md": b"# A\n"})
    unread = TouchedTables(
        [ChangedFile("a.md", Entry(b"a.md", "a", "file"), Entry(b"a.md", "b", "file"))],
        Contents({"a.md": b"# A\n"}, {"a.md": None}),
        RECORDS,
        has_settings=False,
    )

    assert not differs(found, "requirement_items")
    assert differs(unread, "requirement_items")
    assert differs(unread, "specs")
