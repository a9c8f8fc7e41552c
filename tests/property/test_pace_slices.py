"""Nothing that is shown of when people work, nor what is left when it is taken away, is of fewer than five persons."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.pace.slices import K, shown_slices

persons = st.frozensets(st.integers(0, 14).map(str), max_size=12)
parts = st.dictionaries(st.sampled_from([None, "dock", "quay", "tills", "yard"]), persons, max_size=5)


@given(parts)
def test_no_slice_and_no_difference_of_slices_is_smaller_than_k(people_of: dict[str | None, frozenset[str]]) -> None:
    shown = shown_slices(people_of)

    everyone = frozenset[str]().union(*people_of.values())
    assert (shown is None) == (len(everyone) < K)
    for name in shown or ():
        assert len(people_of[name]) >= K
        assert not 0 < len(everyone - people_of[name]) < K
    # Whoever takes some shown slices from the whole is left with the changes of all others.
    for size in range(1, len(shown or ()) + 1):
        for taken in combinations(sorted(shown or ()), size):
            left = frozenset[str]().union(*(people for name, people in people_of.items() if name not in taken))
            assert not 0 < len(left) < K


@given(parts)
def test_slices_that_are_large_enough_together_are_not_hidden_for_nothing(
    people_of: dict[str | None, frozenset[str]],
) -> None:
    everyone = frozenset[str]().union(*people_of.values())
    is_safe = all(len(people) >= K and len(everyone - people) >= K for people in people_of.values())

    if len(people_of) > 1 and is_safe:
        assert shown_slices(people_of) == people_of.keys() - {None}
