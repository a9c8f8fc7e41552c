"""What is put to a person to decide, and what is not."""

from __future__ import annotations

from trueline.analyses.persons.join import ADDRESSES_OF_A_PERSON, Use, join_addresses
from trueline.analyses.persons.logins import Authored, Merged, merges_beside_addresses
from trueline.analyses.persons.proposals import propose
from trueline.model.table import Row


def proposals(*uses: Use, decided: frozenset[str] = frozenset()) -> list[Row]:
    person_of = {str(address): str(person) for _, address, person, _ in join_addresses(uses)}
    return propose(uses, person_of, [], set(decided))


def test_a_name_with_one_commit_on_one_side_is_proposed_with_both_sides() -> None:
    uses = [Use("shop", "home", "ann lee", 9), Use("shop", "desk", "ann lee", 1)]
    assert proposals(*uses) == [("desk", "home", "same_full_name", 1, 9)]


def test_what_is_joined_already_is_not_proposed() -> None:
    assert proposals(Use("shop", "home", "ann lee", 9), Use("shop", "desk", "ann lee", 2)) == []


def test_what_a_record_decided_is_not_proposed_again() -> None:
    uses = [Use("shop", "home", "ann lee", 9), Use("shop", "desk", "ann lee", 1)]
    assert proposals(*uses, decided=frozenset({"home", "desk"})) == []
    assert proposals(*uses, decided=frozenset({"home"})) != []


def test_a_name_on_too_many_addresses_proposes_nothing() -> None:
    assert proposals(*(Use("shop", f"a{n:02}", "build server", 1) for n in range(ADDRESSES_OF_A_PERSON + 1))) == []


def test_an_account_named_by_one_that_brings_the_work_of_another_is_proposed() -> None:
    person_of = {"ann-noreply": "ann-noreply", "ann": "ann"}
    merged = [Merged("shop", str(n), "ann-login", "ann") for n in range(3)]
    beside = merges_beside_addresses(person_of, [Authored("ann-login", "ann-noreply")], merged)
    assert propose([], person_of, beside, set()) == [("ann", "ann-noreply", "merges_of_account", 3, 3)]
