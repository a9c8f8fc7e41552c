"""When an account is a person's, and when nothing is said."""

from __future__ import annotations

from trueline.analyses.persons.logins import Authored, Merged, logins_of_persons

ANN, BO = ("shop", "ann-home", "ann", "one_address"), ("shop", "bo-home", "bo", "one_address")


def merges(login: str, count: int, *authors: str, start: int = 0) -> list[Merged]:
    return [Merged("shop", f"m{start + n}", login, author) for n in range(count) for author in authors]


def test_an_address_of_a_forge_ties_its_login() -> None:
    assert logins_of_persons([ANN, BO], [Authored("@ann", "ann-home")], []) == [("shop", "@ann", "ann", "address")]


def test_a_login_is_known_in_every_repository_where_the_person_wrote() -> None:
    elsewhere = ("till", "ann-desk", "ann", "same_full_name")
    found = logins_of_persons([ANN, elsewhere], [Authored("@ann", "ann-home")], [])
    assert [row[0] for row in found] == ["shop", "till"]


def test_an_author_who_is_no_person_has_no_login() -> None:
    assert logins_of_persons([ANN], [Authored("@robot", "robot")], merges("@robot", 9, "robot")) == []


def test_three_merges_of_a_persons_work_tie_a_login_and_two_do_not() -> None:
    assert logins_of_persons([ANN], [], merges("@ann", 2, "ann-home")) == []
    assert logins_of_persons([ANN], [], merges("@ann", 3, "ann-home")) == [("shop", "@ann", "ann", "merges")]


def test_four_merges_in_five_are_enough_and_fewer_are_not() -> None:
    most = merges("@ann", 4, "ann-home")
    assert logins_of_persons([ANN, BO], [], [*most, *merges("@ann", 1, "bo-home", start=10)]) == [
        ("shop", "@ann", "ann", "merges")
    ]
    assert logins_of_persons([ANN, BO], [], [*most, *merges("@ann", 2, "bo-home", start=10)]) == []


def test_two_who_always_work_together_are_not_told_apart() -> None:
    assert logins_of_persons([ANN, BO], [], merges("@ann", 5, "ann-home", "bo-home")) == []


def test_two_addresses_of_one_person_are_one_person_in_a_merge() -> None:
    desk = ("shop", "ann-desk", "ann", "same_full_name")
    assert logins_of_persons([ANN, desk], [], merges("@ann", 3, "ann-home", "ann-desk")) == [
        ("shop", "@ann", "ann", "merges")
    ]


def test_an_address_prevails_over_merges() -> None:
    found = logins_of_persons([ANN, BO], [Authored("@ann", "ann-home")], merges("@ann", 9, "bo-home"))
    assert found == [("shop", "@ann", "ann", "address")]


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [*merges("@ann", 3, "ann-home"), *merges("@bo", 4, "bo-home", start=10)]
    assert logins_of_persons([ANN, BO], [], rows) == logins_of_persons([BO, ANN], [], reversed(rows))
