"""The pages of docs/reference are those that the code makes today: `make docs` after a change."""

from __future__ import annotations

import pytest
from docs_build.__main__ import FOLDER
from docs_build.pages import pages

PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_code_makes(name: str):
    assert (FOLDER / name).is_file(), "run make docs"
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], "run make docs"


def test_the_reference_holds_nothing_else():
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()} == set(PAGES)


def test_making_the_pages_twice_gives_the_same_bytes():
    assert pages() == PAGES
