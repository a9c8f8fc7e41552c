"""The page: self-contained, accessible, small, the same for the same report."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from report_fixture import CLEAN, EMPTY, HOSTILE, REPOSITORY, RICH, WEEKS_SPEC, hostile, huge, weeks

from trueline.app.scan_report import Drawing
from trueline.model.practice import Chart
from trueline.model.rule import MetricRow
from trueline.surfaces.cli.scan.page import MAX_BYTES, render_page

REPORTS = {"rich": RICH, "empty": EMPTY, "clean": CLEAN, "hostile": hostile(), "huge": huge()}
VOID = {"meta", "link", "br"}


class Outline(HTMLParser):
    """Tags in order with their attributes; complains where one is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


@pytest.fixture(scope="module", params=REPORTS)
def page(request):
    return render_page(REPORTS[request.param])


def test_every_page_is_well_formed_with_landmarks_and_one_h1(page):
    outline = Outline(page)
    counts = Counter(tag for tag, _ in outline.tags)
    assert outline.open == []
    assert [counts[tag] for tag in ("h1", "main", "nav", "header", "footer")] == [1] * 5
    assert ("a", {"class": "skip", "href": "#main"}) in outline.tags
    assert outline.tags[0] == ("html", {"lang": "en"})


def test_ids_are_unique_and_every_link_leads_somewhere(page):
    attributes = [attrs for _, attrs in Outline(page).tags]
    ids = Counter(attrs["id"] for attrs in attributes if "id" in attrs)
    assert [ident for ident, count in ids.items() if count > 1] == []
    named = [ref for a in attributes for key in ("aria-labelledby",) for ref in (a.get(key) or "").split()]
    linked = [str(a["href"])[1:] for a in attributes if str(a.get("href", "")).startswith("#")]
    assert set(named + linked) <= set(ids)


