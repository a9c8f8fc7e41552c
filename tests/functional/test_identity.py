"""A record says which addresses are one person; taking it back undoes it, and no address leaves the tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]

MAIDEN, MARRIED = ("Ottoline Vandersnoot", "ottoline@vandersnoot.test"), ("O. Quackenbush", "Oq@wobblegong.test")
RECORD = "kind: identity\naddresses: [ottoline@vandersnoot.test, oq@wobblegong.test]\nreason: Told by the person.\n"


@pytest.fixture
def two_names(tmp_path: Path) -> Workshop:
    """Return a repository where one person wrote under two addresses that share no name."""
    repository = Workshop(tmp_path / "repo")
    for number in range(6):
        repository.commit(f"Change {number}", {f"{number}.py": f"x = {number}\n"}, author=(MAIDEN, MARRIED)[number % 2])
    return repository


def people(trueline: Run, repository: Workshop) -> str:
    trueline("scan", repository.path, "-q").answers()
    said = trueline("query", "select people from contributors", "-C", repository.path, "--format", "csv").answers()
    return said.out.split()[1]


def test_a_record_makes_two_addresses_one_person_until_it_is_withdrawn(trueline: Run, two_names: Workshop):
    assert people(trueline, two_names) == "2"

    two_names.write("identities/one.yaml", RECORD)
    assert people(trueline, two_names) == "1"

    two_names.write("identities/one.yaml", f"{RECORD}withdrawn_on: 2026-01-31\n")
    assert people(trueline, two_names) == "2"


def test_the_addresses_of_a_record_reach_no_snapshot(trueline: Run, two_names: Workshop, own_places: Path):
    two_names.write("identities/one.yaml", RECORD)
    assert people(trueline, two_names) == "1"

    for snapshot in own_places.rglob("*.duckdb"):
        content = snapshot.read_bytes().lower()
        assert b"vandersnoot" not in content
        assert b"wobblegong" not in content


def test_the_addresses_of_a_record_cannot_be_asked_for(trueline: Run, two_names: Workshop):
    two_names.write("identities/one.yaml", RECORD)
    trueline("scan", two_names.path, "-q").answers()
    said = trueline("query", "select addresses from identities", "-C", two_names.path).is_told_well()
    assert said.status == 2
