"""Draw a practice's chart: a Vega-Lite specification and a metric's rows in, an SVG that follows the theme out.

The specification keeps its own marks and encodings; colours, type, width and safety are the house's.
Colours of `PALETTE` become CSS variables, so that one drawing serves light, dark and paper.
What stands around a drawing (caption, table, rule) is not decided here.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from trueline.model.errors import TruelineError
from trueline.model.practice import Chart
from trueline.model.rule import Metric, MetricResult

from .escape import visible

PALETTE: Mapping[str, str] = {
    "#1c1b19": "--ink",
    "#66635c": "--soft",
    "#e4e1da": "--line",
    "#74899e": "--bar",
    "#b3402a": "--bad",
    "#2b7655": "--good",
    "#8a5f00": "--part",
    "#23527c": "--accent",
}
"""Colours that a specification may use, as the light theme shows them, and the variable each becomes."""

INK, SOFT, LINE, BAR, BAD, GOOD, PART, ACCENT = PALETTE

WIDE, NARROW = 640, 336
"""Pixels: beside text on a desk, and on a phone, so that type is never shrunk."""

_TAGS = frozenset(
    [
        "svg",
        "g",
        "path",
        "line",
        "rect",
        "circle",
        "text",
        "tspan",
        "defs",
        "clipPath",
        "linearGradient",
        "radialGradient",
        "stop",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "d",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "r",
        "cx",
        "cy",
        "rx",
        "ry",
        "width",
        "height",
        "transform",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-opacity",
        "fill-opacity",
        "opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "text-anchor",
        "font-size",
        "font-weight",
        "dominant-baseline",
        "clip-path",
        "id",
        "offset",
        "stop-color",
        "gradientUnits",
        "fx",
        "fy",
    ]
)
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")


class ChartRefused(TruelineError):
    """A chart's specification cannot be drawn."""

    code = "chart"


def missing_part() -> str | None:
    """Return what to install before anything can be drawn; None where it is there."""
    try:
        import vl_convert  # noqa: F401
    except ImportError:
        return "vl-convert-python"
    return None


def draw(spec: Mapping[str, Any], result: MetricResult, *, ident: str, title: str, width: int = WIDE) -> str | None:
    """Return the drawing as inline SVG, or None where the metric has no rows or nothing is installed that draws.

    `ident` makes ids unique on a page. The bytes depend on the arguments alone. Raises ChartRefused.
    """
    if not result.series or missing_part():
        return None
    import vl_convert  # 84 MB: only when something is drawn

    try:
        svg = vl_convert.vegalite_to_svg(_bound(spec, result, width), allowed_base_urls=[])
        root = ElementTree.fromstring(svg)
    except (ValueError, ElementTree.ParseError) as error:
        raise ChartRefused(f"the chart of {result.rule.id} cannot be drawn: {visible(str(error))[:200]}") from error
    return _clean(root, ident, title, _description(spec, result))


def cannot_be_drawn(chart: Chart, metric: Metric) -> str:
    """Say why a specification does not compile; nothing where it does, or where nothing is installed that draws."""
    if missing_part():
        return ""
    import vl_convert

    try:
        vl_convert.vegalite_to_vega(_bound(chart.spec, MetricResult(metric), WIDE))
        vl_convert.vegalite_to_svg(_bound(chart.spec, MetricResult(metric), WIDE), allowed_base_urls=[])
    except ValueError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return visible(lines[min(1, len(lines) - 1)] if lines else "it is not understood")[:200]
    return ""


def _bound(spec: Mapping[str, Any], result: MetricResult, width: int) -> dict[str, Any]:
    bound = copy.deepcopy(dict(spec))
    for around in ("title", "description", "datasets", "$schema"):
        bound.pop(around, None)
    _in_utc(bound)
    return bound | {
        "data": {"name": "metric", "values": list(_rows(result))},
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _house(width),
    }


def _rows(result: MetricResult) -> Iterator[dict[str, Any]]:
    for row in result.series:
        named = {"period": row.period, "subject": row.subject, "value": row.value, "n": row.n, "coverage": row.coverage}
        yield {name: _plain(value) for name, value in (dict(row.columns) | named).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int):
        return value
    return visible(str(value))


def _in_utc(node: Any) -> None:
    """Make every temporal encoding UTC: otherwise the machine's zone would change the bytes."""
    if isinstance(node, dict):
        unit = node.get("timeUnit")
        if isinstance(unit, str) and not unit.startswith("utc"):
            node["timeUnit"] = f"utc{unit}"
        elif isinstance(unit, dict):
            unit["utc"] = True
        scale = node.get("scale", {})
        if node.get("type") == "temporal" and isinstance(scale, dict):
            node["scale"] = {"type": "utc", **scale}
        for child in node.values():
            _in_utc(child)
    elif isinstance(node, list):
        for child in node:
            _in_utc(child)


