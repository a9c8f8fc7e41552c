"""Every finding that a page quotes is one of the example company's today."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from trueline.surfaces.cli.main import run

ROOT = Path(__file__).parents[2]
QUOTED = re.compile(r"\bF-[0-9A-HJKMNP-TV-Z]{4,8}\b")
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "examples/*/README.md", "handbook/**/*.md")
    for path in ROOT.glob(pattern)
    if "reference" not in path.parts and QUOTED.search(path.read_text(encoding="utf-8"))
)
"""Reference pages are made from help texts and records, whose ids are only examples of the form."""


@pytest.fixture(scope="module")
def ids(harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the ids of all findings of the repository that the pages speak of."""
    place = tmp_path_factory.mktemp("ids")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUELINE_CACHE_DIR", str(place / "cache"))
        patch.setenv("TRUELINE_CONFIG_DIR", str(place / "config"))
        patch.chdir(harbour / "berths")
        words = ("--format", "json", "--output", str(place / "scan.json"), "--quiet")
        assert run(("scan", *words)) == 0
    return [finding["id"] for finding in json.loads((place / "scan.json").read_text(encoding="utf-8"))["findings"]]


def test_pages_quote_findings():
    assert PAGES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_finding_that_a_page_quotes_is_there_and_only_one_is_meant(path: Path, ids: list[str]):
    meant = {quoted: [id for id in ids if id.startswith(quoted)] for quoted in QUOTED.findall(path.read_text("utf-8"))}
    assert {quoted: found for quoted, found in meant.items() if len(found) != 1} == {}
