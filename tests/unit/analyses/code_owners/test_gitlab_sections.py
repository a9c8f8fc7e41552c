from __future__ import annotations

from trueline.analyses.code_owners.usage import LineUse, assign_sections
from trueline.sources.trees.codeowners import parse_codeowners

PATHS = ["LOG.md", "berth/LOG.md", "berth/key.rs", "crane/key.rs", "pom.xml"]


def owners_and_uses(text: str) -> tuple[dict[str, list[tuple[str, ...]]], list[LineUse]]:
    deciding, uses = assign_sections(PATHS, parse_codeowners(text.encode(), "gitlab"), "gitlab")
    owners = {path: [line.owners for line in lines] for path, lines in zip(PATHS, deciding, strict=True)}
    return owners, uses


def test_the_last_line_of_each_section_counts_and_what_is_outside_is_a_section_too():
    owners, _ = owners_and_uses("* @all\n[Logs]\nLOG.md @ana @bo\nberth/LOG.md @cleo\n[More logs]\nLOG.md @dara\n")

    assert owners["LOG.md"] == [("@all",), ("@ana", "@bo"), ("@dara",)]
    assert owners["berth/LOG.md"] == [("@all",), ("@cleo",), ("@dara",)]
    assert owners["pom.xml"] == [("@all",)]


def test_a_line_is_shadowed_within_its_section_only():
    _, uses = owners_and_uses("*.rs @all\n[Keys]\n/berth/*.rs @ana\n/crane/ @bo\n*.rs @cleo\n")

    assert [(use.effective_files, use.shadowed_by_line) for use in uses if use.line.pattern] == [
        (2, None),
        (0, 5),
        (0, 5),
        (2, None),
    ]


def test_sections_of_one_name_decide_together():
    owners, uses = owners_and_uses("[Keys]\n*.rs @ana\n[Logs]\n*.md @bo\n[KEYS]\n/berth/ @cleo\n")

    assert owners["berth/key.rs"] == [("@cleo",)]
    assert owners["crane/key.rs"] == [("@ana",)]
    assert uses[1].effective_files == 1


def test_what_is_excluded_is_out_of_its_section_for_good_and_of_no_other():
    owners, uses = owners_and_uses(
        "* @all\n!pom.xml\n[Keys]\n*.rs @ana\n!/crane/**/*.rs\n/crane/key.rs @bo\n[Crane]\n/crane/ @cleo\n"
    )

    assert owners["pom.xml"] == [()]
    assert owners["berth/key.rs"] == [("@all",), ("@ana",)]
    assert owners["crane/key.rs"] == [("@all",), (), ("@cleo",)]
    assert [(use.line.line, use.effective_files, use.shadowed_by_line) for use in uses if use.line.line in (5, 6)] == [
        (5, 1, None),
        (6, 0, 5),
    ]


def test_an_exclusion_of_what_its_section_gives_nobody_has_no_effect_and_no_shadow():
    _, uses = owners_and_uses("[Keys]\n/berth/ @ana\n!/crane/\n")

    assert (uses[2].matched_files, uses[2].effective_files, uses[2].shadowed_by_line) == (1, 0, None)


def test_an_exclusion_clears_on_purpose_and_an_entry_without_owners_does_not():
    _, uses = owners_and_uses("* @all\n!pom.xml\n/berth/\n[Keys] @ana\n/berth/key.rs @bo\n/berth/\n")

    assert [(use.line.line, use.cleared_files, use.cleared_from_line) for use in uses if use.cleared_files] == [
        (3, 2, 1)
    ]
