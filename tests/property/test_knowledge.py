"""What must hold of authorship, truck factors, areas and persons for any history."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.knowledge.areas import LEAST_FILES, areas_of
from trueline.analyses.knowledge.figures import Scope, measure_knowledge
from trueline.analyses.knowledge.lineage import FileChange
from trueline.analyses.persons.join import Use, join_addresses

PATHS = [f"{directory}{name}.py" for directory in ("", "src/", "src/api/", "web/") for name in "abcd"]
SCOPE = Scope("shop", date(2026, 3, 1), 100, frozenset(PATHS), frozenset(PATHS))


@st.composite
def file_changes(draw: st.DrawFn, people: tuple[str | None, ...] = ("ann", "bob", "cat", None)) -> FileChange:
    status = draw(st.sampled_from("AMDRCT"))
    old = draw(st.sampled_from(PATHS)) if status in "RC" else None
    position = draw(st.integers(1, 12))
    # Who wrote a commit is one person, as it is in git.
    return FileChange(position, position, people[position % len(people)], draw(st.sampled_from(PATHS)), old, status)


histories = st.lists(file_changes(), max_size=60, unique_by=lambda change: (change.position, change.path))


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(changes: list[FileChange], chance: random.Random) -> None:
    shuffled = chance.sample(changes, len(changes))
    assert measure_knowledge(SCOPE, shuffled) == measure_knowledge(SCOPE, changes)


@given(histories)
def test_a_truck_factor_never_exceeds_the_people(changes: list[FileChange]) -> None:
    for _, _, files, with_author, people, factor, first, sole, *_ in measure_knowledge(SCOPE, changes)["truck_factors"]:
        assert 0 <= factor <= people
        assert with_author <= files
        assert (people == 0) == (first is None) == (with_author == 0)
        assert 0 <= sole <= 1


@given(histories)
def test_changes_of_content_by_bots_can_be_left_out(changes: list[FileChange]) -> None:
    without = [change for change in changes if change.person_key is not None or change.status not in "MT"]
    known = {change.path for change in changes if change.status not in "MT"}
    scope = replace(SCOPE, tree=frozenset(known), paths=frozenset(known))
    assert measure_knowledge(scope, without)["file_authors"] == measure_knowledge(scope, changes)["file_authors"]


@given(histories)
def test_the_highest_degree_of_a_file_is_one_person_s_whole(changes: list[FileChange]) -> None:
    highest: dict[object, float] = {}
    for _, path, _, _, deliveries, acceptances, degree, normalised, is_author in measure_knowledge(SCOPE, changes)[
        "file_authors"
    ]:
        assert min(deliveries, acceptances) >= 0
        assert not is_author or (normalised > 0.75 and degree >= 3.293)
        highest[path] = max(highest.get(path, 0.0), normalised)
    assert set(highest.values()) <= {1.0}


parts = st.sampled_from(("src", "lib", "a", "b", "c"))


@given(st.lists(st.lists(parts, min_size=0, max_size=5), max_size=80))
def test_areas_are_directories_above_their_files_and_big_enough(directories: list[list[str]]) -> None:
    paths = ["/".join([*held, f"f{number}.py"]) for number, held in enumerate(directories)]
    found = areas_of(paths)
    for path, area in found.items():
        assert path.startswith(area + "/")
        assert list(found.values()).count(area) >= LEAST_FILES
    assert areas_of(reversed(paths)) == found


keys = st.sampled_from("abcdef")
uses = st.lists(
    st.builds(Use, st.sampled_from(("shop", "till")), keys, st.none() | keys, st.integers(1, 3), st.none() | keys),
    max_size=25,
)


@given(uses, st.randoms(use_true_random=False))
def test_every_address_is_one_person_whatever_the_order(found: list[Use], chance: random.Random) -> None:
    rows = join_addresses(found)
    assert join_addresses(chance.sample(found, len(found))) == rows
    assert {row[:2] for row in rows} == {(use.repository, use.author_key) for use in found}
    person_of = {row[1]: row[2] for row in rows}
    assert all(person_of[person] == person for person in person_of.values())


@given(uses)
def test_without_a_second_commit_under_a_name_nobody_is_joined(found: list[Use]) -> None:
    once = {(use.name_key, use.author_key): use._replace(commits=1, login_key=None) for use in found}
    assert all(row[1] == row[2] for row in join_addresses(once.values()))


@given(uses, st.lists(st.lists(keys, min_size=1, max_size=3), max_size=3))
def test_a_record_is_one_person_and_nobody_else(found: list[Use], declared: list[list[str]]) -> None:
    person_of = {row[1]: row[2] for row in join_addresses(found, declared)}
    taken: set[str] = set()
    for addresses in declared:
        held = {address for address in addresses if address in person_of} - taken
        taken |= held
        assert len({person_of[address] for address in held}) <= 1
        outside = person_of.keys() - held
        assert {person_of[a] for a in held}.isdisjoint(person_of[a] for a in outside)
