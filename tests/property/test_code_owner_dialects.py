"""Without GitLab's own syntax both forges declare the same owners, where their patterns mean the same.

They do not for a slash inside a pattern without one before it, for a last name that is a folder,
for `**` at the end, for brackets, for `/` alone, and where a word names no owner.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.code_owners.usage import assign_sections
from trueline.sources.trees.codeowners import compile_pattern, parse_codeowners

names = st.text("ab", min_size=1, max_size=3)
folders = st.lists(names.map("d{}".format), max_size=3)
files = names.map("f{}".format)
paths = st.builds(lambda above, file: "/".join([*above, file]), folders, files)

inner = st.one_of(names.map("d{}".format), st.sampled_from(["*", "**", "d*", "d?", "*a"]))
anchored_files = st.builds(
    lambda above, last: "/" + "/".join([*above, last]),
    st.lists(inner, max_size=3),
    st.one_of(files, st.sampled_from(["f*", "*", "f?", "f*b"])),
)
anchored_folders = st.lists(inner, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts) + "/")
single_names = st.one_of(files, st.sampled_from(["*", "f*", "f?", "f*a"]))
single_folders = st.one_of(names.map("d{}/".format), st.sampled_from(["d*/", "d?/"]))
patterns = st.one_of(anchored_files, anchored_folders, single_names, single_folders)
lines = st.builds("{} {}".format, patterns, st.sampled_from(["", "@yard/tide", "@ana @yard/night", "bo@harbour.test"]))


@given(st.lists(paths, max_size=8, unique=True), st.lists(lines, max_size=6))
def test_both_forges_give_the_same_owners_where_their_patterns_mean_the_same(tree: list[str], said: list[str]):
    content = "\n".join(said).encode()

    by_github, _ = assign_sections(tree, parse_codeowners(content, "github"), "github")
    by_gitlab, _ = assign_sections(tree, parse_codeowners(content, "gitlab"), "gitlab")

    assert by_gitlab == by_github


parts = st.one_of(st.sampled_from(["**", "*", "***"]), st.text("ab*?[]!^-\\", min_size=1, max_size=6))
any_patterns = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "/"]),
    st.lists(parts, min_size=1, max_size=4).map("/".join),
    st.sampled_from(["", "/"]),
)
any_paths = st.lists(st.text("ab[]!-", min_size=1, max_size=4), min_size=1, max_size=4).map("/".join)


@given(any_patterns, any_paths)
def test_gitlab_matches_as_the_documented_rules_say_one_by_one(pattern: str, path: str):
    whole = pattern if pattern.startswith("/") else "/**/" + pattern
    whole = whole + "**/*" if whole.endswith("/") else whole

    assert bool(compile_pattern(pattern, "gitlab")(path)) == matches_slowly(whole[1:].split("/"), path.split("/"))


def matches_slowly(wanted: list[str], parts: list[str]) -> bool:
    if not wanted or not parts:
        return not wanted and not parts
    if wanted[0] == "**" and len(wanted) > 1:
        return any(matches_slowly(wanted[1:], parts[skipped:]) for skipped in range(len(parts) + 1))
    return matches_name(wanted[0], parts[0]) and matches_slowly(wanted[1:], parts[1:])


def matches_name(wanted: str, name: str) -> bool:
    if not wanted or not name:
        return not wanted.strip("*") and not name
    first, rest = wanted[0], wanted[1:]
    if first == "*":
        return matches_name(rest, name) or matches_name(wanted, name[1:])
    if first == "[":
        end = class_end(rest)
        return end is not None and is_in_class(rest[:end], name[0]) and matches_name(rest[end + 1 :], name[1:])
    if first == "\\" and rest:
        first, rest = rest[0], rest[1:]
        return first == name[0] and matches_name(rest, name[1:])
    return first in ("?", name[0]) and matches_name(rest, name[1:])


def class_end(text: str) -> int | None:
    at = 1 if text[:1] in ("!", "^") else 0
    while at < len(text) and text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at if at < len(text) else None


def is_in_class(inside: str, char: str) -> bool:
    is_negated = inside[:1] in ("!", "^")
    chars: list[tuple[str, bool]] = []
    rest = inside[1:] if is_negated else inside
    while rest:
        taken = rest[1] if rest[0] == "\\" else rest[0]
        chars.append((taken, rest[0] == "\\"))
        rest = rest[2:] if rest[0] == "\\" else rest[1:]
    found = False
    while chars:
        low, _ = chars.pop(0)
        if len(chars) >= 2 and chars[0] == ("-", False):
            found |= low <= char <= chars[1][0]
            del chars[:2]
        else:
            found |= low == char
    return found != is_negated