def test_nothing_is_requested_and_nothing_can_run(page):
    outline = Outline(page)
    policy = [a["content"] for tag, a in outline.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == [
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    ]
    assert not {tag for tag, _ in outline.tags} & {"script", "img", "iframe", "object", "embed", "form", "base"}
    links = [str(a[key]) for _, a in outline.tags for key in ("href", "src", "srcset", "action") if key in a]
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert not [name for _, a in outline.tags for name in a if name.startswith("on")]
    assert "url(" not in re.sub(r"url\(#figure-[\w-]+\)", "", page)
    assert "@import" not in page


def test_every_page_is_small_and_the_same_twice(page):
    assert len(page.encode("utf-8")) <= MAX_BYTES


def test_the_same_report_gives_the_same_bytes():
    assert render_page(RICH) == render_page(RICH)


def test_hostile_text_is_shown_and_does_nothing():
    page = render_page(hostile())
    assert not re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_says_everything_that_the_report_does():
    text = " ".join(Outline(render_page(RICH)).text.replace("\u00a0", " ").split())
    assert text.count("118 finished changes have reached nobody") == 2
    assert "Five things to know" in text
    assert "9 findings in 27 places: 2 high, 4 medium, 3 low. Nothing is adopted, so nobody owes anything yet." in text
    assert "Likely owner: @harbour/platform" in text
    assert "Seen in 9 places" in text
    assert "7 of 9 hold" in text
    assert "1 of 4 holds" in text
    assert "The 42 duties" in text
    assert "114 more rows" in text
    assert all(thing.rule in text and thing.how in text for thing in RICH.things)
    assert all(finding.id in text and finding.rule in text for finding in RICH.findings)
    assert all(standing.duty.title in text and standing.reason in text for standing in RICH.duties)
    assert all(words in text for words in (*RICH.not_used, *RICH.cannot_be_known, "trueline scan --as-of 2026-11-20"))


def test_a_state_is_a_word_and_a_shape_and_never_a_colour_alone():
    page = render_page(RICH)
    for state, glyph, word in (("met", "●", "met"), ("not_met", "▲", "not met"), ("declared", "◐", "declared"), ("unknown", "○", "unknown")):  # fmt: skip
        row = re.search(rf'<li id="duty-[^"]+" class="{state}">(.+?)</li>', page)
        assert row
        assert glyph in row[1]
        assert f'class="state">{word}' in row[1]


def test_a_command_is_shown_only_where_there_is_one():
    gains = render_page(RICH).split('id="gains"')[1].split("</section>")[0]
    assert gains.count('class="command"') == 2


def test_an_adopted_finding_shows_its_owner_and_when_it_is_due():
    from report_fixture import FINDINGS, TODAY

    owned = replace(FINDINGS[0], owner="role:head-of-engineering", due=TODAY)
    text = " ".join(Outline(render_page(replace(RICH, findings=(owned,)))).text.split())
    assert "Owner: head of engineering" in text
    assert "due 20 November 2026" in text
    assert "nobody owes" not in text


def test_an_empty_repository_is_unknown_and_never_fine():
    text = " ".join(Outline(render_page(EMPTY)).text.split())
    assert "Nothing was examined, so there is nothing to say yet." in text
    assert "Nothing was examined, so nothing is known to hold" in text
    assert "No data is not zero." in text
    assert "No findings" not in text


def test_no_findings_still_say_how_much_was_examined():
    text = " ".join(Outline(render_page(CLEAN)).text.split())
    assert "No findings: 9 rules ran, 8 examined something, 1 had nothing to examine." in text
    assert "One thing to know" in text
    assert "Limited view. The history is cut off" in text


def test_a_long_tail_is_folded_with_its_count_and_its_command():
    text = " ".join(Outline(render_page(huge())).text.split())
    left = re.search(r"(\d+) more findings, none worse than those above: trueline finding list", text)
    assert left
    assert int(left[1]) + len(re.findall(r"◆ critical|■ high|◧ medium|□ low", text)) == 300
    assert "18 findings, " in text


def test_a_chart_that_cannot_be_drawn_leaves_a_sentence_and_its_rows():
    broken = Drawing(Chart("delivery", "weeks", "m", WEEKS_SPEC | {"layer": [{"mark": "nonsense"}]}), weeks(3))
    text = " ".join(Outline(render_page(replace(RICH, drawings=(broken,)))).text.split())
    assert "the drawing is not" in text
    assert "2026-11-16" in text


def test_the_page_names_its_repository_and_its_moment():
    page = render_page(RICH, version="9.9")
    assert f"<title>Scan of {REPOSITORY}, 20 November 2026</title>" in page
    assert "Trueline 9.9" in page
    assert HOSTILE not in page


def test_every_theme_has_enough_contrast():
    css = files("trueline.surfaces.cli.scan").joinpath("page.css").read_text(encoding="utf-8")
    themes = [
        dict(re.findall(r"--(\w+):\s*(#[0-9a-f]{3,6})", block)) for block in re.findall(r":root \{([^}]+)\}", css)
    ]
    assert len(themes) == 3
    for theme in themes:
        for ground in ("bg", "card"):
            for token in ("ink", "soft", "bad", "good", "part", "accent"):
                assert _contrast(theme[token], theme[ground]) >= 4.5, (token, ground, theme)
            assert _contrast(theme["bar"], theme[ground]) >= 3


def test_the_palette_of_drawings_is_the_light_theme_of_the_page():
    from trueline.surfaces.cli.drawing import PALETTE

    css = files("trueline.surfaces.cli.scan").joinpath("page.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"(--\w+):\s*(#[0-9a-f]{3,6})", css.split("@media")[0]))
    assert all(light[variable] == colour for colour, variable in PALETTE.items())


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_chart_whose_rows_have_no_value_is_a_sentence_and_no_empty_axis():
    drawing = RICH.drawings[0]
    empty = replace(drawing.metric, series=(MetricRow(None, None, None, 0, None),), value=None)
    page = render_page(replace(RICH, drawings=(replace(drawing, metric=empty),)))
    assert "No data is not zero." in Outline(page).text
    assert "<svg" not in page


def test_the_page_says_what_was_read():
    facts = replace(RICH.repository, records=12, feeds=2)
    assert "Read from git, 12 records and 2 feeds." in Outline(render_page(replace(RICH, repository=facts))).text
