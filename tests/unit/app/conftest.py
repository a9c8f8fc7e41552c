"""Workspaces over little directories, with a cache of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.app.definitions import Definitions, load_definitions
from trueline.app.workspace import Workspace, open_workspace

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"TRUELINE_CACHE_DIR": str(tmp_path / "cache"), "TRUELINE_CONFIG_DIR": str(tmp_path / "config")}


@pytest.fixture
def opened(tmp_path: Path, environ: dict[str, str]) -> Callable[..., tuple[Workspace, Definitions]]:
    """Return the function that writes files into a plain directory `home` and opens it."""

    def open_home(**files: str) -> tuple[Workspace, Definitions]:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        for path, content in files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_text(content, encoding="utf-8")
        workspace = open_workspace(home, environ=environ, now=NOW, report=lambda text: None)
        return workspace, load_definitions(workspace.settings)

    return open_home
