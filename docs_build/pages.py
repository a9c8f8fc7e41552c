"""Every file of `docs/reference`, by its path below that folder."""

from __future__ import annotations

import json

from trueline.app.definitions import Definitions
from trueline.sources.records.json_schema import json_schema
from trueline.sources.records.reference import reference_page

from .commands import commands_page
from .declared import declared
from .duties import duties_page
from .exit_status import exit_status_page
from .json_page import json_page
from .rules import rules_page
from .settings import settings_page
from .tables import tables_page


def pages() -> dict[str, str]:
    """Return the content of each file; the same code gives the same bytes."""
    definitions = declared()
    return {
        "commands.md": commands_page(),
        "duties.md": duties_page(definitions),
        "exit-status.md": exit_status_page(),
        "json.md": json_page(),
        "records.md": _records(definitions),
        "rules.md": rules_page(definitions),
        "settings.md": settings_page(),
        "tables.md": tables_page(definitions),
        **_schemas(definitions),
    }


def _records(definitions: Definitions) -> str:
    names = sorted(definitions.kinds)
    links = ", ".join(f"[`{name}`](schemas/{name}.json)" for name in names)
    editors = f"For editors that help while a record is written, there is a JSON Schema of each header: {links}."
    return f"{reference_page(definitions.kinds.values())}\n## Schemas\n\n{editors}\n"


def _schemas(definitions: Definitions) -> dict[str, str]:
    return {
        f"schemas/{kind.name}.json": json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"
        for kind in definitions.kinds.values()
    }
