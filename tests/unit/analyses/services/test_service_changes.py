"""Which services a landed change touched."""

from __future__ import annotations

from trueline.analyses.services.changes import Touch, changes_of_services, earlier_names

FILES = {"svc/berths/a.py": {"berths"}, "lib/b.py": set[str]()}


def test_a_change_of_an_earlier_name_belongs_to_what_the_file_is_now() -> None:
    names = earlier_names([("old/a.py", "mid/a.py"), ("mid/a.py", "svc/berths/a.py")], FILES)

    found = changes_of_services([Touch("c1", "old/a.py", None, "M")], {}, names)

    assert found == {("c1", "berths"): 1}


def test_a_name_that_is_in_use_again_is_another_files() -> None:
    assert earlier_names([("lib/b.py", "svc/berths/a.py")], FILES) == {}


def test_names_that_were_swapped_lead_nowhere_twice() -> None:
    names = earlier_names([("x", "svc/berths/a.py"), ("y", "x"), ("x", "y")], FILES)

    assert names == {"x": {"berths"}, "y": {"berths"}}


def test_a_file_that_is_gone_still_belongs_to_the_service_whose_pattern_matches_it() -> None:
    found = changes_of_services([Touch("c1", "svc/berths/gone.py", None, "D")], {"svc/berths/gone.py": {"berths"}}, {})

    assert found == {("c1", "berths"): 1}


def test_a_move_between_services_touches_both_and_a_copy_only_where_it_arrives() -> None:
    by_pattern = {"a/x": {"tariffs"}, "b/x": {"berths"}}

    assert changes_of_services([Touch("c1", "b/x", "a/x", "R")], by_pattern, {}) == {
        ("c1", "berths"): 1,
        ("c1", "tariffs"): 1,
    }
    assert changes_of_services([Touch("c2", "b/x", "a/x", "C")], by_pattern, {}) == {("c2", "berths"): 1}
