from __future__ import annotations

import pytest

from trueline.sources.requirements.prose import is_front_matter_open, stated_lines


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("a\nb", [(1, "a"), (2, "b")]),
        ("---\ntitle: x\n---\na", [(4, "a")]),
        ("---\n\na\n---\n", [(1, "---"), (2, ""), (3, "a"), (4, "---"), (5, "")]),
        ("```\nREQ-1\n```\na", [(4, "a")]),
        ("````\n```\nREQ-1\n```\n````\na", [(6, "a")]),
        ("- ~~~ x\n  REQ-1\n  ~~~\na", [(4, "a")]),
        ("```\nnever closed", []),
        ("a <!-- b --> c", [(1, "a            c")]),
        ("a <!--\nb\n--> c", [(1, "a     "), (2, " "), (3, "    c")]),
    ],
)
def test_what_is_hidden_states_nothing(text, stated):
    assert [(line.number, line.text) for line in stated_lines(text)] == stated


def test_a_heading_is_known_by_its_level_and_text():
    (line,) = stated_lines("### Mooring lines ##")
    assert (line.level, line.heading, line.col("Mooring")) == (3, "Mooring lines", 5)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("---\ntitle: x\n# a\n", True), ("---\ntitle: x\n---\n", False), ("---\n\ntext\n", False), ("# a\n", False)],
)
def test_front_matter_that_nothing_closes_is_noticed(text, is_open):
    assert is_front_matter_open(text) is is_open
