from __future__ import annotations

from typing import Any

from trueline.analyses.lifecycle_guides.build import build
from trueline.sources.trees.documents import parse_document

GUIDE = "# Lifecycle\n\n- **Draft**: written\n- **Final**: a terminal state\n- **Withdrawn**: gone\n\nFinal -> Draft\n"
TABLES = ("document_fields", "sections", "passages", "document_cells", "code_blocks")


def rows(documents: dict[str, str]) -> dict[str, list[Any]]:
    """Build over documents that all are candidates."""
    parsed = {path: parse_document(text.encode()).rows for path, text in documents.items()}

    def read(sql: str) -> list[tuple[Any, ...]]:
        table = next(name for name in TABLES if f"from {name} as t" in sql)
        return [("quay", path, *row) for path, found in sorted(parsed.items()) for row in found[table]]

    return {name: list(found) for name, found in build(read).items()}


def test_a_guide_is_told_with_its_states_and_where_it_contradicts_itself():
    found = rows({"lifecycle.md": GUIDE})

    assert found["lifecycle_guides"] == [("quay", "lifecycle.md", ["Draft", "Final", "Withdrawn"], ["Final > Draft"])]
    assert found["guide_contradictions"] == [
        ("quay", "lifecycle.md", 7, "leads from final to draft, and says that final is an end")
    ]


def test_a_list_of_other_words_is_no_guide():
    found = rows({"stages.md": "# Stages\n\n- **Proposal**: a\n- **Design**: b\n- **Tasks**: c\n"})

    assert found == {"lifecycle_guides": [], "guide_contradictions": []}


def test_a_document_that_only_says_its_state_is_no_guide():
    assert rows({"adr.md": "# A\n\n## Status\n\nAccepted\n"})["lifecycle_guides"] == []
