"""Render a scan as one self-contained page: no request to anywhere, no script, at most 300 KB.

The same report gives the same bytes. What is shown is decided in `outline`, how it looks in
`page.html.j2` and `page.css`. Writing the file is the caller's business.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from trueline import __version__
from trueline.app.scan_report import Drawing, ScanReport

from ..drawing import NARROW, WIDE, ChartRefused, draw
from ..escape import visible
from . import wording
from .outline import LADDER, Limits, outline

MAX_BYTES = 300_000
_MAX_DRAWING = 48_000
_PER_CENT = re.compile(r"(?<=\d) %")
_HERE = Path(__file__).parent


def render_page(report: ScanReport, *, version: str = __version__) -> str:
    """Return the page. A report too large for it is shown with shorter lists, and the page says so."""
    drawn: dict[str, tuple[str, ...]] = {}

    def once(drawing: Drawing, ident: str, title: str) -> tuple[str, ...]:
        if ident not in drawn:
            drawn[ident] = _drawings(drawing, ident, title)
        return drawn[ident]

    for limits in LADDER:
        page = _rendered(report, limits, once, version)
        if len(page.encode("utf-8")) <= MAX_BYTES:
            return page
    return _rendered(report, LADDER[-1], lambda *_: (), version)


def _rendered(report: ScanReport, limits: Limits, once: Any, version: str) -> str:
    return _template().render(outline(report, limits, once, version=version))


def _drawings(drawing: Drawing, ident: str, title: str) -> tuple[str, ...]:
    """Return the chart for wide and for narrow screens; nothing where there is nothing to draw or too much."""
    svgs = []
    for name, width in (("wide", WIDE), ("narrow", NARROW)):
        try:
            svg = draw(drawing.chart.spec, drawing.metric, ident=f"{ident}-{name}", title=title, width=width)
        except ChartRefused:
            return ()
        if svg is None or len(svg) > _MAX_DRAWING:
            return ()
        svgs.append(Markup(svg))  # built from an allow list of tags and attributes in `drawing`
    return tuple(svgs)


def _harmless(value: Any) -> Any:
    """Return what a template prints: markup as it is, text with what cannot be seen made visible.

    A number keeps its per cent sign on the same line.
    """
    if isinstance(value, Markup):
        return value
    return "" if value is None else _PER_CENT.sub("\u00a0%", visible(str(value)))


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        finalize=_harmless,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=wording, css=Markup(_HERE.joinpath("page.css").read_text(encoding="utf-8")))
    return environment.get_template("page.html.j2")
