"""Every check, asked twice, says the same bytes and leaves the repository as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import NOW, Said, Workshop, everything_in

Trueline = Callable[..., Said]
DAY = 86_400

HANDBOOK = {
    "trueline.toml": (
        'schema = 1\nname = "quay"\n\n[records]\n"handbook/classes/*.md" = "document_class"\n'
        '"handbook/decisions/*.md" = "decision"\n'
    ),
    "handbook/classes/spec.md": (
        "---\nid: spec\ntitle: Specification\npaths: [specs/*.md]\nrequired_fields: [status, version, owner]\n"
        "states: [draft, canonical, superseded]\ntransitions: [draft > canonical]\nindex: specs/README.md\n---\n# Spec\n"
    ),
    "handbook/decisions/0001-berths.md": (
        "---\nid: '0001'\ntitle: Berths\nstatus: accepted\ndecided_on: 2026-01-01\nowner: role:nobody\n"
        "review_on: 2026-02-01\n---\n# Berths\n\n## Context\nC.\n\n## Decision\nD.\n\n## Consequences\nE.\n"
    ),
}
DOCUMENTS = {
    "README.md": "# Quay\n\nSee [the berths](specs/berths.md) and [nothing](specs/gone.md).\n",
    "specs/README.md": "# Specifications\n\n- [Berths](berths.md)\n- [Cranes](cranes.md)\n",
    "specs/berths.md": (
        "---\nstatus: canonical\nversion: 1.0\nowner: role:harbour-master\n---\n# Berths\n\n## REQ-1 Mooring\n\n"
        "A ship MUST leave within 3 days.\n\n## REQ-2 Fees\n\nThe fee MUST be 5 EUR.\n\n## Glossary\n\n- **Berth**: a place.\n"
    ),
    "specs/tides.md": "---\nstatus: drafty\n---\n# Tides\n\n## REQ-1 Ebb\n\nIt MUST be known.\n\nTODO: agree on it.\n",
}
REQUIREMENTS = {
    "openspec/specs/berths/spec.md": (
        "# Berths\n\n## Requirements\n\n### Requirement: Mooring\nIt MUST hold.\n\n#### Scenario: S\n- it holds\n"
    ),
    "openspec/changes/widen/specs/berths/spec.md": (
        "## MODIFIED Requirements\n\n### Requirement: Moring\nIt MUST hold on.\n\n#### Scenario: S\n- it holds\n"
    ),
    "doc/design.md": "`req~moor~1`\n\nIt must hold.\n\nNeeds: impl, utest\n",
    "req/.doorstop.yml": "settings:\n  digits: 3\n  prefix: REQ\n  sep: ''\n",
    "req/REQ001.yml": "active: true\nlevel: 1.0\nlinks: []\nnormative: true\nreviewed: null\ntext: |\n  It shall hold.\n",
    "features/moor.feature": "@REQ-1\nFeature: Mooring\n  Scenario: A ship leaves\n    Given a ship\n",
    "api/openapi.yaml": (
        "openapi: 3.0.3\ninfo: {title: Quay, version: '1'}\npaths:\n  /berths:\n    get:\n      operationId: berths\n"
        "      responses: {'200': {$ref: '#/components/responses/Gone'}}\n"
    ),
}
CODE = {
    "src/moor.py": f"# [{'impl'}->req~moor~2]\ndef moor():\n    return 3  # REQ-2\n",
    "tests/test_moor.py": "import pytest\n\n\n@pytest.mark.requirement('REQ-1')\ndef test_moor():\n    assert True\n",
}
REPORTS = {
    "build/junit.xml": (
        '<testsuite tests="1" failures="1"><testcase classname="tests.test_moor" name="test_moor">'
        '<failure message="no"/></testcase></testsuite>'
    ),
    "build/lcov.info": "SF:src/moor.py\nDA:1,1\nDA:2,0\nend_of_record\n",
}


@pytest.fixture
def quay(new_repository: Callable[..., Workshop]) -> Workshop:
    """A handbook, documents, requirements of every form, code and tests, each with something wrong, and two branches."""
    quay = new_repository("quay")
    first = HANDBOOK | DOCUMENTS | REQUIREMENTS | CODE | {".gitignore": "build/\n"}
    quay.commit("Begin", first, at=NOW - 60 * DAY)
    berths = DOCUMENTS["specs/berths.md"]
    for name, days in (("deepen", "4"), ("widen", "5")):
        quay.git("checkout", "-q", "-b", name, "main")
        quay.commit(f"Work on {name}", {"specs/berths.md": berths.replace("3 days", f"{days} days")}, at=NOW - 30 * DAY)
    quay.git("checkout", "-q", "main")
    quay.commit("Raise the fee", {"specs/berths.md": berths.replace("5 EUR", "6 EUR")}, at=NOW - 20 * DAY)
    for path, content in REPORTS.items():
        quay.write(path, content)
    return quay


def everything_asked(trueline: Trueline, quay: Workshop, known: str) -> Iterator[tuple[str, str]]:
    """Yield each question about the repository with its answer: all checks at once, and all rows of those violated."""
    place = ("-C", str(quay.path))
    at = ("--as-of", "2026-02-25", "--known-at", known)
    found = trueline("check", *place, *at, "--format", "json").is_told_well().json["findings"]
    asked = [
        *(("rule", "run", rule, *at, "--format", "json") for rule in sorted({one["rule"] for one in found})),
        ("check", *at, "--format", "json"),
        ("scan", *at, "--format", "json"),
        ("trace", "--format", "json"),
        ("trace", "--as", "doorstop"),
        ("trace", "--as", "oft"),
        ("explain", "src/moor.py:2"),
    ]
    for words in asked:
        said = trueline(*words, *place).is_told_well()
        assert said.status in (0, 1), (words, said.err)
        yield " ".join(words), said.out


def test_every_check_says_the_same_again_and_touches_nothing(trueline: Trueline, quay: Workshop, own_places: Path):
    place = ("-C", str(quay.path))
    reports = ("--tests", str(quay.path / "build/junit.xml"), "--coverage", str(quay.path / "build/lcov.info"))
    trueline("collect", *place, *reports).answers()
    known = trueline("check", *place, "--format", "json").json["known_at"]
    before = everything_in(quay.path)

    first = dict(everything_asked(trueline, quay, known))
    for folder in (*own_places.glob("*/snapshots"), *own_places.glob("*/traces"), *own_places.glob("*/requirements")):
        shutil.rmtree(folder)
    again = dict(everything_asked(trueline, quay, known))

    assert [question for question in first if first[question] != again[question]] == []
    assert everything_in(quay.path) == before
    assert quay.git("status", "--porcelain") == ""


def test_what_is_asked_twice_finds_something(trueline: Trueline, quay: Workshop):
    trueline("collect", "-C", quay.path).answers()
    rules = trueline("check", "-C", quay.path, "--as-of", "2026-02-25", "--format", "json").json["findings"]

    assert {finding["rule"] for finding in rules} >= {
        "conformance.broken_reference",
        "conformance.document_state_unknown",
        "conformance.requirement_changed_on_two_branches",
        "conformance.requirement_duplicate_id",
        "conformance.spec_delta_matches_nothing",
    }
