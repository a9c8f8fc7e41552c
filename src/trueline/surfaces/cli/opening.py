"""Open what the shared options point at."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from trueline.app.definitions import Definitions, load_definitions
from trueline.app.snapshots import Taken, take_snapshot
from trueline.app.workspace import Workspace, open_workspace
from trueline.model.table import Privacy

from .options import Given


def open_given(given: Given, *, own_lake: bool = False) -> tuple[Workspace, Definitions]:
    """Return the workspace and all that is declared in it. Raises UsageError or BadInput."""
    workspace = open_workspace(
        given.directory,
        environ=os.environ,
        now=datetime.now(UTC),
        report=given.report,
        config=given.config,
        use_file=not given.no_config,
        own_lake=own_lake,
    )
    return workspace, load_definitions(workspace.settings)


def snapshot_of(given: Given, workspace: Workspace, definitions: Definitions, clearance: Privacy = "internal") -> Taken:
    """Return the snapshot that the shared options ask for."""
    return take_snapshot(workspace, definitions, as_of_at=given.as_of, known_at=given.known_at, clearance=clearance)
