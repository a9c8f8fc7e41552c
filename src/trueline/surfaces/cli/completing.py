"""Complete names of rules, metrics, findings and kinds from the index that the last run left in the cache.

Nothing heavy is imported and git is not asked: who presses tab waits for it. Without an index, or
with a damaged one, there is nothing to offer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]


def completes(*sorts: str) -> Complete:
    """Return what `shell_complete=` of an argument takes; sorts are rules, metrics, findings and kinds."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        import os
        from pathlib import Path

        from click.shell_completion import CompletionItem

        from trueline.app.names import matching, read_names

        from .escape import visible

        names = read_names(Path(context.params.get("directory") or "."), os.environ)
        found = [one for sort in sorts for one in matching(names.get(sort, {}), incomplete)]
        return [CompletionItem(name, help=visible(title) or None) for name, title in found]

    return complete
