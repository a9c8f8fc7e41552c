"""The screen of text: calm, within its width, and its last line is the verdict."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_fixture import CLEAN, EMPTY, FINDINGS, RICH, hostile, huge

from trueline.surfaces.cli.escape import cells
from trueline.surfaces.cli.scan.text import render_text
from trueline.surfaces.cli.style import Style

REPORTS = {"rich": RICH, "empty": EMPTY, "clean": CLEAN, "hostile": hostile(), "huge": huge()}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal_but_the_verdict(name, width):
    *lines, _ = render_text(REPORTS[name], Style(width)).splitlines()
    assert [line for line in lines if cells(line) > width] == []


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("rich", "9 findings in 27 places, none blocks: 20 rules ran, 17 examined something, 3 had nothing to examine."),
        ("clean", "No findings: 9 rules ran, 8 examined something, 1 had nothing to examine."),
        ("empty", "Nothing was examined, so nothing is known to hold: 11 rules ran, 0 examined something, 11 had nothing to examine."),
    ],
)  # fmt: skip
def test_the_last_line_is_the_verdict_with_its_denominators(name, verdict):
    assert render_text(REPORTS[name]).splitlines()[-1] == verdict


def test_one_of_anything_is_singular():
    text = render_text(replace(RICH, findings=FINDINGS[1:2], duties=RICH.duties[:1]))
    assert "1 finding, it blocks nothing: 20 rules ran" in text
    assert "1 duty: " in text
    assert "1 commit since 2017 · 1 person" in render_text(CLEAN)
    assert not re.search(r"\b1 (findings|places|duties|people|bots|commits|rules)\b", text)


def test_colour_adds_nothing_but_colour():
    plain, coloured = (render_text(RICH, Style(colour=colour)) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_hostile_text_cannot_move_the_cursor_or_add_a_line():
    text = render_text(hostile(), Style(colour=True))
    assert not re.findall("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert set(re.findall(r"\x1b\[(\d*)m?", text)) <= {"0", "1", "2", "31", "33"}
    assert "\nnext" not in text


def test_what_is_not_shown_is_counted_and_its_command_named():
    assert re.search(r"294 more: 69 critical, 75 high, 75 medium, 75 low +trueline finding list", render_text(huge()))


def test_the_page_is_named_before_the_verdict():
    lines = render_text(RICH, page="~/.cache/trueline/x/scan.html").splitlines()
    assert lines[-2] == "Page: ~/.cache/trueline/x/scan.html"


def test_everything_that_matters_is_said():
    text = render_text(RICH)
    assert "Nothing was sent; this repository was not changed; nobody is named." in text
    assert "42 duties: ● 3 met · ▲ 4 not met · ◐ 4 declared · ○ 31 unknown" in text
    assert all(thing.how in text for thing in RICH.things)
    assert all(gain.command in text for gain in RICH.gains if gain.command)
    assert "this version cannot read yet: " in text
