"""A handbook in which every document says something else: each contradiction is told once, with its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import NOW, Said, Workshop

Trueline = Callable[..., Said]
DAY = 86_400

CLASSES = {
    "trueline.toml": 'schema = 1\nname = "quay"\n\n[records]\n"handbook/classes/*.md" = "document_class"\n',
    "handbook/classes/charter.md": "---\nid: charter\ntitle: Charter\npaths: [/charters/*.md]\nprecedence: 2\n---\n# C\n",
    "handbook/classes/spec.md": (
        "---\nid: spec\ntitle: Specification\npaths: [/specs/*.md]\nstates: [draft, canonical, retired]\n"
        "canonical_states: [canonical]\nfinal_states: [retired]\ntransitions: [draft > canonical, retired > review]\n"
        "index: specs/README.md\nprecedence: 1\n---\n# Spec\n"
    ),
    "handbook/classes/guide.md": (
        "---\nid: guide\ntitle: Guide\npaths: [/guides/*.md]\nderived_from: explains\n---\n# Guide\n"
    ),
    "handbook/classes/tutorial.md": (
        "---\nid: tutorial\ntitle: Tutorial\npaths: [/guides/*.md]\nderived_from: explains\nrequired_fields: [owner]\n---\n# T\n"
    ),
}
DOCUMENTS = {
    "charters/specs.md": "# Role Charter: Head of Specs\n\n**Role:** Head of Specs\n**Approver:** role:harbour-board\n",
    "specs/README.md": "# Specifications\n\n- [Berths](berths.md)\n- [Fees](fees.md)\n- [Tides](tides.md)\n",
    "docs/index.md": "# Index\n\n- [Berths](../specs/berths.md)\n- [Fees](../specs/fees.md)\n- [Ebb](../specs/ebb.md)\n",
    "specs/berths.md": (
        "---\nstatus: canonical\nowner: Head of Specs\n---\n# Berths\n\nA ship must leave its berth within 3 days of mooring.\n\n"
        "## Glossary\n\n- **Berth**: a place for one ship.\n"
    ),
    "specs/fees.md": (
        "---\nstatus: canonical\nowner: Yard Lead\n---\n# Fees\n\nA ship must leave its berth within 4 days of mooring.\n\n"
        "| Fee | Price |\n|---|---|\n| [[berth]] | 3 | 4 |\n| [[crane]] | 5 |\n"
    ),
    "specs/tides.md": "---\nstatus: canonical\n---\n# Tides\n",
    "specs/ebb.md": "---\nstatus: draft\n---\n# Ebb\n",
    "guides/mooring.md": (
        "---\nexplains: specs/berths.md\nowner: Head of Specs\n---\n# Mooring\n\n"
        "A ship must leave its berth within 9 days of mooring.\n"
    ),
    "lifecycle.md": (
        "# Lifecycle of documents\n\n## States\n\n- **Draft**: being written\n- **Canonical**: prevails\n"
        "- **Retired**: a terminal state\n\nRetired → Draft\n\n"
        "## Order of precedence\n\n1. Charters\n2. Specifications\n3. Gates\n\n"
        "## Classes\n\n| Class | May own |\n|---|---|\n| Charter | all |\n| Specification | all |\n| Runbook | all |\n"
    ),
}


@pytest.fixture
def findings(new_repository: Callable[..., Workshop], trueline: Trueline) -> dict[str, list[dict[str, object]]]:
    """What `check` finds in the handbook, by rule."""
    quay = new_repository("quay")
    quay.commit("Begin", CLASSES | DOCUMENTS, at=NOW - 60 * DAY)
    for day in (50, 40):
        tides = DOCUMENTS["specs/tides.md"] + f"\nThey are read on {day} days.\n"
        quay.commit("Go on", {"specs/tides.md": tides}, at=NOW - day * DAY)
    trueline("collect", "-C", str(quay.path)).answers()
    found: dict[str, list[dict[str, object]]] = {}
    for one in trueline("check", "-C", str(quay.path), "--as-of", "2026-02-25", "--format", "json").json["findings"]:
        found.setdefault(one["rule"].removeprefix("conformance."), []).append(one)
    return found


def test_each_contradiction_is_one_finding_with_its_place(findings: dict[str, list[dict[str, object]]]):
    places = {
        rule: [(one["path"], one["line"]) for one in findings.get(rule, [])]
        for rule in (
            "canonical_documents_disagree",
            "class_named_but_not_declared",
            "document_class_contradicts_itself",
            "document_class_declared_twice",
            "documents_approved_by_their_author",
            "indexes_disagree",
            "lifecycle_guide_contradicts_itself",
            "precedence_contradicts",
            "role_id_without_charter",
            "role_title_without_charter",
            "supporting_document_contradicts_source",
            "table_row_ragged",
            "term_used_without_definition",
        )
    }

    assert places == {
        "canonical_documents_disagree": [("specs/fees.md", 7)],
        "class_named_but_not_declared": [("lifecycle.md", 23)],
        "document_class_contradicts_itself": [("handbook/classes/spec.md", 2)],
        "document_class_declared_twice": [("handbook/classes/tutorial.md", 2)],
        "documents_approved_by_their_author": [(None, None)],
        "indexes_disagree": [("docs/index.md", 5)],
        "lifecycle_guide_contradicts_itself": [("lifecycle.md", 9)],
        "precedence_contradicts": [("lifecycle.md", 13), ("lifecycle.md", 15)],
        "role_id_without_charter": [("charters/specs.md", 4)],
        "role_title_without_charter": [("specs/fees.md", 3)],
        "supporting_document_contradicts_source": [("guides/mooring.md", 7)],
        "table_row_ragged": [("specs/fees.md", 11)],
        "term_used_without_definition": [("specs/fees.md", 12)],
    }


def test_every_finding_says_how_to_mend_it(findings: dict[str, list[dict[str, object]]]):
    fixes = [str(one["fix"]) for found in findings.values() for one in found]

    assert [fix for fix in fixes if not fix or "{" in fix] == []


def test_the_note_on_separation_of_duties_names_nobody(findings: dict[str, list[dict[str, object]]]):
    (note,) = findings["documents_approved_by_their_author"]

    assert "all 3 changes" in str(note["message"])
    assert "Ana" not in str(note)
