"""The page in a real browser: it reflows, asks for nothing, and shows one drawing of each pair."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "surfaces" / "cli"))

from report_fixture import CLEAN, EMPTY, RICH, hostile, huge

from trueline.surfaces.cli.scan.page import render_page

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REPORTS = {"rich": RICH, "empty": EMPTY, "clean": CLEAN, "hostile": hostile(), "huge": huge()}

# The page stands in a frame of the width asked for; the harness around it measures, the page itself has no script.
HARNESS = """<!doctype html><meta charset="utf-8"><iframe style="width:{width}px;height:900px;border:0" srcdoc="{page}"></iframe>
<pre id="answer"></pre><script>
addEventListener("load", () => {{
  const inside = document.querySelector("iframe"), root = inside.contentDocument;
  root.querySelectorAll("details").forEach(d => d.open = true);
  const seen = [...root.querySelectorAll("figure svg")].filter(s => s.getClientRects().length);
  const small = [...root.querySelectorAll("a:not(.skip), summary")].filter(e => e.getBoundingClientRect().height < 24);
  const table = [...root.querySelectorAll(".scroll")].filter(e => e.tabIndex !== 0);
  document.querySelector("#answer").textContent = JSON.stringify({{
    overflow: root.documentElement.scrollWidth - root.documentElement.clientWidth,
    requests: inside.contentWindow.performance.getEntriesByType("resource").length,
    drawings: seen.length, figures: root.querySelectorAll("figure").length,
    small: small.map(e => e.textContent), unreachable: table.length,
    clipped: seen.filter(s => s.getBoundingClientRect().width > inside.clientWidth).length,
  }});
}});
</script>"""


def _measured(page: str, width: int, folder: Path) -> dict[str, object]:
    if CHROMIUM is None:
        pytest.skip("not run: no Chromium")
    harness = folder / "harness.html"
    harness.write_text(HARNESS.format(width=width, page=html.escape(page)), encoding="utf-8")
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    ]
    command += ["--disable-component-update", "--disable-sync", f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run([*command, harness.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    answer = re.search(r'<pre id="answer">(.+?)</pre>', done.stdout)
    assert answer, "the harness did not answer"
    return dict(json.loads(html.unescape(answer[1])))


@pytest.mark.parametrize(
    ("name", "width"), [*((name, 320) for name in REPORTS), ("rich", 400), ("rich", 700), ("huge", 1200)]
)
def test_the_page_fits_its_window_and_asks_for_nothing(name, width, tmp_path):
    measured = _measured(render_page(REPORTS[name]), width, tmp_path)
    assert measured["overflow"] == 0
    assert measured["requests"] == 0
    assert measured["clipped"] == 0
    assert measured["small"] == []
    assert measured["unreachable"] == 0


@pytest.mark.parametrize("width", [320, 1200])
def test_every_figure_shows_one_of_its_two_drawings(width, tmp_path):
    measured = _measured(render_page(RICH), width, tmp_path)
    assert measured["drawings"] == measured["figures"] == 2
