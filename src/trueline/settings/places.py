"""Where Trueline keeps what is its own: the user's cache and configuration directories.

Nothing of the repository under judgement is written here or anywhere else.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from trueline.model.errors import UsageError

CACHE_VARIABLE = "TRUELINE_CACHE_DIR"
CONFIG_VARIABLE = "TRUELINE_CONFIG_DIR"


def cache_directory(environ: Mapping[str, str]) -> Path:
    """Return the user's cache directory; it need not exist yet."""
    return _from_environment(environ, CACHE_VARIABLE) or _platform("user_cache_path")


def config_directory(environ: Mapping[str, str]) -> Path:
    """Return the user's configuration directory; it need not exist yet."""
    return _from_environment(environ, CONFIG_VARIABLE) or _platform("user_config_path")


def repository_directory(cache: Path, location: Path) -> Path:
    """Return the part of the cache that belongs to one repository.

    The name can be read by people; the digest of the resolved location keeps two
    repositories of the same name apart.
    """
    resolved = location.resolve()
    digest = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:16]
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", resolved.name).strip("-")[:40] or "repository"
    return cache / f"{name}-{digest}"


def ready(directory: Path, variable: str = CACHE_VARIABLE) -> Path:
    """Create the directory where needed and return it.

    Raises UsageError, which names the variable to set, where it cannot be read or written.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.scandir(directory).close()
        tempfile.TemporaryFile(dir=directory).close()
    except OSError as error:
        raise UsageError(
            f"{directory} cannot be used: {(error.strerror or str(error)).lower()}",
            fix=f"Set {variable} to a directory that you can read and write.",
        ) from error
    return directory


def _from_environment(environ: Mapping[str, str], variable: str) -> Path | None:
    value = environ.get(variable)
    return Path(value).expanduser().absolute() if value else None


def _platform(which: str) -> Path:
    import platformdirs  # only where no variable says otherwise

    path: Path = getattr(platformdirs, which)("trueline", appauthor=False)
    return path
