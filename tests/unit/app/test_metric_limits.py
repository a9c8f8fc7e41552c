"""What is said beside a metric whose evidence is not whole."""

from __future__ import annotations

from trueline.app.metric_limits import Copy, limits_of

WHOLE = Copy("quay", is_shallow=False, lacks_contents=False)
PARTIAL = Copy("crane", is_shallow=False, lacks_contents=True)
SHALLOW = Copy("yard", is_shallow=True, lacks_contents=False)
LACKS = "crane lacks contents: there a file may count as renamed only where its content stayed the same"
CUT = "yard is a shallow clone: history before the cut is not seen"
NOTE = "crane: the lines of 7 changes are not known, because this copy lacks their contents"


def test_nothing_limits_what_rests_on_whole_copies():
    assert limits_of(frozenset({"file_changes", "commits", "blob_lines"}), [WHOLE], []) == ()


def test_missing_contents_limit_what_rests_on_changed_files():
    assert limits_of(frozenset({"file_changes"}), [WHOLE, PARTIAL], [NOTE]) == (LACKS,)


def test_they_do_not_limit_what_rests_on_commits_alone():
    assert limits_of(frozenset({"commits", "repositories"}), [PARTIAL], [NOTE]) == ()


def test_what_counting_lines_had_to_say_is_said_once_of_what_rests_on_lines():
    assert limits_of(frozenset({"blob_hunks"}), [PARTIAL], [NOTE, NOTE]) == (NOTE,)


def test_history_that_was_cut_off_limits_everything_of_commits():
    assert limits_of(frozenset({"commits"}), [SHALLOW, WHOLE], []) == (CUT,)


def test_it_limits_nothing_that_no_commit_is_behind():
    assert limits_of(frozenset({"documents"}), [SHALLOW, PARTIAL], [NOTE]) == ()
