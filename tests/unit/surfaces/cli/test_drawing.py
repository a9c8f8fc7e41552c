"""A chart and rows become one harmless SVG that follows the theme."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from report_fixture import AREAS_SPEC, HOSTILE, TODAY, WEEKS_SPEC, areas, unread, weeks

from trueline.model.rule import MetricRow
from trueline.surfaces.cli.drawing import NARROW, PALETTE, WIDE, ChartRefused, draw


def test_a_metric_without_rows_gives_no_drawing():
    assert draw(WEEKS_SPEC, unread(), ident="a", title="Restore") is None


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_drawing_is_exactly_as_wide_as_asked(width):
    drawing = draw(AREAS_SPEC, areas(), ident="a", title="Areas", width=width)
    assert drawing is not None
    assert ElementTree.fromstring(drawing).get("width") == str(width)


def test_a_drawing_has_one_role_a_title_and_a_description():
    root = ElementTree.fromstring(str(draw(WEEKS_SPEC, weeks(), ident="w", title="Landed changes")))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "w-title w-desc"
    assert [root[0].text, root[1].get("id")] == ["Landed changes", "w-desc"]
    assert "104 rows" in str(root[1].text)


def test_house_colours_become_variables_and_no_fixed_colour_is_left():
    drawing = str(draw(AREAS_SPEC, areas(), ident="a", title="Areas"))
    assert "var(--bad)" in drawing
    assert "var(--bar)" in drawing
    assert not re.findall(r"#[0-9a-f]{6}\b", drawing)
    assert set(re.findall(r"var\((--\w+)\)", drawing)) <= set(PALETTE.values())


def test_ids_of_two_drawings_never_meet():
    first, second = (str(draw(AREAS_SPEC, areas(), ident=ident, title="Areas")) for ident in ("one", "two"))
    ids = [set(re.findall(r' id="([^"]+)"', drawing)) for drawing in (first, second)]
    assert ids[0].isdisjoint(ids[1])


def test_hostile_labels_and_links_cannot_act():
    spec = AREAS_SPEC | {
        "mark": "point",
        "layer": [
            {
                "mark": "bar",
                "encoding": {
                    "x": {"field": "value", "type": "quantitative"},
                    "href": {"field": "subject"},
                    "url": {"value": "javascript:alert(1)"},
                },
            }
        ],
    }
    row = MetricRow(TODAY, HOSTILE, 0.5, 1, 1.0, {"people": 1})
    drawing = str(draw(spec, replace(areas(), series=(row,)), ident="a", title=HOSTILE))
    assert not re.findall(r"<(?!/?(?:svg|g|path|line|rect|text|title|desc|defs|clipPath)\b)", drawing)
    assert not re.findall(r"href|javascript:|\son\w+=|\x1b|\u202e", drawing)


def test_a_chart_that_fetches_is_refused_or_draws_its_metric_only():
    spec = WEEKS_SPEC | {"data": {"url": "https://example.invalid/rows.json"}}
    assert draw(spec, weeks(), ident="a", title="Weeks") == draw(WEEKS_SPEC, weeks(), ident="a", title="Weeks")


def test_a_layer_that_fetches_is_refused():
    layer = WEEKS_SPEC["layer"][0] | {"data": {"url": "https://example.invalid/rows.json"}}
    with pytest.raises(ChartRefused, match="landed_changes_per_week"):
        draw(WEEKS_SPEC | {"layer": [layer]}, weeks(), ident="a", title="Weeks")


def test_a_broken_specification_is_refused_with_the_metric_named():
    with pytest.raises(ChartRefused, match="share_of_first_person"):
        draw({"mark": "no such mark"}, areas(), ident="a", title="Areas")


def test_a_thousand_bars_stay_small():
    drawing = str(draw(WEEKS_SPEC, weeks(1040), ident="w", title="Weeks"))
    assert len(drawing) < 40_000


def test_the_zone_of_the_machine_does_not_change_a_byte():
    script = (
        "from report_fixture import *; from trueline.surfaces.cli.drawing import draw;"
        "print(draw(WEEKS_SPEC, weeks(), ident='w', title='t'))"
    )
    paths = os.pathsep.join(sys.path)
    drawings = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": paths, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles")
    }
    assert len(drawings) == 1
