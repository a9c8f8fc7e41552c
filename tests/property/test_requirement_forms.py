from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trueline.sources.requirements.parser import REQUIREMENTS
from trueline.sources.requirements.registry import BUILT_IN

PIECES = st.sampled_from(
    [
        "### REQ-1: a", "### REQ-2", "- **REQ-1** must", "[REQ-3] shall", "## x {#REQ-4}", "| ID | Text |", "|---|---|", "| REQ-5 | a b |",
        "Verifies: REQ-1, SYS-2", "Status: rejected", "---", "title: x", "```", "~~~", "<!--", "-->", "# REQ-1", "// REQ-2", '@x("REQ-1")',
        "### Requirement: A", "#### Scenario: b", "## ADDED Requirements", "## RENAMED Requirements", "- FROM: `### Requirement: A`",
        "- TO: `### Requirement: B`", "- **FR-001**: MUST", "### User Story 1 - x", "- [x] T001 [US1] FR-001", "### Requirement 1",
        "#### Acceptance Criteria", "1. WHEN a THEN b SHALL c", "- [ ] 1.1 do", "  - _Requirements: 1.1-1.3_", "# language: de", "@REQ-1 @x",
        "Feature: a", "Rule: r", "Scenario: b", "Scenario Outline: c", "Examples:", '"""', "Given x", "openapi: 3.0.0", "paths:", "  /a:",
        "    get:", "      operationId: x", "      y: {$ref: '#/z'}", "z: {$ref: '#/z'}", '{"openapi": "3.0.0",', '"paths": {}}', "", "  ", "é\ud7ff", "|",
    ]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=40).map("\n".join)
PATHS = [
    b"docs/requirements.md", b"docs/a.md", b"docs/plan.md", b"openspec/specs/a/spec.md", b"openspec/changes/c/specs/a/spec.md", b"specs/001-a/spec.md",
    b"specs/001-a/tasks.md", b".kiro/specs/a/requirements.md", b".kiro/specs/a/tasks.md", b"a.feature", b"a.feature.md", b"a.yaml", b"a.json",
    b"src/a.py", b"tests/test_a.py", b"a.rst",
]  # fmt: skip


@given(
    st.sampled_from(PATHS),
    st.one_of(LINES.map(str.encode), LINES.map(lambda text: text.encode("utf-16")), st.binary(max_size=300)),
)
def test_any_content_is_read_and_read_the_same_again(path, content):
    dialect = REQUIREMENTS.dialect(path)
    assert dialect is not None
    first = REQUIREMENTS.parse(dialect, content)
    assert REQUIREMENTS.parse(dialect, content) == first
    assert not [row for row in first["requirement_problems"] if "failed on it" in str(row[3])]


@given(st.sampled_from(PATHS), LINES)
def test_every_place_lies_in_the_file(path, text):
    lines = text.split("\n")
    for importer in BUILT_IN:
        dialect = importer.dialect(path)
        items = importer.import_(dialect, text.encode()).items if dialect is not None else ()
        for line, col in [*((i.line, i.col) for i in items), *((a.line, a.col) for i in items for a in i.links)]:
            assert 1 <= line <= len(lines)
            assert 1 <= col <= len(lines[line - 1]) + 1
        assert all(item.end_line == 0 or item.line <= item.end_line <= len(lines) + 1 for item in items)


@given(st.sampled_from(PATHS), LINES)
def test_line_ends_and_byte_order_marks_change_nothing(path, text):
    for importer in BUILT_IN:
        dialect = importer.dialect(path)
        if dialect is not None and not (importer.name == "unread" or path.endswith(b".json")):
            plain = importer.import_(dialect, text.encode())
            assert importer.import_(dialect, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == plain
