from __future__ import annotations

import pytest

from trueline.sources.trees.codeowners import OwnersLine, parse_codeowners


def parsed(text: str) -> list[OwnersLine]:
    return parse_codeowners(text.encode(), "gitlab")


@pytest.mark.parametrize(
    ("head", "section", "approvals", "owners"),
    [
        ("[Low tide]", "Low tide", 1, ()),
        ("^[Low tide]", "Low tide", 0, ()),
        ("[Low tide][5]", "Low tide", 5, ()),
        ("[Low tide][0]", "Low tide", 1, ()),
        ("[Low tide][many]", "Low tide", 1, ()),
        ("^[Low tide][3] @ana", "Low tide", 0, ("@ana",)),
        ("[Low tide] @ana", "Low tide", 1, ("@ana",)),
        ("[Low tide][2] @yard @yard/night", "Low tide", 2, ("@yard", "@yard/night")),
    ],
)
def test_a_section_head_tells_name_approvals_and_default_owners(
    head: str, section: str, approvals: int, owners: tuple[str, ...]
):
    (line,) = parsed(head)

    assert (line.kind, line.pattern, line.section, line.approvals, line.owners) == (
        "section",
        None,
        section,
        approvals,
        owners,
    )


@pytest.mark.parametrize(
    ("text", "pattern"), [("[Low tide", "[Low"), ("[Low tide]{2} @ana", "[Low"), ("[]", "[]"), ("^[Low tide", "^[Low")]
)
def test_a_head_that_cannot_be_read_is_an_entry_of_the_section_above_and_says_so(text: str, pattern: str):
    _, line = parsed(f"[Quay] @ana\n{text}\n")

    assert (line.kind, line.section, line.pattern) == ("entry", "Quay", pattern)
    assert "section head" in str(line.problem)


def test_entries_without_owners_have_the_defaults_of_their_section():
    lines = parsed("/a @ana\n/b\n[Quay] @yard/tide\n/c\n/d @bo\n[Wharf]\n/e\n")

    assert [(line.pattern, line.section, line.owners) for line in lines if line.kind == "entry"] == [
        ("/a", None, ("@ana",)),
        ("/b", None, ()),
        ("/c", "Quay", ("@yard/tide",)),
        ("/d", "Quay", ("@bo",)),
        ("/e", "Wharf", ()),
    ]


def test_sections_of_one_name_are_one_whatever_the_case_and_share_their_defaults():
    lines = parsed("[Quay] @yard/tide\n/a\n[Wharf] @bo\n/b\n[QUAY]\n/c\n[quay] @cleo\n/d\n")

    assert [(line.pattern, line.section, line.owners) for line in lines if line.kind == "entry"] == [
        ("/a", "Quay", ("@yard/tide",)),
        ("/b", "Wharf", ("@bo",)),
        ("/c", "Quay", ("@yard/tide",)),
        ("/d", "Quay", ("@cleo",)),
    ]


@pytest.mark.parametrize(
    ("text", "pattern", "owners", "ignored"),
    [
        ("* @yard\t@yard/tide/night  bo@harbour.test", "*", ("@yard", "@yard/tide/night", "bo@harbour.test"), 0),
        ("a.rs @@developer @@Maintainers @@owner", "a.rs", ("@@developer", "@@Maintainers", "@@owner"), 0),
        ("a.rs @@guest", "a.rs", (), 1),
        ("/a/* @yard nobody-here @ana", "/a/*", ("@yard", "@ana"), 1),
        ("low\\ tide/*.md @ana", "low\\ tide/*.md", ("@ana",), 0),
        ("low tide/*.md @ana", "low", ("@ana",), 1),
        ("\\#wharf.rs @ana", "\\#wharf.rs", ("@ana",), 0),
        ("*.rs @ana # and @bo too", "*.rs", ("@ana", "@bo"), 0),
    ],
)
def test_words_that_name_nobody_are_counted_and_the_rest_of_the_line_holds(
    text: str, pattern: str, owners: tuple[str, ...], ignored: int
):
    (line,) = parsed(text)

    assert (line.kind, line.pattern, line.owners, line.ignored_owners, line.problem) == (
        "entry",
        pattern,
        owners,
        ignored,
        None,
    )


def test_an_exclusion_has_a_pattern_and_never_an_owner():
    made, blank = parsed("[Quay] @ana\n!/made/**/* @bo\n! /lib/\n")[1:]

    assert (made.kind, made.pattern, made.owners, made.section, made.problem) == (
        "exclusion",
        "/made/**/*",
        (),
        "Quay",
        None,
    )
    assert blank.problem == "an exclusion needs a pattern right after its !"


def test_an_endless_head_is_read_at_once():
    (line,) = parsed("[" + " a" * 500_000)

    assert line.kind == "entry"
