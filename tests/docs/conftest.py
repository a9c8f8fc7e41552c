"""What the tests of the documentation share: the repository, its pages, and the example company."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # `docs_build` makes the reference pages and does not ship

from docs_build.harbour import build_harbour  # noqa: E402


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example company, built for this module alone."""
    return build_harbour(tmp_path_factory.mktemp("docs") / "harbour")
