"""Fetch the repositories that are named by their address alone, several at once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from trueline.model.errors import TruelineError
from trueline.settings.settings import RepositorySetting
from trueline.sources.git.mirror import update_mirror

from .collecting import CollectedSource
from .workspace import Workspace, mirror_of, shown_name

AT_ONCE = 4
"""Fetching waits for others most of the time, so more than there are processors."""


def fetch_mirrors(workspace: Workspace) -> list[CollectedSource]:
    """Bring every mirror up to date, and return the failures; one does not stop the rest."""
    settings = [setting for setting in workspace.settings.repositories if setting.path is None and setting.url]

    def fetch(setting: RepositorySetting) -> CollectedSource | None:
        assert setting.url is not None
        try:
            update_mirror(setting.url, mirror_of(setting.url, workspace.mirrors), os.environ)
        except TruelineError as error:
            workspace.report(f"{shown_name(setting)} could not be fetched")
            return CollectedSource(f"git/{shown_name(setting)}", {}, error=error)
        workspace.report(f"{shown_name(setting)} fetched")
        return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [failed for failed in pool.map(fetch, settings) if failed is not None]
