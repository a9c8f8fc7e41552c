from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.sources.git import display_path, path_bytes

PATHS = st.binary(min_size=1, max_size=40).map(lambda raw: raw.replace(b"\0", b"/"))


@pytest.mark.parametrize("path", ["src/a.py", "with space", "größe/日本.md", "-n", "it's", "a\u200d\U0001f600", "C:x"])
def test_a_path_that_reads_well_is_shown_as_it_is(path):
    assert display_path(path.encode()) == path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (b"a\nb", r'"a\nb"'),
        (b'say "x"', r'"say \"x\""'),
        (b"back\\slash", r'"back\\slash"'),
        (b"\xff\xfe", r'"\377\376"'),
        (b"\x1b[31m", r'"\033[31m"'),
        ("a\u202egpj.exe".encode(), r'"a\342\200\256gpj.exe"'),
        ("\x85".encode(), r'"\302\205"'),
    ],
)
def test_a_path_that_does_not_is_quoted_as_git_quotes_it(path, shown):
    assert display_path(path) == shown


def test_the_quoting_is_what_git_prints(new_repository):
    shop = new_repository()
    names = [b"tab\there", b"\x01\x7f\xff", "é\n".encode(), b'"', b"\\", b"\a\b\v\f\r"]
    shop.commit(files=dict.fromkeys(names, "x"))

    printed = shop.git("-c", "core.quotePath=true", "ls-files").splitlines()

    assert sorted(printed) == sorted(display_path(name) for name in names)


@given(PATHS)
def test_the_way_back_gives_the_same_bytes(path):
    assert path_bytes(display_path(path)) == path


@given(PATHS, PATHS)
def test_no_two_paths_share_a_text(one, other):
    assert (display_path(one) == display_path(other)) == (one == other)


@given(PATHS)
def test_what_is_shown_can_be_stored_and_printed_on_one_line(path):
    shown = display_path(path)
    assert shown.encode().decode() == shown
    assert len(shown.splitlines()) == 1
