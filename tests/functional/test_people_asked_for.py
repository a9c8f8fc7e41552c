"""`--people`: persons are shown only to those who ask, as pseudonyms, and as addresses only where identities are decided."""

from __future__ import annotations

import pytest

ANA, OTHER = ("Ana Lima", "ana@harbour.test"), ("Ana Lima", "ana@quay.test")


@pytest.fixture
def shop(new_repository):
    made = new_repository("shop")
    for number in range(4):
        made.commit(f"A {number}", author=ANA)
        made.commit(f"B {number}", author=OTHER)
        made.commit(f"C {number}", author=("Bo Sund", "bo@harbour.test"))
    return made


def test_a_query_shows_persons_only_where_it_is_asked_to(trueline, shop):
    trueline("collect", "-C", shop.path).answers()

    trueline("query", "-C", shop.path, "select author_key from commits").refuses("author_key")
    shown = trueline("query", "-C", shop.path, "--people", "select distinct author_key from commits").answers()

    assert "3 rows" in shown.out
    assert "harbour.test" not in shown.out


def test_what_if_somebody_left_is_shown_at_that_clearance(trueline, shop):
    shop.commit("Code", {"src/a.py": "a = 1\n"}, author=ANA)
    trueline("collect", "-C", shop.path).answers()

    said = trueline("query", "-C", shop.path, "--people", "select area, files_known from knowledge_what_if").answers()

    assert "files_known" in said.out or "0 rows" in said.out


def test_proposals_are_shown_with_addresses_and_only_when_asked_for(trueline, shop):
    trueline("collect", "-C", shop.path).answers()

    trueline("identity", "list", "-C", shop.path).refuses("--people")
    said = trueline("identity", "list", "-C", shop.path, "--people", "--format", "json").answers().json

    shown = {address for row in said["proposals"] for address in (*row["addresses"], *row["other_addresses"])}
    assert shown <= {"ana@harbour.test", "ana@quay.test", "bo@harbour.test"}
