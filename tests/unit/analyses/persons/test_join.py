"""When two addresses are one person, and when they are not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from trueline.analyses.persons.join import ADDRESSES_OF_A_PERSON, NAMES_OF_A_PERSON, Use, join_addresses


def persons(*uses: Use, declared: Sequence[Collection[str]] = ()) -> dict[str, str]:
    return {str(address): str(person) for _, address, person, _ in join_addresses(uses, declared)}


def evidence(*uses: Use) -> dict[str, str]:
    return {str(address): str(shown) for _, address, _, shown in join_addresses(uses)}


def test_addresses_with_the_same_full_name_on_both_sides_are_one_person() -> None:
    uses = [Use("shop", "home", "ann", 5), Use("shop", "desk", "ann", 2)]
    assert persons(*uses) == {"home": "desk", "desk": "desk"}
    assert evidence(*uses) == {"home": "same_full_name", "desk": "same_full_name"}


def test_one_stray_commit_never_joins() -> None:
    uses = [Use("shop", "ann", "ann", 50), Use("shop", "bob", "bob", 50), Use("shop", "bob", "ann", 1)]
    assert persons(*uses) == {"ann": "ann", "bob": "bob"}


def test_addresses_without_a_full_name_stay_apart() -> None:
    assert persons(Use("shop", "a", None, 9), Use("shop", "b", None, 9)) == {"a": "a", "b": "b"}


def test_a_name_on_too_many_addresses_joins_nothing() -> None:
    uses = [Use("shop", f"a{n:02}", "build server", 9) for n in range(ADDRESSES_OF_A_PERSON + 1)]
    assert len(set(persons(*uses).values())) == len(uses)
    assert set(evidence(*uses).values()) == {"shared_name"}


def test_as_many_addresses_as_a_person_may_have_are_joined() -> None:
    uses = [Use("shop", f"a{n:02}", "ann", 9) for n in range(ADDRESSES_OF_A_PERSON)]
    assert set(persons(*uses).values()) == {"a00"}


def test_an_address_under_many_names_joins_nothing() -> None:
    names = [f"n{n}" for n in range(NAMES_OF_A_PERSON + 1)]
    uses = [Use("shop", "office", name, 3) for name in names] + [Use("shop", f"own-{name}", name, 3) for name in names]
    assert len(set(persons(*uses).values())) == len(names) + 1
    assert evidence(*uses)["office"] == "shared_address"


def test_support_is_weighed_over_all_repositories_together() -> None:
    uses = [Use("shop", "home", "ann", 1), Use("till", "home", "ann", 1), Use("till", "desk", "ann", 2)]
    assert [row[:3] for row in join_addresses(uses)] == [
        ("shop", "home", "desk"),
        ("till", "desk", "desk"),
        ("till", "home", "desk"),
    ]


def test_addresses_that_a_forge_made_for_one_account_are_one_person() -> None:
    uses = [Use("shop", "old-form", None, 1, "ann"), Use("shop", "new-form", "ann lee", 1, "ann")]
    assert set(persons(*uses).values()) == {"new-form"}
    assert evidence(*uses) == {"new-form": "same_account", "old-form": "same_account"}


def test_a_record_joins_what_git_cannot() -> None:
    uses = [Use("shop", "home", "ann", 5), Use("shop", "desk", "ann married", 2)]
    assert set(persons(*uses, declared=[["home", "desk"]]).values()) == {"desk"}
    assert [row[3] for row in join_addresses(uses, [["home", "desk"]])] == ["record", "record"]


def test_a_record_keeps_apart_what_git_would_join() -> None:
    uses = [Use("shop", "ann", "kim lee", 5), Use("shop", "bob", "kim lee", 5), Use("shop", "home", "kim lee", 5)]
    joined = persons(*uses, declared=[["bob"]])
    assert joined == {"ann": "ann", "home": "ann", "bob": "bob"}


def test_an_address_of_a_record_that_nobody_used_changes_nothing() -> None:
    assert persons(Use("shop", "ann", "ann", 5), declared=[["ann", "never"]]) == {"ann": "ann"}


def test_of_an_address_in_two_records_the_first_counts() -> None:
    uses = [Use("shop", name, None, 1) for name in ("a", "b", "c")]
    assert persons(*uses, declared=[["a", "b"], ["b", "c"]]) == {"a": "a", "b": "a", "c": "c"}
