"""What must hold of familiarity for any history."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.familiarity.decay import WINDOW_DAYS
from trueline.analyses.familiarity.figures import Evidence, measure_familiarity
from trueline.analyses.familiarity.recent import Commit
from trueline.analyses.familiarity.tables import AREA_FAMILIARITY

PATHS = [f"{directory}{name}.py" for directory in ("", "src/", "web/") for name in "abc"]
AREAS = {path: path.partition("/")[0] if "/" in path else None for path in PATHS}

people = st.sampled_from(("ann", "bob", "cat"))
commits = st.lists(
    st.builds(Commit, st.uuids().map(str), st.just("change"), people, st.integers(0, WINDOW_DAYS - 1)),
    min_size=1,
    max_size=6,
)
evidences = st.builds(
    Evidence,
    st.just("shop"),
    st.just(date(2026, 3, 1)),
    st.just(AREAS),
    st.dictionaries(st.sampled_from(PATHS), st.sets(people, min_size=1)),
    st.sets(people),
    st.dictionaries(st.sampled_from(PATHS), commits),
)


@given(evidences)
def test_figures_stay_within_what_they_are_shares_and_numbers_of(evidence: Evidence) -> None:
    for values in measure_familiarity(evidence):
        row = dict(zip(AREA_FAMILIARITY.column_names, values, strict=True))
        files, changed, held = row["files"], row["files_changed"], row["people"]
        assert isinstance(files, int)
        assert isinstance(changed, int)
        assert isinstance(held, int)
        assert 0 <= changed <= files
        assert (changed == 0) == (held == 0) == (row["depends_on"] is None) == (row["first_share"] is None)
        assert row["depends_on"] is None or row["depends_on"] in range(1, held + 1)
        assert row["silent_share"] is None or 0 <= float(str(row["silent_share"])) <= 1


@given(evidences, st.randoms(use_true_random=False))
def test_the_order_of_commits_changes_nothing(evidence: Evidence, chance: random.Random) -> None:
    shuffled = {path: chance.sample(list(held), len(held)) for path, held in evidence.commits_of.items()}
    assert measure_familiarity(replace(evidence, commits_of=shuffled)) == measure_familiarity(evidence)


@given(evidences, people)
def test_whoever_comes_back_can_only_make_less_of_it_silent(evidence: Evidence, person: str) -> None:
    place = AREA_FAMILIARITY.column_names.index("silent_share")
    before = [row[place] for row in measure_familiarity(evidence)]
    after = [row[place] for row in measure_familiarity(replace(evidence, active={*evidence.active, person}))]
    assert all(old is new is None or float(str(new)) <= float(str(old)) for old, new in zip(before, after, strict=True))


@given(evidences)
def test_no_row_holds_a_person(evidence: Evidence) -> None:
    assert not {"ann", "bob", "cat"} & {value for row in measure_familiarity(evidence) for value in row}
