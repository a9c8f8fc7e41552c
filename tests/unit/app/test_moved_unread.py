"""Files that cannot be read and only moved."""

from __future__ import annotations

from trueline.app.changes import without_moved
from trueline.model.enforcement import Ledger


def unread(path: str) -> Ledger:
    return Ledger(path, "python", problem="it does not parse")


def test_what_cannot_be_read_and_only_moved_is_left_out_on_both_sides():
    assert without_moved([(unread("a/x.py"), "1")], [(unread("b/x.py"), "1")]) == ([], [])


def test_what_changed_or_stands_on_one_side_alone_stays():
    old, new = unread("a/x.py"), unread("b/x.py")

    assert without_moved([(old, "1")], [(new, "2")]) == ([old], [new])
    assert without_moved([(old, "1")], []) == ([old], [])
    assert without_moved([(old, None)], [(new, None)]) == ([old], [new])


def test_of_two_copies_one_may_go():
    one, two, new = unread("a/x.py"), unread("a/y.py"), unread("b/x.py")

    assert without_moved([(one, "1"), (two, "1")], [(new, "1")]) == ([two], [])


def test_what_can_be_read_is_compared_and_never_left_out():
    old, new = Ledger("a/x.py", "python"), Ledger("b/x.py", "python")

    assert without_moved([(old, "1")], [(new, "1")]) == ([old], [new])
