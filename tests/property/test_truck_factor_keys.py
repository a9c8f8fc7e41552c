"""Pseudonyms differ from machine to machine, and no figure may rest on them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.knowledge.truck_factor import truck_factor

PEOPLE = ("a", "b", "c", "d", "e")


@given(
    st.dictionaries(st.integers(0, 9).map(str), st.frozensets(st.sampled_from(PEOPLE), max_size=3), max_size=9),
    st.permutations(PEOPLE),
)
def test_who_is_called_what_changes_no_figure(authors_of: dict[str, frozenset[str]], others: list[str]) -> None:
    renamed = dict(zip(PEOPLE, others, strict=True))
    elsewhere = {path: frozenset(renamed[author] for author in authors) for path, authors in authors_of.items()}
    assert truck_factor(elsewhere) == truck_factor(authors_of)
