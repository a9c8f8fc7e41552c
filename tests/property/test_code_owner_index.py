"""The index must find every path that the exact matcher finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.code_owners.matching import PathIndex
from trueline.sources.trees.codeowners import Dialect, compile_pattern

DIALECTS: tuple[Dialect, ...] = ("github", "gitlab")

parts = st.text(alphabet="ab.", min_size=1, max_size=3).filter(lambda part: part.strip("."))
paths = st.lists(parts, min_size=1, max_size=4).map("/".join)
pattern_parts = st.one_of(
    parts, st.sampled_from(["*", "**", "*.a", "a*", "*.b.a", "?", "\\a", "*a.b", "[ab]", "a[.]b", "[.b", "b[a]*.a"])
)
patterns = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "/"]),
    st.lists(pattern_parts, min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "/"]),
)


@given(st.lists(paths, max_size=12, unique=True), patterns, st.sampled_from(DIALECTS))
def test_the_index_loses_no_match(tree: list[str], pattern: str, dialect: Dialect):
    is_match = compile_pattern(pattern, dialect)
    found = PathIndex(tree).matching(pattern, is_match)
    assert found == [number for number, path in enumerate(tree) if is_match(path)]
