from __future__ import annotations

import tomllib

from trueline.settings.toml_places import key_places

TEXT = '''\
# name = "not a key"
title = """
fake = 1
[fake]
"""  # comment with ] and "
"quoted key" . inner = [1, # one
  "two, # not a comment", {x = 1, "y z" = [ ]},
]
[a."b.c"]
d.e = \'\'\'it's\'\'\'
[[list]]
at = 1979-05-27 07:32:00
[[list]]
[list.sub]
k = "\\"]"
[[list.deeper]]
[[list.deeper]]
z = { }
'''


def test_keys_are_found_around_strings_comments_arrays_and_inline_tables():
    tomllib.loads(TEXT)

    places = key_places(TEXT)

    assert places[("title",)] == (2, 1)
    assert places[("quoted key", "inner")] == (6, 1)
    assert places[("quoted key", "inner", 0)] == (6, 25)
    assert places[("quoted key", "inner", 1)] == (7, 3)
    assert places[("quoted key", "inner", 2, "x")] == (7, 28)
    assert places[("quoted key", "inner", 2, "y z")] == (7, 35)
    assert places[("a", "b.c", "d", "e")] == (10, 1)
    assert places[("list", 0, "at")] == (12, 1)
    assert places[("list", 1, "sub", "k")] == (15, 1)
    assert places[("list", 1, "deeper", 1, "z")] == (18, 1)
    assert not any("fake" in key for key in places)
