"""Hold many paths against sets of patterns in gitignore's dialect.

Of the patterns of one set the last that matches a path decides, and a `!` in front takes the path out. An index
by name gives few candidates for each pattern; pathspec's own expression decides. What a folder's exclusion means to
git (nothing below it can come back) does not hold here: a set says what is in, not what is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trueline.analyses.code_owners.matching import PathIndex

MOST_WILDCARDS = 3
"""Time can grow with the length of a path to this power, and paths may be written by strangers; more is hardly needed."""
LONGEST = 1_000


@dataclass(frozen=True)
class Pattern:
    """One pattern, ready to be matched."""

    text: str
    takes_out: bool
    is_match: Callable[[str], object] | None
    problem: str | None
    """Why it cannot be used; then it matches nothing."""

    def matching(self, index: PathIndex) -> list[int]:
        """Return the positions of the paths that it matches, whether it takes them in or out."""
        if self.is_match is None:
            return []
        return index.matching(self.text.removeprefix("!"), self.is_match)


def read_pattern(text: str) -> Pattern:
    """Return the pattern of a text."""
    from pathspec.patterns.gitignore.basic import GitIgnoreBasicPattern  # only where services are declared

    problem = None
    if len(text) > LONGEST:
        problem = f"has more than {LONGEST:,} characters"
    elif text.replace("**", "").count("*") + text.count("**") > MOST_WILDCARDS:
        problem = f"has more than {MOST_WILDCARDS} wildcards"
    if problem:
        return Pattern(text, False, None, problem)
    try:
        read = GitIgnoreBasicPattern(text)
    except ValueError:
        return Pattern(text, False, None, "is no pattern of gitignore's dialect")
    if read.include is None or read.regex is None:
        return Pattern(text, False, None, "is a comment or empty")
    return Pattern(text, not read.include, read.regex.search, None)


def paths_of(patterns: Sequence[Pattern], index: PathIndex) -> set[int]:
    """Return the positions of the paths that the set holds."""
    held: set[int] = set()
    for pattern in patterns:
        matched = pattern.matching(index)
        if pattern.takes_out:
            held.difference_update(matched)
        else:
            held.update(matched)
    return held
