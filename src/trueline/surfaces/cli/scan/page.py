"""Render a scan as one self-contained page.

The same report gives the same bytes. What is shown is decided in `outline`, how it looks in
`page.html.j2` and `page.css`. Writing the file is the caller's business.
"""

from __future__ import annotations

from trueline import __version__
from trueline.app.scan_report import ScanReport

from .outline import outline
from .rendering import MAX_BYTES, render_within, template_of

__all__ = ["MAX_BYTES", "render_page"]


def render_page(report: ScanReport, *, version: str = __version__) -> str:
    """Return the page. A report too large for it is shown with shorter lists, and the page says so."""
    return render_within(
        lambda limits, draw: outline(report, limits, draw, version=version), template_of("page.html.j2")
    )
