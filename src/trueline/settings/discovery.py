"""Find the settings that apply: flag > environment > file > default.

The nearest `trueline.toml`, or `pyproject.toml` that has `[tool.trueline]`, of the directory and
those above it. The only module here, beside the user's own directories, that touches the disk.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from trueline.model.errors import UsageError

from .settings import Settings
from .trueline_toml import PYPROJECT, has_settings, read_settings

FILE = "trueline.toml"
OVERRIDABLE = {
    "name": "TRUELINE_NAME",
    "lake.path": "TRUELINE_LAKE_PATH",
    "practices.paths": "TRUELINE_PRACTICES_PATHS",
}
"""Setting -> environment variable; several paths are joined as in PATH."""


def load_settings(
    start: Path,
    environ: Mapping[str, str],
    flags: Mapping[str, str | None] | None = None,
    config: Path | None = None,
    use_file: bool = True,
) -> Settings:
    """Return the settings that apply in a directory, each with its origin.

    `flags` are values of the command line by setting, such as `lake.path`; `config` is a file
    named by the user; `use_file=False` reads none. Raises BadInput with every problem of the
    file, and UsageError where a file that the user names cannot be read.
    """
    start = start.absolute()
    settings = _from_file(start, config) if use_file else None
    settings = settings or Settings(root=start)
    from_environment = {s: (environ[v], f"environment {v}") for s, v in OVERRIDABLE.items() if environ.get(v)}
    from_flags = {s: (value, f"flag --{s.split('.')[0]}") for s, value in (flags or {}).items() if value}
    for setting, (value, origin) in (from_environment | from_flags).items():
        settings = _override(settings, setting, value, origin, start)
    return settings


def find_file(start: Path) -> Path | None:
    """Return the nearest settings file, looking upward from a directory."""
    for directory in (start, *start.parents):
        for file in (directory / FILE, directory / PYPROJECT):
            if file.is_file() and has_settings(file, _read(file), _shown(file, start)):
                return file
    return None


def _from_file(start: Path, config: Path | None) -> Settings | None:
    file = start / config if config else find_file(start)
    if file is None:
        return None
    content = _read(file)
    if not has_settings(file, content, _shown(file, start)):
        raise UsageError(f"{_shown(file, start)} has no [tool.trueline]", fix="Name another file with --config.")
    return read_settings(file, content, _shown(file, start))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{file} cannot be read: {reason}", fix="Name another file with --config.") from error


def _shown(file: Path, start: Path) -> str:
    return Path(os.path.relpath(file, start)).as_posix()


def _override(settings: Settings, setting: str, value: str, origin: str, start: Path) -> Settings:
    # A path on the command line or in the environment starts where the user stands, not where the file is.
    change: Mapping[str, Any]
    if setting == "name":
        change = {"name": value}
    elif setting == "lake.path":
        change = {"lake": start / value}
    elif setting == "practices.paths":
        change = {"practices": tuple(start / part for part in value.split(os.pathsep) if part)}
    else:
        raise KeyError(setting)
    return replace(settings, **change, origins={**settings.origins, setting: origin})
