"""What the figures of the labelled set count."""

from __future__ import annotations

import pytest
from evidence.enforcement.judging import Answer
from evidence.enforcement.labels import Label, labels
from evidence.enforcement.scores import scores


def label(commit: str, *, is_weakened: bool, is_clear: bool = True, family: str | None = None) -> Label:
    kinds = frozenset({"test_deleted"} if is_weakened else ())
    return Label("a/b", "go", "development", commit, False, is_weakened, is_clear, kinds, family, ("a_test.go",))


def answer(of: Label, *kinds: str, certain: bool = True) -> Answer:
    return Answer(of, frozenset(kinds), frozenset(kinds if certain else ()))


ANSWERS = [
    answer(label("1", is_weakened=True), "test_deleted"),
    answer(label("2", is_weakened=True), "assertion_removed", certain=False),
    answer(label("3", is_weakened=True)),
    answer(label("4", is_weakened=False, family="moved"), "test_deleted", certain=False),
    answer(label("5", is_weakened=False, family="other")),
    answer(label("6", is_weakened=True, is_clear=False)),
]


@pytest.mark.parametrize(
    ("what", "right", "n"),
    [
        ("precision", 2, 3),
        ("recall", 2, 3),
        ("precision of what is certain", 1, 1),
        ("recall of what is certain", 1, 3),
        ("moved, parametrised or restyled, and reported", 1, 1),
        ("kind right", 1, 2),
        ("benign, and reported", 1, 2),
    ],
)
def test_a_figure_counts_clear_changes_only(what: str, right: int, n: int) -> None:
    found = {share.what: share for share in scores(ANSWERS)}

    assert (found[what].right, found[what].n) == (right, n)


def test_a_repository_of_the_set_stands_in_one_part_only() -> None:
    parts = {(one.repository, one.part) for one in labels()}

    assert len(parts) == len({repository for repository, _ in parts})


def test_every_change_is_labelled_once_with_kinds_or_a_family() -> None:
    known = labels()

    assert len({(one.repository, one.commit, one.is_reversed) for one in known}) == len(known)
    assert all(bool(one.kinds) == one.is_weakened for one in known)
