"""Open what the shared options point at."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trueline.app.workspace import Workspace, open_workspace
from trueline.model.table import Privacy

from .options import Given

if TYPE_CHECKING:
    from trueline.app.definitions import Definitions
    from trueline.app.snapshots import Taken


def open_given(given: Given, *, own_lake: bool = False) -> tuple[Workspace, Definitions]:
    """Return the workspace and all that is declared in it. Raises UsageError or BadInput."""
    from trueline.app.definitions import load_definitions  # collecting needs none, and it reads every rule

    workspace = workspace_of(given, own_lake=own_lake)
    return workspace, load_definitions(workspace.settings)


def workspace_of(given: Given, *, own_lake: bool = False) -> Workspace:
    """Return the workspace that the shared options point at. Raises UsageError or BadInput."""
    return open_workspace(
        given.directory,
        environ=os.environ,
        now=datetime.now(UTC),
        report=given.report,
        config=given.config,
        use_file=not given.no_config,
        own_lake=own_lake,
    )


def snapshot_of(
    given: Given,
    workspace: Workspace,
    definitions: Definitions,
    clearance: Privacy = "internal",
    asked: Collection[str] | None = None,
) -> Taken:
    """Return the snapshot that the shared options ask for; `asked` are the tables to be read, None for all."""
    from trueline.app.snapshots import take_snapshot  # collecting needs none, and it brings much

    return take_snapshot(
        workspace, definitions, as_of_at=given.as_of, known_at=given.known_at, clearance=clearance, asked=asked
    )
