"""`trueline trace` over every form: what cites what across them, what is no item, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Workshop, everything_in

SPEC = "# Requirements\n\n### REQ-1: Mooring\n\nIt MUST moor.\n\n### REQ-2: Fees\n\nIt MUST cost.\n"
OPENSPEC = "## Requirements\n\n### Requirement: Mooring\nIt SHALL moor.\n\n#### Scenario: By day\n- THEN it is moored\n"
FEATURE = "Feature: Harbour\n\n  @REQ-1\n  Scenario: By day\n    Given a quay\n"
OPENAPI = "openapi: 3.0.0\npaths:\n  /berths:\n    get: {operationId: getBerths, responses: {}}\n"


@pytest.fixture
def traced(trueline: Callable[..., Any], new_repository: Callable[..., Workshop]) -> Callable[..., Any]:
    """Trace a repository with these files, and return what the command says as JSON."""

    def made(files: dict[str, Any]) -> Any:
        repository = new_repository("quay")
        repository.commit("Begin", files)
        said = trueline("trace", "-C", repository.path, "--format", "json").is_told_well()
        return said.json | {"status": said.status, "err": said.err}

    return made


def causes(said: Any) -> list[tuple[str, str]]:
    return [(cause["cause"], cause["subject"]) for cause in said["causes"]]


def test_plain_requirements_are_implemented_and_verified_by_comments_and_scenarios(traced):
    said = traced({"docs/spec.md": SPEC, "src/moor.py": "# REQ-1\n# REQ-2\n", "a.feature": FEATURE})

    assert said["by_verdict"] == {"resolved": 3, "untraced": 1, "unverified": 1, "verified": 1}
    assert said["by_kind"] == {"feature": 1, "implements": 2, "req": 2, "scenario": 1}


def test_a_comment_that_cites_a_missing_id_of_a_known_prefix_is_told(traced):
    said = traced({"docs/spec.md": SPEC, "src/moor.py": "# REQ-1\n# REQ-2\n# REQ-9\n"})
    assert causes(said) == [("orphaned", "REQ-9")]


def test_keys_of_a_tracker_are_no_items_and_the_accounting_says_so(traced):
    said = traced(
        {"docs/spec.md": SPEC, "src/moor.py": "# SHOP-9: moor\n", "b.feature": FEATURE.replace("REQ-1", "SHOP-7")}
    )

    assert (said["by_kind"], said["causes"]) == ({"feature": 1, "req": 2, "scenario": 1}, [])
    rules = {row["rule"]: row["state"] for row in said["files"]}
    assert rules["cites or states only what counts nowhere (id_tags)"] == "ignored"


def test_what_has_a_heading_is_only_mentioned_by_a_table_elsewhere(traced):
    table = "# Requirements\n\n| ID | Text |\n|---|---|\n| REQ-1 | Mooring of ships |\n| REQ-2 | Fees of ships |\n"
    said = traced({"docs/spec.md": SPEC, "docs/spec-list.md": table})
    assert (said["items"], said["causes"]) == (2, [])


def test_an_id_used_twice_across_forms_is_one_cause(traced):
    item = "active: true\nlevel: 1.0\nlinks: []\nnormative: true\nreviewed: null\ntext: |\n  It must float.\n"
    said = traced(
        {"docs/spec.md": SPEC, "reqs/.doorstop.yml": "settings: {prefix: REQ, sep: '-'}\n", "reqs/REQ-1.yml": item}
    )
    assert causes(said) == [("conflicting", "REQ-1")]


def test_tasks_cite_what_their_feature_states(traced):
    said = traced(
        {
            "specs/001-quay/spec.md": "- **FR-001**: System MUST moor\n",
            "specs/001-quay/tasks.md": "- [ ] T001 Moor per FR-001\n- [ ] T002 Pay per FR-002\n",
            ".kiro/specs/quay/requirements.md": "### Requirement 1\n\n#### Acceptance Criteria\n\n1. WHEN x THEN y SHALL z\n",
            ".kiro/specs/quay/tasks.md": "- [x] 1. Moor\n  - _Requirements: 1.1, 1.2_\n",
        }
    )
    assert sorted(causes(said)) == [("orphaned", "001-quay/FR-002"), ("orphaned", "quay/1.2")]


def test_open_changes_state_nothing_and_filed_ones_are_ignored_by_name(traced):
    delta = "## MODIFIED Requirements\n\n### Requirement: Mooring\nIt SHALL moor well.\n"
    said = traced(
        {
            "openspec/specs/quay/spec.md": OPENSPEC,
            "openspec/changes/better/specs/quay/spec.md": delta,
            "openspec/changes/archive/2026-01-01-first/specs/quay/spec.md": delta,
        }
    )
    assert (said["by_kind"], said["causes"]) == ({"requirement": 1, "scenario": 1}, [])
    assert {"state": "ignored", "rule": "filed change of OpenSpec", "files": 1, "items": 0} in said["files"]


def test_checks_see_slips_additions_and_overlaps_of_open_changes(trueline, new_repository):
    repository = new_repository("quay")
    change = "openspec/changes/{}/specs/quay/spec.md"
    modified = "## MODIFIED Requirements\n\n### Requirement: {}\nIt SHALL moor well.\n"
    repository.commit(
        "Begin",
        {
            "openspec/specs/quay/spec.md": OPENSPEC,
            change.format("one"): modified.format("Mooring"),
            change.format("two"): modified.format("Mooring"),
            change.format("slip"): modified.format("Moorings"),
            change.format("again"): "## ADDED Requirements\n\n### Requirement: Mooring\nIt SHALL.\n",
        },
    )

    said = trueline("query", "-C", repository.path, "--format", "json",
                    "select change_id, operation, is_in_force, nearest from spec_deltas order by change_id").answers()  # fmt: skip

    assert [tuple(row.values()) for row in said.json["rows"]] == [
        ("again", "added", True, None),
        ("one", "modified", True, None),
        ("slip", "modified", False, "Mooring"),
        ("two", "modified", True, None),
    ]


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("a.feature", "Scenario: x\n", "a.feature:1:1: has no feature before"),
        ("api.yaml", OPENAPI + "x: {$ref: '#/none'}\n", "api.yaml:5:11: refers to #/none"),
        ("docs/spec-more.md", "---\ntitle: x\n\n### REQ-7: y\n", "docs/spec-more.md:1:1: front matter"),
        ("docs/spec-more.md", "| ID | Text | By |\n|---|---|---|\n| REQ-7 | It must |\n", "docs/spec-more.md:3:3: the row"),
        ("docs/spec-more.md", ("# Spec\n\n### REQ-7: y\n" + "word " * 8 + "\n") * 110_000, "docs/spec-more.md: is larger than"),
        ("docs/spec-more.md", "# Spec\n\n### REQ-7: y\n" + "word word\n" * 120_000, "docs/spec-more.md: is too long"),
        ("docs/spec-more.md", b"# Spec\n\n### REQ-7: Liegepl\xe4tze\n", "docs/spec-more.md: is not UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_once_with_its_place(traced, path, content, told):
    said = traced({"docs/spec.md": SPEC, path: content})
    lines = [line for line in said["err"].splitlines() if path in line]
    assert len(lines) == 1
    assert lines[0].startswith(told)
    assert all(problem["fix"] for problem in said["problems"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_requirement_in_another_encoding_with_other_line_ends_is_the_same(traced, encoding):
    said = traced({"docs/spec.md": SPEC.replace("\n", "\r\n").encode(encoding)})
    assert (said["by_kind"], said["problems"]) == ({"req": 2}, [])


def test_looking_twice_gives_the_same_bytes_and_leaves_every_byte_as_it_was(trueline, new_repository):
    repository = new_repository("quay")
    repository.commit(
        "Begin", {"docs/spec.md": SPEC, "a.feature": FEATURE, "api.yaml": OPENAPI, "src/a.py": "# REQ-9\n"}
    )
    before = everything_in(repository.path)

    first, second = (trueline("trace", "-C", repository.path, "--format", "json") for _ in range(2))

    assert (first.status, first.out) == (second.status, second.out)
    assert everything_in(repository.path) == before
    assert repository.git("status", "--porcelain") == ""
