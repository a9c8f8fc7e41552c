"""Render a self-contained page from a template: no request to anywhere, no script, at most 300 KB.

What all pages share: the environment in which text is made harmless, the style sheet, drawings made once, and ever
shorter lists for what would be too large. What a page shows is its outline's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from trueline.app.scan_report import Drawing

from ..drawing import NARROW, WIDE, ChartRefused, draw
from ..escape import visible
from . import wording
from .outline import LADDER, Drawer, Limits

MAX_BYTES = 300_000
_MAX_DRAWING = 48_000
_PER_CENT = re.compile(r"(?<=\d) %")
_HERE = Path(__file__).parent

Outline = Callable[[Limits, Drawer], Mapping[str, Any]]
"""Return everything that a template names, cut to the limits."""


def render_within(outline: Outline, template: jinja2.Template) -> str:
    """Return the page. What is too large for it is shown with shorter lists, and the page says so."""
    drawn: dict[str, tuple[str, ...]] = {}

    def once(drawing: Drawing, ident: str, title: str) -> tuple[str, ...]:
        if ident not in drawn:
            drawn[ident] = _drawings(drawing, ident, title)
        return drawn[ident]

    for limits in LADDER:
        page = template.render(outline(limits, once))
        if len(page.encode("utf-8")) <= MAX_BYTES:
            return page
    return template.render(outline(LADDER[-1], lambda *_: ()))


@lru_cache(maxsize=8)
def template_of(name: str, *folders: Path) -> jinja2.Template:
    """Return a template from this folder or from further ones, which may extend what is here."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([_HERE, *folders]),
        autoescape=True,
        finalize=_harmless,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=wording, css=Markup(_HERE.joinpath("page.css").read_text(encoding="utf-8")))
    return environment.get_template(name)


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
