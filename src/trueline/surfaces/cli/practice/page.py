"""Render a practice as one self-contained page, in the look of a scan's.

A built-in practice may bring a `page.html` that extends `practice.html.j2` and fills its block `more`; a template from
elsewhere is never run, for it could do more than print.
"""

from __future__ import annotations

from pathlib import Path

from trueline import __version__
from trueline.app.practice_page import PracticeReport

from ..scan.rendering import render_within, template_of
from .outline import outline

OWN = "page.html"


def render_practice(report: PracticeReport, *, version: str = __version__) -> str:
    """Return the page; the same report gives the same bytes."""
    here, root = Path(__file__).parent, report.practice.root
    has_own = report.is_built_in and (root / OWN).is_file()
    template = template_of(OWN, root, here) if has_own else template_of("practice.html.j2", here)
    return render_within(lambda limits, draw: outline(report, limits, draw, version=version), template)
