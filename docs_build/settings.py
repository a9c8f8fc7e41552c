"""The page of settings: `trueline.toml` and environment variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from trueline.settings import discovery, places, pseudonyms
from trueline.settings.settings import FeedFormat, GateSetting, RuleMode

from .markdown import page, table

ABOUT = (
    "`trueline.toml`, or `[tool.trueline]` of `pyproject.toml`: the nearest one of the directory and those above it. Flag before "
    "environment before file before default. An unknown key is an error. Paths start where the file is. None is needed to scan."
)
SETTINGS: Mapping[str, tuple[str, str]] = {
    "schema": ("integer", "Version of the file's format: 1."),
    "name": ("text", "Name of the repository that the file is in; else its remote's, else its folder's."),
    "repository[].name": (
        "text",
        "`[[repository]]` lists the repositories of an organisation, in its handbook. Its name.",
    ),
    "repository[].path": ("path", "Where its copy is. Without a path a repository cannot be looked at."),
    "repository[].url": ("text", "Where it comes from: https, ssh, git or file."),
    "repository[].branch": ("text", "The main line; else the remote's default branch."),
    "repository[].former_names": (
        "list",
        "What it was called before; evidence and findings under these names are its own.",
    ),
    "practices.paths": ("list of paths", "Folders of practices beside the built-in ones."),
    "records.GLOB": (
        "kind",
        'Files of a kind, where they do not say it themselves: `"adr/*.md" = "decision"`. A later one prevails.',
    ),
    "feeds.NAME.table": (
        "table",
        "The table that rows of a file are for. See [Bring a feed](../how-to/bring-a-feed.md).",
    ),
    "feeds.NAME.columns": ("table", "Column of the table = column of the file, where their names differ."),
    "feeds.NAME.population.repositories": (
        "list",
        "Repositories that the file covers; none is all. Outside of it no row means nothing.",
    ),
    "feeds.NAME.population.since": ("date", "The first day that it covers; none is all time."),
    "feeds.NAME.format": (", ".join(f"`{value}`" for value in get_args(FeedFormat)), "Else by the suffix of the file."),
    "feeds.NAME.ignore": ("list", "Columns of the file that are left out on purpose."),
    "feeds.NAME.zone": (
        "text",
        "Time zone of times that carry none, such as `Europe/Lisbon`; without it such times are refused.",
    ),
    "feeds.NAME.path": ("path", "The file, where it is always the same one."),
    "lake.path": ("path", "Where evidence is kept; else in your cache. `scan` always keeps its own in your cache."),
    "gate.stopped_share": (
        "number",
        f"Of the landed changes of the past year, the share that a rule may have stopped and still block; {GateSetting.stopped_share:g}.",
    ),
    "gate.judged_changes": (
        "integer",
        f"Landed changes that must have been judged to know that share; {GateSetting.judged_changes}.",
    ),
    "gate.without_replay": (
        "`advise`, `block`",
        "What a rule of the gate that is set to block does while too few are judged; `advise`.",
    ),
    "rules.NAME.mode": (
        ", ".join(f"`{value}`" for value in get_args(RuleMode)),
        "`off`: not run; `advise`, the default: reported; `block`: `trueline check` ends with 1.",
    ),
}
ENVIRONMENT: Mapping[str, str] = {
    **{variable: f"Prevails over `{setting}` of the file." for setting, variable in discovery.OVERRIDABLE.items()},
    places.CACHE_VARIABLE: "Where evidence, snapshots and scan pages are kept; else the cache directory of your platform.",
    places.CONFIG_VARIABLE: "Where the pseudonym key of a shared lake is kept; else the configuration directory of your platform.",
    pseudonyms.KEY_VARIABLE: f"The pseudonym key itself, {pseudonyms.KEY_BYTES * 2} hexadecimal digits. A secret.",
    "NO_COLOR": "Set to anything: no colour.",
    "FORCE_COLOR": "Set to anything: colour in pipes too.",
    "TERM": "`dumb`: no colour.",
}
EXAMPLE = """
schema = 1
name = "harbour"

[[repository]]
name = "berths"
path = "../berths"

[practices]
paths = ["practices/flags"]

[records]
"adr/*.md" = "decision"

[rules.deviation_past_expiry]
mode = "block"
"""


def settings_page() -> str:
    """Return every key of the file and every variable of the environment."""
    keys = table(("key", "value", "meaning"), [(f"`{key}`", *rest) for key, rest in SETTINGS.items()])
    variables = table(("variable", "meaning"), [(f"`{name}`", text) for name, text in ENVIRONMENT.items()])
    example = ["```toml", EXAMPLE.strip("\n"), "```"]
    return page("Settings", ABOUT, keys, ["## Example"], example, ["## Environment"], variables)
