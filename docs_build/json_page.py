"""The page of JSON: the envelope, the shape of an error, and the keys of each command.

Keys and meanings are written in `json_keys.yaml`; a test compares them with what the commands print.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from .markdown import anchor, page, table

Keys = Mapping[str, tuple[str, str]]
OR_NULL = " or null"
KEYS = Path(__file__).with_name("json_keys.yaml")

ABOUT = (
    "`--format json` prints one object. Keys are only added within a schema; decimals are text, days `2026-03-02`, instants in "
    "UTC with `Z`; what is not there is null. `--format jsonl` prints one row per line and no envelope."
)
ENVELOPE: Keys = {
    "schema": ("number", "1."),
    "command": ("text", "The command that answers."),
    "ok": ("boolean", "True; false for an error."),
    "as_of": ("date", "The day that the answer is for; absent where no evidence was read."),
    "known_at": ("instant", "What was collected by then was used; absent where no evidence was read."),
}
ERROR: Keys = {
    "code": ("text", "Sort of the problem, such as `usage`, `bad_input`, `git`, `query` or `nothing_examined`."),
    "path": ("text or null", "The file."),
    "line": ("number or null", "1-based."),
    "col": ("number or null", "1-based."),
    "message": ("text", "What is wrong."),
    "fix": ("text or null", "What to do."),
}


def documented() -> Mapping[str, Mapping[str, Keys]]:
    """Return `shapes` and `commands`, each with its keys."""
    content: Mapping[str, Mapping[str, Keys]] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))
    return content


def json_page() -> str:
    """Return the envelope, the error, then commands, then the shapes that they share."""
    content = documented()
    shapes = content["shapes"]
    envelope = ["## Envelope", "", "Every answer begins with these.", "", *_keys(ENVELOPE, shapes)]
    error = [
        "## Error",
        "",
        '`{"schema": 1, "ok": false, "errors": […]}` on standard output, with every problem at once:',
        "",
    ]
    blocks = [envelope, [*error, *_keys(ERROR, shapes)], ["## Commands"]]
    blocks += [[f"### `trueline {name}`", "", *_keys(keys, shapes)] for name, keys in content["commands"].items()]
    blocks.append(["## Shapes"])
    blocks += [[f"### {_title(name)}", "", *_keys(keys, shapes)] for name, keys in sorted(shapes.items())]
    return page("JSON", ABOUT, *blocks)


def _keys(keys: Keys, shapes: Mapping[str, Keys]) -> list[str]:
    rows = [(f"`{key}`" if key != "..." else "", _type(kind, shapes), meaning) for key, (kind, meaning) in keys.items()]
    return table(("key", "value", "meaning"), rows)


def _type(kind: str, shapes: Mapping[str, Keys]) -> str:
    plain, either = kind.removesuffix(OR_NULL), OR_NULL if kind.endswith(OR_NULL) else ""
    before, name = ("list of ", plain.removeprefix("list of ")) if plain.startswith("list of ") else ("", plain)
    linked = f"[{_title(name).lower()}](#{anchor(_title(name))})" if name in shapes else name
    return before + linked + either


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
