"""CODEOWNERS patterns against the slow and obvious way to match them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trueline.sources.trees.codeowners import compile_pattern

segments = st.one_of(st.sampled_from(["**", "*", "a", "b"]), st.text("ab*?", min_size=1, max_size=5))
patterns = st.tuples(
    st.sampled_from(["", "/"]), st.lists(segments, min_size=1, max_size=4).map("/".join), st.sampled_from(["", "/"])
).map("".join)
paths = st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=5).map("/".join)


def matches_slowly(pattern: str, path: str) -> bool:
    wanted = pattern.removeprefix("/").removesuffix("/").split("/")
    if not pattern.startswith("/") and len(wanted) == 1:
        wanted.insert(0, "**")
    if pattern.endswith("/"):
        wanted.append("**")
    is_one_level = wanted[-1] == "*"
    names = path.split("/")
    ends = [len(names)] if is_one_level or wanted[-1] == "**" else range(1, len(names) + 1)
    return any(match_names(wanted, names[:end]) for end in ends)


def match_names(wanted: list[str], names: list[str]) -> bool:
    if not wanted:
        return not names
    if wanted == ["**"]:
        return bool(names)
    if wanted[0] == "**":
        return any(match_names(wanted[1:], names[skipped:]) for skipped in range(len(names) + 1))
    return bool(names) and match_name(wanted[0], names[0]) and match_names(wanted[1:], names[1:])


def match_name(wanted: str, name: str) -> bool:
    if not wanted:
        return not name
    if wanted[0] == "*":
        return match_name(wanted[1:], name) or (bool(name) and match_name(wanted, name[1:]))
    return bool(name) and wanted[0] in ("?", name[0]) and match_name(wanted[1:], name[1:])


@given(patterns, paths)
def test_a_compiled_pattern_matches_what_the_slow_way_matches(pattern: str, path: str):
    assert bool(compile_pattern(pattern)(path)) == matches_slowly(pattern, path)
