from __future__ import annotations

from trueline.settings.suggestion import did_you_mean, is_near, shown


def test_the_nearest_word_is_suggested_else_all_are_named():
    assert did_you_mean("nmae", ["name", "path"]) == "Did you mean name?"
    assert did_you_mean("zzz", ["path", "name"]) == "Known: name, path."
    assert did_you_mean("zzz", []) == ""
    assert did_you_mean("zzz", [f"w{n:02}" for n in range(14)]).endswith("w11 and 2 more.")


def test_a_word_is_near_itself():
    assert is_near("name", ["name"])
    assert not is_near("zzz", ["name"])


def test_hostile_text_is_shown_short_and_visible():
    assert shown("a\x1b[0m\u202e\n") == '"a\\u001b[0m\\u202e\\u000a"'
    assert len(shown("x" * 1000)) == 62
