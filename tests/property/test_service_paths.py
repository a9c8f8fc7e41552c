"""A set of patterns holds exactly the paths that pathspec says it does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pathspec import PathSpec
from pathspec.patterns.gitignore.basic import GitIgnoreBasicPattern

from trueline.analyses.code_owners.matching import PathIndex
from trueline.analyses.services.path_sets import paths_of, read_pattern

names = st.sampled_from(["a", "b", "ab", "a.py", "b.md", ".x", "[", "a b"])
paths = st.lists(names, min_size=1, max_size=4).map("/".join)
parts = st.one_of(names, st.sampled_from(["*", "**", "*.py", "a*", "?", "[ab]", "\\[", "a\\ b"]))
patterns = st.builds(
    lambda sign, start, middle, end: sign + start + "/".join(middle) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/"]),
    st.lists(parts, min_size=1, max_size=3),
    st.sampled_from(["", "/", "/**"]),
)


@given(st.lists(paths, max_size=12, unique=True), st.lists(patterns, min_size=1, max_size=4))
def test_the_index_loses_no_path_and_the_last_pattern_decides(held: list[str], texts: list[str]) -> None:
    read = [read_pattern(text) for text in texts]

    found = paths_of(read, PathIndex(held))

    spec = PathSpec([GitIgnoreBasicPattern(pattern.text) for pattern in read if pattern.problem is None])
    assert [held[position] for position in sorted(found)] == [path for path in held if spec.match_file(path)]
