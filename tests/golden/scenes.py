"""Whole outputs for the example company on one day, as users see them: play a scene, or write all anew.

`python tests/golden/scenes.py` (or `make golden`) writes `expected/`. What differs between machines and
moments is the place of the cache and the instant of collecting; both are given a name, and nothing else is touched.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # `docs_build` makes the reference pages and does not ship

from docs_build.harbour import AS_OF, build_harbour  # noqa: E402

from trueline.surfaces.cli.main import run  # noqa: E402

README = ROOT / "README.md"
README_START = "<!-- scan: written by make golden -->\n```text\n"
README_END = "<!-- /scan -->"
EXPECTED = Path(__file__).parent / "expected"
KNOWN_AT = re.compile(r'(?<="known_at": ")[^"]+|(?<=timestamptz \')[^\']+(?=\' as known_at)')


@dataclass(frozen=True)
class Scene:
    """One command in one repository, and how it ends."""

    words: tuple[str, ...]
    status: int = 0
    folder: str = "berths"


SCENES: Mapping[str, Scene] = {
    "scan.txt": Scene(("scan", "--as-of", AS_OF)),
    "scan.json": Scene(("scan", "--as-of", AS_OF, "--format", "json")),
    "scan-tariffs.txt": Scene(("scan", "--as-of", AS_OF), folder="tariffs"),
    "scan-portal.txt": Scene(("scan", "--as-of", AS_OF), folder="portal"),
    "check.json": Scene(("check", "--as-of", AS_OF, "--format", "json")),
    "finding-list.csv": Scene(("finding", "list", "--as-of", AS_OF, "--format", "csv")),
    "duties.txt": Scene(("duties", "--as-of", AS_OF)),
    "duties-ownership.txt": Scene(("duties", "ownership", "--as-of", AS_OF)),
    "rule-show.sql": Scene(("rule", "show", "deviation_past_expiry", "--sql", "--as-of", AS_OF)),
    "rule-show.txt": Scene(("rule", "show", "finished_work_without_release", "--as-of", AS_OF)),
    "metric-show.md": Scene(("metric", "show", "truck_factor", "--as-of", AS_OF, "--format", "md")),
    "error.txt": Scene(("metric", "show", "no_such_metric"), status=2),
    "error.json": Scene(("rule", "run", "area_known_by_noone", "--format", "json"), status=2),
    "error-usage.json": Scene(("scan", "--no-such-option", "--format", "json"), status=2),
}


@dataclass(frozen=True)
class Stage:
    """The example company with evidence collected once, so that every scene speaks of the same."""

    harbour: Path
    cache: Path

    @classmethod
    def in_folder(cls, folder: Path) -> Stage:
        """Build the company and scan each repository that a scene plays in."""
        stage = cls(build_harbour(folder / "harbour"), folder / "cache")
        for name in sorted({scene.folder for scene in SCENES.values()}):
            stage.said(("scan", "--as-of", AS_OF, "--format", "json"), name)
        return stage

    def play(self, scene: Scene) -> tuple[str, int]:
        """Return what a scene prints, on both streams, and its exit status."""
        text, status = self.said((*scene.words, "--quiet"), scene.folder)
        text = text.replace(str(self.cache), "CACHE").replace(str(ROOT), "TRUELINE")
        text = re.sub(r"CACHE/([a-z]+)-[0-9a-f]{16}", r"CACHE/\1", text)
        return KNOWN_AT.sub("KNOWN_AT", text), status

    def said(self, words: Sequence[str], folder: str) -> tuple[str, int]:
        """Run a command in a repository, without colour and settings of whoever runs it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRUELINE_", "FORCE_COLOR"))}
        own = {"TRUELINE_CACHE_DIR": str(self.cache), "TRUELINE_CONFIG_DIR": str(self.cache / "config")}
        printed, told = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.harbour / folder),
            patch.dict(os.environ, kept | own, clear=True),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(told),
        ):
            status = run(words)
        return printed.getvalue() + told.getvalue(), status


def excerpt(scan: str) -> str:
    """Return what the README shows of a scan: the things to know, and the verdict."""
    lines = scan.splitlines()
    return "\n".join([*lines[: lines.index("ALSO FOUND")], "…", lines[-1]])


def with_excerpt(readme: str, scan: str) -> str:
    """Return the README with the excerpt of a scan in its place."""
    before, start, rest = readme.partition(README_START)
    return before + start + excerpt(scan) + "\n```\n" + README_END + rest.partition(README_END)[2]


def write_all() -> None:
    """Write what every scene prints today, and the excerpt in the README; remove what is no scene any more."""
    EXPECTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage.in_folder(Path(folder))
        for name, scene in SCENES.items():
            text, status = stage.play(scene)
            if status != scene.status:
                sys.exit(f"{name}: ended with {status}, not {scene.status}\n{text}")
            (EXPECTED / name).write_text(text, encoding="utf-8")
    scan = (EXPECTED / "scan.txt").read_text(encoding="utf-8")
    README.write_text(with_excerpt(README.read_text(encoding="utf-8"), scan), encoding="utf-8")
    for path in EXPECTED.iterdir():
        if path.name not in SCENES:
            path.unlink()


if __name__ == "__main__":
    write_all()
