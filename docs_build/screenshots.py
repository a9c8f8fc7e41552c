"""Make the picture of the README: the first screen of the scan page of Harbour's berths, in Chromium.

`python -m docs_build.screenshots`. Not run, and said so, where there is no Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .declared import ROOT
from .harbour import AS_OF, build_harbour

PICTURE = ROOT / "docs" / "images" / "scan.png"
WIDTH, HEIGHT = 1200, 1040
MOST_BYTES = 250_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def main() -> int:
    """Make the picture and return the exit status."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(
            f"not run: there is none of {', '.join(BROWSERS)}; {PICTURE.relative_to(ROOT)} is as it was",
            file=sys.stderr,
        )
        return 0
    with tempfile.TemporaryDirectory() as folder:
        page = _page(Path(folder))
        picture = Path(folder) / "scan.png"
        _photograph(browser, page, picture)
        if picture.stat().st_size > MOST_BYTES:
            print(f"the picture has {picture.stat().st_size:,} bytes, more than {MOST_BYTES:,}", file=sys.stderr)
            return 1
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, PICTURE)
    return 0


def _page(folder: Path) -> Path:
    berths = build_harbour(folder / "harbour") / "berths"
    page = folder / "scan.html"
    command = ["scan", str(berths), "--quiet", "--as-of", AS_OF, "--format", "html", "--output", str(page)]
    program = "from trueline.surfaces.cli.main import main; main()"
    environ = {**os.environ, "TRUELINE_CACHE_DIR": str(folder / "cache")}
    subprocess.run([sys.executable, "-c", program, *command], check=True, env=environ)
    return page


def _photograph(browser: str, page: Path, picture: Path) -> None:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *QUIET]
    options += [
        f"--user-data-dir={page.parent / 'profile'}",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--screenshot={picture}",
    ]
    subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    sys.exit(main())
