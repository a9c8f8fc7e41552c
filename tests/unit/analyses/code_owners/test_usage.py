from __future__ import annotations

import pytest

from trueline.analyses.code_owners.usage import LineUse, assign
from trueline.sources.trees.codeowners import OwnersLine, owner_kind, parse_codeowners

PATHS = ["README.md", "docs/a.md", "docs/deep/b.md", "src/app.js", "src/app.css", "src/vendor/x.js"]


def assigned(text: str) -> tuple[dict[str, OwnersLine | None], list[LineUse]]:
    deciding, uses = assign(PATHS, parse_codeowners(text.encode()))
    return dict(zip(PATHS, deciding, strict=True)), uses


def owners_of(text: str) -> dict[str, tuple[str, ...] | None]:
    return {path: line.owners if line else None for path, line in assigned(text)[0].items()}


def test_the_last_line_that_matches_wins():
    owners = owners_of("* @all\n*.js @scripts\n/src/ @source\n")
    assert owners["src/app.js"] == ("@source",)
    assert owners["README.md"] == ("@all",)


def test_a_match_without_owners_clears_and_no_match_is_something_else():
    owners = owners_of("/src/ @source\n/src/vendor/\n")
    assert owners["src/vendor/x.js"] == ()
    assert owners["README.md"] is None


def test_a_star_at_the_end_does_not_reach_nested_files():
    owners = owners_of("docs/* @writers\n")
    assert (owners["docs/a.md"], owners["docs/deep/b.md"]) == (("@writers",), None)


def test_a_line_that_the_forge_skips_matches_nothing():
    owners, uses = assigned("*.js @scripts\n!src/app.js @nobody\n")
    assert owners["src/app.js"] is not None
    assert (uses[1].matched_files, uses[1].effective_files, uses[1].shadowed_by_line) == (0, 0, None)
    assert uses[1].line.problem


def test_a_shadowed_line_names_the_line_that_takes_most_of_its_files():
    _, uses = assigned("*.md @writers\n/docs/ @docs\n/README.md @lead\n")
    assert [(use.matched_files, use.effective_files, use.shadowed_by_line) for use in uses] == [
        (3, 0, 2),
        (2, 2, None),
        (1, 1, None),
    ]


def test_a_line_that_matches_nothing_is_not_shadowed():
    _, uses = assigned("* @all\n/gone/ @team\n")
    assert (uses[1].matched_files, uses[1].shadowed_by_line) == (0, None)


def test_a_line_that_clears_ownership_names_the_line_that_it_takes_files_from():
    _, uses = assigned("* @all\n/src/ @source\n/src/vendor/\n/docs/\n/docs/deep/\n")
    assert [(use.cleared_files, use.cleared_from_line) for use in uses] == [
        (0, None),
        (0, None),
        (1, 2),
        (1, 1),
        (1, 1),
    ]


def test_a_line_without_owners_clears_nothing_where_nobody_was_named_or_a_later_line_decides():
    _, uses = assigned("/src/\n/docs/ @docs\n/docs/deep/\n*.md @writers\n")
    assert [use.cleared_files for use in uses] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("owner", "kind"),
    [
        ("@example/team-a", "team"),
        ("@login", "person"),
        ("@example/team-a/night", "team"),
        ("@@developer", "role"),
        ("@@captain", "invalid"),
        ("a.b@example.org", "email"),
        ("login", "invalid"),
        ("@", "invalid"),
        ("@a b", "invalid"),
    ],
)
def test_owners_are_teams_persons_roles_addresses_or_invalid(owner: str, kind: str):
    assert owner_kind(owner) == kind