def _house(width: int) -> dict[str, Any]:
    narrow = width < 480
    words = {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "background": None,
        "padding": {"left": 0, "right": 0, "top": 4, "bottom": 0},
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": {
            **words,
            "domain": False,
            "ticks": False,
            "gridColor": LINE,
            "labelPadding": 8,
            "labelLimit": 104 if narrow else 168,
        },
        "axisX": {"grid": False, "labelFlush": True, "labelOverlap": "greedy"},
        "axisY": {"tickCount": 3},
        "axisBand": {"grid": False},
        "legend": {**words, "orient": "top", "symbolType": "square", "labelLimit": 104 if narrow else 220},
        "header": words,
        "bar": {"color": BAR},
        "area": {"color": BAR},
        "line": {"color": BAR, "strokeWidth": 2},
        "point": {"color": BAR, "filled": True, "size": 40},
        "tick": {"color": BAR},
        "rule": {"color": INK, "strokeDash": [3, 3]},
        "text": {"color": SOFT, "fontSize": 12, "limit": 140 if narrow else 280},
        "range": {"category": [BAR, BAD, GOOD, PART, ACCENT, SOFT], "ordinal": [LINE, BAR, ACCENT]},
    }


def _description(spec: Mapping[str, Any], result: MetricResult) -> str:
    said = spec.get("description")
    rows = len(result.series)
    counted = f"Drawn from {rows:,} {'row' if rows == 1 else 'rows'}; the table below has the figures."
    return f"{said} {counted}" if isinstance(said, str) else counted


def _clean(root: ElementTree.Element, ident: str, title: str, description: str) -> str:
    ids = {old: f"{ident}-{number}" for number, old in enumerate(_ids(root), 1)}
    copied = _copied(root, ids)
    drawing = ElementTree.Element("svg") if copied is None else copied
    viewed = root.get("viewBox", "0 0 1 1")
    drawing.attrib = {
        "viewBox": _LONG_NUMBER.sub(_rounded, viewed),
        "width": root.get("width", ""),
        "height": root.get("height", ""),
        "role": "img",
        "aria-labelledby": f"{ident}-title {ident}-desc",
    }
    for tag, words in (("desc", description), ("title", title)):
        element = ElementTree.Element(tag, {"id": f"{ident}-{tag}"})
        element.text = visible(words)
        drawing.insert(0, element)
    return ElementTree.tostring(drawing, encoding="unicode")


def _ids(root: ElementTree.Element) -> Iterator[str]:
    return (element.attrib["id"] for element in root.iter() if "id" in element.attrib)


def _copied(element: ElementTree.Element, ids: Mapping[str, str]) -> ElementTree.Element | None:
    """Return the element with allowed tags and attributes only; None where nothing of it would be seen.

    A link becomes a plain group. The SVG has one role and one description, so marks need no words of their own.
    """
    tag = element.tag.rpartition("}")[2]
    tag = "g" if tag == "a" else tag
    if tag not in _TAGS or element.get("display") == "none" or element.get("opacity") == "0":
        return None
    copied = ElementTree.Element(tag)
    copied.text = element.text if tag in ("text", "tspan") else None
    for name, value in element.attrib.items():
        if name in _ATTRIBUTES:
            copied.set(name, _attribute(name, value, ids))
    for child in element:
        kept = _copied(child, ids)
        if kept is not None and not _joined(copied, kept):
            copied.append(kept)
    is_empty = (tag == "g" and len(copied) == 0) or (
        tag == "path" and element.get("class") in ("background", "foreground")
    )
    return None if is_empty else copied


def _joined(parent: ElementTree.Element, path: ElementTree.Element) -> bool:
    """Join a path to the one before it where they look alike: a thousand bars are one element."""
    before = parent[-1] if len(parent) else None
    if before is None or not before.tag == path.tag == "path" or any(name.endswith("opacity") for name in path.attrib):
        return False
    if {**before.attrib, "d": ""} != {**path.attrib, "d": ""}:
        return False
    before.set("d", before.get("d", "") + path.get("d", ""))
    return True


def _attribute(name: str, value: str, ids: Mapping[str, str]) -> str:
    if name == "id":
        return ids[value]
    if value.startswith("url("):
        return f"url(#{ids.get(value[5:-1], '')})"
    if name in ("fill", "stroke", "stop-color"):
        colour = value.lower()
        if colour in ("black", "#000", "#000000"):
            return "currentColor"
        return f"var({PALETTE[colour]})" if colour in PALETTE else value
    return _LONG_NUMBER.sub(_rounded, value)


def _rounded(match: re.Match[str]) -> str:
    return f"{float(match.group()):.1f}".removesuffix(".0")
