from __future__ import annotations

import pytest

from trueline.analyses.references.target import (
    Target,
    could_name_section,
    is_line_anchor,
    looks_like_address,
    looks_like_prose_or_code,
    parse_target,
    within,
)


@pytest.mark.parametrize(
    "written",
    ["https://example.org", "mailto:a@b.example", "//cdn.example.org/x.js", "a@b.example", "\u200bhttps://example.org"],
)
def test_an_address_is_external(written: str):
    assert parse_target(written).kind == "external"


@pytest.mark.parametrize(
    "written", ['{{< ref "intro.md" >}}', "{% link a.md %}", "@/guide.md", "~/.config", "crate::module", "${ROOT}/a"]
)
def test_what_a_tool_fills_in_is_templated(written: str):
    assert parse_target(written).kind == "templated"


def test_a_query_is_dropped_and_the_anchor_kept():
    assert parse_target("a/b.md?plain=1#L3") == Target("path", "a/b.md", "L3")


def test_only_an_anchor_stays_in_the_document():
    assert parse_target("#usage") == Target("here", "", "usage")
    assert parse_target("#") == Target("here", "", None)


def test_nothing_is_no_target():
    assert parse_target("  ").kind == "empty"


def test_a_leading_slash_starts_at_the_root():
    assert within("docs/guide", "/src/a.py") == "src/a.py"


def test_a_path_that_climbs_over_the_root_is_outside():
    assert within("docs", "../../issues/12") is None


def test_the_root_itself_is_the_empty_text():
    assert within("docs", "..") == ""
    assert within("", "/") == ""


@pytest.mark.parametrize("anchor", ["L10", "L10-L20", "L10C3-L12C1", "l7"])
def test_forges_name_lines_by_anchor(anchor: str):
    assert is_line_anchor(anchor)


@pytest.mark.parametrize("anchor", [":~:text=word", "!/route", "fn-1", "bookmark=id.x"])
def test_some_anchors_name_no_section(anchor: str):
    assert not could_name_section(anchor)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("www.example.org/a", True),
        ("docs.example.com/a.html", True),
        ("example.io", True),
        ("README.md", False),
        ("docs/a.md", False),
        (".io", False),
        ("../example.org", False),
    ],
)
def test_a_forgotten_scheme_is_seen_by_the_host_name(path: str, expected: bool):
    assert looks_like_address(path) is expected


def test_blanks_are_fine_in_a_file_name_and_not_in_prose():
    assert not looks_like_prose_or_code("Final Report.pdf")
    assert looks_like_prose_or_code("see below")
    assert looks_like_prose_or_code("vec[i]")
