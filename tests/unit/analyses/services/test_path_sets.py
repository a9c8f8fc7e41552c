"""Which paths a set of patterns holds."""

from __future__ import annotations

import pytest

from trueline.analyses.code_owners.matching import PathIndex
from trueline.analyses.services.path_sets import paths_of, read_pattern

PATHS = ["README.md", "lib/a.py", "svc/berths/a.py", "svc/berths/docs/b.md", "svc/tariffs/a.py", "web/svc/berths"]


def held(*patterns: str) -> list[str]:
    return [PATHS[position] for position in sorted(paths_of([read_pattern(p) for p in patterns], PathIndex(PATHS)))]


def test_a_later_pattern_prevails() -> None:
    assert held("/svc/", "!*.md", "/svc/berths/docs/") == [
        "svc/berths/a.py",
        "svc/berths/docs/b.md",
        "svc/tariffs/a.py",
    ]


def test_a_pattern_without_a_leading_slash_is_at_any_depth_only_where_it_has_no_slash_inside() -> None:
    assert held("berths") == ["svc/berths/a.py", "svc/berths/docs/b.md", "web/svc/berths"]
    assert held("svc/berths") == ["svc/berths/a.py", "svc/berths/docs/b.md"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\\", "is no pattern of gitignore's dialect"),
        ("# all", "is a comment or empty"),
        ("", "is a comment or empty"),
        ("*a" * 4, "has more than 3 wildcards"),
        ("a" * 1_001, "has more than 1,000 characters"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why_and_holds_nothing(text: str, problem: str) -> None:
    assert read_pattern(text).problem == problem
    assert held(text) == []
