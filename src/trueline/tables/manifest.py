"""Manifests: what makes a collection visible, whole or not at all.

A manifest names every file that counts for its source from then on, so a reader needs only the
newest manifest of each source, and an older one tells what was known on an earlier day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from trueline.model.errors import LakeRefused

MANIFEST_SCHEMA = 1


@dataclass(frozen=True)
class BatchFile:
    """One Parquet file of one table."""

    table: str
    path: str
    """Relative to the lake."""
    rows: int
    digest: str
    """Of the rows, so that the same rows are the same batch."""
    schema_version: int
    batch_seq: int


@dataclass(frozen=True)
class Manifest:
    """One collection of one source."""

    sequence: int
    source: str
    collected_at: datetime
    cursor: Mapping[str, Any]
    live: tuple[BatchFile, ...]
    """Every file that counts for this source from now on."""
    tables: tuple[str, ...]
    """Tables that the source fills, with rows or without."""
    is_partial: bool = False
    notes: tuple[str, ...] = ()
    schema: int = MANIFEST_SCHEMA
    counted: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the file's text; the same manifest always gives the same text."""
        content = asdict(self) | {"collected_at": self.collected_at.isoformat()}
        return json.dumps(content, sort_keys=True, indent=1) + "\n"

    @property
    def file_name(self) -> str:
        digest = hashlib.sha256(self.to_json().encode()).hexdigest()
        return f"{self.sequence:012d}-{digest}.json"


def read_manifest(path: Path) -> Manifest:
    """Read a manifest. Raises LakeRefused where it is newer, damaged or not what its name says."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise LakeRefused(f"{path} cannot be read: {error.strerror}") from error
    damaged = LakeRefused(f"{path} is damaged", fix="Restore it from a copy of the lake")
    if hashlib.sha256(text).hexdigest() != path.stem.partition("-")[2]:
        raise damaged
    try:
        return _parsed(json.loads(text), path)
    except (KeyError, TypeError, ValueError) as error:
        raise damaged from error


def _parsed(content: Mapping[str, Any], path: Path) -> Manifest:
    if content["schema"] > MANIFEST_SCHEMA:
        raise LakeRefused(
            f"{path} was written by a newer Trueline (manifest schema {content['schema']}, this one knows {MANIFEST_SCHEMA})",
            fix="Upgrade Trueline",
        )
    return Manifest(
        **{
            **content,
            "collected_at": datetime.fromisoformat(content["collected_at"]),
            "live": tuple(BatchFile(**file) for file in content["live"]),
            "tables": tuple(content["tables"]),
            "notes": tuple(content["notes"]),
        }
    )
